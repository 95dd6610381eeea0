import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { sha256 } from '../../adapters/system/sha256.js'
import type { Key } from '../../core/ids/key.js'
import type { Storage, StoredRecord } from '../../core/ports/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { append, put, sampleKey, together } from './sample-writes.js'
import { collect, conformanceCase, tenant } from './store-under-test.js'

const counter = sampleKey('counter')
const writers = 60

export const raceCases: readonly ConformanceCase[] = [
  conformanceCase(
    'EV2 loses no update when many writers change one record at once over two handles',
    'A lost update of a stock level is an oversold order.',
    async ({ storage, another, record }) => {
      await atOnce(writers, (turn) => increment(turn % 2 === 0 ? storage : another))
      const stored = await record(counter)
      deepStrictEqual([stored?.version, stored?.state], [writers, { count: writers }])
    },
  ),

  conformanceCase(
    'EV1 EV11 numbers the events of racing writers without a hole and in one chain',
    'The log is the audit trail: two events at one place, or a gap, and it proves nothing.',
    async ({ storage, another }) => {
      await atOnce(writers, (turn) => increment(turn % 2 === 0 ? storage : another))
      const events = await collect(storage.history(tenant, counter))
      deepStrictEqual(
        events.map((event) => event.version),
        Array.from({ length: writers }, (_, index) => index + 1),
      )
      let chain = ''
      for (const event of events) {
        chain = sha256(chain + event.body)
        strictEqual(event.hash, chain, `event ${event.version} follows the one before it`)
      }
    },
  ),

  conformanceCase(
    'inserts a record once when many writers find it missing',
    "Two orders with one channel's reference are shipped twice.",
    async ({ storage, another, record }) => {
      let claims: readonly string[] = []
      await atOnce(20, async (turn) => {
        let mine = false
        await (turn % 2 === 0 ? storage : another).update(tenant, [counter], (records) => {
          const current = records.get(counter)
          mine = current === undefined
          return mine ? put(counter, current, { owner: turn }) : together()
        })
        if (mine) claims = [...claims, String(turn)]
      })
      const stored = await record(counter)
      strictEqual(claims.length, 1, `one writer found it missing, not ${claims.join(', ')}`)
      deepStrictEqual([stored?.version, stored?.state], [1, { owner: Number(claims[0]) }])
    },
  ),

  conformanceCase(
    'LV2 locks in one order whatever order the keys come in, so opposite orders never end in a deadlock',
    'Two five-line orders with the same goods in opposite order would wait for each other.',
    async ({ storage, another }) => {
      const accounts = Array.from({ length: 5 }, (_, index) => sampleKey(`account-${index}`))
      await storage.update(tenant, accounts, (records) =>
        together(...accounts.map((key) => put(key, records.get(key), { units: 100 }))),
      )
      await atOnce(writers, (turn) => {
        const keys = turn % 2 === 0 ? accounts : accounts.toReversed()
        return transfer(turn % 4 < 2 ? storage : another, keys, turn % 5)
      })
      const stored = await storage.read(tenant, accounts)
      strictEqual(
        stored.reduce((sum, account) => sum + unitsOf(account), 0),
        500,
        'what left one account reached another',
      )
      for (const account of stored) strictEqual(account.version, 1 + writers)
    },
  ),

  conformanceCase(
    'ST5 decides on what is stored now, never on what was read before',
    'A command looks without a lock first; by the time it decides the last piece may be gone.',
    async ({ storage, another }) => {
      await storage.update(tenant, [counter], (records) => put(counter, records.get(counter), { count: 1 }))
      const [seen] = await storage.read(tenant, [counter])
      deepStrictEqual(seen?.state, { count: 1 })
      await another.update(tenant, [counter], (records) => put(counter, records.get(counter), { count: 0 }))
      let decidedOn: StoredRecord | undefined
      await storage.update(tenant, [counter], (records) => {
        decidedOn = records.get(counter)
        return together()
      })
      deepStrictEqual([decidedOn?.version, decidedOn?.state], [2, { count: 0 }])
    },
  ),
]

const atOnce = async (times: number, run: (turn: number) => Promise<void>): Promise<void> => {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, (_, turn) => run(turn)))
  for (const outcome of outcomes) {
    ok(
      outcome.status === 'fulfilled',
      `every writer gets its turn: ${outcome.status === 'rejected' ? String(outcome.reason) : ''}`,
    )
  }
}

const increment = (storage: Storage): Promise<void> =>
  storage.update(tenant, [counter], (records, now) => {
    const current = records.get(counter)
    const { count } = (current?.state ?? { count: 0 }) as { readonly count: number }
    return append(counter, current, { count: count + 1 }, [{ type: 'Counted' }], now)
  })

/** Moves one unit from one account to the next and touches all of them, so that every update wants every lock. */
const transfer = (storage: Storage, keys: readonly Key[], from: number): Promise<void> =>
  storage.update(tenant, keys, (records) => {
    const to = (from + 1) % keys.length
    return together(
      ...keys.map((key, place) => {
        const account = records.get(key)
        const moved = place === from ? -1 : place === to ? 1 : 0
        return put(key, account, { units: unitsOf(account) + moved })
      }),
    )
  })

const unitsOf = (account: StoredRecord | undefined): number =>
  (account?.state as { readonly units: number }).units
