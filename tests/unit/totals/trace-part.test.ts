import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../../src/core/money/currency.js'
import type { TaxTreatment } from '../../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../../src/core/totals/document-totals.js'
import type { PartRules } from '../../../src/core/totals/part-totals.js'
import { tracePart } from '../../../src/core/totals/trace-part.js'
import { printTrace, traceTotals, type TracedAmount } from '../../../src/core/totals/trace-totals.js'
import type { TotalsInput } from '../../../src/core/totals/totals-input.js'

const eur = currencyCode('EUR')
const vat = (percent: string): TaxTreatment => ({ category: 'S', components: [{ name: 'VAT', percent }] })
/** Each tax on the price with the taxes before it. */
const onTaxes: TaxTreatment = {
  category: 'S',
  components: [
    { name: 'GST', percent: '5' },
    { name: 'QST', percent: '10', compound: true },
  ],
}

const line = (price: string, quantity: bigint, tax = vat('20')) => ({
  quantity: { baseUnits: quantity, digits: 0 },
  price: { amount: price, currency: eur },
  tax,
})

/** 30.00 with a discount of 3.00 over all lines and freight of 1.00 that is taxed by itself. */
const sale: TotalsInput = {
  currency: eur,
  prices: 'net',
  profile: 'per_category',
  rounding: 'half_up',
  lines: [line('10.00', 2n), line('10.00', 1n)],
  adjustments: [
    { kind: 'discount', amount: 300n },
    { kind: 'charge', amount: 100n, tax: vat('7') },
  ],
}
const inCoins: TotalsInput = { ...sale, cashRounding: { step: 5n, mode: 'half_up' } }

const textOf = (
  input: TotalsInput,
  before: readonly bigint[],
  after: readonly bigint[],
  amount: TracedAmount = 'due',
  rules: PartRules = {},
): string =>
  printTrace(
    tracePart(
      {
        input,
        whole: documentTotals(input),
        before,
        after,
        rules,
        lineOfWhole: (index) => ({
          name: `ordered line ${index + 1}`,
          amount: '',
          rule: 'as it is',
          from: [],
        }),
      },
      amount,
    ),
  )

