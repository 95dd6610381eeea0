import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { createOrderManagement } from '../src/create-order-management.js'
import { memoryStorage } from '../src/adapters/memory/memory-storage.js'
import { sqliteStorage } from '../src/adapters/sqlite/index.js'
import { sha256 } from '../src/adapters/system/sha256.js'
import { canonicalJson } from '../src/core/canonical-json.js'
import { placeOrder } from '../src/core/flows/place-order.js'
import { keyName } from '../src/core/ids/key.js'
import { trustHost } from '../src/core/ports/policy.js'
import type { Storage, Writes } from '../src/core/ports/storage.js'
import { compare } from './harness.js'
import { prebuildCommit, writeByHand } from './place/hand-written-loop.js'
import { orderInput, placeAll, recordWrites, stockUp } from './place/orders.js'

/** One message per order, as with one e-mail notifier. */
const notifiers = { email: { deliver: () => Promise.resolve() } }
const settings = { notifications: { order_received: ['email'] } }
const actor = { kind: 'service', id: 'bench' } as const

const open = (storage: Storage) =>
  createOrderManagement({ storage, policy: trustHost, notifiers, settings }).as({ actor })

/** `place-memory`: against the parts nobody can leave out - parse, canonical JSON and SHA-256 per event, the Map writes. */
const placeMemory = async (orders: number): Promise<void> => {
  const written: Writes[] = []
  const recorded = open(recordWrites(memoryStorage(), written))
  await stockUp(recorded)
  written.length = 0
  await placeAll(recorded, 0, orders, 1)
  const rows = written.map(prebuilt)

  await compare({
    name: 'place-memory',
    unit: 'us/op',
    rounds: 7,
    ours: async () => {
      const oms = open(memoryStorage())
      await stockUp(oms)
      globalThis.gc?.()
      const start = performance.now()
      await placeAll(oms, 0, orders, 256)
      return { operations: orders, milliseconds: performance.now() - start }
    },
    limit: () => {
      globalThis.gc?.()
      const start = performance.now()
      unavoidable(rows)
      return { operations: orders, milliseconds: performance.now() - start }
    },
  })
}

interface Prebuilt {
  readonly records: readonly { readonly name: string; readonly state: unknown }[]
  readonly events: readonly { readonly name: string; readonly envelope: unknown }[]
  readonly messages: Writes['messages']
}

const prebuilt = (writes: Writes): Prebuilt => ({
  records: writes.records.map((record) => ({ name: keyName(record.key), state: record.state })),
  events: writes.events.map((event) => ({
    name: keyName(event.key),
    envelope: JSON.parse(event.body) as unknown,
  })),
  messages: writes.messages,
})

const unavoidable = (rows: readonly Prebuilt[]): void => {
  const records = new Map<string, unknown>()
  const events = new Map<string, string[]>()
  const chains = new Map<string, string>()
  const messages = new Map<string, unknown>()
  for (const [index, row] of rows.entries()) {
    const parsed = placeOrder.input.safeParse(orderInput(index))
    if (!parsed.success) throw new Error('the order is valid')
    for (const { name, envelope } of row.events) {
      const body = canonicalJson(envelope)
      chains.set(name, sha256((chains.get(name) ?? '') + body))
      const known = events.get(name)
      if (known === undefined) events.set(name, [body])
      else known.push(body)
    }
    for (const { name, state } of row.records) records.set(name, state)
    for (const message of row.messages) messages.set(message.id, message)
  }
}

/**
 * `place-sqlite-256` and `place-sqlite-1`: SQLite with `synchronous=FULL`, against a hand-written loop on the same driver that writes the same rows
 * in the same groups. The rows are those of a recorded run; each round of either side starts on a copy of one stocked file.
 */
const placeSqlite = async (name: string, orders: number, callers: number, rounds: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'orderwright-bench-'))
  const template = join(folder, 'template.sqlite')
  const stocked = new Database(template)
  await stockUp(open(sqliteStorage(stocked)))
  stocked.pragma('wal_checkpoint(TRUNCATE)')
  stocked.close()
  let files = 0
  const fresh = (): Database.Database => {
    files += 1
    const file = join(folder, `round-${files}.sqlite`)
    copyFileSync(template, file)
    return new Database(file)
  }

  const written: Writes[] = []
  const recorded = fresh()
  await placeAll(open(recordWrites(sqliteStorage(recorded), written)), 0, orders, callers)
  recorded.close()
  const commits = written.map((writes) => prebuildCommit('main', writes))
  const largest = Math.max(...commits.map((commit) => commit.orders))
  console.error(`${name}: ${orders} orders in ${commits.length} commits of up to ${largest}`)

  await compare({
    name,
    unit: 'ops/s',
    rounds,
    ours: async () => {
      const connection = fresh()
      const oms = open(sqliteStorage(connection))
      globalThis.gc?.()
      const start = performance.now()
      await placeAll(oms, 0, orders, callers)
      const milliseconds = performance.now() - start
      connection.close()
      return { operations: orders, milliseconds }
    },
    limit: () => {
      const connection = fresh()
      connection.pragma('journal_mode=WAL')
      connection.pragma('synchronous=FULL')
      globalThis.gc?.()
      const start = performance.now()
      writeByHand(connection, commits)
      const milliseconds = performance.now() - start
      connection.close()
      return { operations: orders, milliseconds }
    },
  })
  rmSync(folder, { recursive: true })
}

const figures = {
  'place-memory': () => placeMemory(10_000),
  'place-sqlite-256': () => placeSqlite('place-sqlite-256', 10_240, 256, 5),
  'place-sqlite-1': () => placeSqlite('place-sqlite-1', 1_000, 1, 7),
}

// `npm run bench -- place place-sqlite-1` measures that figure alone.
const wanted = process.argv.slice(2)
for (const [name, measure] of Object.entries(figures)) {
  if (wanted.length === 0 || wanted.includes(name)) await measure()
}
