import { describe, expect, it } from 'vitest'
import type { StockEvent } from '../../../src/core/inventory/stock-level.js'
import { holdingCost, valueAtCost } from '../../../src/core/replenishment/holding-cost.js'
import { countStock } from '../../../src/core/replenishment/stock-figures.js'
import { stockHealth } from '../../../src/core/replenishment/stock-health.js'
import { classifyByValue } from '../../../src/core/replenishment/value-classes.js'
import { currencyCode } from '../../../src/core/money/currency.js'
import { piece } from '../../../src/core/catalog/quantity.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const day = (text: string) => text as LocalDate
const source = { kind: 'receipt', id: 'r' }
const received = (quantity: number): StockEvent => ({ type: 'StockReceived', quantity, source })
const shipped = (quantity: number): StockEvent => ({ type: 'StockShipped', quantity, source })
const adjusted = (quantity: number): StockEvent => ({
  type: 'StockAdjusted',
  quantity,
  source,
  reason: 'counted',
})
const promised = (quantity: number, backordered?: number): StockEvent => ({
  type: 'StockReserved',
  quantity,
  source,
  ...(backordered !== undefined && { backordered }),
})

const counted = (from: string, to: string, movements: readonly (readonly [string, StockEvent])[]) => {
  const counter = countStock(day(from), day(to))
  for (const [on, event] of movements) counter.take(day(on), event)
  return counter.figures()
}

const usual = { slowAfterDays: 90, deadAfterDays: 180 }

describe('movements of a level', () => {
  it('count what is transferred, scrapped and found as there or gone, and not as bought or sold', () => {
    const scrapped: StockEvent = { type: 'StockScrapped', quantity: 1, source, reason: 'broken' }
    const transferred = (
      type: 'StockTransferredIn' | 'StockTransferredOut',
      quantity: number,
    ): StockEvent => ({
      type,
      quantity,
      source,
    })
    expect(
      counted('2026-03-01', '2026-03-04', [
        ['2026-03-01', transferred('StockTransferredIn', 10)],
        ['2026-03-02', transferred('StockTransferredOut', 4)],
        ['2026-03-03', scrapped],
        ['2026-03-04', adjusted(2)],
        ['2026-03-04', adjusted(-3)],
      ]),
    ).toMatchObject({
      opening: 0,
      closing: 4,
      received: 0,
      shipped: 0,
      unitDays: 25n,
      oldestSince: '2026-03-01',
    })
  })

  it('are forgotten when their goods have left, without a change of the figures', () => {
    const daily = Array.from({ length: 2_500 }, (): (readonly [string, StockEvent])[] => [
      ['2026-03-01', received(1)],
      ['2026-03-02', shipped(1)],
    ])
    const figures = counted('2026-03-01', '2026-03-03', [...daily.flat(), ['2026-03-02', received(2)]])
    expect(figures).toMatchObject({
      closing: 2,
      shipped: 2_500,
      oldestSince: '2026-03-02',
      averageAgeDays: 1,
    })
  })
})

describe('stock over a span of days', () => {
  const figures = counted('2026-03-01', '2026-03-10', [
    ['2026-02-01', received(100)],
    ['2026-02-20', shipped(20)],
    ['2026-03-03', shipped(30)],
    ['2026-03-03', received(10)],
    ['2026-03-08', adjusted(-10)],
    ['2026-03-11', shipped(50)],
  ])

  it('M57 sums what is on hand at the end of each day, both ends included', () => {
    // Two days of 80, five of 60, three of 50.
    expect(figures).toMatchObject({
      days: 10,
      opening: 80,
      closing: 50,
      shipped: 30,
      received: 10,
      unitDays: 610n,
    })
  })

  it('M57 M58 M145 gives turnover and the days that the stock lasts', () => {
    const health = stockHealth(figures, day('2026-03-10'), usual)
    expect(health.averageOnHand).toBe(61)
    expect(health.turnover).toBeCloseTo(30 / 61, 12)
    expect(health.turnoverPerYear).toBeCloseTo((30 / 61) * 36.5, 12)
    expect(health.daysOfInventory).toBeCloseTo((61 / 30) * 10, 12)
  })

  it('F165 knows how long what is left has been here, the first in having left first', () => {
    // 100 of February less 60: 40 since 1 February, and 10 since 3 March.
    expect(figures.oldestSince).toBe('2026-02-01')
    expect(figures.averageAgeDays).toBeCloseTo((40 * 37 + 10 * 7) / 50, 12)
  })

  it('M56 calls slow and dead what has not left for so long, and nothing that has only just come', () => {
    const at = (to: string, movements: readonly (readonly [string, StockEvent])[]) =>
      stockHealth(counted('2026-01-01', to, movements), day(to), usual).movement
    const one = [['2026-01-01', received(5)]] as const
    expect(at('2026-03-31', one)).toBe('moving')
    expect(at('2026-04-01', one)).toBe('slow')
    expect(at('2026-06-30', one)).toBe('dead')
    expect(at('2026-06-30', [...one, ['2026-06-01', shipped(1)]])).toBe('moving')
    expect(at('2026-06-30', [...one, ['2026-06-01', shipped(5)]])).toBe('empty')
  })

  it('F168 fills from stock what had goods when it was promised', () => {
    const {
      promised: all,
      promisedFromStock,
      ...rest
    } = counted('2026-03-01', '2026-03-31', [
      ['2026-02-01', promised(9, 9)],
      ['2026-03-02', promised(6)],
      ['2026-03-03', promised(4, 3)],
    ])
    expect([all, promisedFromStock]).toEqual([10, 7])
    expect(
      stockHealth({ ...rest, promised: all, promisedFromStock }, day('2026-03-31'), usual).fillRate,
    ).toBe(0.7)
  })

  it('says nothing of what it would have to divide by nothing', () => {
    const health = stockHealth(counted('2026-03-01', '2026-03-01', []), day('2026-03-01'), usual)
    expect(health).toEqual({ movement: 'empty', idleDays: 0, averageOnHand: 0 })
  })
})

