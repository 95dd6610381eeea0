import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../../src/core/money/currency.js'
import type { Money } from '../../../src/core/money/money.js'
import { readTreatment, type TaxComponent, type TaxTreatment } from '../../../src/core/tax/tax-treatment.js'
import { compareLevies, taxesInGross } from '../../../src/core/totals/tax-amounts.js'
import { isWithinTolerance } from '../../../src/core/totals/tax-tolerance.js'

const taxed = (...components: readonly (readonly [name: string, percent: string, compound?: true])[]) =>
  readTreatment({
    category: 'S',
    components: components.map(([name, percent, compound]): TaxComponent => ({
      name,
      percent,
      ...(compound === true && { compound }),
    })),
  })
const inGross = (gross: bigint, treatment: ReturnType<typeof taxed>) =>
  taxesInGross(gross, treatment.rates, 'half_up')

describe('taxes that a price contains', () => {
  it.each<readonly [string, bigint, ReturnType<typeof taxed>, readonly bigint[]]>([
    ['none where there are none', 1_000n, taxed(), []],
    ['one', 1_190n, taxed(['VAT', '19']), [190n]],
    [
      'several, in proportion to what each levies',
      11_100n,
      taxed(['State', '8'], ['City', '3']),
      [800n, 300n],
    ],
    [
      'one on the price with that before it',
      11_498n,
      taxed(['GST', '5'], ['QST', '9.5', true]),
      [500n, 998n],
    ],
    ['nothing of taxes that are nothing', 1_000n, taxed(['State', '0'], ['City', '0']), [0n, 0n]],
  ])('MO3 are %s', (_what, gross, treatment, taxes) => {
    expect(inGross(gross, treatment)).toEqual(taxes)
  })
})

describe('treatments in an order of their own', () => {
  it('have the one first that levies more, compound taxes counted, and then the smaller key', () => {
    const compound = taxed(['GST', '5'], ['QST', '10', true])
    const beside = taxed(['GST', '5'], ['QST', '10'])
    const [one, other] = [taxed(['A', '15']), taxed(['B', '15.0'])]
    const ordered = [compound, one, other, beside]
    for (const given of [ordered, ordered.toReversed(), [other, beside, compound, one]])
      expect(given.toSorted(compareLevies)).toEqual(ordered)
    expect(compareLevies(one, taxed(['A', '15']))).toBe(0)
  })
})

describe('a tax on an electronic document', () => {
  const eur = (amount: string) => ({ amount, currency: 'EUR' }) as Money
  const within = ({ treatment }: { readonly treatment: TaxTreatment }, tax: string) =>
    isWithinTolerance({ treatment, base: eur('100.00'), amounts: [], tax: eur(tax) }, currencyCode('EUR'))

  it('BR-CO-17 is less than a unit off its rate; taxes on taxes have no such document', () => {
    const [vat, quebec] = [taxed(['VAT', '19']), taxed(['GST', '5'], ['QST', '9.5', true])]
    expect([within(vat, '19.99'), within(vat, '20.00'), within(vat, '18.00')]).toEqual([true, false, false])
    expect(within(quebec, '99.00')).toBe(true)
  })
})
