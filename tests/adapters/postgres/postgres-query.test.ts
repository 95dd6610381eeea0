import * as fc from 'fast-check'
import { postgresStorage } from 'orderwright/postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { Query, Storage } from '../../../src/core/ports/storage.js'
import type { IndexEntries } from '../../../src/core/record-kind.js'
import { put, together } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { intercept } from '../../support/postgres/intercept.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
afterAll(() => database.empty())

const entryName = fc.constantFrom('status', 'size', 'day', 'never')
const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, 1e21, '', 'a', 'A', 'b', '1', '01', 'ä', '\u00df', "o'clock", '50%', 'back\\slash'),
)
const shelf = fc.array(fc.record({ status: value, size: value, day: value }, { requiredKeys: [] }), {
  minLength: 1,
  maxLength: 25,
})
const asked = fc.record(
  {
    where: fc.dictionary(entryName, value, { maxKeys: 2 }),
    range: fc.record({ entry: entryName, from: value, to: value }, { requiredKeys: ['entry'] }),
    order: fc.record({ entry: entryName, direction: fc.constantFrom('ascending', 'descending') }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Omit<Query, 'kind'>>

const fill = (storage: Storage, kind: string, records: readonly IndexEntries[]): Promise<void> =>
  storage.update(tenant, [], () =>
    together(
      ...records.map((entries, place) => put({ kind, id: `r${place}` }, undefined, { entries }, entries)),
    ),
  )

/** All pages of a query, each as the list of its ids. */
const pages = async (storage: Storage, query: Query): Promise<readonly (readonly string[])[]> => {
  const walked: (readonly string[])[] = []
  let cursor: string | undefined
  do {
    const page = await storage.find(tenant, { ...query, ...(cursor !== undefined && { cursor }) })
    walked.push(page.items.map(({ key }) => key.id))
    cursor = page.next
  } while (cursor !== undefined && walked.length < 100)
  return walked
}

describe('find', () => {
  it('gives the same pages as the memory store, whatever is asked of whatever there is', async () => {
    const [postgres, memory] = [postgresStorage(await database.pool()), memoryStorage()]
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        shelf,
        fc.array(asked, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 7 }),
        async (records, queries, limit) => {
          const kind = `sample${(run += 1)}`
          for (const storage of [postgres, memory]) await fill(storage, kind, records)
          for (const query of queries) {
            const whole = { ...query, kind, limit }
            expect(await pages(postgres, whole)).toEqual(await pages(memory, whole))
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('takes a name that no kind declares for an entry that all records lack', async () => {
    const storage = postgresStorage(await database.pool())
    await fill(storage, 'sample', [{ status: 'open' }])
    for (const entry of ["status') OR 1 = 1 --", '', 'a b', '$.status', 'status"', '1', "\\' OR true --"]) {
      const found = async (query: Omit<Query, 'kind'>) =>
        (await storage.find(tenant, { kind: 'sample', ...query })).items
      expect(await found({ where: { [entry]: 'open' } }), entry).toEqual([])
      expect(await found({ range: { entry } }), entry).toEqual([])
      expect(await found({ order: { entry, direction: 'ascending' } }), entry).toHaveLength(1)
    }
    expect((await storage.find(tenant, { kind: "sample' OR ''='" })).items).toEqual([])
  })

  it('refuses a cursor that is not the `next` of a page', async () => {
    const storage = postgresStorage(await database.pool())
    for (const cursor of [
      '',
      'nonsense',
      '[]',
      '["a"]',
      '[null,"a","b"]',
      '["x","a","b"]',
      '["1","a",1]',
      '{}',
    ]) {
      await expect(storage.find(tenant, { kind: 'sample', cursor }), cursor).rejects.toMatchObject({
        code: 'configuration',
      })
    }
  })
})

describe('what is looked for every day', () => {
  const ordered = (
    entry: string,
    direction: 'ascending' | 'descending' = 'ascending',
  ): Pick<Query, 'order'> => ({ order: { entry, direction } })
  const newest = ordered('orderedOn', 'descending')
  const everyDay: readonly (readonly [index: string, query: Query])[] = [
    ['order_number', { kind: 'order', where: { number: 'A-1' }, limit: 1 }],
    ['order_status', { kind: 'order', where: { status: 'placed' }, ...newest }],
    [
      'order_status',
      { kind: 'order', where: { status: 'placed' }, ...newest, cursor: '["Infinity","2026-01-01","x"]' },
    ],
    ['order_customer', { kind: 'order', where: { customer: 'C-1' }, ...newest }],
    ['order_day', { kind: 'order', ...newest }],
    ['order_day', { kind: 'order', range: { entry: 'orderedOn', from: '2026-01-01' }, ...newest }],
    [
      'reservation_status',
      {
        kind: 'reservation',
        where: { status: 'held' },
        range: { entry: 'expiresAt', to: '2026-01-01T00:00:00.000Z' },
        ...ordered('expiresAt'),
      },
    ],
    ['shipment_order', { kind: 'shipment', where: { order: 'o' } }],
    ['invoice_number', { kind: 'invoice', where: { number: 'INV-1' }, limit: 2 }],
    ['invoice_status', { kind: 'invoice', where: { status: 'issued' }, ...ordered('dueOn') }],
    ['credit_note_invoice', { kind: 'credit_note', where: { invoice: 'i' } }],
    ['payment_customer', { kind: 'payment', where: { customer: 'C-1' } }],
    ['bank_entry_status', { kind: 'bank_entry', where: { status: 'open' }, ...ordered('place') }],
    ['party_number', { kind: 'party', where: { number: '1001' } }],
    ['transfer_to', { kind: 'transfer', where: { to: 'north 1' } }],
    ['stock_count_location', { kind: 'stock_count', where: { location: 'north 1' } }],
    ['expected_receipt_sku', { kind: 'expected_receipt', where: { sku: 'S1' }, ...ordered('expectedOn') }],
    ['booking_order', { kind: 'booking', where: { order: 'o' } }],
    ['seat_pool', { kind: 'seat', where: { pool: 'north 1' } }],
    ['stock_level_sku', { kind: 'stock', where: { sku: 'MUG' } }],
    ['stock_level_(id|pkey)', { kind: 'stock' }],
  ]

  it('is found through an index that serves the filter and the order, in a schema with a year of trade', async () => {
    const asked: { readonly text: string; readonly values: unknown[] }[] = []
    const pool = await database.pool({ max: 1 })
    await pool.query(`
      INSERT INTO orderwright.record (tenant, kind, id, version, stamp, replaces, chain, entries, state)
      SELECT 'main', kind, kind || n, 1, 1, 0, '', jsonb_build_object('number', 'A-' || n, 'status', CASE n % 5 WHEN 0 THEN 'placed' ELSE 'closed' END,
        'customer', 'C-' || (n % 500), 'owner', 'cart-' || (n % 500), 'order', 'o' || n, 'invoice', 'i' || n, 'statement', 's' || (n % 50),
        'orderedOn', day, 'dueOn', day, 'issuedOn', day, 'receivedOn', day, 'expiresAt', day, 'bookedOn', day, 'place', day || n,
        'to', 'north ' || (n % 50), 'location', 'north ' || (n % 50), 'pool', 'north ' || (n % 50), 'sku', 'S' || n, 'expectedOn', day), '{}'
      FROM unnest(ARRAY['order','reservation','shipment','invoice','credit_note','payment','bank_entry','party',
        'transfer','stock_count','expected_receipt','booking','seat']) AS kind,
        generate_series(1, 3000) AS n, LATERAL (SELECT to_char(date '2025-01-01' + n % 365, 'YYYY-MM-DD') AS day) AS days;
      INSERT INTO orderwright.stock_level SELECT 'main', 'm' || (n % 20), 'S' || n, 1, 0, 0, 0, 0, 0, 1, 1, 0, '', NULL, NULL
      FROM generate_series(1, 5000) AS n;
      ANALYZE orderwright.record; ANALYZE orderwright.stock_level`)
    const watching = intercept(await database.pool({ max: 1 }), (text, _run, values) => {
      if (text.includes('place_number')) asked.push({ text, values: [...values] })
    })
    const storage = postgresStorage(watching)
    for (const [index, query] of everyDay) {
      asked.length = 0
      await storage.find(tenant, query)
      const [statement] = asked
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN ${statement?.text ?? ''}`,
        statement?.values,
      )
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan, JSON.stringify(query)).toMatch(new RegExp(`${index}\\b`))
      expect(plan, JSON.stringify(query)).not.toMatch(/Seq Scan/)
      // Where an order is asked for, the index has it; at most the ids of one place are sorted.
      if (query.order !== undefined) expect(plan, JSON.stringify(query)).not.toMatch(/-> +Sort/)
    }
  })
})
