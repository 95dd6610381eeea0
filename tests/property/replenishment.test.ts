import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { availableToPromise, type DatedQuantity } from '../../src/core/replenishment/available-to-promise.js'
import { economicOrderQuantity } from '../../src/core/replenishment/economic-order-quantity.js'
import { orderable, quantityToOrder } from '../../src/core/replenishment/order-quantity.js'
import { reorderPoint } from '../../src/core/replenishment/reorder-point.js'
import type { LocalDate } from '../../src/core/time/local-date.js'

const days = [
  '2026-02-26',
  '2026-02-27',
  '2026-02-28',
  '2026-03-01',
  '2026-03-02',
  '2026-03-03',
] as LocalDate[]
const today = days[1] as LocalDate
const datedArbitrary = fc.record({ on: fc.constantFrom(...days), quantity: fc.integer({ min: 1, max: 2 }) })
const plansArbitrary = fc.record({
  onHand: fc.integer({ min: 0, max: 3 }),
  receipts: fc.array(datedArbitrary, { maxLength: 3 }),
  commitments: fc.array(datedArbitrary, { maxLength: 3 }),
})

const unitsOf = (entries: readonly DatedQuantity[]): readonly LocalDate[] =>
  entries
    .flatMap(({ on, quantity }) => Array.from({ length: quantity }, () => (on < today ? today : on)))
    .toSorted()

/** The day on which each committed unit is served when the first due gets the first there; a day after all days for never. */
const served = (supply: readonly LocalDate[], due: readonly LocalDate[]): readonly string[] =>
  due.map((day, index) => {
    const there = supply[index] ?? 'never'
    return there > day ? there : day
  })

/** Tries every choice of units that are there by `on`: is there one that leaves nobody who was promised something waiting for longer? */
const canPromise = (
  supply: readonly LocalDate[],
  due: readonly LocalDate[],
  on: LocalDate,
  quantity: number,
): boolean => {
  const before = served(supply, due)
  const choose = (from: number, wanted: number, taken: ReadonlySet<number>): boolean => {
    if (wanted === 0) {
      const rest = supply.filter((_day, index) => !taken.has(index))
      return served(rest, due).every((day, index) => day <= (before[index] ?? ''))
    }
    for (let index = from; index < supply.length && (supply[index] ?? '') <= on; index += 1) {
      if (choose(index + 1, wanted - 1, new Set([...taken, index]))) return true
    }
    return false
  }
  return choose(0, quantity, new Set())
}

describe('available to promise', () => {
  it('F32 is the most that keeps nobody waiting who was promised before (brute force over all units)', () => {
    fc.assert(
      fc.property(plansArbitrary, ({ onHand, receipts, commitments }) => {
        const supply = unitsOf([{ on: today, quantity: onHand }, ...receipts])
        const due = unitsOf(commitments)
        for (const { on, quantity } of availableToPromise({ today, onHand, receipts, commitments })) {
          strictEqual(canPromise(supply, due, on, quantity), true, `${quantity} on ${on}`)
          strictEqual(canPromise(supply, due, on, quantity + 1), false, `${quantity + 1} on ${on}`)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('F32 never falls from one day to the next and is never below zero', () => {
    fc.assert(
      fc.property(plansArbitrary, (plans) => {
        const quantities = availableToPromise({ today, ...plans }).map(({ quantity }) => quantity)
        expect(quantities).toEqual(quantities.toSorted((left, right) => left - right))
        strictEqual(
          quantities.every((quantity) => quantity >= 0),
          true,
        )
      }),
    )
  })
})

describe('what is ordered', () => {
  const rulesArbitrary = fc.record({
    minimum: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
    multiple: fc.option(fc.integer({ min: 1, max: 24 }), { nil: undefined }),
  })

  it('is enough, what the vendor sells, and the least such quantity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), rulesArbitrary, (wanted, rules) => {
        const quantity = orderable(wanted, rules)
        const sold = (candidate: number) =>
          candidate >= wanted && candidate >= (rules.minimum ?? 1) && candidate % (rules.multiple ?? 1) === 0
        strictEqual(sold(quantity), true)
        for (let less = quantity - 1; less >= wanted; less -= 1) strictEqual(sold(less), false)
      }),
    )
  })

  it('M41 lifts the position above the point, whatever the policy', () => {
    const policyArbitrary = fc.oneof(
      fc.record({
        kind: fc.constant('fixed' as const),
        point: fc.nat(100),
        orderQuantity: fc.integer({ min: 1, max: 60 }),
      }),
      fc
        .record({ point: fc.nat(100), above: fc.integer({ min: 1, max: 60 }) })
        .map(({ point, above }) => ({ kind: 'up_to' as const, point, upTo: point + above })),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: -100, max: 200 }),
        policyArbitrary,
        rulesArbitrary,
        (position, policy, rules) => {
          const quantity = quantityToOrder(position, policy, rules)
          if (position > policy.point) strictEqual(quantity, 0)
          else expect(position + quantity).toBeGreaterThan(policy.point)
        },
      ),
    )
  })

  it('the economic order quantity costs no more than one unit more or less', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.bigInt({ min: 1n, max: 100_000n }),
        fc.bigInt({ min: 1n, max: 100_000n }),
        (annualDemand, orderCostMinor, holdingCostMinor) => {
          const { baseUnits } = economicOrderQuantity({ annualDemand, orderCostMinor, holdingCostMinor })
          // Twice the yearly cost times the quantity, so that it stays a fraction of whole numbers.
          const cost = (quantity: bigint) => ({
            above: 2n * BigInt(annualDemand) * orderCostMinor + holdingCostMinor * quantity * quantity,
            below: quantity,
          })
          const cheaper = (one: ReturnType<typeof cost>, other: ReturnType<typeof cost>) =>
            one.above * other.below <= other.above * one.below
          const best = cost(BigInt(baseUnits))
          // The cost curve is steeper below its lowest point, so the nearest whole number may lose by less than one step to the next above.
          if (baseUnits > 1) strictEqual(cheaper(best, cost(BigInt(baseUnits) - 1n)), true)
          strictEqual(cheaper(best, cost(BigInt(baseUnits) + 2n)), true)
        },
      ),
    )
  })

  it('M43 rises with the service level', () => {
    const varying = fc.record({
      mean: fc.double({ min: 0, max: 1e4, noNaN: true }),
      deviation: fc.double({ min: 0, max: 1e3, noNaN: true }),
    })
    fc.assert(
      fc.property(varying, varying, (dailyDemand, leadTimeDays) => {
        const at = (serviceLevel: number) =>
          reorderPoint({ dailyDemand, leadTimeDays, serviceLevel }).baseUnits
        expect(at(0.99)).toBeGreaterThanOrEqual(at(0.9))
        expect(at(0.5)).toBeGreaterThanOrEqual(Math.floor(dailyDemand.mean * leadTimeDays.mean))
        strictEqual(Number.isSafeInteger(at(0.99)), true)
      }),
    )
  })
})
