import { StorageError } from '../../../src/core/ports/errors.js'
import { fixedClock } from 'orderwright/testing'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { TenantId } from '../../../src/core/ids/ids.js'
import { keyName, type Key } from '../../../src/core/ids/key.js'
import type { Storage, StoredRecord, Writes } from '../../../src/core/ports/storage.js'
import type { Instant } from '../../../src/core/time/instant.js'
import { broken, deciding, forced, recordsFrom, writing, type BrokenStore } from './broken.js'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const noWrites: Writes = { records: [], events: [], messages: [] }

export const brokenUpdates: readonly BrokenStore[] = [
  {
    breakage: 'decides on records it has not locked, and overwrites',
    open: broken((storage, clock) => ({
      update: async (tenant, keys, decide) => {
        const seen = recordsFrom(await storage.read(tenant, keys), keys)
        await turn()
        const writes = decide(seen, clock.now())
        await storage.update(tenant, keys, (records) => forced(writes, records))
      },
    })),
    noticedBy: {
      'EV2 loses no update': /strictly deep-equal/,
      'EV1 EV11 numbers the events of racing writers': /strictly deep-equal/,
      'inserts a record once when many writers find it missing': /one writer found it missing, not 0, 1/,
      'LV2 locks in one order': /strictly equal|what left one account/,
      'ST5 ST7 sells exactly 100 units': /200 !== 100|strictly equal/,
      'ST7 ST11 refuses only what was missing': /strictly/,
      'LV2 ST6 places five-line orders': /strictly equal|scarcest/,
      'ID1 gives a repeat the stored answer': /strictly|one of them did it/,
    },
  },
  {
    breakage: 'decides on what it read a moment before',
    open: broken((storage) => {
      const remembered = new Map<string, StoredRecord>()
      return {
        read: async (tenant, keys) => {
          const found = await storage.read(tenant, keys)
          for (const record of found) remembered.set(`${tenant} ${keyName(record.key)}`, record)
          return found
        },
        update: (tenant, keys, decide) =>
          storage.update(tenant, keys, (records, now) =>
            forced(
              decide({ get: (key) => remembered.get(`${tenant} ${keyName(key)}`) ?? records.get(key) }, now),
              records,
            ),
          ),
      }
    }),
    noticedBy: { 'ST5 decides on what is stored now': /strictly deep-equal/ },
  },
  {
    breakage: 'writes record by record, each in a transaction of its own',
    open: broken((storage) => ({
      update: async (tenant, keys, decide) => {
        let writes = noWrites
        await storage.update(tenant, keys, (records, now) => {
          writes = decide(records, now)
          return noWrites
        })
        for (const record of writes.records) {
          await storage.update(tenant, keys, () => ({ ...noWrites, records: [record] }))
        }
        await storage.update(tenant, keys, () => ({ ...writes, records: [] }))
      },
    })),
    noticedBy: {
      'EV2 refuses a write at another version': /no record of bob/,
      'ST3 refuses a stock level': /strictly equal/,
    },
  },
  {
    breakage: 'keeps the new rows of a refused update and writes them with the next',
    open: broken((storage) => {
      let left: Writes = noWrites
      return {
        update: async (tenant, keys, decide) => {
          let tried = noWrites
          try {
            await storage.update(tenant, keys, (records, now) => {
              tried = decide(records, now)
              return {
                records: [...left.records, ...tried.records],
                events: [...left.events, ...tried.events],
                messages: [...left.messages, ...tried.messages],
              }
            })
            left = noWrites
          } catch (error) {
            left = { ...tried, records: tried.records.filter((record) => record.before === 0) }
            throw error
          }
        },
      }
    }),
    noticedBy: { 'EV2 leaves nothing of a refused update behind': /no record of bob/ },
  },
  {
    breakage: 'takes the last of two writes of one record',
    open: broken(
      deciding((decide, records) => {
        const writes = decide(records)
        const last = lastOfEach(writes.records)
        return last.length === writes.records.length ? writes : forced({ ...writes, records: last }, records)
      }),
    ),
    noticedBy: { 'EV2 refuses two writes of one record': /one over the other/ },
  },
  {
    breakage: 'writes the events a moment after the records',
    open: broken((storage) => ({
      update: async (tenant, keys, decide) => {
        let events: Writes['events'] = []
        await storage.update(tenant, keys, (records, now) => {
          const writes = decide(records, now)
          events = writes.events
          return { ...writes, events: [] }
        })
        for (let turns = 0; turns < 3; turns += 1) await turn()
        await storage.update(tenant, [], () => ({ ...noWrites, events }))
      },
    })),
    noticedBy: { 'ID2 commits order, events, stock': /EV9 an order shows with all its events/ },
  },
  {
    breakage: 'forgets the messages of an update',
    open: broken(writing((writes) => ({ ...writes, messages: [] }))),
    noticedBy: {
      'EV9 writes records, events and messages': /0 !== 2/,
      'NO1 hands out a message as it was written': /the message is claimed/,
    },
  },
  {
    breakage: 'makes up records that are not there',
    open: broken((storage) => ({
      read: async (tenant, keys) => {
        const found = await storage.read(tenant, keys)
        const missing = keys.filter((key) => !found.some((record) => keyName(record.key) === keyName(key)))
        return [...found, ...missing.map((key) => ({ key, version: 0, state: null, chain: '' }))]
      },
    })),
    noticedBy: { 'reads the records it is asked for': /strictly deep-equal/ },
  },
  {
    breakage: 'writes every text in its composed form',
    open: broken(
      writing((writes) => ({
        ...writes,
        records: writes.records.map((write) => ({
          ...write,
          state: JSON.parse(JSON.stringify(write.state).normalize('NFC')) as unknown,
        })),
      })),
    ),
    noticedBy: { 'gives state back as it was written': /strictly deep-equal/ },
  },
  {
    breakage: 'takes ids for equal that differ by case',
    open: broken((storage) => ({
      read: (tenant, keys) => storage.read(tenant, keys.map(folded)),
      update: (tenant, keys, decide) =>
        storage.update(tenant, keys.map(folded), (records, now) => {
          const writes = decide({ get: (key) => records.get(folded(key)) }, now)
          const ofOne = writes.records.map((write) => ({ ...write, key: folded(write.key) }))
          return forced({ ...writes, records: lastOfEach(ofOne) }, records)
        }),
    })),
    noticedBy: { 'tells ids apart by case': /strictly deep-equal/ },
  },
  {
    breakage: 'keeps to itself what one handle has written',
    open: async () => {
      const clock = fixedClock()
      return { storage: memoryStorage({ clock }), another: memoryStorage({ clock }), clock }
    },
    noticedBy: { 'shows over every handle what an update has committed': /strictly deep-equal/ },
  },
  {
    breakage: 'forgets everything when it is closed',
    open: async () => {
      const clock = fixedClock()
      return { storage: memoryStorage({ clock }), clock, reopen: async () => memoryStorage({ clock }) }
    },
    noticedBy: { 'keeps what an update has committed when the store is closed': /strictly deep-equal/ },
  },
  {
    breakage: 'keeps a removed record as one without a state',
    open: broken(
      writing((writes) => ({
        ...writes,
        records: writes.records.map((write) => ({ ...write, state: write.state ?? {} })),
      })),
    ),
    noticedBy: { 'inserts a new record, changes it and removes it': /strictly equal/ },
  },
  {
    breakage: 'hands the decision records without their chain',
    open: broken(
      deciding((decide, records) =>
        decide({
          get: (key) => {
            const found = records.get(key)
            return found === undefined ? undefined : { ...found, chain: '' }
          },
        }),
      ),
    ),
    noticedBy: {
      'hands the decision the locked records': /the chain goes on where the newest event ended/,
      'EV1 EV11 numbers the events of racing writers': /event 2 follows the one before it/,
    },
  },
  {
    breakage: 'loses the chain of a record that is written without events',
    open: broken(
      writing((writes) => ({
        ...writes,
        records: writes.records.map((write) =>
          writes.events.length === 0 ? { ...write, chain: '' } : write,
        ),
      })),
    ),
    noticedBy: { 'EV11 keeps the chain of a record through a change': /strictly deep-equal/ },
  },
  {
    breakage: 'brings the state it has handed out up to date',
    open: broken(
      deciding((decide, records) => {
        const writes = decide(records)
        return {
          ...writes,
          records: writes.records.map((write) => {
            const known = records.get(write.key)?.state
            return known === undefined || write.state === null
              ? write
              : { ...write, state: Object.assign(known as object, write.state) }
          }),
        }
      }),
    ),
    noticedBy: { 'never changes a state that it has handed out': /strictly deep-equal/ },
  },
  {
    breakage: 'notes the version in the state that was decided',
    open: broken(
      writing((writes) => {
        for (const { state, version } of writes.records)
          if (state !== null) Object.assign(state as object, { version })
        return writes
      }),
    ),
    noticedBy: { 'never changes a state that the decision has returned': /not extensible/ },
  },
  {
    breakage: 'removes the events of a record together with it',
    open: broken((storage) => ({
      history: async function* (tenant, key, after) {
        if ((await storage.read(tenant, [key])).length > 0) yield* storage.history(tenant, key, after)
      },
    })),
    noticedBy: { 'EV1 keeps the events of a record that was removed': /its event is not/ },
  },
  {
    breakage: 'says that it is durable, and cannot be opened again',
    open: broken((storage) => ({ health: async () => ({ ...(await storage.health()), durable: true }) })),
    noticedBy: { 'keeps what an update has committed when the store is closed': /gives `reopen`/ },
  },
  {
    breakage: 'answers with nothing when it is asked for a record that is not locked',
    open: broken(
      deciding((decide, records, keys) => {
        const locked = new Set(keys.map(keyName))
        return decide({ get: (key) => (locked.has(keyName(key)) ? records.get(key) : undefined) })
      }),
    ),
    noticedBy: {
      'throws when the decision asks for a record that is not locked': /bob is not locked: it was accepted/,
    },
  },
  {
    breakage: 'stops its clock',
    open: broken((storage) => ({
      update: (tenant, keys, decide) =>
        storage.update(tenant, keys, (records) => decide(records, '2026-01-01T00:00:00.000Z' as Instant)),
    })),
    noticedBy: { 'RS3 passes the store': /strictly equal/ },
  },
  {
    breakage: 'wraps what the decision threw',
    open: broken((storage) => ({
      update: async (tenant, keys, decide) => {
        try {
          await storage.update(tenant, keys, decide)
        } catch (error) {
          throw new StorageError('storage_unavailable', String(error))
        }
      },
    })),
    noticedBy: {
      'writes nothing when the decision throws': /strictly equal|same structure|reference-equal/,
      'ST3 refuses a stock level': /storage_unavailable/,
    },
  },
  {
    breakage: 'writes at whatever version a record has',
    open: broken(deciding((decide, records) => forced(decide(records), records))),
    noticedBy: {
      'EV2 refuses a write at another version': /ada is at version 2, not 0: it was accepted/,
      'NO1 keeps no message of an update that failed': /ada is not at version 7: it was accepted/,
    },
  },
  {
    breakage: 'raises the version of every record it locked',
    open: broken(
      deciding((decide, records, keys) => {
        const writes = decide(records)
        if (writes.records.length > 0) return writes
        return { ...writes, records: keys.flatMap((key) => raised(records.get(key))) }
      }),
    ),
    noticedBy: { 'EV4 changes nothing when the decision writes nothing': /strictly deep-equal/ },
  },
  {
    breakage: 'takes no more than 999 parameters',
    open: broken((storage) => ({
      update: async (tenant, keys, decide) => {
        if (keys.length > 999) throw new StorageError('storage_unavailable', 'too many SQL variables')
        await storage.update(tenant, keys, decide)
      },
    })),
    noticedBy: { 'takes as many records in one update as a full batch brings': /too many SQL variables/ },
  },
  {
    breakage: 'locks in the order in which the keys were named',
    open: broken(lockingAsNamed),
    noticedBy: { 'LV2 locks in one order': /every writer gets its turn.*deadlock/ },
  },
  {
    breakage: 'keeps stock in numbers of 24 bits',
    open: broken(writing(roundedStock)),
    noticedBy: { 'ST2 keeps the numbers of a stock level exactly': /strictly deep-equal/ },
  },
  {
    breakage: 'has no CHECK on its stock',
    open: broken((storage) => ({
      read: async (tenant, keys) => (await storage.read(tenant, keys.map(hidden))).map(shown),
      update: (tenant, keys, decide) =>
        storage.update(tenant, keys.map(hidden), (records, now) => {
          const writes = decide(
            {
              get: (key) => {
                const found = records.get(hidden(key))
                return found === undefined ? undefined : shown(found)
              },
            },
            now,
          )
          return { ...writes, records: writes.records.map((write) => ({ ...write, key: hidden(write.key) })) }
        }),
    })),
    noticedBy: {
      'ST3 refuses a stock level': /ST3 on hand 10, reserved 11, allowance 0, incoming 0: it was accepted/,
    },
  },
  {
    breakage: 'prints the bodies of events anew',
    open: broken((storage) => ({
      history: async function* (tenant, key, after) {
        for await (const event of storage.history(tenant, key, after)) {
          yield { ...event, body: JSON.stringify(JSON.parse(event.body), undefined, 1) }
        }
      },
    })),
    noticedBy: { 'EV11 gives events back oldest first': /strictly deep-equal/ },
  },
  {
    breakage: 'gives the whole history whatever version is named',
    open: broken((storage) => ({ history: (tenant, key) => storage.history(tenant, key) })),
    noticedBy: { 'gives the events after a version': /after version 3/ },
  },
  {
    breakage: 'ends a history with its first page',
    open: broken((storage) => ({
      history: async function* (tenant, key, after) {
        let left = 1_000
        for await (const event of storage.history(tenant, key, after)) {
          if (left === 0) return
          left -= 1
          yield event
        }
      },
    })),
    noticedBy: { 'EV1 gives all of a long history': /1000 !== 2500/ },
  },
  {
    breakage: 'keeps all tenants as one',
    open: broken((storage) => {
      const one = 'main' as TenantId
      return {
        read: (_tenant, keys) => storage.read(one, keys),
        update: (_tenant, keys, decide) => storage.update(one, keys, decide),
        find: (_tenant, query) => storage.find(one, query),
        history: (_tenant, key, after) => storage.history(one, key, after),
        settle: (results) => storage.settle(results.map((result) => ({ ...result, tenant: one }))),
        release: (_tenant, about) => storage.release(one, about),
      }
    }),
    noticedBy: {
      'SE1 keeps the records of two tenants apart': /a foreign record is a missing one/,
      'SE1 keeps the events of two tenants apart': /strictly deep-equal/,
      'SE1 finds records of the one tenant only': /strictly deep-equal/,
      'SE1 hands out every message under its own tenant': /strictly deep-equal/,
    },
  },
  {
    breakage: 'has unfinished migrations',
    open: broken((storage) => ({
      health: async () => ({ ...(await storage.health()), pendingMigrations: 2 }),
    })),
    noticedBy: { 'tells which adapter it is': /up to date/ },
  },
]

