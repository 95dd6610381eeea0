/**
 * What records and stock levels are looked for by: the entry as queries compare it, with the place of the entry that orders them behind. An
 * entry is a number or a text, and numbers come first: its place is the number (infinity for a text) and then the text.
 */
const entry = (name: string): string => `(entries -> '${name}')`

const place = (name: string): string =>
  `(coalesce(CASE WHEN jsonb_typeof(entries -> '${name}') = 'number' THEN (entries ->> '${name}')::float8 END, 'infinity'::float8)), ` +
  `(coalesce(entries ->> '${name}', '') COLLATE "C")`

export interface Wanted {
  readonly by: string
  readonly then?: string
  /** Records that lack the entry are left out. */
  readonly sparse?: true
}

const wanted: Readonly<Record<string, readonly Wanted[]>> = {
  order: [
    { by: 'number' },
    { by: 'status', then: 'orderedOn' },
    { by: 'customer', then: 'orderedOn', sparse: true },
  ],
  reservation: [
    { by: 'status', then: 'expiresAt' },
    { by: 'owner', then: 'expiresAt' },
  ],
  fulfillment: [{ by: 'order' }, { by: 'status' }],
  shipment: [{ by: 'order' }, { by: 'status' }],
  invoice: [
    { by: 'number' },
    { by: 'order' },
    { by: 'status', then: 'dueOn' },
    { by: 'customer', then: 'dueOn', sparse: true },
  ],
  credit_note: [
    { by: 'invoice', sparse: true },
    { by: 'order', sparse: true },
    { by: 'customer', then: 'issuedOn', sparse: true },
  ],
  payment: [
    { by: 'order', sparse: true },
    { by: 'status', then: 'receivedOn' },
    { by: 'customer', then: 'receivedOn', sparse: true },
  ],
  bank_entry: [
    { by: 'status', then: 'place' },
    { by: 'statement', then: 'bookedOn' },
  ],
  party: [{ by: 'number', sparse: true }],
  serial: [{ by: 'sku' }, { by: 'order', sparse: true }],
  stock_lots: [{ by: 'sku' }],
  lot_shipment: [{ by: 'lot' }],
  expected_receipt: [{ by: 'openAt', sparse: true }],
  back_in_stock_request: [{ by: 'waitingFor', sparse: true }],
}

export const indexOf = (schema: string, kind: string, { by, then, sparse }: Wanted): string =>
  `CREATE INDEX ${kind}_${by} ON ${schema}.record (tenant, ${entry(by)}${then === undefined ? '' : `, ${place(then)}`}) ` +
  `WHERE kind = '${kind}'${sparse === undefined ? '' : ` AND ${entry(by)} IS NOT NULL`};`

export const indexes = {
  number: 3,
  name: 'indexes',
  sql: (schema: string): string =>
    [
      ...Object.entries(wanted).flatMap(([kind, list]) => list.map((one) => indexOf(schema, kind, one))),
      `CREATE INDEX order_day ON ${schema}.record (tenant, ${place('orderedOn')}) WHERE kind = 'order';`,
      `CREATE INDEX stock_lots_sellable_until ON ${schema}.record (tenant, ${place('sellableUntil')}) WHERE kind = 'stock_lots';`,
      `CREATE INDEX stock_level_id ON ${schema}.stock_level (tenant, (location || '/' || sku));`,
      `CREATE INDEX stock_level_sku ON ${schema}.stock_level (tenant, sku);`,
    ].join('\n'),
} as const
