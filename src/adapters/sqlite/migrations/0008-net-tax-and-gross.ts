/** One row for each tax category and rate of a kind of document; `column` names the document's id. */
const taxesView = (kind: string, column: string): string => `CREATE VIEW ${kind}_taxes AS SELECT
  record.tenant AS tenant, record.id AS ${column},
  tax.value ->> '$.treatment.category' AS category,
  CASE json_array_length(tax.value, '$.treatment.components') WHEN 1 THEN tax.value ->> '$.treatment.components[0].percent' END AS percent,
  tax.value -> '$.treatment.components' AS components,
  tax.value ->> '$.treatment.exemption' AS exemption, tax.value ->> '$.base.amount' AS base,
  tax.value ->> '$.tax.amount' AS tax, tax.value ->> '$.base.currency' AS currency
FROM record, json_each(record.state, '$.totals.taxes') AS tax WHERE record.kind = '${kind}';`

/**
 * What is due without tax, the tax, and what is due with it, of documents, their lines and their tax categories. `tax` is null where a document was
 * calculated without taxes, discounts and charges and comes to the sum of its lines. `percent` is that of the only tax of a treatment; where there are
 * several, as in the United States, or none, it is null, and `components` (JSON) has them all.
 */
export const netTaxAndGross = {
  number: 8,
  name: 'net, tax and gross',
  sql: `
DROP VIEW orders;
CREATE VIEW orders AS SELECT
  tenant, id, version,
  state ->> '$.number' AS number, state ->> '$.status' AS status,
  state ->> '$.channel' AS channel, state ->> '$.reference' AS reference, state ->> '$.purchaseOrder' AS purchase_order,
  state ->> '$.customer' AS customer, state ->> '$.orderedOn' AS ordered_on, state ->> '$.placedOn' AS placed_on,
  state ->> '$.payment.method' AS payment_method, state ->> '$.payment.terms' AS payment_terms,
  state ->> '$.currency' AS currency, state ->> '$.total.amount' AS total, state ->> '$.invoiced.amount' AS invoiced,
  state ->> '$.credited.amount' AS credited, state ->> '$.paid.amount' AS paid,
  json_array_length(state, '$.holds') AS holds,
  coalesce(state ->> '$.totals.net.amount', state ->> '$.total.amount') AS net, state ->> '$.totals.tax.amount' AS tax,
  coalesce(state ->> '$.totals.gross.amount', state ->> '$.total.amount') AS gross
FROM record WHERE kind = 'order';

DROP VIEW invoices;
CREATE VIEW invoices AS SELECT
  tenant, id, version, state ->> '$.number' AS number, state ->> '$.status' AS status, state ->> '$.order' AS "order",
  state ->> '$.orderNumber' AS order_number, state ->> '$.shipment' AS shipment, state ->> '$.customer' AS customer,
  state ->> '$.currency' AS currency, state ->> '$.total.amount' AS total, state ->> '$.paid.amount' AS paid,
  state ->> '$.credited.amount' AS credited, state ->> '$.issuedOn' AS issued_on, state ->> '$.dueOn' AS due_on,
  coalesce(state ->> '$.totals.net.amount', state ->> '$.total.amount') AS net, state ->> '$.totals.tax.amount' AS tax,
  coalesce(state ->> '$.totals.gross.amount', state ->> '$.total.amount') AS gross
FROM record WHERE kind = 'invoice';

DROP VIEW credit_notes;
CREATE VIEW credit_notes AS SELECT
  tenant, id, version, state ->> '$.number' AS number, state ->> '$.invoice' AS invoice, state ->> '$.invoiceNumber' AS invoice_number,
  state ->> '$.order' AS "order", state ->> '$.customer' AS customer, state ->> '$.currency' AS currency,
  state ->> '$.total.amount' AS total, state ->> '$.issuedOn' AS issued_on, state ->> '$.reason' AS reason,
  coalesce(state ->> '$.totals.net.amount', state ->> '$.total.amount') AS net, state ->> '$.totals.tax.amount' AS tax,
  coalesce(state ->> '$.totals.gross.amount', state ->> '$.total.amount') AS gross
FROM record WHERE kind = 'credit_note';

DROP VIEW order_lines;
CREATE VIEW order_lines AS SELECT
  record.tenant AS tenant, record.id AS "order", line.value ->> '$.id' AS line,
  line.value ->> '$.sku' AS sku, line.value ->> '$.name' AS name, line.value ->> '$.location' AS location,
  line.value ->> '$.unit.code' AS unit, line.value ->> '$.unit.digits' AS unit_digits,
  line.value ->> '$.unitPrice.amount' AS unit_price, line.value ->> '$.net.amount' AS net, line.value ->> '$.net.currency' AS currency,
  line.value ->> '$.quantity' AS ordered, line.value ->> '$.allocated' AS allocated, line.value ->> '$.planned' AS planned,
  line.value ->> '$.canceled' AS canceled, line.value ->> '$.shipped' AS shipped, line.value ->> '$.delivered' AS delivered,
  line.value ->> '$.invoiced' AS invoiced, line.value ->> '$.credited' AS credited,
  line.value ->> '$.tax.category' AS category,
  CASE json_array_length(line.value, '$.tax.components') WHEN 1 THEN line.value ->> '$.tax.components[0].percent' END AS percent,
  line.value -> '$.tax.components' AS components
FROM record, json_each(record.state, '$.lines') AS line WHERE record.kind = 'order';

DROP VIEW invoice_lines;
CREATE VIEW invoice_lines AS SELECT
  record.tenant AS tenant, record.id AS invoice, line.value ->> '$.line' AS line, line.value ->> '$.sku' AS sku,
  line.value ->> '$.name' AS name, line.value ->> '$.quantity' AS quantity, line.value ->> '$.unit.code' AS unit,
  line.value ->> '$.unit.digits' AS unit_digits, line.value ->> '$.unitPrice.amount' AS unit_price,
  line.value ->> '$.net.amount' AS net, line.value ->> '$.net.currency' AS currency,
  line.value ->> '$.tax.category' AS category,
  CASE json_array_length(line.value, '$.tax.components') WHEN 1 THEN line.value ->> '$.tax.components[0].percent' END AS percent,
  line.value -> '$.tax.components' AS components
FROM record, json_each(record.state, '$.lines') AS line WHERE record.kind = 'invoice';

CREATE VIEW credit_note_lines AS SELECT
  record.tenant AS tenant, record.id AS credit_note, line.value ->> '$.line' AS line, line.value ->> '$.sku' AS sku,
  line.value ->> '$.name' AS name, line.value ->> '$.quantity' AS quantity, line.value ->> '$.unit.code' AS unit,
  line.value ->> '$.unit.digits' AS unit_digits, line.value ->> '$.unitPrice.amount' AS unit_price,
  line.value ->> '$.net.amount' AS net, line.value ->> '$.net.currency' AS currency,
  line.value ->> '$.tax.category' AS category,
  CASE json_array_length(line.value, '$.tax.components') WHEN 1 THEN line.value ->> '$.tax.components[0].percent' END AS percent,
  line.value -> '$.tax.components' AS components
FROM record, json_each(record.state, '$.lines') AS line WHERE record.kind = 'credit_note';

${taxesView('order', '"order"')}

${taxesView('invoice', 'invoice')}

${taxesView('credit_note', 'credit_note')}
`,
} as const
