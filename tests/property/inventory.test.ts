import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import type { Answer, OrderManagementFor } from 'orderwright'
import { describe, expect, it } from 'vitest'
import {
  reservationKind,
  type Reservation,
  type ReservationEvent,
} from '../../src/core/inventory/reservation.js'
import {
  availableOf,
  stockKind,
  type StockEvent,
  type StockLevel,
} from '../../src/core/inventory/stock-level.js'
import { backorderedQuantity } from '../../src/core/orders/backorders.js'
import { orderKind, type Order } from '../../src/core/orders/order.js'
import type { RecordKind } from '../../src/core/record-kind.js'
import { newKey, openShop, stock, type Shop } from '../support/shop.js'

const skus = ['A', 'B', 'C'] as const

interface Wanted {
  readonly sku: string
  readonly quantity: number
}

/** What somebody asks for. Numbers choose among the orders and holds there are. */
type Ask =
  | { readonly kind: 'receive'; readonly sku: string; readonly quantity: number }
  | { readonly kind: 'adjust'; readonly sku: string; readonly quantity: number }
  | { readonly kind: 'configure'; readonly sku: string; readonly safety: number; readonly allowance: number }
  | { readonly kind: 'hold'; readonly lines: readonly Wanted[]; readonly seconds: number }
  | { readonly kind: 'extend'; readonly hold: number; readonly seconds: number }
  | { readonly kind: 'release'; readonly hold: number }
  | { readonly kind: 'expire'; readonly hold: number }
  | { readonly kind: 'place'; readonly lines: readonly Wanted[]; readonly hold: number | undefined }
  | { readonly kind: 'cancel'; readonly order: number; readonly quantity: number | undefined }

const sku = fc.constantFrom(...skus)
const some = fc.integer({ min: 1, max: 6 })
const lines = fc.array(fc.record({ sku, quantity: some }), { minLength: 1, maxLength: 4 })
const seconds = fc.constantFrom(10, 60, 600)
const which = fc.nat({ max: 9 })

const ask: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({ kind: fc.constant('receive' as const), sku, quantity: some }),
  fc.record({
    kind: fc.constant('adjust' as const),
    sku,
    quantity: fc.integer({ min: -8, max: 8 }).map((n) => n || -1),
  }),
  fc.record({
    kind: fc.constant('configure' as const),
    sku,
    safety: fc.nat({ max: 3 }),
    allowance: fc.nat({ max: 4 }),
  }),
  fc.record({ kind: fc.constant('hold' as const), lines, seconds }),
  fc.record({ kind: fc.constant('extend' as const), hold: which, seconds }),
  fc.record({ kind: fc.constant('release' as const), hold: which }),
  fc.record({ kind: fc.constant('expire' as const), hold: which }),
  fc.record({ kind: fc.constant('place' as const), lines, hold: fc.option(which, { nil: undefined }) }),
  fc.record({
    kind: fc.constant('cancel' as const),
    order: which,
    quantity: fc.option(some, { nil: undefined }),
  }),
)

/** Things asked for at once, then a pause. */
const rounds = fc.array(
  fc.record({
    asks: fc.array(ask, { minLength: 1, maxLength: 6 }),
    pause: fc.constantFrom(0, 5_000, 60_000, 700_000),
  }),
  { minLength: 1, maxLength: 8 },
)

interface Known {
  readonly holds: string[]
  readonly orders: string[]
}

const one = (of: readonly string[], index: number): string => of[index % Math.max(1, of.length)] ?? 'nothing'

const send = (oms: OrderManagementFor, known: Known, asked: Ask): Promise<Answer<unknown>> => {
  switch (asked.kind) {
    case 'receive':
      return oms.inventory.receive({ sku: asked.sku, quantity: asked.quantity }, newKey())
    case 'adjust':
      return oms.inventory.adjust({ sku: asked.sku, quantity: asked.quantity, reason: 'counted' }, newKey())
    case 'configure':
      return oms.inventory.configure({
        sku: asked.sku,
        safetyStock: asked.safety,
        backorderAllowance: asked.allowance,
      })
    case 'hold':
      return oms.inventory.hold({ owner: 'cart', lines: [...asked.lines], seconds: asked.seconds }, newKey())
    case 'extend':
      return oms.inventory.extendHold({
        reservation: one(known.holds, asked.hold),
        owner: 'cart',
        seconds: asked.seconds,
      })
    case 'release':
      return oms.inventory.releaseHold({ reservation: one(known.holds, asked.hold), owner: 'cart' })
    case 'expire':
      return oms.inventory.expireHold({ reservation: one(known.holds, asked.hold) })
    case 'place':
      return oms.orders.place(
        {
          channel: 'web',
          currency: 'EUR',
          lines: [...asked.lines],
          ...(asked.hold !== undefined && {
            held: { reservation: one(known.holds, asked.hold), owner: 'cart' },
          }),
        },
        newKey(),
      )
    case 'cancel':
      return oms.orders.cancel(
        {
          order: one(known.orders, asked.order),
          reason: 'x',
          ...(asked.quantity !== undefined && { lines: [{ line: 'L1', quantity: asked.quantity }] }),
        },
        newKey(),
      )
  }
}

