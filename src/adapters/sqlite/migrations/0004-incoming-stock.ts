/** What is on the way to a location stands beside what lies there; and transfers and counts, which move and correct it, have views. */
export const incomingStock = {
  number: 4,
  name: 'incoming stock',
  sql: `
ALTER TABLE stock_level ADD COLUMN incoming INTEGER NOT NULL DEFAULT 0
  CONSTRAINT "ST8 incoming is never negative" CHECK (incoming >= 0);

DROP VIEW stock_levels;
CREATE VIEW stock_levels AS SELECT
  tenant, location, sku, version, on_hand, reserved, quarantined, safety_stock, backorder_allowance, incoming,
  coalesce(state ->> '$.backordered', 0) AS backordered, coalesce(state ->> '$.shorted', 0) AS shorted,
  on_hand - quarantined - safety_stock + backorder_allowance - reserved - coalesce(state ->> '$.shorted', 0) AS available
FROM stock_level;

CREATE VIEW transfers AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.from' AS "from", state ->> '$.to' AS "to",
  state ->> '$.expectedOn' AS expected_on, state ->> '$.shippedOn' AS shipped_on, state ->> '$.receivedOn' AS received_on
FROM record WHERE kind = 'transfer';

CREATE VIEW transfer_lines AS SELECT
  record.tenant AS tenant, record.id AS transfer, line.value ->> '$.id' AS line, line.value ->> '$.sku' AS sku,
  line.value ->> '$.unit.code' AS unit, line.value ->> '$.unit.digits' AS unit_digits, line.value ->> '$.quantity' AS quantity,
  line.value ->> '$.received' AS received, line.value ->> '$.missing' AS missing
FROM record, json_each(record.state, '$.lines') AS line WHERE record.kind = 'transfer';

CREATE VIEW stock_counts AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.location' AS location,
  state ->> '$.tolerancePercent' AS tolerance_percent, state ->> '$.reason' AS reason
FROM record WHERE kind = 'stock_count';

CREATE INDEX transfer_status ON record (tenant, json_extract(entries, '$.status')) WHERE kind = 'transfer';
CREATE INDEX stock_count_status ON record (tenant, json_extract(entries, '$.status')) WHERE kind = 'stock_count';
`,
} as const
