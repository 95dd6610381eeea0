/**
 * Views for people: what a host selects from and joins with its own tables. Amounts are decimal texts, exact as they are stored; quantities
 * are whole numbers of the unit's smallest part (`unit_digits` decimals). Who a customer is stands in no view: personal data is asked for by name.
 */
export const views = {
  number: 2,
  name: 'views',
  sql: `
CREATE VIEW orders AS SELECT
  tenant, id, version,
  state ->> '$.number' AS number, state ->> '$.status' AS status,
  state ->> '$.channel' AS channel, state ->> '$.reference' AS reference, state ->> '$.purchaseOrder' AS purchase_order,
  state ->> '$.customer' AS customer, state ->> '$.orderedOn' AS ordered_on, state ->> '$.placedOn' AS placed_on,
  state ->> '$.payment.method' AS payment_method, state ->> '$.payment.terms' AS payment_terms,
  state ->> '$.currency' AS currency, state ->> '$.total.amount' AS total, state ->> '$.invoiced.amount' AS invoiced,
  state ->> '$.credited.amount' AS credited, state ->> '$.paid.amount' AS paid,
  json_array_length(state, '$.holds') AS holds
FROM record WHERE kind = 'order';

CREATE VIEW order_lines AS SELECT
  record.tenant AS tenant, record.id AS "order", line.value ->> '$.id' AS line,
  line.value ->> '$.sku' AS sku, line.value ->> '$.name' AS name, line.value ->> '$.location' AS location,
  line.value ->> '$.unit.code' AS unit, line.value ->> '$.unit.digits' AS unit_digits,
  line.value ->> '$.unitPrice.amount' AS unit_price, line.value ->> '$.net.amount' AS net, line.value ->> '$.net.currency' AS currency,
  line.value ->> '$.quantity' AS ordered, line.value ->> '$.allocated' AS allocated, line.value ->> '$.planned' AS planned,
  line.value ->> '$.canceled' AS canceled, line.value ->> '$.shipped' AS shipped, line.value ->> '$.delivered' AS delivered,
  line.value ->> '$.invoiced' AS invoiced, line.value ->> '$.credited' AS credited
FROM record, json_each(record.state, '$.lines') AS line WHERE record.kind = 'order';

CREATE VIEW fulfillments AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.order' AS "order", state ->> '$.location' AS location,
  state ->> '$.shipment' AS shipment
FROM record WHERE kind = 'fulfillment';

CREATE VIEW shipments AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.order' AS "order", state ->> '$.location' AS location,
  state ->> '$.transport.carrier' AS carrier, state ->> '$.transport.tracking' AS tracking,
  state ->> '$.transport.shippedOn' AS shipped_on, state ->> '$.deliveredOn' AS delivered_on
FROM record WHERE kind = 'shipment';

CREATE VIEW invoices AS SELECT
  tenant, id, version, state ->> '$.number' AS number, state ->> '$.status' AS status, state ->> '$.order' AS "order",
  state ->> '$.orderNumber' AS order_number, state ->> '$.shipment' AS shipment, state ->> '$.customer' AS customer,
  state ->> '$.currency' AS currency, state ->> '$.total.amount' AS total, state ->> '$.paid.amount' AS paid,
  state ->> '$.credited.amount' AS credited, state ->> '$.issuedOn' AS issued_on, state ->> '$.dueOn' AS due_on
FROM record WHERE kind = 'invoice';

CREATE VIEW invoice_lines AS SELECT
  record.tenant AS tenant, record.id AS invoice, line.value ->> '$.line' AS line, line.value ->> '$.sku' AS sku,
  line.value ->> '$.name' AS name, line.value ->> '$.quantity' AS quantity, line.value ->> '$.unit.code' AS unit,
  line.value ->> '$.unit.digits' AS unit_digits, line.value ->> '$.unitPrice.amount' AS unit_price,
  line.value ->> '$.net.amount' AS net, line.value ->> '$.net.currency' AS currency
FROM record, json_each(record.state, '$.lines') AS line WHERE record.kind = 'invoice';

CREATE VIEW credit_notes AS SELECT
  tenant, id, version, state ->> '$.number' AS number, state ->> '$.invoice' AS invoice, state ->> '$.invoiceNumber' AS invoice_number,
  state ->> '$.order' AS "order", state ->> '$.customer' AS customer, state ->> '$.currency' AS currency,
  state ->> '$.total.amount' AS total, state ->> '$.issuedOn' AS issued_on, state ->> '$.reason' AS reason
FROM record WHERE kind = 'credit_note';

CREATE VIEW payments AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.method' AS method, state ->> '$.amount.amount' AS amount,
  state ->> '$.amount.currency' AS currency, state ->> '$.refunded.amount' AS refunded, state ->> '$.receivedOn' AS received_on,
  state ->> '$.customer' AS customer, state ->> '$.order' AS "order", state ->> '$.bankEntry' AS bank_entry
FROM record WHERE kind = 'payment';

CREATE VIEW payment_applications AS SELECT
  record.tenant AS tenant, record.id AS payment, applied.value ->> '$.invoice' AS invoice,
  applied.value ->> '$.amount.amount' AS amount, applied.value ->> '$.amount.currency' AS currency
FROM record, json_each(record.state, '$.applied') AS applied WHERE record.kind = 'payment';

CREATE VIEW bank_entries AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.statement' AS statement, state ->> '$.account' AS account,
  state ->> '$.bookedOn' AS booked_on, state ->> '$.amount.amount' AS amount, state ->> '$.amount.currency' AS currency,
  state ->> '$.bankReference' AS bank_reference, state ->> '$.payerReference' AS payer_reference,
  state ->> '$.payment' AS payment, state ->> '$.match.rule' AS rule, state ->> '$.review.reason' AS reason
FROM record WHERE kind = 'bank_entry';

CREATE VIEW parties AS SELECT
  tenant, id, version, state ->> '$.number' AS number, state ->> '$.status' AS status, state -> '$.roles' AS roles
FROM record WHERE kind = 'party';

CREATE VIEW products AS SELECT
  tenant, id AS sku, version, state ->> '$.name' AS name, state ->> '$.status' AS status, state ->> '$.unit.code' AS unit,
  state ->> '$.unit.digits' AS unit_digits, state ->> '$.price.amount' AS price, state ->> '$.price.currency' AS currency
FROM record WHERE kind = 'product';

CREATE VIEW reservations AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.owner' AS owner, state ->> '$.order' AS "order",
  state ->> '$.heldAt' AS held_at, state ->> '$.expiresAt' AS expires_at
FROM record WHERE kind = 'reservation';

CREATE VIEW stock_levels AS SELECT
  tenant, location, sku, version, on_hand, reserved, quarantined, safety_stock, backorder_allowance,
  on_hand - quarantined - safety_stock + backorder_allowance - reserved AS available
FROM stock_level;
`,
} as const
