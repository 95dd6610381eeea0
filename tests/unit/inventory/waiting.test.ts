import { describe, expect, it } from 'vitest'
import type {
  LocationId,
  LotNumber,
  OrderId,
  PartyId,
  ReservationId,
  Sku,
} from '../../../src/core/ids/ids.js'
import {
  orderableAt,
  orderableKit,
  orderableTogether,
  stockStatusOf,
  type Orderable,
} from '../../../src/core/inventory/availability.js'
import { backInStockKind } from '../../../src/core/inventory/back-in-stock.js'
import {
  inServingOrder,
  joinQueue,
  leaveQueue,
  nextInLine,
  waitingOf,
} from '../../../src/core/inventory/backorder-queue.js'
import { lotDifferences } from '../../../src/core/inventory/counted-goods.js'
import { reservationKind } from '../../../src/core/inventory/reservation.js'
import { stockKind, type StockLevel } from '../../../src/core/inventory/stock-level.js'
import { stillOnTheWay } from '../../../src/core/inventory/transit-goods.js'
import type { Instant } from '../../../src/core/time/instant.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const today = '2026-03-01' as LocalDate
const at = (minute: number) => `2026-03-01T09:0${minute}:00.000Z` as Instant
const source = (id: string) => ({ kind: 'order', id })
const waits = (id: string, quantity: number, minute: number, priority?: number) => ({
  source: source(id),
  line: 'L1' as never,
  quantity,
  since: at(minute),
  ...(priority !== undefined && { priority }),
})
const namesOf = (
  promises: readonly { readonly source: { readonly id: string }; readonly quantity: number }[],
) => promises.map((promise) => `${promise.source.id} ${promise.quantity}`)

describe('F57 the queue of a level', () => {
  const queue = [waits('a', 2, 1), waits('b', 3, 2), waits('c', 1, 3)]

  it('takes a newcomer behind all that are as old or older', () => {
    expect(namesOf(joinQueue(queue, waits('d', 4, 2)))).toEqual(['a 2', 'b 3', 'd 4', 'c 1'])
    expect(namesOf(joinQueue([], waits('d', 4, 2)))).toEqual(['d 4'])
  })

  it('lets one that waits already wait for more, and only under the same name', () => {
    expect(namesOf(joinQueue(queue, waits('b', 4, 2)))).toEqual(['a 2', 'b 7', 'c 1'])
    expect(namesOf(joinQueue(queue, waits('b', 4, 3)))).toEqual(['a 2', 'b 3', 'c 1', 'b 4'])
    expect(namesOf(joinQueue(queue, { ...waits('b', 4, 2), line: 'L2' as never }))).toEqual([
      'a 2',
      'b 3',
      'b 4',
      'c 1',
    ])
    expect(namesOf(joinQueue(queue, { ...waits('b', 4, 2), source: { kind: 'hold', id: 'b' } }))).toEqual([
      'a 2',
      'b 3',
      'b 4',
      'c 1',
    ])
  })

  it('is left by the oldest or the youngest first, in part where less is given up', () => {
    const twice = [waits('a', 2, 1), waits('b', 3, 2), waits('a', 4, 3)]
    const oldest = leaveQueue(twice, waits('a', 0, 0), 3, 'oldest')
    expect([namesOf(oldest.promises), namesOf(oldest.left)]).toEqual([
      ['b 3', 'a 3'],
      ['a 2', 'a 1'],
    ])
    const youngest = leaveQueue(twice, waits('a', 0, 0), 5, 'youngest')
    expect([namesOf(youngest.promises), namesOf(youngest.left)]).toEqual([
      ['a 1', 'b 3'],
      ['a 4', 'a 1'],
    ])
    expect(namesOf(leaveQueue(twice, waits('a', 0, 0), 0, 'oldest').promises)).toEqual(namesOf(twice))
  })

  it('is served in its order, the last in part, and never more than so many at once', () => {
    expect(namesOf(nextInLine(queue, 4, 10))).toEqual(['a 2', 'b 2'])
    expect(namesOf(nextInLine(queue, 99, 2))).toEqual(['a 2', 'b 3'])
    expect(nextInLine(queue, 0, 10)).toEqual([])
  })

  it('is served by priority where somebody has one; without one it is 0', () => {
    const mixed = [waits('a', 1, 1), waits('b', 1, 2, 1), waits('c', 1, 3), waits('d', 1, 4, 2)]
    expect(namesOf(inServingOrder(mixed))).toEqual(['d 1', 'b 1', 'a 1', 'c 1'])
    expect(inServingOrder(queue)).toBe(queue)
  })

  it('says what one source waits for, with all its lines', () => {
    const lines = [...queue, { ...waits('a', 5, 4), line: 'L2' as never }]
    expect(waitingOf(lines, source('a'))).toBe(7)
    expect(waitingOf(lines, { kind: 'hold', id: 'a' })).toBe(0)
  })
})

