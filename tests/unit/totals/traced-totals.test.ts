import { describe, expect, it } from 'vitest'
import type { TaxTreatment } from '../../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../../src/core/totals/document-totals.js'
import { tracesIn } from '../../../src/core/totals/traces/compose.js'
import { traceTotals } from '../../../src/core/totals/traces/totals.js'
import { printTrace } from '../../../src/core/totals/traces/trace.js'
import type { TotalsInput } from '../../../src/core/totals/totals-input.js'
import { traceLines } from '../../support/trace-lines.js'
import { eur, line, partText, sale, vat, wholeText } from '../../support/traced-sale.js'

const plain: TotalsInput = { ...sale, adjustments: [] }
const gross: TotalsInput = { ...plain, prices: 'gross' }
const perLine: TotalsInput = { ...plain, profile: 'per_line' }

const taxes = (first: string, second: string): TaxTreatment => ({
  category: 'S',
  components: [
    { name: 'GST', percent: first },
    { name: 'PST', percent: second },
  ],
})

describe('the trace of all of a document', () => {
  it('F130 adds the charges of a line to it', () => {
    const charged = { ...line('10.00', 2n), adjustments: [{ kind: 'charge', percent: '5' } as const] }
    expect(traceLines(wholeText({ ...plain, lines: [charged] }, 'lineNet'))).toEqual([
      'sum of the lines 21.00 = sum of the net amounts of the lines [BR-CO-10]',
      '  line 1 21.00 = price times quantity, less discounts, plus charges',
      '    price times quantity 20.00 = 10.00 x 2',
      '    charge 1.00 = 5% of 20.00',
    ])
  })

  it('F130 taxes lines by themselves, each as it stands where nothing is spread over it', () => {
    expect(traceLines(wholeText(perLine, 'tax'))).toEqual([
      'tax 6.00 = sum of the taxes [BR-CO-14]',
      '  VAT 20% 6.00 = the sum of the taxes of its lines, each rounded by itself',
      '    VAT of line 1 4.00 = 20% of 20.00',
      '      line 1 20.00 = 10.00 x 2',
      '    VAT of line 2 2.00 = 20% of 10.00',
      '      line 2 10.00 = 10.00 x 1',
    ])
  })

  it('F130 gives a charge on lines that cost nothing to one of them', () => {
    const lines = [line('0.00', 1n), line('0.00', 2n)]
    const free: TotalsInput = { ...perLine, lines, adjustments: [{ kind: 'charge', amount: 500n }] }
    const shares = traceLines(wholeText(free, 'tax')).filter((text) => text.includes('share of line'))
    expect(shares.map((text) => text.trim())).toEqual([
      'share of line 1 5.00 = nothing to share it by, so all of it goes to one',
      'share of line 2 0.00 = nothing to share it by, so all of it goes to one',
    ])
  })

  it('F130 gives the odd unit of a discount and a charge with equal remainders to the one that has it', () => {
    const alike: TotalsInput = {
      ...gross,
      lines: [line('596.42', 1n)],
      adjustments: [
        { kind: 'discount', amount: 1_014n, tax: vat('7.5') },
        { kind: 'charge', amount: 8_231n, tax: vat('7.5') },
      ],
    }
    expect(traceLines(wholeText(alike, 'discounts')).slice(0, 2)).toEqual([
      'discounts on the document 9.44 = sum of the discounts on the document [BR-CO-11]',
      '  less discount under S VAT 7.5% -9.44 = -10.14 of -43.00 of -40.00 = -9.432558…, rounded up: largest remainder',
    ])
  })

  it('F130 counts a charge beside no line outside the scope of tax', () => {
    const input: TotalsInput = { ...plain, lines: [], adjustments: [{ kind: 'charge', amount: 500n }] }
    const { base } = traceTotals(input, documentTotals(input))
    expect(traceLines(printTrace(base('O')))).toEqual([
      'taxable amount under O 5.00 = its lines with its discounts and charges',
      '  charge 5.00 = as it was agreed',
    ])
  })

  it('F130 shares of what gives back as of a sale', () => {
    const back: TotalsInput = {
      ...perLine,
      lines: [line('-10.00', 2n), line('-10.00', 1n)],
      adjustments: [{ kind: 'discount', percent: '3.33' }],
    }
    expect(traceLines(wholeText(back, 'tax'), 5).slice(2, 7)).toEqual([
      '    VAT of line 1 with its shares -3.87 = 20% of -19.33 = -3.866, rounded half up',
      '      line 1 with its shares -19.33 = what of it is taxed',
      '        line 1 -20.00 = -10.00 x 2',
      '        share of line 1 0.67 = -20.00 of -30.00 of 1.00 = 0.666666…, rounded up: largest remainder',
      '          discount 1.00 = taken from the document',
    ])
  })
})

