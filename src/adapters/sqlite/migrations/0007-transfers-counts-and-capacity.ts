/** What transfers, counts and capacity are looked for by, as far as steps 4 to 6 have no index for it. */
export const transfersCountsAndCapacity = {
  number: 7,
  name: 'transfers, counts and capacity',
  sql: `
CREATE INDEX transfer_to ON record (tenant, json_extract(entries, '$.to')) WHERE kind = 'transfer';
CREATE INDEX transfer_from ON record (tenant, json_extract(entries, '$.from')) WHERE kind = 'transfer';
CREATE INDEX stock_count_location ON record (tenant, json_extract(entries, '$.location')) WHERE kind = 'stock_count';
CREATE INDEX location_status ON record (tenant, json_extract(entries, '$.status')) WHERE kind = 'location';
CREATE INDEX expected_receipt_sku ON record (tenant, json_extract(entries, '$.sku'), coalesce(json_extract(entries, '$.expectedOn'), ''))
  WHERE kind = 'expected_receipt';
CREATE INDEX expected_receipt_vendor ON record (tenant, json_extract(entries, '$.vendor'))
  WHERE kind = 'expected_receipt' AND json_extract(entries, '$.vendor') IS NOT NULL;
CREATE INDEX backorder_queue_status ON record (tenant, json_extract(entries, '$.status')) WHERE kind = 'backorder_queue';
CREATE INDEX booking_status ON record (tenant, json_extract(entries, '$.status'), coalesce(json_extract(entries, '$.expiresAt'), ''))
  WHERE kind = 'booking';
CREATE INDEX booking_owner ON record (tenant, json_extract(entries, '$.owner'))
  WHERE kind = 'booking' AND json_extract(entries, '$.owner') IS NOT NULL;
CREATE INDEX booking_order ON record (tenant, json_extract(entries, '$.order'))
  WHERE kind = 'booking' AND json_extract(entries, '$.order') IS NOT NULL;
CREATE INDEX booking_reference ON record (tenant, json_extract(entries, '$.reference'))
  WHERE kind = 'booking' AND json_extract(entries, '$.reference') IS NOT NULL;
CREATE INDEX seat_pool ON record (tenant, json_extract(entries, '$.pool')) WHERE kind = 'seat';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('record', 'transfer_to', '20000 20000 200'),
  ('record', 'transfer_from', '20000 20000 200'),
  ('record', 'stock_count_location', '2000 2000 20'),
  ('record', 'location_status', '200 200 100'),
  ('record', 'expected_receipt_sku', '20000 20000 20 2'),
  ('record', 'expected_receipt_vendor', '20000 20000 200'),
  ('record', 'backorder_queue_status', '2000 2000 1000'),
  ('record', 'booking_status', '200000 200000 30000 200'),
  ('record', 'booking_owner', '200000 200000 20'),
  ('record', 'booking_order', '200000 200000 2'),
  ('record', 'booking_reference', '200000 200000 2'),
  ('record', 'seat_pool', '20000 20000 200');
ANALYZE sqlite_schema;
`,
} as const
