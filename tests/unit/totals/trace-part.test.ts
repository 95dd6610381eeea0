import { describe, expect, it } from 'vitest'
import type { TaxTreatment } from '../../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../../src/core/totals/document-totals.js'
import type { PartRules } from '../../../src/core/totals/part-totals.js'
import type { TotalsInput } from '../../../src/core/totals/totals-input.js'
import { traceLines } from '../../support/trace-lines.js'
import { eur, inCoins, line, onTaxes, partText, sale, wholeText } from '../../support/traced-sale.js'

describe('why a part of a document comes to what it does', () => {
  it('F130 begins with what is done so far of each line, discount, charge and tax', () => {
    expect(partText(inCoins, [0n, 0n], [1n, 0n], 'gross').split('\n')).toEqual([
      'total with tax 11.87 = total without tax + tax [BR-CO-15]',
      '  total without tax 10.00 = sum of the lines - discounts + charges [BR-CO-13]',
      '    sum of the lines 10.00 = sum of the net amounts of the lines [BR-CO-10]',
      '      line 1 10.00 = 1 of 2 units of 20.00',
      '        ordered line 1 20.00 = as it is',
      '    less discounts on the document 1.00 = sum of the discounts on the document [BR-CO-11]',
      '      less ordered adjustment 1 -1.00 = the shares of its units',
      '        share of line 1 so far -1.00 = 1 of 2 units of -2.00',
      '          ordered share 1 -2.00 = as it is',
      '    charges on the document 1.00 = sum of the charges on the document [BR-CO-12]',
      '      ordered adjustment 2 1.00 = all of it with the first part',
      '        ordered adjustment 2 1.00 = as it is',
      '  tax 1.87 = sum of the taxes [BR-CO-14]',
      '    ordered tax 1.80 = 20% of 9.00 [BR-CO-17]',
      '      taxable amount under S VAT 20% so far 9.00 = its lines with its discounts and charges',
      '        line 1 so far 10.00 = 1 of 2 units of 20.00',
      '          ordered line 1 20.00 = as it is',
      '        ordered adjustment 1 -1.00 = the shares of its units',
      '          share of line 1 so far -1.00 = 1 of 2 units of -2.00',
      '            ordered share 1 -2.00 = as it is',
      '    ordered tax 0.07 = all that is taxed so, so all of the tax',
      '      ordered tax 0.07 = as it is',
    ])
  })

  it('F130 goes on with what is done since, less what was done before, each from its own rounding', () => {
    const rounding = partText(inCoins, [0n, 0n], [1n, 0n], 'rounding')
    expect(traceLines(rounding, 1)).toEqual([
      'rounding -0.02 = what coins can pay - total with tax',
      '  in coins 11.85 = 11.87, rounded half up to a multiple of 0.05',
      '  less total with tax so far 11.87 = as it is',
    ])
    const then = partText(inCoins, [1n, 0n], [2n, 0n], 'rounding')
    expect(traceLines(then, 2)).toEqual([
      'rounding 0.00 = -0.02 so far, less -0.02 before',
      '  so far -0.02 = what coins can pay - total with tax',
      '    in coins 22.65 = 22.67, rounded half up to a multiple of 0.05',
      '    less total with tax so far 22.67 = as it is',
      '  less before -0.02 = what coins can pay - total with tax',
      '    in coins 11.85 = 11.87, rounded half up to a multiple of 0.05',
      '    less total with tax before 11.87 = as it is',
    ])
  })

  it('F130 leaves to the largest share what the roundings of a line leave', () => {
    const odd: TotalsInput = {
      ...sale,
      lines: [line('0.35', 3n)],
      adjustments: [
        { kind: 'discount', amount: 10n },
        { kind: 'charge', amount: 5n },
      ],
    }
    expect(partText(odd, [0n], [2n], 'discounts').split('\n')).toEqual([
      'discounts on the document 0.06 = sum of the discounts on the document [BR-CO-11]',
      '  less ordered adjustment 1 -0.06 = the shares of its units',
      '    share of line 1 so far -0.06 = what of the line is taxed, less the line itself and its other shares',
      '      line 1 with its shares so far 0.67 = 2 of 3 units of 1.00 = 0.666666…, rounded half up',
      '        line 1 with its shares 1.00 = what of it is taxed',
      '          ordered line 1 1.05 = as it is',
      '          ordered share 1 -0.10 = as it is',
      '          ordered share 1 0.05 = as it is',
      '      less line 1 so far 0.70 = 2 of 3 units of 1.05',
      '        ordered line 1 1.05 = as it is',
      '      less share of line 1 so far 0.03 = 2 of 3 units of 0.05 = 0.033333…, rounded half up',
      '        ordered share 1 0.05 = as it is',
    ])
  })

  it('F130 says when freight is billed, and of what share a tax is where it is not computed anew', () => {
    const charges = (ownTax: NonNullable<PartRules['ownTax']>, after: readonly bigint[]) =>
      partText(sale, [0n, 0n], after, 'charges', { ownTax }).split('\n')[1]
    expect(charges('in_proportion', [1n, 0n])).toBe(
      '  ordered adjustment 2 0.33 = 1.00 in proportion to the lines, 10.00 of 30.00 = 0.333333…, rounded half up',
    )
    expect(charges('last', [2n, 1n])).toBe('  ordered adjustment 2 1.00 = all of it with the last part')
    const tax = (input: TotalsInput, rules: PartRules = {}) =>
      partText(input, [0n, 0n], [1n, 0n], 'tax', rules).split('\n')[1]
    expect(tax({ ...sale, profile: 'per_line' })).toBe('  ordered tax 1.80 = 5.40 for 9.00 of 27.00')
    expect(tax(sale, { taxes: 'in_proportion' })).toBe('  ordered tax 1.80 = 5.40 for 9.00 of 27.00')
  })

  it('F130 levies a tax on taxes on them, of a part and of the whole', () => {
    const compound: TotalsInput = { ...sale, lines: [line('100.05', 2n, onTaxes)], adjustments: [] }
    expect(partText(compound, [0n], [1n], 'tax')).toContain('10.51 = 10% of 105.05 = 10.505, rounded half up')
    expect(wholeText(compound, 'tax')).toContain('QST 10% 21.01 = 10% of 210.11 = 21.011, rounded half up')
  })

  it('F130 has nothing to say of discounts where there are none', () => {
    const plain: TotalsInput = { ...sale, adjustments: [] }
    expect(partText(plain, [0n, 0n], [2n, 1n], 'net')).not.toContain('on the document')
    expect(partText(plain, [0n, 0n], [2n, 1n])).toContain('amount due 36.00 = total with tax [BR-CO-16]')
  })
})