const remember = (known: Known, answer: Answer<unknown>): void => {
  if (!answer.ok) return
  const { order, reservation } = answer.value as { readonly order?: string; readonly reservation?: string }
  if (order !== undefined && !known.orders.includes(order)) known.orders.push(order)
  if (reservation !== undefined && !known.holds.includes(reservation)) known.holds.push(reservation)
}

const all = async <State>({ storage }: Shop, kind: { readonly name: string }) => {
  const { items } = await storage.find('main' as never, { kind: kind.name, limit: 200 })
  return items.map(({ key, version, state }) => ({ id: key.id, version, state: state as State }))
}

const eventsOf = async <Event>({ storage }: Shop, kind: string, id: string): Promise<readonly Event[]> => {
  const events: Event[] = []
  for await (const { body } of storage.history('main' as never, { kind, id })) {
    events.push((JSON.parse(body) as { readonly event: Event }).event)
  }
  return events
}

/** The states of a record after each of its events: the last is what is stored. */
const replayed = <State, Event extends { readonly type: string }>(
  kind: RecordKind<State, Event>,
  events: readonly Event[],
): readonly State[] => {
  const states: State[] = []
  for (const event of events) states.push(kind.evolve(states.at(-1), event))
  return states
}

const promisedOf = (level: StockLevel, orders: readonly Order[], holds: readonly Reservation[]): number => {
  const allocated = orders.flatMap(({ lines }) =>
    lines.map((line) => ({
      sku: line.sku,
      location: line.location,
      quantity: line.allocated + backorderedQuantity(line),
    })),
  )
  const held = holds.filter(({ status }) => status === 'held').flatMap((hold) => hold.lines)
  return [...allocated, ...held]
    .filter((line) => line.sku === level.sku && line.location === level.location)
    .reduce((sum, line) => sum + line.quantity, 0)
}

const checkStock = async (shop: Shop): Promise<void> => {
  const orders = (await all<Order>(shop, orderKind)).map(({ state }) => state)
  const holds = (await all<Reservation>(shop, reservationKind)).map(({ state }) => state)
  for (const { id, version, state: level } of await all<StockLevel>(shop, stockKind)) {
    expect(level.reserved + (level.shorted ?? 0), 'ST2').toBe(promisedOf(level, orders, holds))
    expect(level.reserved, 'ST3').toBeGreaterThanOrEqual(0)
    expect(level.reserved, 'ST3').toBeLessThanOrEqual(level.onHand + level.backorderAllowance)
    expect(level.onHand, 'F34').toBeGreaterThanOrEqual(0)
    const events = await eventsOf<StockEvent>(shop, stockKind.name, id)
    expect(events.length, 'ST11').toBe(version)
    expect(replayed(stockKind, events).at(-1), 'ST10').toEqual(level)
    const moved = events.reduce(
      (sum, event) =>
        event.type === 'StockReceived' || event.type === 'StockAdjusted'
          ? sum + event.quantity
          : event.type === 'StockShipped'
            ? sum - event.quantity
            : sum,
      0,
    )
    expect(level.onHand, 'ST1').toBe(moved)
  }
}

const checkOrders = async (shop: Shop): Promise<void> => {
  for (const { id, state: order } of await all<Order>(shop, orderKind)) {
    for (const line of order.lines) {
      const open = line.quantity - line.canceled - line.shipped
      expect(open, 'OQ1').toBeGreaterThanOrEqual(0)
      expect(line.allocated + backorderedQuantity(line), 'OQ1').toBe(open)
    }
    const events = await eventsOf<never>(shop, orderKind.name, id)
    expect(replayed(orderKind, events).at(-1), 'EV7').toEqual(order)
    const someOpen = order.lines.some((line) => line.quantity > line.canceled + line.shipped)
    expect(order.status, 'OQ7').toBe(someOpen ? 'placed' : 'canceled')
  }
}

