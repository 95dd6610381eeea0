/**
 * What kind of invoice or credit note it is (null for those of what was delivered), the invoice that a debit note corrects, the days that lines are for, what deposit
 * invoices claimed before, the orders of consolidated invoices, what buyers withhold, what is no longer asked for, and what payments were in another currency.
 */
export const kindsDeductionsAndWithholdings = {
  number: 6,
  name: 'kinds, deductions and withholdings',
  sql: (schema: string): string => `
CREATE OR REPLACE VIEW ${schema}.invoices AS SELECT
  tenant, id, version, state ->> 'number' AS number, state ->> 'status' AS status, state ->> 'order' AS "order",
  state ->> 'orderNumber' AS order_number, state ->> 'shipment' AS shipment, state ->> 'customer' AS customer,
  state ->> 'currency' AS currency, state #>> '{total,amount}' AS total, state #>> '{paid,amount}' AS paid,
  state #>> '{credited,amount}' AS credited, state ->> 'issuedOn' AS issued_on, state ->> 'dueOn' AS due_on,
  coalesce(state #>> '{totals,net,amount}', state #>> '{total,amount}') AS net, state #>> '{totals,tax,amount}' AS tax,
  coalesce(state #>> '{totals,gross,amount}', state #>> '{total,amount}') AS gross,
  state ->> 'kind' AS kind, state #>> '{corrects,invoice}' AS corrects
FROM ${schema}.record WHERE record.kind = 'invoice';

CREATE OR REPLACE VIEW ${schema}.credit_notes AS SELECT
  tenant, id, version, state ->> 'number' AS number, state ->> 'invoice' AS invoice, state ->> 'invoiceNumber' AS invoice_number,
  state ->> 'order' AS "order", state ->> 'customer' AS customer, state ->> 'currency' AS currency,
  state #>> '{total,amount}' AS total, state ->> 'issuedOn' AS issued_on, state ->> 'reason' AS reason,
  coalesce(state #>> '{totals,net,amount}', state #>> '{total,amount}') AS net, state #>> '{totals,tax,amount}' AS tax,
  coalesce(state #>> '{totals,gross,amount}', state #>> '{total,amount}') AS gross,
  state ->> 'kind' AS kind
FROM ${schema}.record WHERE record.kind = 'credit_note';

${linesView(schema, 'invoice', 'invoice')}

${linesView(schema, 'credit_note', 'credit_note')}

CREATE VIEW ${schema}.invoice_orders AS SELECT
  tenant, id AS invoice, state ->> 'order' AS "order", state ->> 'orderNumber' AS order_number,
  state #>> '{total,amount}' AS total, state ->> 'currency' AS currency
FROM ${schema}.record WHERE kind = 'invoice' AND state ->> 'order' IS NOT NULL
UNION ALL SELECT
  record.tenant, record.id, part ->> 'order', part ->> 'orderNumber', part #>> '{total,amount}', part #>> '{total,currency}'
FROM ${schema}.record, json_array_elements(record.state -> 'parts') AS part WHERE record.kind = 'invoice';

CREATE VIEW ${schema}.invoice_deductions AS SELECT
  record.tenant, record.id AS invoice, deducted ->> 'invoice' AS deposit_invoice, deducted ->> 'number' AS deposit_number,
  deducted ->> 'issuedOn' AS deposit_issued_on, deducted #>> '{net,amount}' AS net, deducted #>> '{tax,amount}' AS tax,
  deducted #>> '{amount,amount}' AS amount, deducted #>> '{amount,currency}' AS currency
FROM ${schema}.record, json_array_elements(record.state -> 'deducted') AS deducted WHERE record.kind = 'invoice';

${withholdingsView(schema, 'invoice', 'invoice')}

${withholdingsView(schema, 'credit_note', 'credit_note')}

CREATE VIEW ${schema}.invoice_differences AS SELECT
  record.tenant, record.id AS invoice, difference ->> 'id' AS difference, difference ->> 'kind' AS kind,
  difference #>> '{amount,amount}' AS amount, difference #>> '{amount,currency}' AS currency,
  difference ->> 'on' AS booked_on, difference ->> 'payment' AS payment, difference ->> 'certificate' AS certificate
FROM ${schema}.record, json_array_elements(record.state -> 'differences') AS difference WHERE record.kind = 'invoice';

CREATE OR REPLACE VIEW ${schema}.payments AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'method' AS method, state #>> '{amount,amount}' AS amount,
  state #>> '{amount,currency}' AS currency, state #>> '{refunded,amount}' AS refunded, state ->> 'receivedOn' AS received_on,
  state ->> 'customer' AS customer, state ->> 'order' AS "order", state ->> 'bankEntry' AS bank_entry,
  state #>> '{exchange,paid,amount}' AS received, state #>> '{exchange,paid,currency}' AS received_currency,
  state #>> '{exchange,rate}' AS exchange_rate, state #>> '{exchange,difference,amount}' AS exchange_difference
FROM ${schema}.record WHERE kind = 'payment';
`,
} as const

/** Lines of a kind of document; `column` names the document's id. `period_from` and `period_until` are the days that a line is for, the last one not included. */
const linesView = (
  schema: string,
  kind: string,
  column: string,
): string => `CREATE OR REPLACE VIEW ${schema}.${kind}_lines AS SELECT
  record.tenant, record.id AS ${column}, line ->> 'line' AS line, line ->> 'sku' AS sku,
  line ->> 'name' AS name, (line ->> 'quantity')::bigint AS quantity, line #>> '{unit,code}' AS unit,
  (line #>> '{unit,digits}')::int AS unit_digits, line #>> '{unitPrice,amount}' AS unit_price,
  line #>> '{net,amount}' AS net, line #>> '{net,currency}' AS currency,
  line #>> '{tax,category}' AS category,
  CASE json_array_length(line #> '{tax,components}') WHEN 1 THEN line #>> '{tax,components,0,percent}' END AS percent,
  line #> '{tax,components}' AS components,
  line #>> '{period,from}' AS period_from, line #>> '{period,until}' AS period_until,
  coalesce(line ->> 'order', record.state ->> 'order') AS "order"
FROM ${schema}.record, json_array_elements(record.state -> 'lines') AS line WHERE record.kind = '${kind}';`

/** One row for each tax that the buyer withholds of a kind of document, as a share of its net amount or of its tax (`base_kind`). */
const withholdingsView = (
  schema: string,
  kind: string,
  column: string,
): string => `CREATE VIEW ${schema}.${kind}_withholdings AS SELECT
  record.tenant, record.id AS ${column}, withheld ->> 'name' AS name, withheld ->> 'percent' AS percent,
  withheld ->> 'on' AS base_kind, withheld #>> '{base,amount}' AS base,
  withheld #>> '{amount,amount}' AS amount, withheld #>> '{amount,currency}' AS currency
FROM ${schema}.record, json_array_elements(record.state -> 'withholdings') AS withheld WHERE record.kind = '${kind}';`
