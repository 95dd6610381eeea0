import { strictEqual } from 'node:assert/strict'
import { expect } from 'vitest'
import { sha256 } from '../../src/adapters/system/sha256.js'
import { kindsWithHistory } from '../../src/app/kinds.js'
import { canonicalJson } from '../../src/core/canonical-json.js'
import { singleTenant } from '../../src/core/ids/ids.js'
import { keyName } from '../../src/core/ids/key.js'
import { backorderQueueKind, type BackorderQueue } from '../../src/core/inventory/backorder-queue.js'
import { backedOf, promisedOf } from '../../src/core/inventory/promised-stock.js'
import { reservationKind, type Reservation } from '../../src/core/inventory/reservation.js'
import { stockDemandOf } from '../../src/core/inventory/stock-demand.js'
import { stockKind, stockLevelId, type StockLevel } from '../../src/core/inventory/stock-level.js'
import { openQuantity } from '../../src/core/orders/order-status.js'
import { orderKind, type Order } from '../../src/core/orders/order.js'
import type { RecordedEvent, StoredRecord } from '../../src/core/ports/storage.js'
import type { WatchedStorage } from './watched-storage.js'

/** The event inside a stored body. */
export const eventOf = (stored: RecordedEvent): { readonly type: string } =>
  (JSON.parse(stored.body) as { readonly event: { readonly type: string } }).event

/** The first version at which a history is not the one that was written: its numbers, its chain, or its end. */
export const firstBroken = (
  events: readonly RecordedEvent[],
  head: Pick<StoredRecord, 'version' | 'chain'>,
): number | undefined => {
  let chain = ''
  for (const [index, event] of events.entries()) {
    const next = sha256(chain + event.body)
    if (event.version !== index + 1 || event.hash !== next) return index + 1
    chain = next
  }
  if (events.length < head.version) return events.length + 1
  return events.length > head.version || chain !== head.chain ? head.version : undefined
}

export const historyOf = async (
  storage: WatchedStorage,
  record: Pick<StoredRecord, 'key'>,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for await (const event of storage.history(singleTenant, record.key)) events.push(event)
  return events
}

/** EV1, EV7, EV10 and EV11 for every record there is. */
export const checkHistories = async (storage: WatchedStorage): Promise<void> => {
  const kinds = new Set(storage.events.map((event) => event.key.kind))
  for (const kind of kinds) strictEqual(kindsWithHistory.has(kind), true, `${kind} is listed among the kinds`)
  const records = await storage.read(singleTenant, storage.keys())
  for (const record of records) {
    const kind = kindsWithHistory.get(record.key.kind)
    const events = await historyOf(storage, record)
    const name = keyName(record.key)
    if (kind === undefined) {
      expect(events, `${name} is derived and has no events`).toEqual([])
      continue
    }
    expect(
      events.map((event) => event.version),
      `EV1 ${name}`,
    ).toEqual(Array.from({ length: record.version }, (_, index) => index + 1))
    expect(firstBroken(events, record), `EV11 ${name}`).toBeUndefined()
    let state: unknown
    for (const event of events) state = kind.evolve(state, eventOf(event))
    strictEqual(canonicalJson(state), canonicalJson(record.state), `EV7 ${name}`)
  }
}

/** EV10: every event says when, by whom, for which command; and its text is the one canonical text. */
export const checkEnvelopes = (events: readonly RecordedEvent[]): void => {
  for (const { body, key, id, type, version, recordedAt } of events) {
    const envelope: unknown = JSON.parse(body)
    strictEqual(canonicalJson(envelope), body)
    expect(envelope).toMatchObject({
      at: recordedAt,
      by: {
        tenant: singleTenant,
        actor: { kind: 'user', id: expect.stringMatching(/^(ada|bob)$/) as unknown },
        requestId: 'r-1',
        command: expect.stringMatching(/^[a-z]+[.][a-zA-Z]+$/) as unknown,
        commandId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      },
      event: { type },
      id,
      kind: key.kind,
      record: key.id,
      version,
    })
  }
  strictEqual(new Set(events.map(({ id }) => id)).size, events.length, 'no event id is used twice')
}

/**
 * ST2, ST3, ST4: what is reserved is what orders and holds have been promised, and is there; OQ1: what has no goods stands in the queue of its level, and
 * on the line it is for.
 */