const orderable = (goods: number, ahead = 0, lowStock = 0, more: Partial<Orderable> = {}): Orderable => ({
  goods,
  ahead,
  lowStock,
  ...more,
})
const preorder = { limit: 5, until: '2026-04-01' as LocalDate, expectedOn: '2026-05-01' as LocalDate }

describe('F45 what a shop window says', () => {
  it('is in stock above the threshold, and low at it', () => {
    expect(stockStatusOf(orderable(1))).toBe('in_stock')
    expect(stockStatusOf(orderable(3, 0, 2))).toBe('in_stock')
    expect(stockStatusOf(orderable(2, 0, 2))).toBe('low')
  })

  it('is out of stock without goods unless orders are taken ahead', () => {
    expect(stockStatusOf(orderable(0))).toBe('out_of_stock')
    expect(stockStatusOf(orderable(0, 1))).toBe('backorder')
    expect(stockStatusOf(orderable(0, 1, 0, { preorder }))).toBe('preorder')
  })

  it('adds several levels up, and one that can be ordered ahead makes them so', () => {
    expect(orderableTogether([orderable(1, 2, 3), orderable(4, 5, 6)])).toEqual(orderable(5, 7, 9))
    expect(orderableTogether([orderable(1), orderable(0, 1, 0, { preorder })])).toEqual(
      orderable(1, 1, 0, { preorder }),
    )
    expect(orderableTogether([])).toEqual(orderable(0))
  })

  it('ST13 of a kit is what its components suffice for, and low as soon as one of them is', () => {
    const components = [
      { sku: 'lamp' as Sku, quantity: 1 },
      { sku: 'mug' as Sku, quantity: 2 },
    ]
    const kit = (lamp: Orderable, mug: Orderable) =>
      orderableKit(components, ({ sku }) => (sku === 'lamp' ? lamp : mug))
    expect(kit(orderable(9), orderable(5))).toEqual(orderable(2))
    expect(kit(orderable(9), orderable(5, 5))).toEqual(orderable(2, 3))
    expect(kit(orderable(9, 0, 9), orderable(5))).toEqual(orderable(2, 0, 2))
    expect(kit(orderable(9, 0, 8), orderable(5, 0, 4))).toEqual(orderable(2))
    expect(kit(orderable(0, 4, 0, { preorder }), orderable(8))).toEqual(orderable(0, 4, 0, { preorder }))
    expect(kit(orderable(1, 4, 0, { preorder }), orderable(8))).toEqual(orderable(1, 3))
  })

  it('is what of a level is available, what lies there before what can be ordered ahead', () => {
    const level: StockLevel = {
      sku: 'mug' as Sku,
      location: 'main' as LocationId,
      onHand: 10,
      quarantined: 2,
      reserved: 5,
      safetyStock: 1,
      backorderAllowance: 4,
      incoming: 0,
    }
    const asker = { channel: 'web', customerClass: () => undefined }
    expect(orderableAt(level, asker, today)).toEqual(orderable(2, 4))
    expect(orderableAt({ ...level, lowStock: 3 }, asker, today)).toEqual(orderable(2, 4, 3))
    expect(orderableAt({ ...level, reserved: 99 }, asker, today)).toEqual(orderable(0))
    const ahead = { ...level, preorder }
    expect(orderableAt(ahead, asker, preorder.until).preorder).toEqual(preorder)
    expect(orderableAt(ahead, asker, '2026-04-02' as LocalDate)).not.toHaveProperty('preorder')
  })
})

describe('goods that are told apart', () => {
  const lot = (name: string, quantity: number) => ({ lot: name as LotNumber, quantity, receivedOn: today })

  it('are still on their way as far as they have not come', () => {
    const sent = { lots: [lot('A', 3), lot('B', 2), lot('C', 1)] }
    expect(stillOnTheWay(sent, { lots: [lot('A', 1), lot('B', 2)] })).toEqual({
      lots: [lot('A', 2), lot('C', 1)],
    })
    expect(stillOnTheWay(sent, {})).toEqual(sent)
    const pieces = { serials: ['S1', 'S2'] as never[] }
    expect(stillOnTheWay(pieces, { serials: ['S1'] as never[] })).toEqual({ serials: ['S2'] })
    expect(stillOnTheWay(pieces, {})).toEqual(pieces)
  })

  it('are counted by the difference to what should be there; a lot that is not named was not found', () => {
    const expected = ['A', 'B', 'C'].map((name) => ({
      lot: name as LotNumber,
      receivedOn: today,
      onHand: 5,
      allocated: 0,
      quarantined: 0,
    }))
    const found = [
      { lot: 'A' as LotNumber, quantity: 5 },
      { lot: 'B' as LotNumber, quantity: 7 },
      { lot: 'X' as LotNumber, quantity: 1 },
      { lot: 'Y' as LotNumber, quantity: 2, expiresOn: today },
    ]
    expect(lotDifferences(expected as never, found)).toEqual([
      { lot: 'B', quantity: 2 },
      { lot: 'C', quantity: -5 },
      { lot: 'X', quantity: 1 },
      { lot: 'Y', quantity: 2, expiresOn: today },
    ])
  })
})

