import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { largestPage, type Query, type Storage } from '../../core/ports/storage.js'
import type { IndexEntries } from '../../core/record-kind.js'
import type { ConformanceCase } from './conformance-case.js'
import { put, sampleKey, together } from './sample-writes.js'
import { conformanceCase, tenant } from './store-under-test.js'

/** Entries of every sort: ties, gaps, numbers of one and two digits, texts in upper and lower case, digits as text. */
const shelf: Readonly<Record<string, IndexEntries>> = {
  a: { status: 'open', size: 9, day: '2026-03-01', number: '0012' },
  b: { status: 'open', size: 10, day: '2026-03-02', number: '12' },
  c: { status: 'closed', size: 10, day: '2026-03-02', number: 'Zulu' },
  d: { status: 'open', size: 10, day: '2026-03-10', number: 'alpha' },
  e: { status: 'closed', size: 100, day: '2026-03-10', number: '1e1' },
  f: { status: 'open', size: 0 },
  g: {},
}

export const findCases: readonly ConformanceCase[] = [
  conformanceCase(
    'finds by equality of declared entries, and numbers and texts are two things',
    "An order number with leading zeros that is compared as a number finds somebody else's order.",
    async ({ storage }) => {
      await fill(storage)
      deepStrictEqual(await idsOf(storage, { where: { status: 'open' } }), ['a', 'b', 'd', 'f'])
      deepStrictEqual(await idsOf(storage, { where: { status: 'open', size: 10 } }), ['b', 'd'])
      deepStrictEqual(await idsOf(storage, { where: { number: '12' } }), ['b'])
      deepStrictEqual(await idsOf(storage, { where: { number: '10' } }), [], '1e1 is a text')
      deepStrictEqual(await idsOf(storage, { where: { size: '10' } }), [], '10 is no text')
      deepStrictEqual(await idsOf(storage, { where: { number: 'zulu' } }), [], 'case counts')
      deepStrictEqual(await idsOf(storage, { where: { number: '12 ' } }), [], 'blanks count')
      deepStrictEqual(await idsOf(storage, { where: { unheard: 'of' } }), [])
      deepStrictEqual(await idsOf(storage, { where: {} }), Object.keys(shelf))
    },
  ),

  conformanceCase(
    'finds records of the one kind with key, version and state as they are stored',
    'A list of orders with a customer among them is a crash at best.',
    async ({ storage, record }) => {
      await fill(storage)
      const stranger = { kind: 'stranger', id: 'a' }
      await storage.update(tenant, [stranger], (records) =>
        put(stranger, records.get(stranger), { id: 'other' }, { status: 'open', size: 9 }),
      )
      const page = await storage.find(tenant, { kind: 'sample', where: { status: 'open', size: 9 } })
      const [found] = page.items
      strictEqual(page.items.length, 1)
      deepStrictEqual([found?.key, found?.version, found?.state], [sampleKey('a'), 1, { id: 'a' }])
      strictEqual(found?.chain, (await record(sampleKey('a')))?.chain)
      deepStrictEqual(await idsOf(storage, { kind: 'stranger' }), ['a'])
    },
  ),

  conformanceCase(
    'finds by a range with both ends inside it, or with one end left open',
    'What fell due on the last day of the range is due.',
    async ({ storage }) => {
      await fill(storage)
      const inRange = (range: Query['range'] & {}) => idsOf(storage, { range })
      deepStrictEqual(await inRange({ entry: 'size', from: 9, to: 10 }), ['a', 'b', 'c', 'd'])
      deepStrictEqual(await inRange({ entry: 'size', from: 11 }), ['e'])
      deepStrictEqual(await inRange({ entry: 'size', to: 9 }), ['a', 'f'])
      deepStrictEqual(await inRange({ entry: 'day', from: '2026-03-02', to: '2026-03-09' }), ['b', 'c'])
      deepStrictEqual(await inRange({ entry: 'day', from: '2026-04-01' }), [])
      deepStrictEqual(
        await idsOf(storage, { where: { status: 'open' }, range: { entry: 'size', from: 10 } }),
        ['b', 'd'],
      )
    },
  ),

  conformanceCase(
    'orders numbers by size and texts by code, in both directions, and ties by id',
    'Ten before nine, or an order that depends on the locale of the server, and no two lists agree.',
    async ({ storage }) => {
      await fill(storage)
      const ordered = (entry: string, direction: 'ascending' | 'descending', where: Query['where'] = {}) =>
        idsOf(storage, { where, range: sized(entry), order: { entry, direction } })
      deepStrictEqual(await ordered('size', 'ascending'), ['f', 'a', 'b', 'c', 'd', 'e'])
      deepStrictEqual(await ordered('size', 'descending'), ['e', 'd', 'c', 'b', 'a', 'f'])
      deepStrictEqual(await ordered('number', 'ascending'), ['a', 'b', 'e', 'c', 'd'])
      deepStrictEqual(await ordered('number', 'descending'), ['d', 'c', 'e', 'b', 'a'])
      deepStrictEqual(await ordered('day', 'descending', { status: 'open' }), ['d', 'b', 'a'])
    },
  ),

  conformanceCase(
    'finds by a range of one entry in the order of another, page by page',
    'The invoices of a month by number: without its range the list has the whole year in it.',
    async ({ storage }) => {
      await fill(storage)
      const query = (direction: 'ascending' | 'descending', limit: number): Query => ({
        kind: 'sample',
        where: { status: 'open' },
        range: { entry: 'size', from: 9, to: 10 },
        order: { entry: 'number', direction },
        limit,
      })
      for (const limit of [1, 2, largestPage]) {
        deepStrictEqual(await walk(storage, query('ascending', limit)), ['a', 'b', 'd'], `${limit} a page`)
        deepStrictEqual(await walk(storage, query('descending', limit)), ['d', 'b', 'a'], `${limit} a page`)
      }
    },
  ),

  conformanceCase(
    'leaves out of a range what lacks the entry, and lists it once when it is ordered by it',
    'An order without a delivery date must not vanish from the list that is sorted by it.',
    async ({ storage }) => {
      await fill(storage)
      deepStrictEqual(await idsOf(storage, { range: sized('day') }), ['a', 'b', 'c', 'd', 'e'])
      for (const direction of ['ascending', 'descending'] as const) {
        for (const limit of [1, 2, 200]) {
          const listed = await walk(storage, { kind: 'sample', order: { entry: 'day', direction }, limit })
          deepStrictEqual(listed.toSorted(), Object.keys(shelf), `${direction}, ${limit} a page`)
        }
      }
    },
  ),

  conformanceCase(
    'turns pages without overlap and without holes, whatever their size, and says which is the last',
    'A page boundary inside a group of equal entries is where an export loses an invoice.',
    async ({ storage }) => {
      await fill(storage)
      for (const direction of ['ascending', 'descending'] as const) {
        const query: Query = { kind: 'sample', range: sized('size'), order: { entry: 'size', direction } }
        const whole = await walk(storage, query)
        strictEqual(whole.length, 6)
        for (const limit of [1, 2, 3, 4, 6]) {
          deepStrictEqual(await walk(storage, { ...query, limit }), whole, `${limit} a page, ${direction}`)
        }
      }
      deepStrictEqual(
        await walk(storage, { kind: 'sample', limit: 2 }),
        Object.keys(shelf),
        'ordered by id alone',
      )
      const full = await storage.find(tenant, { kind: 'sample', limit: Object.keys(shelf).length })
      strictEqual(full.next, undefined, 'a full last page has no next')
      const first = await storage.find(tenant, { kind: 'sample', limit: 2 })
      strictEqual(typeof first.next, 'string')
    },
  ),

  conformanceCase(
    'keeps its place between pages while records are added and removed before it',
    'Counting rows instead of remembering the place repeats one invoice and leaves out another.',
    async ({ storage }) => {
      await fill(storage)
      const first = await storage.find(tenant, { kind: 'sample', limit: 3 })
      deepStrictEqual(
        first.items.map((item) => item.key.id),
        ['a', 'b', 'c'],
      )
      const early = sampleKey('aa')
      await storage.update(tenant, [early], () => put(early, undefined, { id: 'aa' }))
      ok(first.next !== undefined, 'there is a second page')
      const second = await storage.find(tenant, { kind: 'sample', limit: 2, cursor: first.next })
      deepStrictEqual(
        second.items.map((item) => item.key.id),
        ['d', 'e'],
        'one was added before it',
      )
      const gone = ['a', 'b', 'e'].map(sampleKey)
      await storage.update(tenant, gone, (records) =>
        together(...gone.map((key) => put(key, records.get(key), null))),
      )
      ok(second.next !== undefined, 'there is a third page')
      const third = await storage.find(tenant, { kind: 'sample', limit: 2, cursor: second.next })
      deepStrictEqual(
        third.items.map((item) => item.key.id),
        ['f', 'g'],
        'the last of the page before it, and two more, were removed',
      )
    },
  ),

  conformanceCase(
    `gives at most ${largestPage} records a page, whatever is asked for`,
    'One careless list of everything is what takes a shop down.',
    async ({ storage }) => {
      const keys = Array.from({ length: largestPage + 5 }, (_, index) => sampleKey(String(1_000 + index)))
      await storage.update(tenant, keys, () =>
        together(...keys.map((key) => put(key, undefined, { id: key.id }))),
      )
      for (const limit of [largestPage, largestPage + 1, 1_000_000]) {
        const page = await storage.find(tenant, { kind: 'sample', limit })
        strictEqual(page.items.length, largestPage, `${limit} were asked for`)
        ok(page.next !== undefined, 'there is more')
      }
      const unasked = await storage.find(tenant, { kind: 'sample' })
      ok(unasked.items.length <= largestPage)
      deepStrictEqual(
        await walk(storage, { kind: 'sample', limit: 1_000_000 }),
        keys.map((key) => key.id),
      )
    },
  ),

  conformanceCase(
    'finds a record under its newest entries only, and a removed one not at all',
    'An order that is still listed as open after it was canceled is packed.',
    async ({ storage }) => {
      await fill(storage)
      const [changed, removed] = [sampleKey('a'), sampleKey('b')]
      await storage.update(tenant, [changed, removed], (records) =>
        together(
          put(changed, records.get(changed), { id: 'a' }, { status: 'canceled', size: 1 }),
          put(removed, records.get(removed), null),
        ),
      )
      deepStrictEqual(await idsOf(storage, { where: { status: 'open' } }), ['d', 'f'])
      deepStrictEqual(await idsOf(storage, { where: { status: 'canceled' } }), ['a'])
      deepStrictEqual(await idsOf(storage, { range: { entry: 'size', to: 9 } }), ['a', 'f'])
      deepStrictEqual(
        await idsOf(storage, { range: { entry: 'number', to: '0999' } }),
        [],
        'an entry it had before',
      )
    },
  ),
]

/** Everything that has the entry at all. */
const sized = (entry: string): Query['range'] & {} => ({ entry, from: entry === 'size' ? 0 : '' })

const fill = (storage: Storage): Promise<void> => {
  const keys = Object.keys(shelf).map(sampleKey)
  return storage.update(tenant, keys, (records) =>
    together(...keys.map((key) => put(key, records.get(key), { id: key.id }, shelf[key.id]))),
  )
}

const idsOf = async (storage: Storage, query: Partial<Query>): Promise<readonly string[]> => {
  const page = await storage.find(tenant, { kind: 'sample', limit: largestPage, ...query })
  return page.items.map((item) => item.key.id)
}

/** All ids of a query, page by page; a store that turns in circles is stopped. */
const walk = async (storage: Storage, query: Query): Promise<readonly string[]> => {
  const ids: string[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < 500; pages += 1) {
    const page = await storage.find(tenant, { ...query, ...(cursor !== undefined && { cursor }) })
    ids.push(...page.items.map((item) => item.key.id))
    if (page.next === undefined) return ids
    cursor = page.next
  }
  return ids
}
