import { describe, expect, it } from 'vitest'
import { piece } from '../../../src/core/catalog/quantity.js'
import type { LocationId, Sku, StockCountId } from '../../../src/core/ids/ids.js'
import { decideStockCount, variancesOf } from '../../../src/core/inventory/stock-count-decider.js'
import {
  stockCountKind,
  type StockCount,
  type StockCountEvent,
} from '../../../src/core/inventory/stock-count.js'

const by = { kind: 'user', id: 'ada' } as const
const [a, b] = ['A', 'B'] as Sku[] as [Sku, Sku]
const line = (sku: string, counted: number, expected: number) => ({ sku: sku as Sku, counted, expected })
const opened: StockCountEvent = {
  type: 'StockCountOpened',
  id: 'count' as StockCountId,
  location: 'main' as LocationId,
  lines: [
    { sku: a, unit: piece },
    { sku: b, unit: piece },
  ],
  tolerancePercent: '0',
}
const after = (...events: readonly StockCountEvent[]): StockCount =>
  [opened, ...events].reduce(
    (known: StockCount | undefined, event) => stockCountKind.evolve(known, event),
    undefined,
  ) as StockCount

describe('a count', () => {
  const half = after({ type: 'StockCounted', lines: [line('A', 4, 5)], by })

  it('F42 keeps what was counted, line by line, and differs only where it was', () => {
    expect(half.lines).toEqual([
      { sku: 'A', unit: piece, found: { counted: 4, expected: 5, by } },
      { sku: 'B', unit: piece },
    ])
    expect(variancesOf(half).map(({ line: { sku }, quantity }) => [sku, quantity])).toEqual([['A', -1]])
  })

  it('F42 is not handed in before every line is counted', () => {
    expect(decideStockCount(half, { type: 'SubmitCount' })).toMatchObject({
      error: { code: 'count_incomplete', details: { missing: ['B'] } },
    })
  })

  it('F42 is handed in once, and then counted no more', () => {
    const full = after({ type: 'StockCounted', lines: [line('A', 4, 5), line('B', 2, 2)], by })
    const submitted = decideStockCount(full, { type: 'SubmitCount' })
    if (!submitted.ok) throw new Error(submitted.error.code)
    const waiting = submitted.value.reduce<StockCount>(
      (known, event) => stockCountKind.evolve(known, event),
      full,
    )
    for (const command of [
      { type: 'SubmitCount' },
      { type: 'CountStock', lines: [line('A', 5, 5)], by },
    ] as const)
      expect(decideStockCount(waiting, command)).toMatchObject({
        error: { code: 'invalid_state', details: { status: waiting.status } },
      })
  })

  it('F42 refuses what it was not opened for', () => {
    expect(decideStockCount(half, { type: 'CountStock', lines: [line('C', 1, 1)], by })).toMatchObject({
      error: { code: 'unknown_line', details: { sku: 'C' } },
    })
  })
})