describe('the records of what is promised', () => {
  const held = {
    id: 'r1' as ReservationId,
    owner: 'cart',
    lines: [],
    heldAt: at(0),
    expiresAt: at(5),
  }

  it('RS1 tell what became of a hold', () => {
    const hold = reservationKind.evolve(undefined, { type: 'StockHeld', ...held })
    expect(hold).toEqual({ ...held, status: 'held' })
    expect(reservationKind.evolve(hold, { type: 'HoldExtended', expiresAt: at(9) }).expiresAt).toBe(at(9))
    const committed = reservationKind.evolve(hold, { type: 'HoldCommitted', order: 'o1' as OrderId })
    expect(committed).toEqual({ ...hold, status: 'committed', order: 'o1' })
    expect(reservationKind.evolve(committed, { type: 'ReservationShipped' }).status).toBe('shipped')
    expect(reservationKind.evolve(committed, { type: 'ReservationCanceled' }).status).toBe('canceled')
    expect(reservationKind.evolve(hold, { type: 'HoldReleased', reason: 'left' })).toEqual({
      ...hold,
      status: 'released',
      releasedBecause: 'left',
    })
    expect(reservationKind.evolve(hold, { type: 'HoldExpired' })).toMatchObject({
      status: 'expired',
      releasedBecause: 'expired',
    })
    expect(reservationKind.entries(hold)).toEqual({ status: 'held', owner: 'cart', expiresAt: at(5) })
  })

  it('F46 remember who wants to hear of goods until they are told', () => {
    const wish = { sku: 'mug' as Sku, location: 'main' as LocationId, party: 'p1' as PartyId, since: at(0) }
    const waiting = backInStockKind.evolve(undefined, { type: 'BackInStockAwaited', ...wish })
    expect(waiting).toEqual({ ...wish, status: 'waiting' })
    expect(backInStockKind.entries(waiting)).toMatchObject({ party: 'p1', status: 'waiting', since: at(0) })
    expect(backInStockKind.entries(waiting)).toHaveProperty('waitingFor')
    const told = backInStockKind.evolve(waiting, { type: 'BackInStockTold' })
    expect(told).toEqual({ ...wish, status: 'told' })
    expect(backInStockKind.entries(told)).toEqual({ party: 'p1', status: 'told', since: at(0) })
  })

  it('find a level by its SKU and place, and by its reorder rule where it has one', () => {
    const plain = { sku: 'mug', location: 'main' } as StockLevel
    const rule = { point: 3, vendor: 'v1' as PartyId }
    const level = stockKind.evolve(plain, { type: 'ReorderRuleSet', rule })
    expect(stockKind.entries(level)).toEqual({
      sku: 'mug',
      location: 'main',
      reorder: 'covered',
      vendor: 'v1',
    })
    const due = stockKind.evolve(level, { type: 'RestockDue', position: 3, point: 3 })
    expect(stockKind.entries(due)).toMatchObject({ reorder: 'due' })
    const removed = stockKind.evolve(due, { type: 'ReorderRuleRemoved' })
    expect(stockKind.entries(removed)).toEqual({ sku: 'mug', location: 'main' })
    expect(removed).not.toHaveProperty('reorder')
    const other = stockKind.evolve(level, { type: 'ReorderRuleSet', rule: { point: 3 } })
    expect(stockKind.entries(other)).toEqual({ sku: 'mug', location: 'main', reorder: 'covered' })
  })

  it('keep thresholds only where they are set', () => {
    const level = { sku: 'mug', location: 'main' } as StockLevel
    const keepBack = { channels: [{ channel: 'web', quantity: 1 }], customerClasses: [] }
    const set = stockKind.evolve(level, { type: 'StockThresholdsSet', lowStock: 2, keepBack } as never)
    expect(set).toMatchObject({ lowStock: 2, keepBack })
    const kept = stockKind.evolve(set, { type: 'StockThresholdsSet', lowStock: 1 })
    expect(kept).toMatchObject({ lowStock: 1, keepBack })
    const nothing = { channels: [], customerClasses: [] }
    const gone = stockKind.evolve(kept, { type: 'StockThresholdsSet', lowStock: 0, keepBack: nothing })
    expect(gone).not.toHaveProperty('lowStock')
    expect(gone).not.toHaveProperty('keepBack')
  })
})
