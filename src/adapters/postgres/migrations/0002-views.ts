/**
 * Views for people: what a host selects from and joins with its own tables. Amounts are decimal texts, exact as they are stored; quantities
 * are whole numbers of the unit's smallest part (`unit_digits` decimals). Who a customer is stands in no view: personal data is asked for by name.
 */
export const views = {
  number: 2,
  name: 'views',
  sql: (schema: string): string => `
CREATE VIEW ${schema}.orders AS SELECT
  tenant, id, version,
  state ->> 'number' AS number, state ->> 'status' AS status,
  state ->> 'channel' AS channel, state ->> 'reference' AS reference, state ->> 'purchaseOrder' AS purchase_order,
  state ->> 'customer' AS customer, state ->> 'orderedOn' AS ordered_on, state ->> 'placedOn' AS placed_on,
  state #>> '{payment,method}' AS payment_method, state #>> '{payment,terms}' AS payment_terms,
  state ->> 'currency' AS currency, state #>> '{total,amount}' AS total, state #>> '{invoiced,amount}' AS invoiced,
  state #>> '{credited,amount}' AS credited, state #>> '{paid,amount}' AS paid,
  json_array_length(state -> 'holds') AS holds
FROM ${schema}.record WHERE kind = 'order';

CREATE VIEW ${schema}.order_lines AS SELECT
  record.tenant, record.id AS "order", line ->> 'id' AS line,
  line ->> 'sku' AS sku, line ->> 'name' AS name, line ->> 'location' AS location,
  line #>> '{unit,code}' AS unit, (line #>> '{unit,digits}')::int AS unit_digits,
  line #>> '{unitPrice,amount}' AS unit_price, line #>> '{net,amount}' AS net, line #>> '{net,currency}' AS currency,
  (line ->> 'quantity')::bigint AS ordered, (line ->> 'allocated')::bigint AS allocated, (line ->> 'planned')::bigint AS planned,
  (line ->> 'canceled')::bigint AS canceled, (line ->> 'shipped')::bigint AS shipped, (line ->> 'delivered')::bigint AS delivered,
  (line ->> 'invoiced')::bigint AS invoiced, (line ->> 'credited')::bigint AS credited
FROM ${schema}.record, json_array_elements(record.state -> 'lines') AS line WHERE record.kind = 'order';

CREATE VIEW ${schema}.fulfillments AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'order' AS "order", state ->> 'location' AS location,
  state ->> 'shipment' AS shipment
FROM ${schema}.record WHERE kind = 'fulfillment';

CREATE VIEW ${schema}.shipments AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'order' AS "order", state ->> 'location' AS location,
  state #>> '{transport,carrier}' AS carrier, state #>> '{transport,tracking}' AS tracking,
  state #>> '{transport,shippedOn}' AS shipped_on, state ->> 'deliveredOn' AS delivered_on
FROM ${schema}.record WHERE kind = 'shipment';

CREATE VIEW ${schema}.invoices AS SELECT
  tenant, id, version, state ->> 'number' AS number, state ->> 'status' AS status, state ->> 'order' AS "order",
  state ->> 'orderNumber' AS order_number, state ->> 'shipment' AS shipment, state ->> 'customer' AS customer,
  state ->> 'currency' AS currency, state #>> '{total,amount}' AS total, state #>> '{paid,amount}' AS paid,
  state #>> '{credited,amount}' AS credited, state ->> 'issuedOn' AS issued_on, state ->> 'dueOn' AS due_on
FROM ${schema}.record WHERE kind = 'invoice';

CREATE VIEW ${schema}.invoice_lines AS SELECT
  record.tenant, record.id AS invoice, line ->> 'line' AS line, line ->> 'sku' AS sku,
  line ->> 'name' AS name, (line ->> 'quantity')::bigint AS quantity, line #>> '{unit,code}' AS unit,
  (line #>> '{unit,digits}')::int AS unit_digits, line #>> '{unitPrice,amount}' AS unit_price,
  line #>> '{net,amount}' AS net, line #>> '{net,currency}' AS currency
FROM ${schema}.record, json_array_elements(record.state -> 'lines') AS line WHERE record.kind = 'invoice';

CREATE VIEW ${schema}.credit_notes AS SELECT
  tenant, id, version, state ->> 'number' AS number, state ->> 'invoice' AS invoice, state ->> 'invoiceNumber' AS invoice_number,
  state ->> 'order' AS "order", state ->> 'customer' AS customer, state ->> 'currency' AS currency,
  state #>> '{total,amount}' AS total, state ->> 'issuedOn' AS issued_on, state ->> 'reason' AS reason
FROM ${schema}.record WHERE kind = 'credit_note';

CREATE VIEW ${schema}.payments AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'method' AS method, state #>> '{amount,amount}' AS amount,
  state #>> '{amount,currency}' AS currency, state #>> '{refunded,amount}' AS refunded, state ->> 'receivedOn' AS received_on,
  state ->> 'customer' AS customer, state ->> 'order' AS "order", state ->> 'bankEntry' AS bank_entry
FROM ${schema}.record WHERE kind = 'payment';

CREATE VIEW ${schema}.payment_applications AS SELECT
  record.tenant, record.id AS payment, applied ->> 'invoice' AS invoice,
  applied #>> '{amount,amount}' AS amount, applied #>> '{amount,currency}' AS currency
FROM ${schema}.record, json_array_elements(record.state -> 'applied') AS applied WHERE record.kind = 'payment';

CREATE VIEW ${schema}.bank_entries AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'statement' AS statement, state ->> 'account' AS account,
  state ->> 'bookedOn' AS booked_on, state #>> '{amount,amount}' AS amount, state #>> '{amount,currency}' AS currency,
  state ->> 'bankReference' AS bank_reference, state ->> 'payerReference' AS payer_reference,
  state ->> 'payment' AS payment, state #>> '{match,rule}' AS rule, state #>> '{review,reason}' AS reason
FROM ${schema}.record WHERE kind = 'bank_entry';

CREATE VIEW ${schema}.parties AS SELECT
  tenant, id, version, state ->> 'number' AS number, state ->> 'status' AS status, state -> 'roles' AS roles
FROM ${schema}.record WHERE kind = 'party';

CREATE VIEW ${schema}.products AS SELECT
  tenant, id AS sku, version, state ->> 'name' AS name, state ->> 'status' AS status, state #>> '{unit,code}' AS unit,
  (state #>> '{unit,digits}')::int AS unit_digits, state #>> '{price,amount}' AS price, state #>> '{price,currency}' AS currency
FROM ${schema}.record WHERE kind = 'product';

CREATE VIEW ${schema}.reservations AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'owner' AS owner, state ->> 'order' AS "order",
  state ->> 'heldAt' AS held_at, state ->> 'expiresAt' AS expires_at
FROM ${schema}.record WHERE kind = 'reservation';

CREATE VIEW ${schema}.expected_receipts AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'sku' AS sku, state ->> 'location' AS location,
  state ->> 'vendor' AS vendor, state ->> 'document' AS document, (state ->> 'quantity')::bigint AS quantity,
  (state ->> 'received')::bigint AS received, state ->> 'expectedOn' AS expected_on
FROM ${schema}.record WHERE kind = 'expected_receipt';

CREATE VIEW ${schema}.stock_lots AS SELECT
  record.tenant, record.state ->> 'location' AS location, record.state ->> 'sku' AS sku, lot ->> 'lot' AS lot,
  lot ->> 'expiresOn' AS expires_on, lot ->> 'receivedOn' AS received_on, (lot ->> 'onHand')::bigint AS on_hand,
  (lot ->> 'allocated')::bigint AS allocated, (lot ->> 'quarantined')::bigint AS quarantined
FROM ${schema}.record, json_array_elements(record.state -> 'lots') AS lot WHERE record.kind = 'stock_lots';

CREATE VIEW ${schema}.serials AS SELECT
  tenant, state ->> 'sku' AS sku, state ->> 'serial' AS serial, version, state ->> 'status' AS status,
  state ->> 'location' AS location, coalesce(state #>> '{allocation,order}', state #>> '{shipment,order}') AS "order",
  state #>> '{allocation,fulfillment}' AS fulfillment, state #>> '{shipment,shipment}' AS shipment
FROM ${schema}.record WHERE kind = 'serial';

CREATE VIEW ${schema}.lot_shipments AS SELECT
  tenant, state ->> 'sku' AS sku, state ->> 'lot' AS lot, state ->> 'order' AS "order", state ->> 'shipment' AS shipment,
  state ->> 'location' AS location, (state ->> 'quantity')::bigint AS quantity, state ->> 'shippedOn' AS shipped_on
FROM ${schema}.record WHERE kind = 'lot_shipment';

CREATE VIEW ${schema}.stock_levels AS SELECT
  tenant, location, sku, version, on_hand, reserved, quarantined, safety_stock, backorder_allowance, incoming,
  coalesce((state ->> 'backordered')::bigint, 0) AS backordered, coalesce((state ->> 'shorted')::bigint, 0) AS shorted,
  on_hand - quarantined - safety_stock + backorder_allowance - reserved - coalesce((state ->> 'shorted')::bigint, 0) AS available
FROM ${schema}.stock_level;
`,
} as const
