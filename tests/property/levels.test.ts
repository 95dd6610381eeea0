import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reservation } from '../../src/core/inventory/reservation.js'
import type { StockEvent, StockLevel } from '../../src/core/inventory/stock-level.js'
import { onTheWay, type Transfer } from '../../src/core/inventory/transfer.js'
import type { Order } from '../../src/core/orders/order.js'
import { plantDrift } from '../support/plant-drift.js'
import { moveArbitrary, openTrade, playInTurn, skus, type Trade } from '../support/random-trade.js'
import { movementsOf } from '../support/stock-movements.js'
import { statesOf } from '../support/trade-checks.js'

/** Mostly what moves stock, so that a short trade moves much of it. */
const stockMoves = [
  'planTransfer',
  'shipTransfer',
  'receiveTransfer',
  'quarantine',
  'scrap',
  'adjust',
  'receive',
  'openCount',
  'recordCount',
  'submitCount',
  'approveCount',
  'hold',
  'placeHeld',
  'place',
  'cancel',
  'expect',
  'receiveExpected',
] as const
const moveOfStock = fc
  .tuple(moveArbitrary, fc.constantFrom(...stockMoves), fc.boolean())
  .map(([move, command, isOfStock]) => (isOfStock ? { ...move, command } : move))
const trade = fc.array(moveOfStock, { minLength: 1, maxLength: 40, size: 'max' })
const runs = { numRuns: 25 }

const levelId = ({ location, sku }: StockLevel) => `${location}/${sku}`
const levelsOf = ({ storage }: Trade) => statesOf<StockLevel>(storage, 'stock')
const audit = ({ oms }: Trade, { sku, location }: StockLevel) =>
  oms.orThrow.inventory.audit({ sku, location })

/** What a movement adds to what is on hand; ST1 names them all. */
const addedBy = (event: StockEvent): number => {
  switch (event.type) {
    case 'StockReceived':
    case 'StockAdjusted':
    case 'StockTransferredIn':
      return event.quantity
    case 'StockShipped':
    case 'StockScrapped':
    case 'StockTransferredOut':
      return -event.quantity
    default:
      return 0
  }
}

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0)