describe('the trace of a document whose prices contain tax', () => {
  it('F130 has no tax in a price that is not taxed', () => {
    const lines = [line('10.00', 1n, { category: 'O', components: [] })]
    expect(traceLines(wholeText({ ...gross, lines }, 'gross'))).toEqual([
      'total with tax 10.00 = total without tax + tax [BR-CO-15]',
      '  total without tax 10.00 = sum of the lines - discounts + charges [BR-CO-13]',
      '    sum of the lines 10.00 = sum of the net amounts of the lines [BR-CO-10]',
      '      line 1 10.00 = 10.00 of 10.00 of 10.00',
      '        net of the lines 10.00 = 10.00 of 10.00 of 10.00',
      '          taxable amount under O 10.00 = what its taxes leave of the amount with tax',
      '            amount with tax under O 10.00 = its lines with its discounts and charges',
      '              line 1 with tax 10.00 = 10.00 x 1',
      '  tax 0.00 = sum of the taxes [BR-CO-14]',
    ])
  })

  it('F130 shares what several taxes have in it by their rates', () => {
    const lines = [line('10.00', 1n, taxes('5', '9'))]
    expect(traceLines(wholeText({ ...gross, lines }, 'tax'), 3).slice(0, 5)).toEqual([
      'tax 1.23 = sum of the taxes [BR-CO-14]',
      '  GST 5% 0.44 = 500 of 1400 of 1.23 = 0.439285…, rounded up: largest remainder',
      '    taxes in it 1.23 = contained in 10.00',
      '      amount with tax under S GST 5% PST 9% 10.00 = its lines with its discounts and charges',
      '      less without 5% and 9% 8.77 = 10.00 / 1.14 = 8.771929…, rounded half up',
    ])
  })

  it('F130 has nothing of several taxes that levy nothing, of all of it and of a part', () => {
    const input: TotalsInput = { ...gross, lines: [line('10.00', 3n, taxes('0', '0'))] }
    expect(traceLines(wholeText(input, 'tax')).slice(1)).toEqual([
      '  GST 0.00 = no tax is levied',
      '  PST 0.00 = no tax is levied',
    ])
    expect(traceLines(partText(input, [0n], [1n], 'tax')).slice(1)).toEqual([
      '  ordered tax 0.00 = nothing is levied',
      '  ordered tax 0.00 = nothing is levied',
    ])
  })

  it('F130 has no share of a charge in lines of a tax that got nothing of it', () => {
    const input: TotalsInput = {
      ...gross,
      lines: [line('10.00', 1n), line('1.00', 1n, vat('7'))],
      adjustments: [{ kind: 'charge', amount: 1n }],
    }
    const { share } = traceTotals(input, documentTotals(input))
    expect(traceLines(printTrace(share(1, 0)))).toEqual([
      'share of line 2 0.00 = 1.00 of 1.00 of 0.00',
      '  charge under S VAT 7% with tax 0.00 = 1.00 of 11.00 of 0.01 = 0.000909…, rounded down: largest remainder at S VAT 20%',
      '    charge 0.01 = as it was agreed',
    ])
  })

  it('F130 takes of each tax of a part what those before it left of what is in its prices', () => {
    const input: TotalsInput = { ...gross, lines: [line('10.00', 3n, taxes('5', '9'))] }
    expect(traceLines(partText(input, [0n], [1n], 'tax'), 2)).toEqual([
      'tax 1.23 = sum of the taxes [BR-CO-14]',
      '  ordered tax 0.44 = 1.31 for 1.23 of 3.68 = 0.437853…, rounded half up',
      '    ordered tax 1.31 = as it is',
      '    tax in the prices so far 1.23 = of its lines, and of what is taxed by itself',
      '  ordered tax 0.79 = without those before',
      '    tax in the prices so far 1.23 = of its lines, and of what is taxed by itself',
      '    less ordered tax 0.44 = 1.31 for 1.23 of 3.68 = 0.437853…, rounded half up',
    ])
  })

  it('F130 cuts the price of units first, and leaves of it without tax what the tax in it does', () => {
    const input: TotalsInput = { ...gross, lines: [line('10.00', 3n)] }
    expect(traceLines(partText(input, [0n], [1n], 'lineNet'), 2)).toEqual([
      'sum of the lines 8.33 = sum of the net amounts of the lines [BR-CO-10]',
      '  line 1 8.33 = its price with tax, less the tax in it',
      '    line 1 with tax so far 10.00 = 1 of 3 units of 30.00',
      '    less tax in it 1.67 = 5.00 for 10.00 of 30.00 = 1.666666…, rounded half up',
    ])
  })
})