const checkHolds = async (shop: Shop): Promise<void> => {
  for (const { id, state } of await all<Reservation>(shop, reservationKind)) {
    const events = await eventsOf<ReservationEvent>(shop, reservationKind.name, id)
    const states = replayed(reservationKind, events)
    expect(states.at(-1), 'EV7').toEqual(state)
    const leavings = states.filter(
      (after, index) => states[index - 1]?.status === 'held' && after.status !== 'held',
    )
    expect(leavings.length, 'RS1').toBeLessThanOrEqual(1)
    const longest = states.map(({ expiresAt, heldAt }) => Date.parse(expiresAt) - Date.parse(heldAt))
    expect(Math.max(...longest), 'RS9').toBeLessThanOrEqual(86_400_000)
  }
}

/** ST7: whoever was refused was told the truth, at the version that the refusal names. */
const checkShortages = async (shop: Shop, answer: Answer<unknown>): Promise<void> => {
  if (answer.ok || answer.error.code !== 'out_of_stock') return
  const shortages = answer.error.details['shortages'] as readonly {
    readonly sku: string
    readonly wanted: number
    readonly available: number
    readonly version: number
  }[]
  expect(shortages.length).toBeGreaterThan(0)
  for (const { sku: short, wanted, available, version } of shortages) {
    const states = replayed(stockKind, await eventsOf<StockEvent>(shop, stockKind.name, `main/${short}`))
    const level = states[version - 1]
    expect(level, 'ST11').toBeDefined()
    if (level === undefined) continue
    expect(available, 'ST7').toBe(Math.max(0, availableOf(level)))
    expect(wanted, 'ST7').toBeGreaterThan(availableOf(level))
  }
}

describe('stock, holds and orders', () => {
  it('ST1 ST2 ST3 ST7 ST10 ST11 RS1 RS9 OQ1 OQ7 EV7 agree after every round, whatever is asked for at once', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const shop = openShop()
        for (const name of skus) await stock(shop.oms, name, 8, '1.00')
        const known: Known = { holds: [], orders: [] }
        for (const { asks, pause } of all) {
          const answers = await Promise.all(asks.map((asked) => send(shop.oms, known, asked)))
          for (const [index, answer] of answers.entries()) {
            remember(known, answer)
            seen.add(`${asks[index]?.kind} ${answer.ok ? 'ok' : answer.error.code}`)
            await checkShortages(shop, answer)
          }
          await checkStock(shop)
          await checkOrders(shop)
          await checkHolds(shop)
          shop.clock.advance(pause)
        }
      }),
      { numRuns: 120 },
    )
    // A property over commands that are all refused would prove nothing.
    for (const outcome of [
      'adjust ok',
      'adjust stock_below_reserved',
      'configure ok',
      'hold ok',
      'hold out_of_stock',
      'extend ok',
      'extend reservation_expired',
      'release ok',
      'release invalid_state',
      'expire ok',
      'expire invalid_state',
      'place ok',
      'place out_of_stock',
      'place reservation_expired',
      'place reservation_already_committed',
      'cancel ok',
      'cancel quantity_exceeded',
    ]) {
      expect([...seen]).toContain(outcome)
    }
  })

  it('ST5 M36 grants exactly the supply to any crowd, in any sizes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 40 }),
        async (supply, wishes) => {
          const shop = openShop()
          await stock(shop.oms, 'A', supply, '1.00')
          const answers = await Promise.all(
            wishes.map((quantity, index) =>
              index % 2 === 0
                ? shop.oms.inventory.hold(
                    { owner: 'cart', lines: [{ sku: 'A', quantity }], seconds: 60 },
                    newKey(),
                  )
                : shop.oms.orders.place(
                    { channel: 'web', currency: 'EUR', lines: [{ sku: 'A', quantity }] },
                    newKey(),
                  ),
            ),
          )
          const granted = wishes.reduce(
            (sum, quantity, index) => sum + (answers[index]?.ok === true ? quantity : 0),
            0,
          )
          expect(granted).toBeLessThanOrEqual(supply)
          // First come, first served: what was refused did not fit into what the earlier ones had left.
          let left = supply
          for (const [index, quantity] of wishes.entries()) {
            strictEqual(answers[index]?.ok, quantity <= left)
            if (quantity <= left) left -= quantity
          }
          for (const answer of answers) if (!answer.ok) strictEqual(answer.error.code, 'out_of_stock')
        },
      ),
      { numRuns: 60 },
    )
  })
})
