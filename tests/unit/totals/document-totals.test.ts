import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../../src/core/money/currency.js'
import type { TaxTreatment } from '../../../src/core/tax/tax-treatment.js'
import { documentTotals } from '../../../src/core/totals/document-totals.js'
import { partTotals } from '../../../src/core/totals/part-totals.js'
import { traceTotals } from '../../../src/core/totals/traces/totals.js'
import { traceSum } from '../../../src/core/totals/traces/traced-document.js'
import { printTrace } from '../../../src/core/totals/traces/trace.js'
import type { TotalsInput, TotalsLine } from '../../../src/core/totals/totals-input.js'

const vat = (percent: string): TaxTreatment => ({
  category: percent === '0' ? 'Z' : 'S',
  components: [{ name: 'VAT', percent }],
})

const line = (
  price: string,
  quantity: bigint,
  tax: TaxTreatment,
  more: Partial<TotalsLine> = {},
): TotalsLine => ({
  quantity: { baseUnits: quantity, digits: 0 },
  price: { amount: price, currency: eur },
  tax,
  ...more,
})

const eur = currencyCode('EUR')

const invoice = (lines: readonly TotalsLine[], more: Partial<TotalsInput> = {}): TotalsInput => ({
  currency: eur,
  prices: 'net',
  profile: 'per_category',
  rounding: 'half_up',
  lines,
  ...more,
})

const reverseCharge: TaxTreatment = {
  category: 'AE',
  components: [{ name: 'VAT', percent: '0' }],
  exemption: 'Reverse charge',
}

describe('the totals of a document', () => {
  it('tax two rates apart and spread a discount over both', () => {
    const totals = documentTotals(
      invoice([line('100.00', 1n, vat('19')), line('50.00', 1n, vat('7'))], {
        adjustments: [{ kind: 'discount', percent: '10' }],
      }),
    )
    expect(totals).toMatchObject({ lineNet: 15_000n, discounts: 1_500n, net: 13_500n, gross: 15_525n })
    expect(totals.taxes).toMatchObject([
      { base: 9_000n, amounts: [1_710n] },
      { base: 4_500n, amounts: [315n] },
    ])
  })

  it('give freight a tax treatment of its own', () => {
    const totals = documentTotals(
      invoice([line('10.00', 1n, vat('7'))], {
        adjustments: [{ kind: 'charge', amount: 500n, tax: vat('19') }],
      }),
    )
    expect(totals.taxes.map(({ base, tax }) => [base, tax])).toEqual([
      [1_000n, 70n],
      [500n, 95n],
    ])
    expect(totals).toMatchObject({ charges: 500n, gross: 1_665n })
  })

  it('levy no tax under reverse charge', () => {
    const totals = documentTotals(invoice([line('1000.00', 3n, reverseCharge)]))
    expect(totals).toMatchObject({ net: 300_000n, tax: 0n, gross: 300_000n })
  })

  it('stack the taxes of state, county and city, each on the same amount', () => {
    const sales: TaxTreatment = {
      category: 'S',
      components: [
        { name: 'state', percent: '4' },
        { name: 'county', percent: '4.5' },
        { name: 'district', percent: '0.375' },
      ],
    }
    const usd = currencyCode('USD')
    const totals = documentTotals({
      ...invoice([]),
      currency: usd,
      lines: [{ ...line('79.99', 1n, sales), price: { amount: '79.99', currency: usd } }],
    })
    expect(totals.taxes[0]?.amounts).toEqual([320n, 360n, 30n])
    expect(totals.gross).toBe(8_709n)
  })

  it('levy a compound tax on the amount with the tax before it, as Quebec did until 2012', () => {
    const quebec: TaxTreatment = {
      category: 'S',
      components: [
        { name: 'GST', percent: '5' },
        { name: 'QST', percent: '9.5', compound: true },
      ],
    }
    expect(documentTotals(invoice([line('100.00', 1n, quebec)])).taxes[0]?.amounts).toEqual([500n, 998n])
  })

  it('take the tax out of prices that contain it, and keep the price', () => {
    const jpy = currencyCode('JPY')
    const totals = documentTotals({
      ...invoice([], { prices: 'gross', rounding: 'floor' }),
      currency: jpy,
      lines: [
        { ...line('1080', 1n, vat('10')), price: { amount: '1080', currency: jpy } },
        { ...line('108', 3n, vat('8')), price: { amount: '108', currency: jpy } },
      ],
    })
    expect(totals.taxes.map(({ base, tax }) => [base, tax])).toEqual([
      [981n, 99n],
      [300n, 24n],
    ])
    expect(totals.gross).toBe(1_404n)
  })

  it.each(['50', '90', '99', '99.9', '100'])(
    'say what a line costs without tax, and what a discount of %s percent takes off it, as if each stood alone',
    (percent) => {
      for (const own of [{}, { tax: vat('19') }]) {
        const lines = ['100.00', '33.00', '7.00'].map((price) => line(price, 1n, vat('19')))
        const adjustments = [{ kind: 'discount' as const, percent, ...own }]
        const totals = documentTotals(invoice(lines, { prices: 'gross', adjustments }))
        const [first, ...others] = totals.lines.map(({ net }) => net)
        // 84.0336, 27.7311 and 5.8824 without tax.
        expect([8403n, 8404n]).toContain(first)
        expect(others).toEqual([2773n, 588n])
        expect(totals.net).toBe(totals.lineNet - totals.discounts)
        expect(totals.gross).toBe(14000n - BigInt(Number(percent) * 140))
      }
    },
  )

  it('say the same of what is given back', () => {
    const totalsOf = (quantity: bigint) =>
      documentTotals(
        invoice([line('100.00', quantity, vat('19'))], {
          prices: 'gross',
          adjustments: [
            { kind: quantity < 0n ? 'charge' : 'discount', amount: 9990n },
            { kind: 'charge', amount: quantity < 0n ? -10n : 10n, tax: vat('19') },
          ],
        }),
      )
    const [sold, returned] = [totalsOf(1n), totalsOf(-1n)]
    expect(sold.lineNet).toBe(8404n)
    expect(returned.lineNet).toBe(-sold.lineNet)
    expect(returned.net).toBe(-sold.net)
  })

  it('share in proportion what rounding line by line makes more of than the rates leave', () => {
    const lines = Array.from({ length: 8 }, () => line('0.03', 1n, vat('19')))
    const perLine = invoice(lines, {
      prices: 'gross',
      profile: 'per_line',
      adjustments: [{ kind: 'discount', amount: 3n, tax: vat('19') }],
    })
    const totals = documentTotals(perLine)
    // Each line is 0.0252 without tax, 0.03 where it is rounded by itself.
    expect([totals.lineNet, totals.discounts, totals.net, totals.gross]).toEqual([24n, 3n, 21n, 21n])
    expect(printTrace(traceTotals(perLine, totals).line(0)).split('\n').slice(0, 3)).toEqual([
      'line 1 0.03 = 0.03 of 0.24 of 0.24',
      '  net of the lines 0.24 = 0.24 of 0.21 of 0.21',
      '    share of the lines with what is spread over them 0.24 = 0.24 of 0.21 of 0.21',
    ])
  })

  it('round what is due to the smallest coin and say by how much (BT-114)', () => {
    const totals = documentTotals(
      invoice([line('9.99', 1n, vat('8.1'))], { cashRounding: { step: 5n, mode: 'half_up' } }),
    )
    expect(totals).toMatchObject({ gross: 1_080n, rounding: 0n, due: 1_080n })
    const odd = documentTotals(
      invoice([line('9.97', 1n, vat('8.1'))], { cashRounding: { step: 5n, mode: 'half_up' } }),
    )
    expect(odd).toMatchObject({ gross: 1_078n, rounding: 2n, due: 1_080n })
  })

  it('price per hundred and quantities with fractions', () => {
    const wire = documentTotals(
      invoice([
        line('12.3456', 0n, vat('0'), {
          quantity: { baseUnits: 2_750n, digits: 3 },
          price: { amount: '12.3456', currency: eur, per: 100 },
        }),
      ]),
    )
    // 12.3456 / 100 x 2.750 = 0.339504
    expect(wire.net).toBe(34n)
  })
})