describe('stock in money', () => {
  const cost = { amount: '12.3456', currency: currencyCode('EUR') }

  it('M59 is exact until it is rounded once', () => {
    expect(valueAtCost(3n, 1n, cost, piece)).toEqual({ amount: '37.04', currency: 'EUR' })
    expect(valueAtCost(610n, 10n, cost, piece)).toEqual({ amount: '753.08', currency: 'EUR' })
    expect(valueAtCost(1_500n, 1n, cost, { code: 'KGM', digits: 3 })).toEqual({
      amount: '18.52',
      currency: 'EUR',
    })
    expect(valueAtCost(1n, 1n, { ...cost, per: 100 }, piece)).toEqual({ amount: '0.12', currency: 'EUR' })
  })

  it('M59 costs a yearly percentage of the value for each day', () => {
    // 100 pieces at 10.00 for 365 days at 25 percent: 250.00
    const ten = { amount: '10.00', currency: currencyCode('EUR') }
    expect(holdingCost(36_500n, ten, piece, '25')).toEqual({ amount: '250.00', currency: 'EUR' })
    expect(holdingCost(36_500n, ten, piece, '0')).toEqual({ amount: '0.00', currency: 'EUR' })
  })
})

describe('ABC classes', () => {
  // Heizer, Render, Munson: Operations Management, chapter 12, example 1 (Silicon Chips), in cents.
  const chips: readonly (readonly [string, bigint])[] = [
    ['#12760', 2_635_000n],
    ['#10286', 9_000_000n],
    ['#11526', 7_700_000n],
    ['#10867', 1_500_100n],
    ['#10500', 1_250_000n],
    ['#12572', 850_200n],
    ['#14075', 120_000n],
    ['#01036', 85_000n],
    ['#01307', 50_400n],
    ['#10572', 15_000n],
  ]

  const classes = (bounds?: { readonly a: string; readonly b: string }) =>
    classifyByValue(
      chips,
      ([, value]) => value,
      ([name]) => name,
      bounds,
    )

  it('F165 sorts the chips as the book does: two make 72 percent, three 23, five the rest', () => {
    const sorted = classes({ a: '80', b: '96' })
    expect(sorted.map((one) => [one.item[0], one.class])).toEqual([
      ['#10286', 'A'],
      ['#11526', 'A'],
      ['#12760', 'B'],
      ['#10867', 'B'],
      ['#10500', 'B'],
      ['#12572', 'C'],
      ['#14075', 'C'],
      ['#01036', 'C'],
      ['#01307', 'C'],
      ['#10572', 'C'],
    ])
    expect(sorted[1]?.cumulativePercent).toBe('71.96')
    expect(sorted.at(-1)?.cumulativePercent).toBe('100.00')
  })

  it('has the largest in A however large it is, and all in C without any value', () => {
    const one = classifyByValue([5n], (value) => value, String)
    expect(one).toEqual([{ item: 5n, class: 'A', cumulativePercent: '100.00' }])
    expect(classifyByValue([0n, 0n], (value) => value, String).map((item) => item.class)).toEqual(['C', 'C'])
  })
})
