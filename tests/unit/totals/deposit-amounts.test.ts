import { expect, it } from 'vitest'
import { areWithin, shareOfTaxes } from '../../../src/core/totals/deposit.js'
import type { TaxTotals } from '../../../src/core/totals/document-totals.js'
import { vat } from '../../support/tax.js'

const taxed = (base: bigint, tax: bigint): TaxTotals => ({
  treatment: { category: 'S', components: [{ name: 'VAT', percent: '20' }] },
  base,
  amounts: [tax],
  tax,
})

it.each<readonly [string, TaxTotals, TaxTotals, boolean]>([
  ['as much', taxed(500n, 100n), taxed(500n, 100n), true],
  ['less', taxed(400n, 80n), taxed(500n, 100n), true],
  ['more', taxed(600n, 120n), taxed(500n, 100n), false],
  ['as much given back', taxed(-500n, -100n), taxed(-500n, -100n), true],
  ['less given back', taxed(-400n, -80n), taxed(-500n, -100n), true],
  ['more given back', taxed(-600n, -120n), taxed(-500n, -100n), false],
  ['something of what gives back', taxed(500n, 100n), taxed(-500n, -100n), false],
  ['a gift of what is owed', taxed(-500n, -100n), taxed(500n, 100n), false],
  ['more of the tax alone', taxed(400n, 120n), taxed(500n, 100n), false],
])(
  'F101 a deposit takes %s: within what is left or not, in net and in each tax',
  (_what, part, whole, isWithin) => {
    expect(areWithin([part], [whole])).toBe(isWithin)
  },
)

it('F101 a deposit under a treatment that nothing is left under is within it only when it is nothing', () => {
  expect(areWithin([taxed(0n, 0n)], [])).toBe(true)
  expect(areWithin([taxed(1n, 0n)], [])).toBe(false)
})

it('an odd cent of a deposit goes to the tax that levies more, whichever is written first', () => {
  const standard = taxed(840n, 160n)
  const reduced: TaxTotals = { ...taxed(935n, 65n), treatment: vat('7') }
  for (const left of [
    [standard, reduced],
    [reduced, standard],
  ]) {
    const shares = shareOfTaxes(101n, left).map(
      ({ treatment, base, tax }) => [treatment, base + tax] as const,
    )
    expect(new Map(shares)).toEqual(
      new Map([
        [standard.treatment, 51n],
        [reduced.treatment, 50n],
      ]),
    )
  }
})
