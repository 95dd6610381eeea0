import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
})
