import type { Key } from '../../../src/core/ids/key.js'
import { keyName } from '../../../src/core/ids/key.js'
import {
  largestPage,
  type Page,
  type Query,
  type Storage,
  type StoredRecord,
} from '../../../src/core/ports/storage.js'
import type { TenantId } from '../../../src/core/ids/ids.js'
import { broken, type BrokenStore } from './broken.js'

export const brokenSearches: readonly BrokenStore[] = [
  {
    breakage: 'compares texts of digits as numbers',
    open: broken(
      entriesAs((value) =>
        typeof value === 'string' && !Number.isNaN(Number(value)) ? Number(value) : value,
      ),
    ),
    noticedBy: { 'finds by equality of declared entries': /strictly deep-equal/ },
  },
  {
    breakage: 'searches what it knew when it was last asked',
    open: broken((storage) => {
      const known = new Map<string, Page<StoredRecord>>()
      return {
        find: async (tenant, query) => {
          const name = JSON.stringify([tenant, query])
          const page = known.get(name)
          known.set(name, await storage.find(tenant, query))
          return page ?? storage.find(tenant, query)
        },
      }
    }),
    noticedBy: {
      'shows over every handle what an update has committed': /a search finds what was committed before it/,
    },
  },
  {
    breakage: 'trims the texts it compares',
    open: broken(entriesAs((value) => (typeof value === 'string' ? value.trim() : value))),
    noticedBy: { 'finds by equality of declared entries': /blanks count/ },
  },
  {
    breakage: 'finds records of every kind',
    open: broken((storage) => {
      const kinds = new Set<string>()
      return {
        update: (tenant, keys, decide) => {
          for (const key of keys) kinds.add(key.kind)
          return storage.update(tenant, keys, decide)
        },
        find: async (tenant, query) => {
          const pages = await Promise.all([...kinds].map((kind) => storage.find(tenant, { ...query, kind })))
          return { items: pages.flatMap((page) => page.items) }
        },
      }
    }),
    noticedBy: { 'finds records of the one kind': /2 !== 1/ },
  },
  {
    breakage: 'leaves the end of a range out of it',
    open: broken((storage) => ({
      find: async (tenant, query) => {
        const page = await storage.find(tenant, query)
        const { entry, to } = query.range ?? {}
        if (entry === undefined || to === undefined) return page
        const atEnd = await storage.find(tenant, { ...query, range: { entry, from: to, to } })
        const excluded = new Set(atEnd.items.map((item) => keyName(item.key)))
        return { items: page.items.filter((item) => !excluded.has(keyName(item.key))) }
      },
    })),
    noticedBy: { 'finds by a range with both ends inside it': /strictly deep-equal/ },
  },
  {
    breakage: 'forgets the range of a list that is ordered by another entry',
    open: broken((storage) => ({
      find: (tenant, { range, ...query }) =>
        storage.find(
          tenant,
          range === undefined || (query.order !== undefined && query.order.entry !== range.entry)
            ? query
            : { ...query, range },
        ),
    })),
    noticedBy: { 'finds by a range of one entry in the order of another': /1 a page/ },
  },
  {
    breakage: 'orders numbers as texts',
    open: broken(entriesAs((value) => String(value))),
    noticedBy: { 'orders numbers by size and texts by code': /strictly deep-equal/ },
  },
  {
    breakage: 'leaves out of an ordered list what lacks the entry',
    open: broken((storage) => ({
      find: (tenant, query) =>
        storage.find(tenant, {
          ...query,
          ...(query.order !== undefined &&
            query.range === undefined && { range: { entry: query.order.entry, from: '' } }),
        }),
    })),
    noticedBy: { 'leaves out of a range what lacks the entry': /ascending, 1 a page/ },
  },
  {
    breakage: 'begins every page with the last record of the one before',
    open: broken((storage) => ({ find: byCounting(storage, 1) })),
    noticedBy: { 'turns pages without overlap and without holes': /2 a page, ascending/ },
  },
  {
    breakage: 'counts rows to find its place again',
    open: broken((storage) => ({ find: byCounting(storage, 0) })),
    noticedBy: { 'keeps its place between pages': /one was added before it/ },
  },
  {
    breakage: 'gives as many records as are asked for',
    open: broken((storage) => ({
      find: async (tenant, query) => {
        const first = await storage.find(tenant, query)
        if ((query.limit ?? 0) <= largestPage || first.next === undefined) return first
        const second = await storage.find(tenant, { ...query, cursor: first.next })
        return { items: [...first.items, ...second.items] }
      },
    })),
    noticedBy: { 'gives at most 200 records a page': /201 were asked for/ },
  },
  {
    breakage: 'never brings its index up to date',
    open: broken((storage) => {
      const indexed = new Set<string>()
      return {
        update: (tenant, keys, decide) =>
          storage.update(tenant, keys, (records, now) => {
            const writes = decide(records, now)
            const stale = (key: Key): boolean => indexed.has(keyName(key)) || !indexed.add(keyName(key))
            return {
              ...writes,
              records: writes.records.map((write) =>
                stale(write.key) ? { ...write, entries: { status: 'open', size: 9 } } : write,
              ),
            }
          }),
      }
    }),
    noticedBy: { 'finds a record under its newest entries only': /strictly deep-equal/ },
  },
]

type Find = (tenant: TenantId, query: Query) => Promise<Page<StoredRecord>>

/** Pages by OFFSET: the place is a count, so what is added or removed before it moves everything. */
function byCounting(storage: Storage, overlap: number): Find {
  return async (tenant, { cursor = '0', limit = 50, ...query }) => {
    const start = Number(cursor)
    const all: StoredRecord[] = []
    let next: string | undefined
    do {
      const page = await storage.find(tenant, {
        ...query,
        limit: largestPage,
        ...(next !== undefined && { cursor: next }),
      })
      all.push(...page.items)
      next = page.next
    } while (next !== undefined)
    const size = Math.min(limit, largestPage)
    const end = start + size
    return {
      items: all.slice(start, end),
      ...(end < all.length && { next: String(Math.max(start + 1, end - overlap)) }),
    }
  }
}

function entriesAs(
  change: (value: string | number) => string | number,
): (storage: Storage) => Partial<Storage> {
  const changed = (entries: Readonly<Record<string, string | number>> = {}) =>
    Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]))
  return (storage) => ({
    update: (tenant, keys, decide) =>
      storage.update(tenant, keys, (records, now) => {
        const writes = decide(records, now)
        return {
          ...writes,
          records: writes.records.map((write) => ({ ...write, entries: changed(write.entries) })),
        }
      }),
    find: (tenant, query) =>
      storage.find(tenant, {
        ...query,
        ...(query.where !== undefined && { where: changed(query.where) }),
        ...(query.range !== undefined && {
          range: { ...query.range, ...changed(withoutEntry(query.range)) },
        }),
      }),
  })
}

const withoutEntry = ({
  entry: _entry,
  ...bounds
}: Query['range'] & {}): Record<string, string | number> => ({ ...bounds })
