import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyDigits, type CurrencyCode } from '../../src/core/money/currency.js'
import { formatDecimal, readDecimal } from '../../src/core/money/decimal-string.js'
import { treatmentKey } from '../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../src/core/totals/document-totals.js'
import type { TotalsInput } from '../../src/core/totals/totals-input.js'
import { evenInputArb, totalsInputArb } from '../support/totals-arbitrary.js'

const cases = { numRuns: 10_000 }

/** All amounts of a document besides those of its lines, in an order that is not that of its lines. */
const amountsOf = (input: TotalsInput) => {
  const { lines: _lines, adjustments, taxes, ...sums } = documentTotals(input)
  return {
    sums,
    adjustments: Object.fromEntries(
      adjustments.map(({ index, treatment, amount }) => [`${index} ${treatmentKey(treatment)}`, amount]),
    ),
    taxes: Object.fromEntries(
      taxes.map(({ treatment, base, amounts }) => [treatmentKey(treatment), [base, ...amounts]]),
    ),
  }
}

const shuffled = <Item>(items: readonly Item[], places: readonly number[]): readonly Item[] =>
  items
    .map((item, index) => ({ item, place: places[index] ?? 0 }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)

const placesArb = fc.array(fc.nat(), { minLength: 8, maxLength: 8 })
const inputArb = fc.oneof(totalsInputArb(), { weight: 3, arbitrary: evenInputArb() })
const coins = { step: 5n, mode: 'half_up' as const }

describe('the order of lines', () => {
  it('MO3 MO4 changes no amount of a document and of none of its taxes, discounts and charges', () => {
    fc.assert(
      fc.property(inputArb, placesArb, fc.boolean(), (document, places, hasCoins) => {
        const input = hasCoins ? { ...document, cashRounding: coins } : document
        const reordered = { ...input, lines: shuffled(input.lines, places) }
        expect(amountsOf(reordered)).toEqual(amountsOf(input))
      }),
      cases,
    )
  })

  it('MO4 changes no line: the same lines have the same amounts and shares, at most among lines of one amount and tax in another order', () => {
    const linesOf = (input: TotalsInput): readonly string[] =>
      documentTotals(input)
        .lines.map(({ amount, net, shares }, index) => {
          const key = treatmentKey((input.lines[index] as TotalsInput['lines'][number]).tax)
          return [key, amount, net, ...shares].join(' ')
        })
        .sort()
    fc.assert(
      fc.property(inputArb, placesArb, (input, places) => {
        expect(linesOf({ ...input, lines: shuffled(input.lines, places) })).toEqual(linesOf(input))
      }),
      cases,
    )
  })

  it('MO4 changes no line where a unit of a discount goes to another tax, of whose lines two could bear it alike', () => {
    const currency = 'EUR' as CurrencyCode
    const line = (baseUnits: bigint, amount: string, percent: string): TotalsInput['lines'][number] => ({
      quantity: { baseUnits, digits: 0 },
      price: { amount, currency },
      tax: { category: 'S', components: [{ name: 'VAT', percent }] },
    })
    const [full, large, small, least] = [
      line(1n, '0.05', '19'),
      line(2n, '0.05', '7'),
      line(1n, '0.05', '7'),
      line(1n, '0.01', '7'),
    ] as const
    const sharesOf = (...lines: TotalsInput['lines']) => {
      const { lines: totals } = documentTotals({
        currency,
        prices: 'net',
        profile: 'per_category',
        rounding: 'half_up',
        lines,
        adjustments: [
          { kind: 'discount', amount: 19n },
          { kind: 'discount', amount: 19n },
          { kind: 'charge', amount: 18n },
        ],
      })
      return (of: TotalsInput['lines'][number]) => totals[lines.indexOf(of)]?.shares
    }
    const one = sharesOf(full, large, small, least)
    const other = sharesOf(full, small, least, large)
    for (const each of [full, large, small, least]) expect(other(each)).toEqual(one(each))
  })
})

/** Prices in the currency's own digits, whole units, and no percentages on lines: lines that are exact before anything is rounded. */
const exactly = (input: TotalsInput): TotalsInput => ({
  ...input,
  lines: input.lines.map(({ quantity, price, tax, adjustments = [] }) => ({
    quantity: { ...quantity, digits: 0 },
    price: {
      amount: formatDecimal(readDecimal(price.amount).digits, currencyDigits(input.currency)),
      currency: input.currency,
    },
    tax,
    adjustments: adjustments.filter((adjustment) => 'amount' in adjustment),
  })),
})

/** Each line in up to three, its own discounts and charges on the first of them. */
const split = (input: TotalsInput, cuts: readonly number[]): TotalsInput => ({
  ...input,
  lines: input.lines.flatMap((line, index) => {
    const all = line.quantity.baseUnits
    const [first, second] = [cuts[2 * index] ?? 0, cuts[2 * index + 1] ?? 0].map(
      (cut) => (all * BigInt(cut)) / 100n,
    ) as [bigint, bigint]
    const [less, more] = first < second ? [first, second] : [second, first]
    return [less, more - less, all - more].map((baseUnits, at) => ({
      ...line,
      quantity: { ...line.quantity, baseUnits },
      adjustments: at === 0 ? (line.adjustments ?? []) : [],
    }))
  }),
})

const cutsArb = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 16, maxLength: 16 })

describe('a line that is written as several', () => {
  it('MO3 MO4 changes no amount of a document per category, with net and gross prices, as long as the new lines come to what it did', () => {
    const perCategory = { profile: 'per_category' } as const
    const documentArb = fc.oneof(totalsInputArb(perCategory), evenInputArb(perCategory)).map(exactly)
    fc.assert(
      fc.property(documentArb, cutsArb, (input, cuts) => {
        expect(amountsOf(split(input, cuts))).toEqual(amountsOf(input))
      }),
      cases,
    )
  })

  it('MO3 MO5 per line moves the tax alone, by less than a unit for each rounding: not the net sum of net prices, nor the gross sum of gross ones', () => {
    let moved = 0
    const perLine = { profile: 'per_line' } as const
    const documentArb = fc.oneof(totalsInputArb(perLine), evenInputArb(perLine)).map(exactly)
    fc.assert(
      fc.property(documentArb, cutsArb, (input, cuts) => {
        const before = documentTotals(input)
        const several = split(input, cuts)
        const after = documentTotals(several)
        if (input.prices === 'gross') strictEqual(after.gross, before.gross)
        else {
          for (const name of ['lineNet', 'discounts', 'charges', 'net'] as const) {
            strictEqual(after[name], before[name])
          }
          expect(amountsOf(several).adjustments).toEqual(amountsOf(input).adjustments)
        }
        const difference = after.tax - before.tax
        if (difference !== 0n) moved += 1
        const roundings = 3n * BigInt(input.lines.length + several.lines.length + 2 * 3)
        strictEqual(difference < roundings && -difference < roundings, true)
      }),
      cases,
    )
    expect(moved).toBeGreaterThan(cases.numRuns / 4)
  })
})
