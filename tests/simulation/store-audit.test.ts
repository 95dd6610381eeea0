import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSqliteStorage } from 'orderwright/sqlite'
import { createSimulator, type SimulationOptions } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import { keyName } from '../../src/core/ids/key.js'
import { singleTenant } from '../../src/core/ids/ids.js'
import type { Storage, StoredRecord } from '../../src/core/ports/storage.js'
import { passThrough } from '../../src/testing/pass-through.js'

type OpenStore = NonNullable<SimulationOptions['openStore']>

/** What the first runs find over a store, until one of them finds something. */
const foundOver = async (openStore: OpenStore, seeds = 5): Promise<string> => {
  const simulator = await createSimulator({ openStore })
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { violations } = await simulator.run(seed)
    if (violations.length > 0) return violations.join('\n')
  }
  return 'nothing'
}

const broken =
  (change: (storage: Storage) => Partial<Storage>): OpenStore =>
  async (clock) => {
    const storage = memoryStorage({ clock })
    return { storage: { ...passThrough(storage), ...change(storage) } }
  }

/** A find that goes on to show what it is told of. */
const listing = (extra: (known: ReadonlyMap<string, StoredRecord>) => readonly StoredRecord[]) =>
  broken((storage) => {
    const known = new Map<string, StoredRecord>()
    return {
      update: (tenant, keys, decide) =>
        storage.update(tenant, keys, (locked, now) => {
          const writes = decide(locked, now)
          for (const { key, version, state, chain } of writes.records)
            if (tenant === singleTenant && state !== null)
              known.set(keyName(key), { key, version, state, chain })
          return writes
        }),
      find: async (tenant, query) => {
        const page = await storage.find(tenant, query)
        const others = extra(known).filter(
          ({ key }) => key.kind === query.kind && !page.items.some((item) => item.key.id === key.id),
        )
        return query.where === undefined && query.range === undefined && page.next === undefined
          ? { items: [...page.items, ...others] }
          : page
      },
    }
  })

describe('the audit of a whole store', { timeout: 120_000 }, () => {
  it('finds nothing in a store that is opened again on SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'orderwright-'))
    let files = 0
    let reopened = 0
    const found = await foundOver(async (clock) => {
      const path = join(folder, `${(files += 1)}.db`)
      let storage = await openSqliteStorage(path, { clock })
      return {
        storage,
        reopen: async () => {
          storage.close()
          reopened += 1
          storage = await openSqliteStorage(path, { clock })
          return storage
        },
        close: async () => {
          storage.close()
        },
      }
    }, 3)
    await rm(folder, { recursive: true })
    expect(found).toBe('nothing')
    expect(reopened).toBe(6)
  })

  it('EV9 finds commits that were gone when the store was opened again', async () => {
    const found = await foundOver(async (clock) => {
      const [shown, kept] = [memoryStorage({ clock }), memoryStorage({ clock })]
      let commits = 0
      return {
        storage: {
          ...passThrough(shown),
          update: async (tenant, keys, decide) => {
            await shown.update(tenant, keys, (locked, now) => {
              const writes = decide(locked, now)
              if ((commits += 1) <= 3) void kept.update(tenant, keys, () => writes)
              return writes
            })
          },
        },
        reopen: async () => kept,
      }
    })
    expect(found).toMatch(/ID1|EV9/)
  })

  it('EV9 finds a removed record that can still be read', async () => {
    const found = await foundOver(
      broken((storage) => {
        const gone = new Map<string, StoredRecord>()
        return {
          update: (tenant, keys, decide) =>
            storage.update(tenant, keys, (locked, now) => {
              const writes = decide(locked, now)
              for (const { key, state } of writes.records) {
                const before = locked.get(key)
                if (state === null && before !== undefined) gone.set(keyName(key), before)
              }
              return writes
            }),
          read: async (tenant, keys) => {
            const found = await storage.read(tenant, keys)
            // A cache in which nobody looks before the books are asked.
            return keys.length < 100
              ? found
              : [...found, ...keys.flatMap((key) => gone.get(keyName(key)) ?? [])]
          },
        }
      }),
      60,
    )
    expect(found).toMatch(/EV9 \w+\/.* was removed and is still there|EV9 .* is not what was committed/)
  })

  it('EV9 finds a record in a list that nobody committed', async () => {
    const found = await foundOver(
      listing((known) =>
        [...known.values()]
          .filter(({ key }) => key.kind === 'payment')
          .slice(0, 1)
          .map((record) => ({ ...record, key: { kind: 'payment', id: 'zzz' } })),
      ),
    )
    expect(found).toMatch(/EV9 the list of payment has payment\/zzz .* where nothing was committed/)
  })

  it('EV9 finds an index that keeps what a record was before', async () => {
    const found = await foundOver(
      broken((storage) => ({
        update: (tenant, keys, decide) =>
          storage.update(tenant, keys, (locked, now) => {
            const writes = decide(locked, now)
            const records = writes.records.map((write) =>
              write.key.kind === 'shipment' && write.before > 0
                ? { ...write, entries: { ...write.entries, status: 'planned' } }
                : write,
            )
            return { ...writes, records }
          }),
      })),
    )
    expect(found).toMatch(/EV9 the list of shipment (by|with|from) status/)
  })

  it('SE1 finds a store that shows one tenant the records of another', async () => {
    const found = await foundOver(
      broken((storage) => ({ find: (_tenant, query) => storage.find(singleTenant, query) })),
    )
    expect(found).toMatch(/SE1 .* is seen by another tenant/)
  })

  it('SE1 finds a store that shows one tenant the history of another', async () => {
    const found = await foundOver(
      broken((storage) => ({ history: (_tenant, key, after) => storage.history(singleTenant, key, after) })),
    )
    expect(found).toMatch(/SE1 event 1 of .* is seen by another tenant/)
  })

  it('EV1 finds a history that begins anew for whoever knows its beginning', async () => {
    const found = await foundOver(
      broken((storage) => ({ history: (tenant, key) => storage.history(tenant, key) })),
    )
    expect(found).toMatch(/EV1 the history of .* is not its last event/)
  })

  it.each([
    ['a record', { messages: [] }, /EV9|ID1|EV2/],
    ['a message', { records: [], events: [] }, /NO1 message .* is in the outbox, and nobody committed it/],
  ] as const)('finds %s that outlives a transaction of the host', async (_what, without, violation) => {
    const found = await foundOver(async (clock) => {
      const storage = memoryStorage({ clock })
      return {
        storage,
        within: (work) =>
          work({
            ...passThrough(storage),
            update: (tenant, keys, decide) =>
              storage.update(tenant, keys, (locked, now) => ({ ...decide(locked, now), ...without })),
          }),
      }
    }, 60)
    expect(found).toMatch(violation)
  })

  it('NO7 finds a lease of a millisecond', async () => {
    const found = await foundOver(broken((storage) => ({ claim: (limit) => storage.claim(limit, 1) })))
    expect(found).toMatch(/NO7 message .* was claimed at .*, and taken until/)
  })

  it('NO7 finds a fence that stands still', async () => {
    const found = await foundOver(
      broken((storage) => ({
        claim: async (limit, lease) =>
          (await storage.claim(limit, lease)).map((message) => ({ ...message, fence: 1 })),
        settle: async () => undefined,
      })),
      20,
    )
    expect(found).toMatch(/NO7 the fence of message .* does not grow|NO2 message .* after it was delivered/)
  })
})
