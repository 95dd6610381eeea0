/** Lines of a kind of document; `column` names the document's id. `period_from` and `period_until` are the days that a line is for, the last one not included. */
const linesView = (kind: string, column: string): string => `DROP VIEW ${kind}_lines;
CREATE VIEW ${kind}_lines AS SELECT
  record.tenant AS tenant, record.id AS ${column}, line.value ->> '$.line' AS line, line.value ->> '$.sku' AS sku,
  line.value ->> '$.name' AS name, line.value ->> '$.quantity' AS quantity, line.value ->> '$.unit.code' AS unit,
  line.value ->> '$.unit.digits' AS unit_digits, line.value ->> '$.unitPrice.amount' AS unit_price,
  line.value ->> '$.net.amount' AS net, line.value ->> '$.net.currency' AS currency,
  line.value ->> '$.tax.category' AS category,
  CASE json_array_length(line.value, '$.tax.components') WHEN 1 THEN line.value ->> '$.tax.components[0].percent' END AS percent,
  line.value -> '$.tax.components' AS components,
  line.value ->> '$.period.from' AS period_from, line.value ->> '$.period.until' AS period_until,
  coalesce(line.value ->> '$.order', record.state ->> '$.order') AS "order"
FROM record, json_each(record.state, '$.lines') AS line WHERE record.kind = '${kind}';`

/** One row for each tax that the buyer withholds of a kind of document, as a share of its net amount or of its tax (`base_kind`). */
const withholdingsView = (kind: string, column: string): string => `CREATE VIEW ${kind}_withholdings AS SELECT
  record.tenant AS tenant, record.id AS ${column}, withheld.value ->> '$.name' AS name, withheld.value ->> '$.percent' AS percent,
  withheld.value ->> '$.on' AS base_kind, withheld.value ->> '$.base.amount' AS base,
  withheld.value ->> '$.amount.amount' AS amount, withheld.value ->> '$.amount.currency' AS currency
FROM record, json_each(record.state, '$.withholdings') AS withheld WHERE record.kind = '${kind}';`

/**
 * What kind of invoice or credit note it is (null for those of what was delivered), the invoice that a debit note corrects, the days that lines are for, what deposit
 * invoices claimed before, the orders of consolidated invoices, what buyers withhold, what is no longer asked for, and what payments were in another currency.
 */
export const kindsDeductionsAndWithholdings = {
  number: 9,
  name: 'kinds, deductions and withholdings',
  sql: `
DROP VIEW invoices;
CREATE VIEW invoices AS SELECT
  tenant, id, version, state ->> '$.number' AS number, state ->> '$.status' AS status, state ->> '$.order' AS "order",
  state ->> '$.orderNumber' AS order_number, state ->> '$.shipment' AS shipment, state ->> '$.customer' AS customer,
  state ->> '$.currency' AS currency, state ->> '$.total.amount' AS total, state ->> '$.paid.amount' AS paid,
  state ->> '$.credited.amount' AS credited, state ->> '$.issuedOn' AS issued_on, state ->> '$.dueOn' AS due_on,
  coalesce(state ->> '$.totals.net.amount', state ->> '$.total.amount') AS net, state ->> '$.totals.tax.amount' AS tax,
  coalesce(state ->> '$.totals.gross.amount', state ->> '$.total.amount') AS gross,
  state ->> '$.kind' AS kind, state ->> '$.corrects.invoice' AS corrects
FROM record WHERE record.kind = 'invoice';

DROP VIEW credit_notes;
CREATE VIEW credit_notes AS SELECT
  tenant, id, version, state ->> '$.number' AS number, state ->> '$.invoice' AS invoice, state ->> '$.invoiceNumber' AS invoice_number,
  state ->> '$.order' AS "order", state ->> '$.customer' AS customer, state ->> '$.currency' AS currency,
  state ->> '$.total.amount' AS total, state ->> '$.issuedOn' AS issued_on, state ->> '$.reason' AS reason,
  coalesce(state ->> '$.totals.net.amount', state ->> '$.total.amount') AS net, state ->> '$.totals.tax.amount' AS tax,
  coalesce(state ->> '$.totals.gross.amount', state ->> '$.total.amount') AS gross,
  state ->> '$.kind' AS kind
FROM record WHERE record.kind = 'credit_note';

${linesView('invoice', 'invoice')}

${linesView('credit_note', 'credit_note')}

CREATE VIEW invoice_orders AS SELECT
  tenant, id AS invoice, state ->> '$.order' AS "order", state ->> '$.orderNumber' AS order_number,
  state ->> '$.total.amount' AS total, state ->> '$.currency' AS currency
FROM record WHERE kind = 'invoice' AND state ->> '$.order' IS NOT NULL
UNION ALL SELECT
  record.tenant, record.id, part.value ->> '$.order', part.value ->> '$.orderNumber',
  part.value ->> '$.total.amount', part.value ->> '$.total.currency'
FROM record, json_each(record.state, '$.parts') AS part WHERE record.kind = 'invoice';

CREATE VIEW invoice_deductions AS SELECT
  record.tenant AS tenant, record.id AS invoice, deducted.value ->> '$.invoice' AS deposit_invoice,
  deducted.value ->> '$.number' AS deposit_number, deducted.value ->> '$.issuedOn' AS deposit_issued_on,
  deducted.value ->> '$.net.amount' AS net, deducted.value ->> '$.tax.amount' AS tax,
  deducted.value ->> '$.amount.amount' AS amount, deducted.value ->> '$.amount.currency' AS currency
FROM record, json_each(record.state, '$.deducted') AS deducted WHERE record.kind = 'invoice';

${withholdingsView('invoice', 'invoice')}

${withholdingsView('credit_note', 'credit_note')}

CREATE VIEW invoice_differences AS SELECT
  record.tenant AS tenant, record.id AS invoice, difference.value ->> '$.id' AS difference, difference.value ->> '$.kind' AS kind,
  difference.value ->> '$.amount.amount' AS amount, difference.value ->> '$.amount.currency' AS currency,
  difference.value ->> '$.on' AS booked_on, difference.value ->> '$.payment' AS payment,
  difference.value ->> '$.certificate' AS certificate
FROM record, json_each(record.state, '$.differences') AS difference WHERE record.kind = 'invoice';

DROP VIEW payments;
CREATE VIEW payments AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.method' AS method, state ->> '$.amount.amount' AS amount,
  state ->> '$.amount.currency' AS currency, state ->> '$.refunded.amount' AS refunded, state ->> '$.receivedOn' AS received_on,
  state ->> '$.customer' AS customer, state ->> '$.order' AS "order", state ->> '$.bankEntry' AS bank_entry,
  state ->> '$.exchange.paid.amount' AS received, state ->> '$.exchange.paid.currency' AS received_currency,
  state ->> '$.exchange.rate' AS exchange_rate, state ->> '$.exchange.difference.amount' AS exchange_difference
FROM record WHERE kind = 'payment';
`,
} as const
