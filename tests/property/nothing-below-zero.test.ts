import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyCode, currencyDigits } from '../../src/core/money/currency.js'
import { formatDecimal } from '../../src/core/money/decimal-string.js'
import { documentTotals } from '../../src/core/totals/document-totals.js'
import { lineAmounts } from '../../src/core/totals/line-amounts.js'
import { adjustmentOf } from '../../src/core/totals/signed-adjustments.js'
import type { Adjustment, TotalsInput } from '../../src/core/totals/totals-input.js'
import { symmetricModes, treatmentArb } from '../support/totals-arbitrary.js'

const cases = { numRuns: 10_000 }

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

/** Discounts that take no more than there is: a fixed one of so many quarters, and percentages of no more than the rest together. */
const discountsArb = fc
  .record({
    quarters: fc.constantFrom(0, 0, 1, 2, 4),
    weights: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 9 }),
    charge: fc.option(fc.constantFrom('0.5', '10', '33.3'), { nil: undefined, freq: 1 }),
    fixedFirst: fc.boolean(),
  })
  .map(({ quarters, weights, charge, fixedFirst }) => (base: bigint): Adjustment[] => {
    const whole = weights.reduce((total, weight) => total + weight, 0)
    const percents = weights.map((weight): Adjustment => {
      const hundredths = Math.floor((weight * (4 - quarters) * 2_500) / whole)
      return { kind: 'discount', percent: formatDecimal(BigInt(hundredths), 2) }
    })
    const fixed: Adjustment[] =
      quarters === 0 ? [] : [{ kind: 'discount', amount: (base * BigInt(quarters)) / 4n }]
    const charges: Adjustment[] = charge === undefined ? [] : [{ kind: 'charge', percent: charge }]
    return fixedFirst ? [...fixed, ...charges, ...percents] : [...percents, ...charges, ...fixed]
  })

const lineArb = fc.record({
  price: fc.oneof(fc.bigInt({ min: 0n, max: 12n }), fc.bigInt({ min: 0n, max: 5_000n })),
  units: fc.bigInt({ min: 1n, max: 3n }),
  tax: treatmentArb,
  discounts: discountsArb,
})

const inputArb: fc.Arbitrary<TotalsInput> = fc
  .record({
    currency: fc.constantFrom('JPY', 'EUR', 'KWD').map((code) => currencyCode(code)),
    prices: fc.constantFrom('net', 'gross'),
    profile: fc.constantFrom('per_category', 'per_line'),
    rounding: fc.constantFrom(...symmetricModes),
    lines: fc.array(lineArb, { minLength: 1, maxLength: 4 }),
    discounts: discountsArb,
    freight: fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 500n }), treatmentArb), { maxLength: 2 }),
  })
  .map(({ lines: drawn, discounts, freight, ...rest }) => {
    const lines = drawn.map(({ price, units, tax, discounts: own }) => ({
      quantity: { baseUnits: units, digits: 0 },
      price: { amount: formatDecimal(price, currencyDigits(rest.currency)), currency: rest.currency },
      tax,
      adjustments: own(price * units),
    }))
    const amounts = lines.map(
      (line) => lineAmounts(line, currencyDigits(rest.currency), rest.rounding).amount,
    )
    return {
      ...rest,
      lines,
      adjustments: [
        ...discounts(sum(amounts)),
        ...freight.map(([amount, tax]) => ({ kind: 'charge' as const, amount, tax })),
      ],
    }
  })

describe('discounts that take no more than there is', () => {
  it('MO3 MO5 leave no line, no tax and no document below zero, however many there are, and each of a line is rounded once, up or down', () => {
    let overdrawnLines = 0
    let overdrawnDocuments = 0
    fc.assert(
      fc.property(inputArb, (input) => {
        const { lines, taxes, net } = documentTotals(input)
        lines.forEach(({ extended, adjustments, amount, net: own, shares }, index) => {
          const agreed = input.lines[index]?.adjustments ?? []
          strictEqual(amount >= 0n, true)
          strictEqual(own + sum(shares) >= 0n, true)
          strictEqual(
            agreed.every((each, at) => isRoundedOnce(each, extended, adjustments[at])),
            true,
          )
          if (isOverdrawn(extended, agreed, input)) overdrawnLines += 1
        })
        for (const { base, amounts } of taxes)
          strictEqual(
            [base, ...amounts].every((each) => each >= 0n),
            true,
          )
        strictEqual(net >= 0n, true)
        const spread = (input.adjustments ?? []).filter(({ tax }) => tax === undefined)
        if (isOverdrawn(sum(lines.map(({ amount }) => amount)), spread, input)) overdrawnDocuments += 1
      }),
      cases,
    )
    expect(overdrawnLines).toBeGreaterThan(1_000)
    expect(overdrawnDocuments).toBeGreaterThan(300)
  })
})

const isRoundedOnce = (adjustment: Adjustment, base: bigint, amount: bigint | undefined): boolean =>
  amount === adjustmentOf(adjustment, base, 'floor') || amount === adjustmentOf(adjustment, base, 'ceiling')

/** Whether each of them rounded by itself would take more than there is. */
const isOverdrawn = (base: bigint, adjustments: readonly Adjustment[], { rounding }: TotalsInput): boolean =>
  base + sum(adjustments.map((adjustment) => adjustmentOf(adjustment, base, rounding))) < 0n
