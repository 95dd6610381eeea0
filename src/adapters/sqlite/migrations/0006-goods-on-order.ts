/** Goods on order, and what is asked for with every receipt: what is still expected at a level, and who waits for it. */
export const goodsOnOrder = {
  number: 6,
  name: 'goods on order',
  sql: `
CREATE VIEW expected_receipts AS SELECT
  tenant, id, version, state ->> '$.status' AS status, state ->> '$.sku' AS sku, state ->> '$.location' AS location,
  state ->> '$.vendor' AS vendor, state ->> '$.document' AS document, state ->> '$.quantity' AS quantity,
  state ->> '$.received' AS received, state ->> '$.expectedOn' AS expected_on
FROM record WHERE kind = 'expected_receipt';

CREATE INDEX expected_receipt_open ON record (tenant, json_extract(entries, '$.openAt'))
  WHERE kind = 'expected_receipt' AND json_extract(entries, '$.openAt') IS NOT NULL;
CREATE INDEX back_in_stock_waiting ON record (tenant, json_extract(entries, '$.waitingFor'))
  WHERE kind = 'back_in_stock_request' AND json_extract(entries, '$.waitingFor') IS NOT NULL;
`,
} as const
