/**
 * What is due without tax, the tax, and what is due with it, of documents, their lines and their tax categories. `tax` is null where a document was
 * calculated without taxes, discounts and charges and comes to the sum of its lines. `percent` is that of the only tax of a treatment; where there are
 * several, as in the United States, or none, it is null, and `components` (JSON) has them all.
 */
export const netTaxAndGross = {
  number: 5,
  name: 'net, tax and gross',
  sql: (schema: string): string => `
CREATE OR REPLACE VIEW ${schema}.orders AS SELECT
  tenant, id, version,
  state ->> 'number' AS number, state ->> 'status' AS status,
  state ->> 'channel' AS channel, state ->> 'reference' AS reference, state ->> 'purchaseOrder' AS purchase_order,
  state ->> 'customer' AS customer, state ->> 'orderedOn' AS ordered_on, state ->> 'placedOn' AS placed_on,
  state #>> '{payment,method}' AS payment_method, state #>> '{payment,terms}' AS payment_terms,
  state ->> 'currency' AS currency, state #>> '{total,amount}' AS total, state #>> '{invoiced,amount}' AS invoiced,
  state #>> '{credited,amount}' AS credited, state #>> '{paid,amount}' AS paid,
  json_array_length(state -> 'holds') AS holds,
  coalesce(state #>> '{totals,net,amount}', state #>> '{total,amount}') AS net, state #>> '{totals,tax,amount}' AS tax,
  coalesce(state #>> '{totals,gross,amount}', state #>> '{total,amount}') AS gross
FROM ${schema}.record WHERE kind = 'order';

CREATE OR REPLACE VIEW ${schema}.invoices AS SELECT
  tenant, id, version, state ->> 'number' AS number, state ->> 'status' AS status, state ->> 'order' AS "order",
  state ->> 'orderNumber' AS order_number, state ->> 'shipment' AS shipment, state ->> 'customer' AS customer,
  state ->> 'currency' AS currency, state #>> '{total,amount}' AS total, state #>> '{paid,amount}' AS paid,
  state #>> '{credited,amount}' AS credited, state ->> 'issuedOn' AS issued_on, state ->> 'dueOn' AS due_on,
  coalesce(state #>> '{totals,net,amount}', state #>> '{total,amount}') AS net, state #>> '{totals,tax,amount}' AS tax,
  coalesce(state #>> '{totals,gross,amount}', state #>> '{total,amount}') AS gross
FROM ${schema}.record WHERE kind = 'invoice';

CREATE OR REPLACE VIEW ${schema}.credit_notes AS SELECT
  tenant, id, version, state ->> 'number' AS number, state ->> 'invoice' AS invoice, state ->> 'invoiceNumber' AS invoice_number,
  state ->> 'order' AS "order", state ->> 'customer' AS customer, state ->> 'currency' AS currency,
  state #>> '{total,amount}' AS total, state ->> 'issuedOn' AS issued_on, state ->> 'reason' AS reason,
  coalesce(state #>> '{totals,net,amount}', state #>> '{total,amount}') AS net, state #>> '{totals,tax,amount}' AS tax,
  coalesce(state #>> '{totals,gross,amount}', state #>> '{total,amount}') AS gross
FROM ${schema}.record WHERE kind = 'credit_note';

CREATE OR REPLACE VIEW ${schema}.order_lines AS SELECT
  record.tenant, record.id AS "order", line ->> 'id' AS line,
  line ->> 'sku' AS sku, line ->> 'name' AS name, line ->> 'location' AS location,
  line #>> '{unit,code}' AS unit, (line #>> '{unit,digits}')::int AS unit_digits,
  line #>> '{unitPrice,amount}' AS unit_price, line #>> '{net,amount}' AS net, line #>> '{net,currency}' AS currency,
  (line ->> 'quantity')::bigint AS ordered, (line ->> 'allocated')::bigint AS allocated, (line ->> 'planned')::bigint AS planned,
  (line ->> 'canceled')::bigint AS canceled, (line ->> 'shipped')::bigint AS shipped, (line ->> 'delivered')::bigint AS delivered,
  (line ->> 'invoiced')::bigint AS invoiced, (line ->> 'credited')::bigint AS credited,
  line #>> '{tax,category}' AS category,
  CASE json_array_length(line #> '{tax,components}') WHEN 1 THEN line #>> '{tax,components,0,percent}' END AS percent,
  line #> '{tax,components}' AS components
FROM ${schema}.record, json_array_elements(record.state -> 'lines') AS line WHERE record.kind = 'order';

CREATE OR REPLACE VIEW ${schema}.invoice_lines AS SELECT
  record.tenant, record.id AS invoice, line ->> 'line' AS line, line ->> 'sku' AS sku,
  line ->> 'name' AS name, (line ->> 'quantity')::bigint AS quantity, line #>> '{unit,code}' AS unit,
  (line #>> '{unit,digits}')::int AS unit_digits, line #>> '{unitPrice,amount}' AS unit_price,
  line #>> '{net,amount}' AS net, line #>> '{net,currency}' AS currency,
  line #>> '{tax,category}' AS category,
  CASE json_array_length(line #> '{tax,components}') WHEN 1 THEN line #>> '{tax,components,0,percent}' END AS percent,
  line #> '{tax,components}' AS components
FROM ${schema}.record, json_array_elements(record.state -> 'lines') AS line WHERE record.kind = 'invoice';

CREATE VIEW ${schema}.credit_note_lines AS SELECT
  record.tenant, record.id AS credit_note, line ->> 'line' AS line, line ->> 'sku' AS sku,
  line ->> 'name' AS name, (line ->> 'quantity')::bigint AS quantity, line #>> '{unit,code}' AS unit,
  (line #>> '{unit,digits}')::int AS unit_digits, line #>> '{unitPrice,amount}' AS unit_price,
  line #>> '{net,amount}' AS net, line #>> '{net,currency}' AS currency,
  line #>> '{tax,category}' AS category,
  CASE json_array_length(line #> '{tax,components}') WHEN 1 THEN line #>> '{tax,components,0,percent}' END AS percent,
  line #> '{tax,components}' AS components
FROM ${schema}.record, json_array_elements(record.state -> 'lines') AS line WHERE record.kind = 'credit_note';

${taxesView(schema, 'order', '"order"')}

${taxesView(schema, 'invoice', 'invoice')}

${taxesView(schema, 'credit_note', 'credit_note')}
`,
} as const

/** One row for each tax category and rate of a kind of document; `column` names the document's id. */
const taxesView = (
  schema: string,
  kind: string,
  column: string,
): string => `CREATE VIEW ${schema}.${kind}_taxes AS SELECT
  record.tenant, record.id AS ${column},
  tax #>> '{treatment,category}' AS category,
  CASE json_array_length(tax #> '{treatment,components}') WHEN 1 THEN tax #>> '{treatment,components,0,percent}' END AS percent,
  tax #> '{treatment,components}' AS components,
  tax #>> '{treatment,exemption}' AS exemption, tax #>> '{base,amount}' AS base,
  tax #>> '{tax,amount}' AS tax, tax #>> '{base,currency}' AS currency
FROM ${schema}.record, json_array_elements(record.state #> '{totals,taxes}') AS tax WHERE record.kind = '${kind}';`