/** What the engine needs of a store, broken one record kind at a time. */
export const brokenForTheEngine: readonly BrokenStore[] = [
  {
    breakage: 'loses idempotency records',
    open: broken(
      writing((writes) => ({
        ...writes,
        records: writes.records.filter((write) => write.key.kind !== 'idempotency'),
      })),
    ),
    noticedBy: {
      'ID1 gives a repeat the stored answer': /strictly/,
      'ID2 commits order, events, stock': /no order without its answer/,
      'ID3 refuses another input under a used key': /accepted/,
      'ID5 leaves nothing of a refused command': /the refusal is kept/,
      'ID5 gives a refusal again under its key': /expected out_of_stock, got an order/,
      'ID9 resolves a lost acknowledgement': /strictly/,
      'ID9 answers outcome_unknown': /it had been done/,
    },
  },
  {
    breakage: 'loses the records of denied commands',
    open: broken(
      writing((writes) => ({
        ...writes,
        records: writes.records.filter((write) => write.key.kind !== 'denial'),
      })),
    ),
    noticedBy: { 'SE6 leaves nothing of a denied command': /strictly deep-equal/ },
  },
]

const lastOfEach = (writes: Writes['records']): Writes['records'] => [
  ...new Map(writes.map((write) => [keyName(write.key), write])).values(),
]

