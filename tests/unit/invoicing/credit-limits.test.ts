import { describe, expect, it } from 'vitest'
import { correctPrices } from '../../../src/core/invoicing/correct-prices.js'
import { calculatedCredit } from '../../../src/core/invoicing/credit-limits.js'
import type { Invoice } from '../../../src/core/invoicing/invoice.js'
import type { Money } from '../../../src/core/money/money.js'
import { amountsOfTaxes } from '../../../src/core/totals/amounts-of-taxes.js'
import type { DocumentAmounts, TaxAmount } from '../../../src/core/totals/calculation.js'
import { vat } from '../../support/tax.js'

const euros = (amount: string) => ({ amount, currency: 'EUR' }) as Money

const taxed = (percent: string, base: string, tax: string): TaxAmount => ({
  treatment: vat(percent),
  base: euros(base),
  amounts: [euros(tax)],
  tax: euros(tax),
})
const amountsOf = (...taxes: readonly TaxAmount[]): DocumentAmounts =>
  amountsOfTaxes(taxes, euros('0.00').currency)

/** 100.00 at 19% and 100.00 at 7%, of which 40.00 at 19% is credited. */
const invoice = {
  currency: 'EUR',
  total: euros('226.00'),
  totals: amountsOf(taxed('19', '100.00', '19.00'), taxed('7', '100.00', '7.00')),
  credited: euros('47.60'),
  creditedTotals: amountsOf(taxed('19', '40.00', '7.60')),
} as unknown as Invoice

describe('MO6 row 96 what can be credited of an invoice', () => {
  it('is under each rate what is left of that rate, however much is left of the whole', () => {
    expect(calculatedCredit(invoice, [], amountsOf(taxed('19', '60.00', '11.40')))).toMatchObject({
      ok: true,
      value: { total: euros('71.40') },
    })
    expect(calculatedCredit(invoice, [], amountsOf(taxed('19', '60.01', '11.40')))).toEqual({
      ok: false,
      error: {
        code: 'credit_exceeds_invoice',
        details: { tax: vat('19'), wanted: euros('60.01'), limit: euros('60.00') },
      },
    })
  })

  it('is no more than it claims where coins would round what is given back up beyond it', () => {
    const coins = { calculation: { cashRounding: { step: 5, mode: 'half_up' } }, credited: euros('0.00') }
    const whole = { ...invoice, ...coins, creditedTotals: undefined, total: euros('21.40') }
    const inCoins = { ...whole, totals: amountsOf(taxed('7', '19.99', '1.40')) } as unknown as Invoice
    const credit = (base: string) => calculatedCredit(inCoins, [], amountsOf(taxed('7', base, '1.40')))
    expect(credit('19.98')).toMatchObject({ ok: true, value: { total: euros('21.40') } })
    expect(credit('19.91')).toMatchObject({ ok: true, value: { total: euros('21.30') } })
  })

  it('is no more tax than is left of it, even where its base is', () => {
    expect(calculatedCredit(invoice, [], amountsOf(taxed('7', '50.00', '7.01')))).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { tax: vat('7') } },
    })
  })

  it('is no more of a line than it has where roundings have left its tax below zero', () => {
    const line = (id: string, net: string) => ({ line: id, quantity: 1, net: euros(net), tax: vat('19') })
    const none = { quantity: 0, net: euros('0.00') }
    const odd = {
      ...invoice,
      calculation: { prices: 'gross', rounding: 'half_up' },
      lines: [line('L1', '0.01'), line('L2', '0.02')],
      creditedLines: [none, none],
      total: euros('0.02'),
      totals: amountsOf(taxed('19', '0.03', '-0.01')),
      creditedTotals: undefined,
    } as unknown as Invoice
    expect(correctPrices(odd, [{ line: 'L1' as never, amount: euros('0.01') }])).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { limit: euros('0.03') } },
    })
  })

  it('takes no tax back where none is levied, though a line with its shares is an odd unit off its price', () => {
    const outside = { category: 'O' as const, components: [] }
    const exempt = {
      ...invoice,
      calculation: { prices: 'gross', rounding: 'half_up' },
      lines: [{ line: 'L1', quantity: 7, net: euros('317.53'), gross: euros('317.52'), tax: outside }],
      creditedLines: [{ quantity: 0, net: euros('0.00') }],
      total: euros('317.53'),
      credited: euros('0.00'),
      totals: amountsOf({ treatment: outside, base: euros('317.53'), amounts: [], tax: euros('0.00') }),
      creditedTotals: undefined,
    } as unknown as Invoice
    expect(correctPrices(exempt, [{ line: 'L1' as never, amount: euros('266.93') }])).toMatchObject({
      value: { total: euros('266.93'), totals: { net: euros('266.93'), tax: euros('0.00') } },
    })
  })

  it('leaves a line nothing below zero where an odd unit of a charge is in the price of one without tax (MO6)', () => {
    const outside = { category: 'O' as const, components: [] }
    const charged = {
      ...invoice,
      calculation: { prices: 'gross', rounding: 'half_up' },
      lines: [
        {
          line: 'L1',
          quantity: 1,
          net: euros('9.99'),
          shares: [euros('2.22')],
          gross: euros('12.22'),
          tax: outside,
        },
      ],
      creditedLines: [{ quantity: 0, net: euros('0.00') }],
      total: euros('12.21'),
      credited: euros('0.00'),
      totals: amountsOf({ treatment: outside, base: euros('12.21'), amounts: [], tax: euros('0.00') }),
      creditedTotals: undefined,
    } as unknown as Invoice
    expect(correctPrices(charged, [{ line: 'L1' as never, amount: euros('10.00') }])).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { limit: euros('9.99') } },
    })
  })

  it('is nothing under a rate that it does not have', () => {
    expect(calculatedCredit(invoice, [], amountsOf(taxed('5', '1.00', '0.05')))).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { tax: vat('5'), limit: euros('0.00') } },
    })
  })
})
