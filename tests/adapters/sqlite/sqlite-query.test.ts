import * as fc from 'fast-check'
import { sqliteStorage } from 'orderwright/sqlite'
import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { migrations } from '../../../src/adapters/sqlite/migrations/list.js'
import type { Query, Storage } from '../../../src/core/ports/storage.js'
import type { IndexEntries } from '../../../src/core/record-kind.js'
import { put, together } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { planOf, temporaryFile, withStatements } from './temporary-file.js'

const file = temporaryFile()

const entryNames = ['status', 'size', 'day', 'never'] as const
const entryName = fc.constantFrom(...entryNames)
const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('', 'a', 'A', 'b', '1', '01', 'ä', '\u00df', "o'clock", '50%'),
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
    const [sqlite, memory] = [await file.store(), memoryStorage()]
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        shelf,
        fc.array(asked, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        async (records, queries, limit) => {
          const kind = `sample${(run += 1)}`
          for (const storage of [sqlite, memory]) await fill(storage, kind, records)
          for (const query of queries) {
            const whole = { ...query, kind, limit }
            expect(await pages(sqlite, whole)).toEqual(await pages(memory, whole))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('takes a name that no kind declares for an entry that all records lack', async () => {
    const storage = await file.store()
    await fill(storage, 'sample', [{ status: 'open' }])
    for (const entry of ["status') OR 1 = 1 --", '', 'a b', '$.status', 'status"', '1']) {
      expect(
        (await storage.find(tenant, { kind: 'sample', where: { [entry]: 'open' } })).items,
        entry,
      ).toEqual([])
      expect((await storage.find(tenant, { kind: 'sample', range: { entry } })).items, entry).toEqual([])
      const ordered = await storage.find(tenant, { kind: 'sample', order: { entry, direction: 'ascending' } })
      expect(ordered.items, entry).toHaveLength(1)
    }
    expect((await storage.find(tenant, { kind: "sample' OR ''='" })).items).toEqual([])
  })

  it('refuses a cursor that is not the `next` of a page', async () => {
    const storage = await file.store()
    for (const cursor of ['', 'nonsense', '[]', '["a"]', '[null,"a"]', '["a",1]', '{"0":"a","1":"b"}']) {
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
  ): Pick<Query, 'order'> => ({
    order: { entry, direction },
  })
  const newest = ordered('orderedOn', 'descending')
  const everyDay: readonly (readonly [index: string, query: Query])[] = [
    ['order_number', { kind: 'order', where: { number: 'A-1' }, limit: 1 }],
    ['order_status', { kind: 'order', where: { status: 'placed' }, ...newest }],
    ['order_status', { kind: 'order', where: { status: 'placed' }, ...newest, cursor: '["2026-01-01","x"]' }],
    ['order_customer', { kind: 'order', where: { customer: 'C-1' }, ...newest }],
    ['order_customer', { kind: 'order', where: { customer: 'C-1' } }],
    ['order_day', { kind: 'order', ...newest }],
    [
      'order_day',
      { kind: 'order', range: { entry: 'orderedOn', from: '2026-01-01', to: '2026-01-31' }, ...newest },
    ],
    [
      'reservation_status',
      {
        kind: 'reservation',
        where: { status: 'held' },
        range: { entry: 'expiresAt', to: '2026-01-01T00:00:00.000Z' },
        ...ordered('expiresAt'),
      },
    ],
    ['reservation_owner', { kind: 'reservation', where: { owner: 'cart-1' }, ...ordered('expiresAt') }],
    ['fulfillment_order', { kind: 'fulfillment', where: { order: 'o' } }],
    ['shipment_order', { kind: 'shipment', where: { order: 'o' } }],
    ['invoice_number', { kind: 'invoice', where: { number: 'INV-1' }, limit: 2 }],
    ['invoice_order', { kind: 'invoice', where: { order: 'o' } }],
    ['invoice_status', { kind: 'invoice', where: { status: 'open' }, ...ordered('dueOn') }],
    [
      'invoice_status',
      {
        kind: 'invoice',
        where: { status: 'open' },
        range: { entry: 'dueOn', to: '2026-01-31' },
        ...ordered('dueOn'),
      },
    ],
    ['invoice_customer', { kind: 'invoice', where: { customer: 'C-1' }, ...ordered('dueOn') }],
    ['credit_note_invoice', { kind: 'credit_note', where: { invoice: 'i' }, ...ordered('issuedOn') }],
    ['payment_order', { kind: 'payment', where: { order: 'o' } }],
    [
      'payment_customer',
      { kind: 'payment', where: { customer: 'C-1' }, ...ordered('receivedOn', 'descending') },
    ],
    ['bank_entry_status', { kind: 'bank_entry', where: { status: 'unmatched' }, ...ordered('place') }],
    ['bank_entry_statement', { kind: 'bank_entry', where: { statement: 's' }, ...ordered('bookedOn') }],
    ['transfer_status', { kind: 'transfer', where: { status: 'shipped', to: 'main' } }],
    ['transfer_to', { kind: 'transfer', where: { to: 'main' } }],
    ['transfer_from', { kind: 'transfer', where: { from: 'main' } }],
    ['stock_count_status', { kind: 'stock_count', where: { status: 'awaiting_approval' } }],
    ['stock_count_location', { kind: 'stock_count', where: { location: 'main' } }],
    ['location_status', { kind: 'location', where: { status: 'active' } }],
    ['expected_receipt_sku', { kind: 'expected_receipt', where: { sku: 'A' }, ...ordered('expectedOn') }],
    ['expected_receipt_vendor', { kind: 'expected_receipt', where: { vendor: 'V-1' } }],
    ['backorder_queue_status', { kind: 'backorder_queue', where: { status: 'waiting' } }],
    [
      'booking_status',
      {
        kind: 'booking',
        where: { status: 'held' },
        range: { entry: 'expiresAt', to: '2026-01-01T00:00:00.000Z' },
        ...ordered('expiresAt'),
      },
    ],
    ['booking_owner', { kind: 'booking', where: { owner: 'cart-1' } }],
    ['booking_order', { kind: 'booking', where: { order: 'o' } }],
    ['booking_reference', { kind: 'booking', where: { reference: 'table 4' } }],
    ['seat_pool', { kind: 'seat', where: { pool: 'hall' } }],
    ['serial_sku', { kind: 'serial', where: { sku: 'A', location: 'main' } }],
    ['serial_order', { kind: 'serial', where: { order: 'o' } }],
    ['stock_lots_sku', { kind: 'stock_lots', where: { sku: 'A' } }],
    [
      'stock_lots_sellable_until',
      {
        kind: 'stock_lots',
        range: { entry: 'sellableUntil', to: '2026-01-31' },
        ...ordered('sellableUntil'),
      },
    ],
    ['lot_shipment_lot', { kind: 'lot_shipment', where: { lot: 'A/salve' } }],
    ['party_number', { kind: 'party', where: { number: '1001' } }],
    ['expected_receipt_open', { kind: 'expected_receipt', where: { openAt: 'main/A' } }],
    ['back_in_stock_waiting', { kind: 'back_in_stock_request', where: { waitingFor: 'main/A' }, limit: 50 }],
    ['stock_level_id', { kind: 'stock', cursor: '["","main/A"]' }],
    ['stock_level_sku', { kind: 'stock', where: { sku: 'A' } }],
  ]

  it.each(everyDay)('is found through the index %s: %o', async (index, query) => {
    const plain = file.connect()
    const { connection, statements } = withStatements(plain)
    await sqliteStorage(connection).find(tenant, query)
    expect(planOf(plain, statements.at(-1) ?? '')).toContain(`USING INDEX ${index} `)
  })

  it('has an index of its own for each entry that is asked here, and no other', () => {
    const made = migrations.flatMap(({ sql }) =>
      [...sql.matchAll(/CREATE INDEX (\w+) ON record /g)].map(([, name]) => name),
    )
    const used = new Set(everyDay.map(([index]) => index))
    expect(made.filter((name) => name !== undefined && !used.has(name)).toSorted()).toEqual([
      'credit_note_customer',
      'credit_note_order',
      'fulfillment_status',
      'payment_status',
      'shipment_status',
    ])
  })
})