const folded = (key: Key): Key => ({ ...key, id: key.id.toLowerCase() })

const raised = (record: StoredRecord | undefined): Writes['records'] =>
  record === undefined
    ? []
    : [{ ...record, before: record.version, version: record.version + 1, entries: {} }]

const hidden = (key: Key): Key => (key.kind === 'stock' ? { ...key, kind: 'stock without a wall' } : key)
const shown = (record: StoredRecord): StoredRecord =>
  record.key.kind.startsWith('stock') ? { ...record, key: { ...record.key, kind: 'stock' } } : record

function roundedStock(writes: Writes): Writes {
  return {
    ...writes,
    records: writes.records.map((write) =>
      write.key.kind === 'stock'
        ? {
            ...write,
            state: JSON.parse(JSON.stringify(write.state), (_name, value: unknown) =>
              typeof value === 'number' ? Math.fround(value) : value,
            ) as unknown,
          }
        : write,
    ),
  }
}

/** Row locks without an order; who waits too long is the victim, as in a database with a deadlock detector. */
function lockingAsNamed(storage: Storage): Partial<Storage> {
  const held = new Set<string>()
  return {
    update: async (tenant, keys, decide) => {
      const mine: string[] = []
      try {
        for (const key of keys) {
          for (let waited = 0; held.has(keyName(key)); waited += 1) {
            if (waited === 200) throw new StorageError('storage_unavailable', 'deadlock detected')
            await turn()
          }
          held.add(keyName(key))
          mine.push(keyName(key))
          await turn()
        }
        await storage.update(tenant, keys, decide)
      } finally {
        for (const name of mine) held.delete(name)
      }
    },
  }
}