describe('why a whole document comes to what it does', () => {
  it('F130 names prices per so many units, taxes per line, and charges that are taxed by themselves', () => {
    const input: TotalsInput = {
      ...sale,
      profile: 'per_line',
      lines: [{ ...line('10.00', 250n), price: { amount: '10.00', currency: eur, per: 100 } }],
    }
    const text = wholeText(input)
    expect(text).toContain('line 1 25.00 = 10.00 per 100 x 250\n')
    expect(text).toContain('charge under S VAT 7% 1.00 = as it was agreed\n')
    expect(text.split('\n').slice(-10)).toEqual([
      '      VAT 20% 4.40 = the sum of the taxes of its lines, each rounded by itself',
      '        VAT of line 1 with its shares 4.40 = 20% of 22.00',
      '          line 1 with its shares 22.00 = what of it is taxed',
      '            line 1 25.00 = 10.00 per 100 x 250',
      '            share of line 1 -3.00 = 25.00 of 25.00 of -3.00',
      '              discount -3.00 = taken from the document',
      '                less discount 3.00 = as it was agreed',
      '      VAT 7% 0.07 = the sum of the taxes of its lines, each rounded by itself',
      '        VAT of charge 0.07 = 7% of 1.00',
      '          charge 1.00 = as it was agreed',
    ])
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
