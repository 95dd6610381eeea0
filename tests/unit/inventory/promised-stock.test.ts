import { describe, expect, it } from 'vitest'
import type { LocationId, PartyId, Sku } from '../../../src/core/ids/ids.js'
import {
  backedOf,
  fillableOf,
  followingEvents,
  lackingFor,
  owedWithoutAllowance,
  promisedOf,
  usableOf,
} from '../../../src/core/inventory/promised-stock.js'
import { inventoryPosition, reorderAfter } from '../../../src/core/inventory/reorder-rule.js'
import type { StockLevel } from '../../../src/core/inventory/stock-level.js'

const level = (more: Partial<StockLevel> = {}): StockLevel => ({
  sku: 'mug' as Sku,
  location: 'main' as LocationId,
  onHand: 10,
  quarantined: 2,
  reserved: 5,
  safetyStock: 0,
  backorderAllowance: 0,
  incoming: 0,
  ...more,
})

describe('what is promised of a level', () => {
  it('ST9 has goods behind it up to what lies there and may leave', () => {
    const owing = level({ shorted: 3, backordered: 4 })
    expect(usableOf(owing)).toBe(8)
    expect(promisedOf(owing)).toBe(8)
    expect(backedOf(owing)).toBe(4)
    expect(backedOf(level())).toBe(5)
  })

  it('F57 leaves to those who wait what they have not been given yet', () => {
    expect(fillableOf(level())).toBe(0)
    expect(fillableOf(level({ backordered: 2 }))).toBe(2)
    expect(fillableOf(level({ reserved: 12, backordered: 5 }))).toBe(1)
    expect(fillableOf(level({ reserved: 20, backordered: 5 }))).toBe(0)
  })

  it('F57 lacks goods for a further promise beyond what nobody was promised', () => {
    expect(lackingFor(level(), 3)).toBe(0)
    expect(lackingFor(level(), 4)).toBe(1)
    expect(lackingFor(level({ shorted: 2 }), 3)).toBe(2)
    expect(lackingFor(level({ reserved: 9, shorted: 2 }), 3)).toBe(3)
  })

  it('is owed beside what is reserved where nothing could be promised beyond the goods', () => {
    expect(owedWithoutAllowance(level())).toBe(0)
    expect(owedWithoutAllowance(level({ reserved: 11 }))).toBe(3)
  })
})

describe('what follows from a movement', () => {
  it('ST3 moves what goods and allowance no longer cover beside what is reserved', () => {
    const before = level()
    expect(followingEvents(before, level({ reserved: 8 }))).toEqual([])
    expect(followingEvents(before, level({ reserved: 9 }))).toEqual([{ type: 'StockShorted', quantity: 1 }])
    expect(followingEvents(before, level({ reserved: 9, backorderAllowance: 1 }))).toEqual([])
  })

  it('ST3 moves it back as soon as they cover it', () => {
    const before = level({ shorted: 2 })
    expect(followingEvents(before, level({ shorted: 2, reserved: 8 }))).toEqual([])
    expect(followingEvents(before, level({ shorted: 2, reserved: 7 }))).toEqual([
      { type: 'ShortageCovered', quantity: 1 },
    ])
    expect(followingEvents(before, level({ shorted: 2 }))).toEqual([{ type: 'ShortageCovered', quantity: 2 }])
  })
})

describe('a reorder rule', () => {
  const rule = { point: 4, orderQuantity: 10, vendor: 'vendor' as PartyId }

  it('M39 is compared with all that is promised and all that is on its way', () => {
    expect(inventoryPosition(level())).toBe(3)
    expect(inventoryPosition(level({ shorted: 2 }))).toBe(1)
    expect(inventoryPosition(level({ incoming: 6 }))).toBe(9)
  })

  it('M39 is due from its crossing until it is covered, and stays so under another rule', () => {
    const set = reorderAfter(undefined, { type: 'ReorderRuleSet', rule })
    expect(set).toEqual({ ...rule, due: false })
    const due = reorderAfter(set, { type: 'RestockDue', position: 4, point: 4 })
    expect(due).toEqual({ ...rule, due: true })
    expect(reorderAfter(due, { type: 'ReorderRuleSet', rule: { point: 1 } })).toEqual({ point: 1, due: true })
    expect(reorderAfter(due, { type: 'RestockCovered', position: 5, point: 4 })).toEqual({
      ...rule,
      due: false,
    })
  })

  it('M39 is gone when it is removed, and nothing is due without one', () => {
    const set = reorderAfter(undefined, { type: 'ReorderRuleSet', rule })
    expect(reorderAfter(set, { type: 'ReorderRuleRemoved' })).toBeUndefined()
    expect(reorderAfter(undefined, { type: 'RestockDue', position: 1, point: 4 })).toBeUndefined()
    expect(reorderAfter(undefined, { type: 'RestockCovered', position: 9, point: 4 })).toBeUndefined()
  })
})
