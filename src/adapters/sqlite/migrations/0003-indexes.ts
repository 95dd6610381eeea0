/**
 * What records and stock levels are looked for by: entries as they stand in the queries, with the entry that orders them behind. None over
 * `record` ends with the id, so that new records are added at the end of a group and not in the middle of it.
 *
 * A partial index is as good as unknown to the planner until it has seen numbers, so it gets some: what a year of a busy shop looks like. A
 * host that runs ANALYZE replaces them by its own.
 */
export const indexes = {
  number: 3,
  name: 'indexes',
  sql: `
CREATE INDEX order_number ON record (tenant, json_extract(entries, '$.number')) WHERE kind = 'order';
CREATE INDEX order_status ON record (tenant, json_extract(entries, '$.status'), coalesce(json_extract(entries, '$.orderedOn'), ''))
  WHERE kind = 'order';
CREATE INDEX order_customer ON record (tenant, json_extract(entries, '$.customer'), coalesce(json_extract(entries, '$.orderedOn'), ''))
  WHERE kind = 'order' AND json_extract(entries, '$.customer') IS NOT NULL;
CREATE INDEX order_day ON record (tenant, coalesce(json_extract(entries, '$.orderedOn'), '')) WHERE kind = 'order';
CREATE INDEX reservation_status ON record (tenant, json_extract(entries, '$.status'), coalesce(json_extract(entries, '$.expiresAt'), ''))
  WHERE kind = 'reservation';
CREATE INDEX reservation_owner ON record (tenant, json_extract(entries, '$.owner'), coalesce(json_extract(entries, '$.expiresAt'), ''))
  WHERE kind = 'reservation';
CREATE INDEX fulfillment_order ON record (tenant, json_extract(entries, '$.order')) WHERE kind = 'fulfillment';
CREATE INDEX fulfillment_status ON record (tenant, json_extract(entries, '$.status')) WHERE kind = 'fulfillment';
CREATE INDEX shipment_order ON record (tenant, json_extract(entries, '$.order')) WHERE kind = 'shipment';
CREATE INDEX shipment_status ON record (tenant, json_extract(entries, '$.status')) WHERE kind = 'shipment';
CREATE INDEX invoice_number ON record (tenant, json_extract(entries, '$.number')) WHERE kind = 'invoice';
CREATE INDEX invoice_order ON record (tenant, json_extract(entries, '$.order')) WHERE kind = 'invoice';
CREATE INDEX invoice_status ON record (tenant, json_extract(entries, '$.status'), coalesce(json_extract(entries, '$.dueOn'), ''))
  WHERE kind = 'invoice';
CREATE INDEX invoice_customer ON record (tenant, json_extract(entries, '$.customer'), coalesce(json_extract(entries, '$.dueOn'), ''))
  WHERE kind = 'invoice' AND json_extract(entries, '$.customer') IS NOT NULL;
CREATE INDEX credit_note_invoice ON record (tenant, json_extract(entries, '$.invoice'))
  WHERE kind = 'credit_note' AND json_extract(entries, '$.invoice') IS NOT NULL;
CREATE INDEX credit_note_order ON record (tenant, json_extract(entries, '$.order'))
  WHERE kind = 'credit_note' AND json_extract(entries, '$.order') IS NOT NULL;
CREATE INDEX credit_note_customer ON record (tenant, json_extract(entries, '$.customer'), coalesce(json_extract(entries, '$.issuedOn'), ''))
  WHERE kind = 'credit_note' AND json_extract(entries, '$.customer') IS NOT NULL;
CREATE INDEX payment_order ON record (tenant, json_extract(entries, '$.order'))
  WHERE kind = 'payment' AND json_extract(entries, '$.order') IS NOT NULL;
CREATE INDEX payment_status ON record (tenant, json_extract(entries, '$.status'), coalesce(json_extract(entries, '$.receivedOn'), ''))
  WHERE kind = 'payment';
CREATE INDEX payment_customer ON record (tenant, json_extract(entries, '$.customer'), coalesce(json_extract(entries, '$.receivedOn'), ''))
  WHERE kind = 'payment' AND json_extract(entries, '$.customer') IS NOT NULL;
CREATE INDEX bank_entry_status ON record (tenant, json_extract(entries, '$.status'), coalesce(json_extract(entries, '$.place'), ''))
  WHERE kind = 'bank_entry';
CREATE INDEX bank_entry_statement ON record (tenant, json_extract(entries, '$.statement'), coalesce(json_extract(entries, '$.bookedOn'), ''))
  WHERE kind = 'bank_entry';
CREATE INDEX party_number ON record (tenant, json_extract(entries, '$.number'))
  WHERE kind = 'party' AND json_extract(entries, '$.number') IS NOT NULL;
CREATE INDEX stock_level_id ON stock_level (tenant, (location || '/' || sku));
CREATE INDEX stock_level_sku ON stock_level (tenant, sku);

ANALYZE record;
ANALYZE stock_level;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('record', 'sqlite_autoindex_record_1', '1000000 1000000 200000 1'),
  ('record', 'order_number', '200000 200000 1'),
  ('record', 'order_status', '200000 200000 30000 200'),
  ('record', 'order_customer', '200000 200000 20 2'),
  ('record', 'order_day', '200000 200000 200'),
  ('record', 'reservation_status', '200000 200000 30000 200'),
  ('record', 'reservation_owner', '200000 200000 20 2'),
  ('record', 'fulfillment_order', '200000 200000 2'),
  ('record', 'fulfillment_status', '200000 200000 30000'),
  ('record', 'shipment_order', '200000 200000 2'),
  ('record', 'shipment_status', '200000 200000 30000'),
  ('record', 'invoice_number', '200000 200000 1'),
  ('record', 'invoice_order', '200000 200000 2'),
  ('record', 'invoice_status', '200000 200000 30000 200'),
  ('record', 'invoice_customer', '200000 200000 20 2'),
  ('record', 'credit_note_invoice', '200000 200000 2'),
  ('record', 'credit_note_order', '200000 200000 2'),
  ('record', 'credit_note_customer', '200000 200000 20 2'),
  ('record', 'payment_order', '200000 200000 2'),
  ('record', 'payment_status', '200000 200000 30000 200'),
  ('record', 'payment_customer', '200000 200000 20 2'),
  ('record', 'bank_entry_status', '200000 200000 30000 200'),
  ('record', 'bank_entry_statement', '200000 200000 200 20'),
  ('record', 'party_number', '200000 200000 1'),
  ('stock_level', 'sqlite_autoindex_stock_level_1', '200000 200000 40000 1'),
  ('stock_level', 'stock_level_id', '200000 200000 1'),
  ('stock_level', 'stock_level_sku', '200000 200000 5');
ANALYZE sqlite_schema;
`,
} as const
