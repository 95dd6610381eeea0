import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PreciseDecimal } from '../../src/core/money/decimal.js'
import type { RoundingMode } from '../../src/core/money/rounding.js'
import type { TaxTreatment } from '../../src/core/tax/tax-treatment.js'
import { documentTotals, type DocumentTotals, type TaxTotals } from '../../src/core/totals/document-totals.js'
import { partTotals, type PartTotals } from '../../src/core/totals/part-totals.js'
import { settleShares } from '../../src/core/totals/settle-shares.js'
import type { TotalsInput } from '../../src/core/totals/totals-input.js'
import { totalsInputArb } from '../support/totals-arbitrary.js'

const cases = { numRuns: 10_000 }

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

describe('the totals of a document', () => {
  it('MO3 add up: lines, discounts, charges and taxes come to what is due', () => {
    fc.assert(
      fc.property(totalsInputArb(), fc.bigInt({ min: 0n, max: 5_000n }), (document, prepaid) => {
        const input = { ...document, prepaid, cashRounding: { step: 5n, mode: 'half_up' as const } }
        const totals = documentTotals(input)
        strictEqual(totals.lineNet, sum(totals.lines.map(({ net }) => net)))
        strictEqual(totals.net, totals.lineNet - totals.discounts + totals.charges)
        strictEqual(totals.net, sum(totals.taxes.map(({ base }) => base)))
        strictEqual(totals.tax, sum(totals.taxes.flatMap(({ amounts }) => amounts)))
        strictEqual(totals.gross, totals.net + totals.tax)
        strictEqual(totals.due, totals.gross - prepaid + totals.rounding)
        strictEqual(totals.due % 5n, 0n)
        strictEqual(size(totals.rounding) <= 2n, true)
      }),
      cases,
    )
  })

  it('MO5 levy each tax once on the sum of its lines, as EN 16931 BR-CO-17 demands', () => {
    fc.assert(
      fc.property(totalsInputArb({ prices: 'net', profile: 'per_category' }), (input) => {
        for (const { treatment, base, amounts } of documentTotals(input).taxes) {
          expect(amounts).toEqual(taxesByDecimal(base, treatment, input.rounding))
        }
      }),
      cases,
    )
  })

  it('leave what customers were told, where prices contain the tax', () => {
    fc.assert(
      fc.property(totalsInputArb({ prices: 'gross', profile: 'per_category' }), (input) => {
        const withoutAdjustments = { ...input, adjustments: [] }
        const totals = documentTotals(withoutAdjustments)
        strictEqual(totals.gross, sum(totals.lines.map(({ amount }) => amount)))
      }),
      cases,
    )
  })

  it('spread discounts and charges over the lines without losing a cent', () => {
    fc.assert(
      fc.property(totalsInputArb(), (input) => {
        const totals = documentTotals(input)
        input.adjustments?.forEach((adjustment, index) => {
          const spread = sum(totals.lines.map(({ shares }) => shares[index] ?? 0n))
          const whole = sum(totals.adjustments.flatMap((one) => (one.index === index ? [one.amount] : [])))
          strictEqual(spread, adjustment.tax === undefined ? whole : 0n)
        })
      }),
      cases,
    )
  })

  it('do not depend on the order of the lines', () => {
    fc.assert(
      fc.property(totalsInputArb(), fc.infiniteStream(fc.nat()), (input, order) => {
        const shuffled = input.lines
          .map((line) => ({ line, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ line }) => line)
        const reordered = documentTotals({ ...input, adjustments: [], lines: shuffled })
        expect(sums(reordered)).toEqual(sums(documentTotals({ ...input, adjustments: [] })))
      }),
      cases,
    )
  })

  it('are mirrored by a document that takes everything back', () => {
    fc.assert(
      fc.property(totalsInputArb(), (input) => {
        const taken = documentTotals(mirrored(input))
        const given = documentTotals(input)
        expect(sums(taken)).toEqual(sums(given).map((amount) => -amount))
        expect(taken.taxes.map(({ amounts }) => amounts)).toEqual(
          given.taxes.map(({ amounts }) => amounts.map((amount) => -amount)),
        )
      }),
      cases,
    )
  })
})