describe('stock levels in any trade', () => {
  it('ST1 ST3 have on hand what came less what went, and never less than nothing of anything', async () => {
    await fc.assert(
      fc.asyncProperty(trade, async (moves) => {
        const opened = await openTrade()
        await playInTurn(opened, moves)
        for (const level of await levelsOf(opened)) {
          const movements = await movementsOf(opened.storage, levelId(level))
          strictEqual(level.onHand, sumOf(movements, addedBy), `ST1 ${levelId(level)}`)
          expect(level.quarantined, 'F41').toBeGreaterThanOrEqual(0)
          expect(level.quarantined, 'F41').toBeLessThanOrEqual(level.onHand)
          expect(level.incoming, 'ST8').toBeGreaterThanOrEqual(0)
        }
      }),
      runs,
    )
  })

  it('ST8 conserve goods in transfers: what left one location is at the other, on the way, or booked as missing', async () => {
    await fc.assert(
      fc.asyncProperty(trade, async (moves) => {
        const opened = await openTrade()
        await playInTurn(opened, moves)
        const levels = await levelsOf(opened)
        const transfers = await statesOf<Transfer>(opened.storage, 'transfer')
        const isAway = ({ status }: Transfer) => status === 'shipped' || status === 'partially_received'
        for (const sku of skus) {
          const ofSku = levels.filter((level) => level.sku === sku)
          const histories = await Promise.all(
            ofSku.map((level) => movementsOf(opened.storage, levelId(level))),
          )
          const movements = histories.flat()
          const moved = (type: StockEvent['type'], ofTransfer = false) =>
            sumOf(movements, (event) =>
              event.type === type && (!ofTransfer || ('source' in event && event.source.kind === 'transfer'))
                ? (event as { readonly quantity: number }).quantity
                : 0,
            )
          const onRoad = sumOf(transfers.filter(isAway), ({ lines }) =>
            sumOf(lines, (line) => (line.sku === sku ? onTheWay(line) : 0)),
          )
          const missing = moved('StockNoLongerExpected', true)
          strictEqual(moved('StockTransferredOut'), moved('StockTransferredIn') + onRoad + missing, 'ST8')
          strictEqual(
            moved('StockExpected', true) - moved('StockTransferredIn') - missing,
            onRoad,
            'ST8 once',
          )
        }
      }),
      runs,
    )
  })

  it('ST4 say in a shop window exactly what can be ordered', async () => {
    await fc.assert(
      fc.asyncProperty(trade, fc.constantFrom('web', 'marketplace'), async (moves, channel) => {
        const opened = await openTrade()
        await playInTurn(opened, moves)
        const { inventory } = opened.oms.orThrow
        const { items } = await inventory.availability({ skus: [...skus], channel, locations: ['main'] })
        for (const { sku, availableNow, availableAhead, status } of items) {
          const wanted = Number(availableNow)
          const place = (quantity: number, whenShort: 'refuse' | 'backorder') =>
            opened.oms.orders.place(
              { channel, currency: 'EUR', lines: [{ sku, quantity }], whenShort },
              { idempotencyKey: `${sku} ${quantity} ${whenShort}` },
            )
          expect(await place(wanted + 1, 'refuse'), sku).toMatchObject({ error: { code: 'out_of_stock' } })
          const most = wanted + Number(availableAhead)
          expect(await place(most + 1, 'backorder'), sku).toMatchObject({ error: { code: 'out_of_stock' } })
          strictEqual(status === 'in_stock' || status === 'low', wanted > 0, sku)
          strictEqual(status === 'out_of_stock', most === 0, sku)
          if (most > 0) expect(await place(most, 'backorder'), sku).toMatchObject({ ok: true })
        }
      }),
      runs,
    )
  })
})

describe('the audit of stock', () => {
  it('F55 gives no alarm in a healthy store, whatever was traded', async () => {
    await fc.assert(
      fc.asyncProperty(trade, async (moves) => {
        const opened = await openTrade()
        await playInTurn(opened, moves)
        for (const level of await levelsOf(opened)) {
          const report = await audit(opened, level)
          expect([report.findings, report.unsettled, report.agrees], levelId(level)).toEqual([[], [], true])
        }
      }),
      runs,
    )
  })

  it('F55 gives no alarm while the trade goes on', async () => {
    await fc.assert(
      fc.asyncProperty(trade, async (moves) => {
        const opened = await openTrade()
        const levels = await levelsOf(opened)
        const answers = moves.map((move, turn) => opened.play(move, `turn-${turn}`))
        const reports = await Promise.all(levels.map((level) => audit(opened, level)))
        await Promise.all(answers)
        for (const { sku, findings } of reports) expect(findings, sku).toEqual([])
      }),
      runs,
    )
  })

  it('F55 finds whatever is planted in a level or behind it, and puts it right or says why not', async () => {
    const found = new Set<string>()
    await fc.assert(
      fc.asyncProperty(trade, drifts, async (moves, plant) => {
        const opened = await openTrade()
        await playInTurn(opened, moves)
        const planted = await plant(opened)
        if (planted === undefined) return
        found.add(planted.kind)
        const { sku, location } = planted.level
        const report = await audit(opened, planted.level)
        expect(report.findings.length, planted.kind).toBeGreaterThan(0)
        const answer = await opened.oms.inventory.compensate(
          { sku, location, reason: 'audit' },
          { idempotencyKey: 'compensation' },
        )
        if (report.proposal?.withoutGoods !== 0) {
          expect(answer, planted.kind).toMatchObject({ error: { code: 'stock_below_reserved' } })
          return
        }
        expect(answer, planted.kind).toMatchObject({ ok: true })
        expect((await audit(opened, planted.level)).findings, planted.kind).toEqual([])
        const verified = await opened.oms.orThrow.verifyAudit({ kind: 'stock', id: levelId(planted.level) })
        strictEqual(verified.intact, true, planted.kind)
      }),
      { numRuns: 80 },
    )
    expect([...found].toSorted()).toEqual([...driftKinds].toSorted())
  })
})