describe('the trace of a part of a document', () => {
  it('F130 leaves to the largest share what the roundings of a line leave, wherever it stands', () => {
    const odd: TotalsInput = {
      ...plain,
      lines: [line('0.35', 3n)],
      adjustments: [
        { kind: 'charge', amount: 5n },
        { kind: 'discount', amount: 10n },
      ],
    }
    expect(traceLines(partText(odd, [0n], [2n], 'discounts'), 3)).toEqual([
      'discounts on the document 0.06 = sum of the discounts on the document [BR-CO-11]',
      '  less ordered adjustment 2 -0.06 = the shares of its units',
      '    share of line 1 so far -0.06 = what of the line is taxed, less the line itself and its other shares',
      '      line 1 with its shares so far 0.67 = 2 of 3 units of 1.00 = 0.666666…, rounded half up',
      '      less line 1 so far 0.70 = 2 of 3 units of 1.05',
      '      less share of line 1 so far 0.03 = 2 of 3 units of 0.05 = 0.033333…, rounded half up',
    ])
  })

  it('F130 has nothing in proportion to lines that cost nothing: no freight, and no tax', () => {
    const free: TotalsInput = {
      ...perLine,
      lines: [line('0.00', 2n, vat('7'))],
      adjustments: [{ kind: 'charge', amount: 100n, tax: vat('7') }],
    }
    expect(traceLines(partText(free, [0n], [1n], 'tax', { ownTax: 'in_proportion' }))).toEqual([
      'tax 0.00 = sum of the taxes [BR-CO-14]',
      '  ordered tax 0.00 = 0.07 for 0.00 of 1.00',
      '    ordered tax 0.07 = as it is',
      '    taxable amount under S VAT 7% so far 0.00 = its lines with its discounts and charges',
      '      line 1 so far 0.00 = 1 of 2 units of 0.00',
      '        ordered line 1 0.00 = as it is',
      '      ordered adjustment 1 0.00 = in proportion to lines that come to nothing',
    ])
    expect(traceLines(partText({ ...free, adjustments: [] }, [0n], [1n], 'tax'))).toEqual([
      'tax 0.00 = sum of the taxes [BR-CO-14]',
      '  ordered tax 0.00 = its taxable amounts come to nothing',
    ])
  })

  it('F130 has all of a tax with the last of its lines, before freight that is taxed otherwise', () => {
    const input: TotalsInput = { ...sale, lines: [line('10.00', 2n), line('10.00', 1n, vat('7'))] }
    const last = { ownTax: 'last', taxes: 'in_proportion' } as const
    expect(traceLines(partText(input, [0n, 0n], [2n, 0n], 'tax', last))).toEqual([
      'tax 3.60 = sum of the taxes [BR-CO-14]',
      '  ordered tax 3.60 = all that is taxed so, so all of the tax',
      '    ordered tax 3.60 = as it is',
    ])
  })
})

describe('the trace of a limited amount', () => {
  const { given, limited } = tracesIn(eur)
  const amountOf = (by: 'least' | 'greatest', ...amounts: readonly bigint[]): string =>
    limited(
      'limited',
      by,
      amounts.map((amount) => given('an amount', amount, 'as it is')),
      'as the test says',
    ).amount

  it('F130 is the one nearest to nothing, of what gives back as of what claims', () => {
    expect([amountOf('least', 500n, 1_000n), amountOf('least', 1_000n, 500n)]).toEqual(['5.00', '5.00'])
    expect([amountOf('least', -500n, -1_000n), amountOf('least', -1_000n, -500n)]).toEqual(['-5.00', '-5.00'])
  })

  it('F130 is nothing between what gives back and what claims', () => {
    expect([amountOf('least', -500n, 1_000n), amountOf('least', 500n, -1_000n)]).toEqual(['0.00', '0.00'])
  })

  it('F130 is the greatest where it is to be no less than another', () => {
    expect([amountOf('greatest', 0n, -5n), amountOf('greatest', -5n, 0n)]).toEqual(['0.00', '0.00'])
  })
})
