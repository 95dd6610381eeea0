import { describe, expect, it } from 'vitest'
import { varyingOf } from '../../../src/core/replenishment/varying.js'
import { economicOrderQuantity } from '../../../src/core/replenishment/economic-order-quantity.js'
import { normalQuantile } from '../../../src/core/replenishment/normal-quantile.js'
import { orderable, quantityToOrder } from '../../../src/core/replenishment/order-quantity.js'
import { reorderPoint } from '../../../src/core/replenishment/reorder-point.js'
import { safetyStock } from '../../../src/core/replenishment/safety-stock.js'
import { wholeUnits } from '../../../src/core/replenishment/whole-units.js'

describe('the normal deviate of a service level', () => {
  // Wichura 1988 gives the first three to check an implementation; the rest stand in every table of the normal distribution.
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798408],
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.999, 3.090232306167813],
  ])('of %d is %d', (probability, deviate) => {
    expect(normalQuantile(probability)).toBeCloseTo(deviate, 13)
  })

  it.each([0, 1, -0.1, 1.1, Number.NaN])('refuses %d, which is no chance', (probability) => {
    expect(() => normalQuantile(probability)).toThrow(RangeError)
  })
})

describe('safety stock and reorder point', () => {
  // Heizer, Render, Munson: Operations Management, chapter on inventory, the examples for a probabilistic demand.
  it('M43 covers varying demand: 15 a day, deviation 5, two days, 90 %: 9 and 39', () => {
    const input = {
      dailyDemand: { mean: 15, deviation: 5 },
      leadTimeDays: { mean: 2, deviation: 0 },
      serviceLevel: 0.9,
    }
    expect(safetyStock(input).derivation.exact).toBeCloseTo(9.06, 2)
    expect(reorderPoint(input).derivation.exact).toBeCloseTo(39.06, 2)
    expect(reorderPoint(input).baseUnits).toBe(40)
  })

  it('M43 covers both: 150 a day, deviation 16, five days, deviation 1, 95 %: 254 and 1,004', () => {
    const input = {
      dailyDemand: { mean: 150, deviation: 16 },
      leadTimeDays: { mean: 5, deviation: 1 },
      serviceLevel: 0.95,
    }
    expect(safetyStock(input).baseUnits).toBe(254)
    expect(reorderPoint(input)).toMatchObject({
      baseUnits: 1_004,
      derivation: {
        formula: 'demand * leadTime + safetyStock',
        rounding: 'up',
        inputs: { serviceLevel: 0.95 },
      },
    })
  })

  it('M46 keeps nothing where nothing varies, and orders at once where there is no lead time', () => {
    const justInTime = {
      dailyDemand: { mean: 3, deviation: 2 },
      leadTimeDays: { mean: 0, deviation: 0 },
      serviceLevel: 0.99,
    }
    expect(reorderPoint(justInTime).baseUnits).toBe(0)
    const steady = {
      dailyDemand: { mean: 0.1, deviation: 0 },
      leadTimeDays: { mean: 30, deviation: 0 },
      serviceLevel: 0.99,
    }
    expect(reorderPoint(steady).baseUnits).toBe(3)
  })

  it('never asks for less than nothing', () => {
    const input = {
      dailyDemand: { mean: 1, deviation: 9 },
      leadTimeDays: { mean: 1, deviation: 0 },
      serviceLevel: 0.1,
    }
    expect(safetyStock(input).baseUnits).toBe(0)
  })

  it.each([-1, Number.NaN, Infinity])('refuses a lead time of %d', (mean) => {
    const input = {
      dailyDemand: { mean: 1, deviation: 0 },
      leadTimeDays: { mean, deviation: 0 },
      serviceLevel: 0.9,
    }
    expect(() => safetyStock(input)).toThrow('zero or more')
  })
})

describe('rounding to base units', () => {
  it('goes up, and takes what floats add to a whole number for nothing', () => {
    expect([0, 2, 2.0000000000000004, 2.01, 0.1 * 3 * 10, -1].map(wholeUnits)).toEqual([0, 2, 2, 3, 3, 0])
  })
})

