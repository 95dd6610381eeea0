import { indexOf, type Wanted } from './0003-indexes.js'

/** Transfers, counts and capacity: views of the first two, and what all of them are looked for by. */
const wanted: Readonly<Record<string, readonly Wanted[]>> = {
  transfer: [{ by: 'status' }, { by: 'to' }, { by: 'from' }],
  stock_count: [{ by: 'status' }, { by: 'location' }],
  location: [{ by: 'status' }],
  expected_receipt: [
    { by: 'sku', then: 'expectedOn' },
    { by: 'vendor', sparse: true },
  ],
  backorder_queue: [{ by: 'status' }],
  booking: [
    { by: 'status', then: 'expiresAt' },
    { by: 'owner', sparse: true },
    { by: 'order', sparse: true },
    { by: 'reference', sparse: true },
  ],
  seat: [{ by: 'pool' }],
}

export const transfersCountsAndCapacity = {
  number: 4,
  name: 'transfers, counts and capacity',
  sql: (schema: string): string => `
CREATE VIEW ${schema}.transfers AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'from' AS "from", state ->> 'to' AS "to",
  state ->> 'expectedOn' AS expected_on, state ->> 'shippedOn' AS shipped_on, state ->> 'receivedOn' AS received_on
FROM ${schema}.record WHERE kind = 'transfer';

CREATE VIEW ${schema}.transfer_lines AS SELECT
  record.tenant, record.id AS transfer, line ->> 'id' AS line, line ->> 'sku' AS sku, line #>> '{unit,code}' AS unit,
  (line #>> '{unit,digits}')::int AS unit_digits, (line ->> 'quantity')::bigint AS quantity,
  (line ->> 'received')::bigint AS received, (line ->> 'missing')::bigint AS missing
FROM ${schema}.record, json_array_elements(record.state -> 'lines') AS line WHERE record.kind = 'transfer';

CREATE VIEW ${schema}.stock_counts AS SELECT
  tenant, id, version, state ->> 'status' AS status, state ->> 'location' AS location,
  state ->> 'tolerancePercent' AS tolerance_percent, state ->> 'reason' AS reason
FROM ${schema}.record WHERE kind = 'stock_count';

${Object.entries(wanted)
  .flatMap(([kind, list]) => list.map((one) => indexOf(schema, kind, one)))
  .join('\n')}
`,
} as const