export const checkStock = async (storage: WatchedStorage): Promise<void> => {
  const promised = new Map<string, number>()
  const lacking = new Map<string, number>()
  const promise = (level: string, quantity: number): void => {
    promised.set(level, (promised.get(level) ?? 0) + quantity)
  }
  for (const order of await statesOf<Order>(storage, orderKind.name)) {
    if (order.status === 'draft') continue
    for (const line of order.lines) {
      for (const { location, sku, quantity } of stockDemandOf(line, openQuantity(line)))
        promise(stockLevelId(location, sku), quantity)
      for (const { sku, quantity } of line.lacking ?? []) {
        lacking.set(`${stockLevelId(line.location, sku)} ${order.id} ${line.id}`, quantity)
      }
    }
  }
  for (const hold of await statesOf<Reservation>(storage, reservationKind.name)) {
    if (hold.status !== 'held') continue
    for (const line of hold.lines) promise(stockLevelId(line.location, line.sku), line.quantity)
  }
  for (const level of await statesOf<StockLevel>(storage, stockKind.name)) {
    strictEqual(
      level.reserved + (level.shorted ?? 0),
      promised.get(stockLevelId(level.location, level.sku)) ?? 0,
      `ST2 promised of ${level.sku}`,
    )
    expect(
      level.onHand - level.quarantined,
      `ST9 goods behind promises of ${level.sku}`,
    ).toBeGreaterThanOrEqual(backedOf(level))
    expect(level.reserved, `ST3 ${level.sku}`).toBeGreaterThanOrEqual(0)
    expect(level.reserved, `ST3 ${level.sku}`).toBeLessThanOrEqual(level.onHand + level.backorderAllowance)
    expect(level, 'ST4 what is available is never stored').not.toHaveProperty('available')
  }
  await checkQueues(storage, lacking)
}

/** Queue = promised beyond goods, level by level; and line by line what an order lacks. A queue that is being filled page by page is longer for a while. */
const checkQueues = async (storage: WatchedStorage, lacking: ReadonlyMap<string, number>): Promise<void> => {
  const queues = new Map(
    (
      await storage.read(
        singleTenant,
        storage.idsOf(backorderQueueKind.name).map((id) => ({ kind: backorderQueueKind.name, id })),
      )
    ).map((record) => [record.key.id, record.state as BackorderQueue]),
  )
  const waiting = new Map<string, number>()
  for (const level of await statesOf<StockLevel>(storage, stockKind.name)) {
    const id = stockLevelId(level.location, level.sku)
    const promises = queues.get(id)?.promises ?? []
    const total = promises.reduce((sum, promise) => sum + promise.quantity, 0)
    strictEqual(level.backordered ?? 0, total, `OQ1 backordered of ${id}`)
    if (queues.get(id)?.fillable !== true) {
      strictEqual(
        total,
        Math.max(0, promisedOf(level) - level.onHand + level.quarantined),
        `OQ1 queue of ${id}`,
      )
    }
    expect(
      promises.map(({ since }) => since),
      `F57 ${id} stands in line`,
    ).toEqual(promises.map(({ since }) => since).toSorted())
    for (const { source, line, quantity } of promises) {
      if (line === undefined) continue
      const name = `${id} ${source.id} ${line}`
      waiting.set(name, (waiting.get(name) ?? 0) + quantity)
    }
  }
  expect(new Map([...waiting].toSorted()), 'OQ1 lines that wait').toEqual(new Map([...lacking].toSorted()))
}

export const statesOf = async <State>(storage: WatchedStorage, kind: string): Promise<readonly State[]> => {
  const keys = storage.idsOf(kind).map((id) => ({ kind, id }))
  return (await storage.read(singleTenant, keys)).map((record) => record.state as State)
}

/** Everything there is, in one text: two stores with the same text are the same to every reader. */
export const everythingIn = async (storage: WatchedStorage): Promise<string> => {
  const records = await storage.read(singleTenant, storage.keys())
  const histories = await Promise.all(records.map((record) => historyOf(storage, record)))
  const named = records.map((record, index) => [
    keyName(record.key),
    record.version,
    record.chain,
    record.state,
    histories[index]?.map(({ body, hash }) => ({ body, hash })),
  ])
  return canonicalJson({ records: named.toSorted(), messages: storage.messages })
}