describe('why a part of a document comes to what it does', () => {
  it('F130 begins with what is done so far of each line, discount, charge and tax', () => {
    expect(textOf(inCoins, [0n, 0n], [1n, 0n]).split('\n')).toEqual([
      'amount due 11.85 = total with tax + rounding to coins [BR-CO-16]',
      '  total with tax 11.87 = total without tax + tax [BR-CO-15]',
      '    total without tax 10.00 = sum of the lines - discounts + charges [BR-CO-13]',
      '      sum of the lines 10.00 = sum of the net amounts of the lines [BR-CO-10]',
      '        line 1 10.00 = 20.00 for 1 of 2 of it, rounded half up: 10.00',
      '          ordered line 1  = as it is',
      '      discounts on the document 1.00 = sum of its part of the discounts [BR-CO-11]',
      '        discount under S VAT 20% 1.00 = the shares of its units',
      '      charges on the document 1.00 = sum of its part of the charges [BR-CO-12]',
      '        charge under S VAT 7% 1.00 = with a tax of its own: whole with the first part',
      '    tax 1.87 = sum of the taxes [BR-CO-14]',
      '      VAT 20% 1.80 = 20% of 9.00, rounded half up: 1.80',
      '        taxable amount under S VAT 20% 9.00 = sum of its lines, less its discounts, plus its charges: 9.00',
      '      VAT 7% 0.07 = 7% of 1.00, rounded half up: 0.07',
      '        taxable amount under S VAT 7% 1.00 = sum of its lines, less its discounts, plus its charges: 1.00',
      '  rounding -0.02 = what all so far is rounded by, -0.02',
    ])
  })

  it('F130 goes on with what is done since, and leaves out the lines that wait', () => {
    expect(textOf(inCoins, [1n, 0n], [2n, 0n]).split('\n')).toEqual([
      'amount due 10.80 = total with tax [BR-CO-16]',
      '  total with tax 10.80 = total without tax + tax [BR-CO-15]',
      '    total without tax 9.00 = sum of the lines - discounts + charges [BR-CO-13]',
      '      sum of the lines 10.00 = sum of the net amounts of the lines [BR-CO-10]',
      '        line 1 10.00 = 20.00 for all 2 of it: 20.00, less 10.00 before',
      '          ordered line 1  = as it is',
      '      discounts on the document 1.00 = sum of its part of the discounts [BR-CO-11]',
      '        discount under S VAT 20% 1.00 = the shares of its units',
      '    tax 1.80 = sum of the taxes [BR-CO-14]',
      '      VAT 20% 1.80 = 20% of 18.00, rounded half up: 3.60, less 1.80 before',
      '        taxable amount under S VAT 20% 9.00 = sum of its lines, less its discounts, plus its charges: 18.00, less 9.00 before',
    ])
  })

  it('F130 says when freight is billed, and of what share a tax is where it is not computed anew', () => {
    const charges = (ownTax: NonNullable<PartRules['ownTax']>, after: readonly bigint[]) =>
      textOf(sale, [0n, 0n], after, 'charges', { ownTax }).split('\n').at(-1)
    expect(charges('in_proportion', [1n, 0n])).toBe(
      '  charge under S VAT 7% 0.33 = with a tax of its own: in proportion to the lines',
    )
    expect(charges('last', [2n, 1n])).toBe(
      '  charge under S VAT 7% 1.00 = with a tax of its own: whole with the last part',
    )
    const tax = (input: TotalsInput, rules: PartRules = {}) =>
      textOf(input, [0n, 0n], [1n, 0n], 'tax', rules).split('\n')[1]
    expect(tax({ ...sale, profile: 'per_line' })).toBe(
      '  VAT 20% 1.80 = 5.40 for 9.00 of 27.00, rounded half up: 1.80',
    )
    expect(tax(sale, { taxes: 'in_proportion' })).toBe(
      '  VAT 20% 1.80 = 5.40 for 9.00 of 27.00, rounded half up: 1.80',
    )
  })

  it('F130 levies a tax on taxes on them, of a part and of the whole', () => {
    const compound: TotalsInput = { ...sale, lines: [line('100.00', 2n, onTaxes)], adjustments: [] }
    expect(textOf(compound, [0n], [1n], 'tax')).toContain(
      'QST 10% 10.50 = 10% of 105.00, rounded half up: 10.50',
    )
    expect(printTrace(traceTotals(compound, documentTotals(compound), 'tax'))).toContain(
      'QST 10% 21.00 = 10% of 210.00, rounded half up once for the sum',
    )
  })

  it('F130 has nothing to say of discounts where there are none', () => {
    const plain: TotalsInput = { ...sale, adjustments: [] }
    expect(textOf(plain, [0n, 0n], [2n, 1n], 'net')).not.toContain('on the document')
    expect(textOf(plain, [0n, 0n], [2n, 1n])).toContain('amount due 36.00 = total with tax [BR-CO-16]')
  })
})

describe('why a whole document comes to what it does', () => {
  it('F130 names prices per so many units, taxes per line, and charges that are taxed by themselves', () => {
    const input: TotalsInput = {
      ...sale,
      profile: 'per_line',
      lines: [{ ...line('10.00', 200n), price: { amount: '10.00', currency: eur, per: 100 } }],
    }
    const text = printTrace(traceTotals(input, documentTotals(input), 'due'))
    expect(text).toContain(
      'price times quantity 20.00 = 10.00 per 100 x 200, rounded half up to the currency',
    )
    expect(text).toContain(
      'discount under S VAT 20% 3.00 = fixed amount 3.00, spread over the taxes and their lines by largest remainder',
    )
    expect(text).toContain('charge under S VAT 7% 1.00 = fixed amount 1.00\n')
    expect(text).toContain('VAT 20% 3.40 = 20% of 17.00, rounded half up for each line\n')
  })
})

describe('a document without lines', () => {
  it('is outside the scope of tax where its charge names none', () => {
    const { taxes, gross } = documentTotals({
      ...sale,
      lines: [],
      adjustments: [{ kind: 'charge', amount: 500n }],
    })
    expect(taxes).toMatchObject([{ treatment: { category: 'O', components: [] }, base: 500n, tax: 0n }])
    expect(gross).toBe(500n)
  })
})

describe('prices that contain several taxes', () => {
  it('contain nothing of taxes that are nothing', () => {
    const free: TaxTreatment = {
      category: 'Z',
      components: [
        { name: 'GST', percent: '0' },
        { name: 'PST', percent: '0' },
      ],
    }
    const { taxes } = documentTotals({
      ...sale,
      prices: 'gross',
      lines: [line('10.00', 1n, free)],
      adjustments: [],
    })
    expect(taxes).toMatchObject([{ base: 1_000n, amounts: [0n, 0n], tax: 0n }])
  })
})
