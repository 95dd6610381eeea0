/** Goods that are told apart: what is there of each lot, every piece with its number, and which shipments took units of which lots. */
export const lotsAndSerials = {
  number: 5,
  name: 'lots and serials',
  sql: `
CREATE VIEW stock_lots AS SELECT
  record.tenant AS tenant, record.state ->> '$.location' AS location, record.state ->> '$.sku' AS sku, lot.value ->> '$.lot' AS lot,
  lot.value ->> '$.expiresOn' AS expires_on, lot.value ->> '$.receivedOn' AS received_on, lot.value ->> '$.onHand' AS on_hand,
  lot.value ->> '$.allocated' AS allocated, lot.value ->> '$.quarantined' AS quarantined
FROM record, json_each(record.state, '$.lots') AS lot WHERE record.kind = 'stock_lots';

CREATE VIEW serials AS SELECT
  tenant, state ->> '$.sku' AS sku, state ->> '$.serial' AS serial, version, state ->> '$.status' AS status,
  state ->> '$.location' AS location, coalesce(state ->> '$.allocation.order', state ->> '$.shipment.order') AS "order",
  state ->> '$.allocation.fulfillment' AS fulfillment, state ->> '$.shipment.shipment' AS shipment
FROM record WHERE kind = 'serial';

CREATE VIEW lot_shipments AS SELECT
  tenant, state ->> '$.sku' AS sku, state ->> '$.lot' AS lot, state ->> '$.order' AS "order", state ->> '$.shipment' AS shipment,
  state ->> '$.location' AS location, state ->> '$.quantity' AS quantity, state ->> '$.shippedOn' AS shipped_on
FROM record WHERE kind = 'lot_shipment';

CREATE INDEX serial_sku ON record (tenant, json_extract(entries, '$.sku')) WHERE kind = 'serial';
CREATE INDEX serial_order ON record (tenant, json_extract(entries, '$.order'))
  WHERE kind = 'serial' AND json_extract(entries, '$.order') IS NOT NULL;
CREATE INDEX stock_lots_sku ON record (tenant, json_extract(entries, '$.sku')) WHERE kind = 'stock_lots';
CREATE INDEX stock_lots_sellable_until ON record (tenant, coalesce(json_extract(entries, '$.sellableUntil'), ''))
  WHERE kind = 'stock_lots';
CREATE INDEX lot_shipment_lot ON record (tenant, json_extract(entries, '$.lot')) WHERE kind = 'lot_shipment';
`,
} as const