describe('what other systems got wrong', () => {
  it('medusajs/medusa #14818: a tax below a cent is neither shown nor charged', () => {
    const totals = documentTotals(invoice([line('200.685', 1n, vat('17'))]))
    // 17% of 200.69 is 34.1173: the amount due has cents and nothing finer.
    expect(totals.tax).toBe(3_412n)
  })

  it('are billed unit by unit to exactly the whole, what roundings leave with the largest discount', () => {
    const input = invoice([line('10.01', 3n, vat('19'))], {
      adjustments: [
        { kind: 'discount', amount: 5n },
        { kind: 'discount', amount: 301n },
      ],
    })
    const totals = documentTotals(input)
    const parts = [0n, 1n, 2n].map((done) => partTotals(input, totals, [done], [done + 1n]))
    expect(parts.map(({ lines }) => [lines[0]?.net, ...(lines[0]?.shares ?? [])])).toEqual([
      [1_001n, -2n, -100n],
      [1_001n, -1n, -101n],
      [1_001n, -2n, -100n],
    ])
    expect(parts.reduce((sum, { gross }) => sum + gross, 0n)).toBe(totals.gross)
  })

  it('claim a charge of which all is tax with the first units', () => {
    const charge = { kind: 'charge', amount: 1n, tax: vat('150') } as const
    const input = invoice([line('11.90', 2n, vat('19'))], { prices: 'gross', adjustments: [charge] })
    const whole = documentTotals(input)
    expect(whole.adjustments).toMatchObject([{ amount: 0n }])
    const stored = { ...whole, adjustments: [] }
    const taxes = (done: bigint) =>
      partTotals(input, stored, [done], [done + 1n]).taxes.map(({ base, tax }) => [base, tax])
    expect([taxes(0n), taxes(1n)]).toEqual([
      [
        [1_000n, 190n],
        [0n, 1n],
      ],
      [[1_000n, 190n]],
    ])
  })

  it('odoo/odoo #102838: order and invoices agree on the tax, however the order is invoiced', () => {
    const input = invoice([line('10.53', 20n, vat('21')), line('4.47', 20n, vat('21'))])
    const order = documentTotals(input)
    expect(order.tax).toBe(6_300n)
    const parts = [
      partTotals(input, order, [0n, 0n], [7n, 0n]),
      partTotals(input, order, [7n, 0n], [13n, 11n]),
      partTotals(input, order, [13n, 11n], [20n, 20n]),
    ]
    expect(parts.reduce((sum, part) => sum + part.tax, 0n)).toBe(order.tax)
  })

  it('josemmo/einvoicing #31: tax per line and tax per category differ by cents, and the document says which it is', () => {
    const lines = [1, 2, 3].map(() => line('0.33', 1n, vat('19')))
    expect(documentTotals(invoice(lines, { profile: 'per_line' })).tax).toBe(18n)
    expect(documentTotals(invoice(lines, { profile: 'per_category' })).tax).toBe(19n)
  })

  it('Sylius/Sylius #4454: nothing is rounded twice', () => {
    // 3 x 1.665 = 4.995: once rounded 5.00, from 1.67 each it would be 5.01.
    expect(documentTotals(invoice([line('1.665', 3n, vat('0'))])).net).toBe(500n)
  })
})