interface Planted {
  readonly kind: (typeof driftKinds)[number]
  readonly level: StockLevel
}

type Plant = (opened: Trade) => Promise<Planted | undefined>

const driftKinds = [
  'onHand',
  'reserved',
  'quarantined',
  'incoming',
  'safetyStock',
  'backorderAllowance',
  'order',
  'hold',
  'transfer',
] as const

/** Somebody writes over a figure of a level, upwards, so that no wall of the store stops it. */
const overFigure =
  (
    figure: 'onHand' | 'reserved' | 'quarantined' | 'incoming' | 'safetyStock' | 'backorderAllowance',
  ): Plant =>
  async (opened) => {
    const levels = await levelsOf(opened)
    const level = levels.find(
      (candidate) =>
        figure !== 'reserved' || candidate.reserved < candidate.onHand + candidate.backorderAllowance,
    )
    if (level === undefined) return undefined
    await plantDrift<StockLevel>(opened.storage, 'stock', levelId(level), (state) => ({
      ...state,
      [figure]: state[figure] + 1,
    }))
    return { kind: figure, level }
  }

/** A document that says something else than was booked for it. */
const inOrder: Plant = async (opened) => {
  const orders = await statesOf<Order>(opened.storage, 'order')
  const order = orders.find(
    ({ status, lines }) =>
      (status === 'placed' || status === 'confirmed') &&
      lines.some(
        ({ allocated, components, stocked }) => allocated > 0 && (components ?? stocked) === undefined,
      ),
  )
  const line = order?.lines.find(
    ({ allocated, components, stocked }) => allocated > 0 && (components ?? stocked) === undefined,
  )
  if (order === undefined || line === undefined) return undefined
  await plantDrift<Order>(opened.storage, 'order', order.id, (state) => ({
    ...state,
    lines: state.lines.map((other) =>
      other.id === line.id
        ? { ...other, allocated: other.allocated - 1, canceled: other.canceled + 1 }
        : other,
    ),
  }))
  return planted(opened, 'order', line)
}

const inHold: Plant = async (opened) => {
  const holds = await statesOf<Reservation>(opened.storage, 'reservation')
  const hold = holds.find(({ status }) => status === 'held')
  const [line] = hold?.lines ?? []
  if (hold === undefined || line === undefined) return undefined
  await plantDrift<Reservation>(opened.storage, 'reservation', hold.id, (state) => ({
    ...state,
    status: 'expired',
  }))
  return planted(opened, 'hold', line)
}

const inTransfer: Plant = async (opened) => {
  const transfers = await statesOf<Transfer>(opened.storage, 'transfer')
  const transfer = transfers.find(({ status }) => status === 'shipped')
  const [line] = transfer?.lines ?? []
  if (transfer === undefined || line === undefined) return undefined
  await plantDrift<Transfer>(opened.storage, 'transfer', transfer.id, (state) => ({
    ...state,
    status: 'received',
  }))
  return planted(opened, 'transfer', { sku: line.sku, location: transfer.to })
}

const planted = async (
  opened: Trade,
  kind: Planted['kind'],
  place: Pick<StockLevel, 'sku' | 'location'>,
): Promise<Planted | undefined> => {
  const level = (await levelsOf(opened)).find(
    ({ sku, location }) => sku === place.sku && location === place.location,
  )
  return level === undefined ? undefined : { kind, level }
}

const drifts = fc.constantFrom<Plant>(
  overFigure('onHand'),
  overFigure('reserved'),
  overFigure('quarantined'),
  overFigure('incoming'),
  overFigure('safetyStock'),
  overFigure('backorderAllowance'),
  inOrder,
  inHold,
  inTransfer,
)