describe('parts of a document', () => {
  it('OQ4 add up to it to the cent in any number and order, taxes and shares included', () => {
    fc.assert(
      fc.property(totalsInputArb(), fc.infiniteStream(fc.nat()), (input, choice) => {
        const totals = documentTotals(input)
        const parts = inParts(input, totals, () => choice.next().value ?? 0)
        for (const name of ['lineNet', 'discounts', 'charges', 'net', 'tax', 'gross'] as const) {
          strictEqual(sum(parts.map((part) => part[name])), totals[name])
        }
        for (const total of totals.taxes) {
          const taxes = parts.flatMap((part) => part.taxes.filter((one) => one.treatment === total.treatment))
          strictEqual(sum(taxes.map(({ base }) => base)), total.base)
          strictEqual(sum(taxes.map(({ tax }) => tax)), total.tax)
        }
        totals.lines.forEach((line, index) => {
          strictEqual(sum(parts.map((part) => part.lines[index]?.net ?? 0n)), line.net)
        })
      }),
      cases,
    )
  })

  it('MO3 each add up by themselves, and each of their taxes is within one minor unit of its own base', () => {
    fc.assert(
      fc.property(
        totalsInputArb({ prices: 'net', profile: 'per_category' }),
        fc.infiniteStream(fc.nat()),
        (input, choice) => {
          const totals = documentTotals(input)
          for (const part of inParts(input, totals, () => choice.next().value ?? 0)) {
            strictEqual(part.net, part.lineNet - part.discounts + part.charges)
            strictEqual(part.net, sum(part.taxes.map(({ base }) => base)))
            for (const tax of part.taxes) expectNearItsRate(tax, input.rounding)
          }
        },
      ),
      cases,
    )
  })
})

describe('shares', () => {
  it('MO4 add up to the total, each within one of its exact share, signs included', () => {
    const partsArb = fc.array(fc.bigInt({ min: -1_000n, max: 10_000n }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), partsArb, (total, parts) => {
        const whole = sum(parts)
        const shares = settleShares(total, parts, whole)
        strictEqual(sum(shares), total)
        if (whole === 0n) return
        shares.forEach((share, index) => {
          strictEqual(size(share * whole - total * (parts[index] ?? 0n)) < size(whole), true)
        })
        expect(settleShares(-total, parts, whole)).toEqual(shares.map((share) => -share))
      }),
      cases,
    )
  })
})

const sums = ({ lineNet, net, tax, gross }: DocumentTotals): readonly bigint[] => [lineNet, net, tax, gross]

const mirrored = (input: TotalsInput): TotalsInput => ({
  ...input,
  lines: input.lines.map((line) => ({
    ...line,
    quantity: { ...line.quantity, baseUnits: -line.quantity.baseUnits },
    adjustments: (line.adjustments ?? []).map((adjustment) =>
      'amount' in adjustment ? { ...adjustment, amount: -adjustment.amount } : adjustment,
    ),
  })),
  adjustments: (input.adjustments ?? []).map((adjustment) =>
    'amount' in adjustment ? { ...adjustment, amount: -adjustment.amount } : adjustment,
  ),
})

/** Steps of chosen size on chosen lines until all is done. */
const inParts = (input: TotalsInput, totals: DocumentTotals, choose: () => number): readonly PartTotals[] => {
  const whole = input.lines.map(({ quantity }) => quantity.baseUnits)
  const parts: PartTotals[] = []
  const ownTax = (['first', 'last', 'in_proportion'] as const)[choose() % 3] ?? 'first'
  let done = whole.map(() => 0n)
  while (done.some((quantity, index) => quantity !== whole[index])) {
    const isLast = parts.length === 6
    const next = done.map((quantity, index) => {
      const left = (whole[index] ?? 0n) - quantity
      return isLast ? quantity + left : quantity + (left * BigInt(choose() % 5)) / 4n
    })
    parts.push(partTotals(input, totals, done, next, { ownTax }))
    done = next
  }
  return parts
}

const expectNearItsRate = ({ treatment, base, amounts }: TaxTotals, mode: RoundingMode): void => {
  taxesByDecimal(base, treatment, mode).forEach((alone, index) => {
    // A compound tax also feels the unit by which the tax before it may be off.
    expect(size((amounts[index] ?? 0n) - alone) <= 1n + BigInt(index)).toBe(true)
  })
}

const decimalModes: Record<RoundingMode, 0 | 1 | 2 | 3 | 4 | 5 | 6> = {
  up: PreciseDecimal.ROUND_UP,
  down: PreciseDecimal.ROUND_DOWN,
  ceiling: PreciseDecimal.ROUND_CEIL,
  floor: PreciseDecimal.ROUND_FLOOR,
  half_up: PreciseDecimal.ROUND_HALF_UP,
  half_down: PreciseDecimal.ROUND_HALF_DOWN,
  half_even: PreciseDecimal.ROUND_HALF_EVEN,
}

/** The same with decimal.js, as a second opinion. */
const taxesByDecimal = (base: bigint, treatment: TaxTreatment, mode: RoundingMode): bigint[] => {
  let taxed = base
  return treatment.components.map(({ percent, compound }) => {
    const of = new PreciseDecimal((compound === true ? taxed : base).toString())
    const tax = BigInt(of.times(percent).dividedBy(100).toDecimalPlaces(0, decimalModes[mode]).toFixed())
    taxed += tax
    return tax
  })
}