describe('many discounts', () => {
  const tenths = Array.from({ length: 10 }, () => ({ kind: 'discount' as const, percent: '10' }))

  it('take no more from a line than it costs: the last are rounded the other way', () => {
    const totals = documentTotals(invoice([line('0.05', 1n, vat('19'), { adjustments: tenths })]))
    expect(totals.lines[0]?.adjustments).toEqual([-1n, -1n, -1n, -1n, -1n, 0n, 0n, 0n, 0n, 0n])
    expect(totals).toMatchObject({ lineNet: 0n, tax: 0n, due: 0n })
  })

  it('take no more from a document, and its trace says so', () => {
    const input = invoice([line('0.05', 1n, vat('19'))], { adjustments: tenths })
    const totals = documentTotals(input)
    expect(totals).toMatchObject({ discounts: 5n, net: 0n })
    const text = printTrace(traceSum(traceTotals(input, totals), 'discounts'))
    expect(text).toContain('less discount 0.01 = 10% of 0.05 = 0.005, rounded half up')
    const all = invoice([line('0.05', 1n, vat('19'), { adjustments: tenths })])
    const lines = printTrace(traceSum(traceTotals(all, documentTotals(all)), 'net')).split('\n')
    expect(lines.slice(-3)).toEqual([
      '      less discount 0.00 = with what was moved',
      '        discount 0.01 = 10% of 0.05 = 0.005, rounded half up',
      '        moved -0.01 = so that all discounts together leave nothing below zero',
    ])
  })

  it('come to less than nothing where more is taken than there is', () => {
    const [first] = tenths
    const more = [...tenths, ...(first === undefined ? [] : [first])]
    const totals = documentTotals(invoice([line('0.05', 1n, vat('19'), { adjustments: more })]))
    expect(totals.lines[0]?.amount).toBe(-6n)
  })
})

describe('the trace of an amount', () => {
  it('tells where each cent comes from, down to prices and quantities', () => {
    const input = invoice(
      [
        line('33.35', 3n, vat('19'), { adjustments: [{ kind: 'discount', percent: '5' }] }),
        line('10.00', 1n, vat('7')),
      ],
      { rounding: 'half_even', adjustments: [{ kind: 'charge', amount: 490n, tax: vat('19') }] },
    )
    expect(printTrace(traceSum(traceTotals(input, documentTotals(input)), 'total'))).toBe(
      `amount due 129.64 = total with tax [BR-CO-16]
  total with tax 129.64 = total without tax + tax [BR-CO-15]
    total without tax 109.95 = sum of the lines - discounts + charges [BR-CO-13]
      sum of the lines 105.05 = sum of the net amounts of the lines [BR-CO-10]
        line 1 95.05 = price times quantity, less discounts, plus charges
          price times quantity 100.05 = 33.35 x 3
          less discount 5.00 = 5% of 100.05 = 5.0025, rounded half even
        line 2 10.00 = 10.00 x 1
      charges on the document 4.90 = sum of the charges on the document [BR-CO-12]
        charge under S VAT 19% 4.90 = as it was agreed
    tax 19.69 = sum of the taxes [BR-CO-14]
      VAT 19% 18.99 = 19% of 99.95 = 18.9905, rounded half even [BR-CO-17]
        taxable amount under S VAT 19% 99.95 = its lines with its discounts and charges
          line 1 95.05 = price times quantity, less discounts, plus charges
            price times quantity 100.05 = 33.35 x 3
            less discount 5.00 = 5% of 100.05 = 5.0025, rounded half even
          charge 4.90 = as it was agreed
      VAT 7% 0.70 = 7% of 10.00 [BR-CO-17]
        taxable amount under S VAT 7% 10.00 = its lines with its discounts and charges
          line 2 10.00 = 10.00 x 1`,
    )
  })
})
