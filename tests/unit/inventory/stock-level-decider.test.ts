import { scenarioFor } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { largestQuantity } from '../../../src/core/catalog/quantity.js'
import { decideStock } from '../../../src/core/inventory/stock-level-decider.js'
import { availableOf, stockKind, type StockEvent } from '../../../src/core/inventory/stock-level.js'
import type { LocationId, Sku } from '../../../src/core/ids/ids.js'

const { given } = scenarioFor(stockKind, decideStock)
const source = { kind: 'order', id: 'O-1' }
const opened: StockEvent = { type: 'StockLevelOpened', sku: 'A' as Sku, location: 'main' as LocationId }
const received = (quantity: number): StockEvent => ({ type: 'StockReceived', quantity, source })
const reserved = (quantity: number): StockEvent => ({ type: 'StockReserved', quantity, source })
const configured = (safetyStock: number, backorderAllowance: number): StockEvent => ({
  type: 'StockLevelConfigured',
  safetyStock,
  backorderAllowance,
})
const adjust = (quantity: number) => ({ type: 'AdjustStock', quantity, source, reason: 'counted' }) as const

const thrownBy = (call: () => unknown): string => {
  try {
    call()
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing thrown'
}

describe('a stock level', () => {
  it('ST4 has available what is on hand less what is kept back or promised', () => {
    const level = [opened, received(10), configured(2, 5), reserved(4)].reduce<
      Parameters<typeof stockKind.evolve>[0]
    >((state, event) => stockKind.evolve(state, event), undefined)
    expect(level).toMatchObject({ onHand: 10, reserved: 4, safetyStock: 2, backorderAllowance: 5 })
    expect(level === undefined ? 0 : availableOf({ ...level, quarantined: 1 })).toBe(8)
  })

  it('ST9 is never lowered below what is promised', () => {
    given([opened, received(10), reserved(6)])
      .when(adjust(-5))
      .thenRefused('stock_below_reserved', { reserved: 6, onHand: 10 })
    given([opened, received(10), reserved(6)])
      .when(adjust(-4))
      .then([{ type: 'StockAdjusted', quantity: -4, source, reason: 'counted' }])
  })

  it('ST9 takes goods from no promise, however much may be promised beyond them', () => {
    const promised: StockEvent = { type: 'StockReserved', quantity: 5, source, backordered: 3 }
    given([opened, received(2), configured(0, 4), promised])
      .when(adjust(-1))
      .thenRefused('stock_below_reserved')
    given([opened, received(3), configured(0, 4), promised])
      .when(adjust(-1))
      .then([{ type: 'StockAdjusted', quantity: -1, source, reason: 'counted' }])
    given([opened, received(2), configured(0, 3), promised])
      .when({ type: 'ConfigureStock', safetyStock: 0, backorderAllowance: 2 })
      .thenRefused('stock_below_reserved')
  })

  it('F34 never has less than nothing on hand, whatever may be promised beyond it', () => {
    given([opened, received(2), configured(0, 100)])
      .when(adjust(-3))
      .thenRefused('quantity_exceeded', { wanted: 3, limit: 2 })
  })

  it('counts no further than numbers are exact', () => {
    given([opened, received(largestQuantity)])
      .when({ type: 'ReceiveStock', quantity: 1, source })
      .thenRefused('limit_exceeded', { limit: 'onHand', most: largestQuantity })
    given([opened, received(largestQuantity)])
      .when(adjust(1))
      .thenRefused('limit_exceeded')
  })

  it('throws rather than promise or release what it does not have: whoever asks has checked before', () => {
    const ask = (command: Parameters<typeof decideStock>[1]) =>
      thrownBy(() => given([opened, received(1), reserved(1)]).when(command))
    expect(ask({ type: 'ReserveStock', quantity: 1, source })).toContain('ST5')
    expect(ask({ type: 'ReleaseStock', quantity: 2, source, reason: 'x' })).toContain('ST3')
    expect(ask({ type: 'ShipStock', quantity: 2, source })).toContain('ST3')
  })

  it('refuses to ship what is promised but has not come in', () => {
    given([opened, received(1), configured(0, 1), reserved(2)])
      .when({ type: 'ShipStock', quantity: 2, source })
      .thenRefused('out_of_stock', {
        shortages: [{ sku: 'A', location: 'main', wanted: 2, available: 1 }],
      })
  })
})