describe('the economic order quantity', () => {
  // Heizer, Render, Munson: problem 12.7 (Cotteleer Electronics: 250 a year, $20, $1: 100) and the example Sharp ($10, $0.50: 200).
  it.each([
    { annualDemand: 250, orderCostMinor: 2_000n, holdingCostMinor: 100n, quantity: 100 },
    { annualDemand: 1_000, orderCostMinor: 1_000n, holdingCostMinor: 50n, quantity: 200 },
    { annualDemand: 4_800, orderCostMinor: 12_000n, holdingCostMinor: 3_500n, quantity: 181 },
    { annualDemand: 1, orderCostMinor: 1n, holdingCostMinor: 1_000_000n, quantity: 1 },
  ])('is $quantity for $annualDemand a year', ({ quantity, ...input }) => {
    expect(economicOrderQuantity(input).baseUnits).toBe(quantity)
  })

  it('takes a holding cost of so many base units: a gram costs less than a cent', () => {
    const kilogram = {
      annualDemand: 250_000,
      orderCostMinor: 2_000n,
      holdingCostMinor: 100n,
      holdingCostPer: 1_000,
    }
    expect(economicOrderQuantity(kilogram).baseUnits).toBe(100_000)
  })

  it('is exact where floats are not', () => {
    const { baseUnits } = economicOrderQuantity({
      annualDemand: 1_000_000_000_000_000,
      orderCostMinor: 50_000_000_000_000n,
      holdingCostMinor: 100_000_000_000n,
    })
    expect(baseUnits).toBe(1_000_000_000)
  })

  it('refuses costs and demand that cannot be', () => {
    const sound = { annualDemand: 1, orderCostMinor: 1n, holdingCostMinor: 1n }
    expect(() => economicOrderQuantity({ ...sound, annualDemand: 0 })).toThrow('above zero')
    expect(() => economicOrderQuantity({ ...sound, holdingCostMinor: 0n })).toThrow('holding something')
    expect(() => economicOrderQuantity({ ...sound, holdingCostPer: 0 })).toThrow('whole number of base units')
  })
})

describe('what a vendor sells', () => {
  it.each([
    [0, {}, 0],
    [-3, { minimum: 10 }, 0],
    [7, {}, 7],
    [7, { minimum: 10 }, 10],
    [7, { multiple: 6 }, 12],
    [7, { minimum: 20, multiple: 6 }, 24],
  ])('makes %d under %o into %d', (wanted, rules, quantity) => {
    expect(orderable(wanted, rules)).toBe(quantity)
  })

  it('M41 orders nothing above the point, and at it enough to rise above it', () => {
    const fixed = { kind: 'fixed', point: 10, orderQuantity: 5 } as const
    expect([11, 10, 6, 5, -3].map((position) => quantityToOrder(position, fixed))).toEqual([0, 5, 5, 10, 15])
  })

  it('M41 breaks off where what is ordered does not rise above the point', () => {
    const nothing = { kind: 'fixed', point: 10, orderQuantity: 0 } as const
    expect(() => quantityToOrder(5, nothing)).toThrow('M41 an order rises above its point')
  })

  it('M38 fills up to the maximum and no further', () => {
    const upTo = { kind: 'up_to', point: 10, upTo: 40 } as const
    expect([11, 10, 0, -5].map((position) => quantityToOrder(position, upTo))).toEqual([0, 30, 40, 45])
    expect(quantityToOrder(9, upTo, { multiple: 12 })).toBe(36)
  })
})

describe('a quantity that varies', () => {
  it('does not vary as long as there are fewer than two of it', () => {
    expect(varyingOf([])).toEqual({ mean: 0, deviation: 0 })
    expect(varyingOf([7])).toEqual({ mean: 7, deviation: 0 })
    expect(varyingOf([1, 3])).toEqual({ mean: 2, deviation: Math.SQRT2 })
  })
})
