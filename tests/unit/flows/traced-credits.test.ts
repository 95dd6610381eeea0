import { describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { correctPrices } from '../../../src/core/invoicing/correct-prices.js'
import type { CreditNote } from '../../../src/core/invoicing/credit-note.js'
import type { CreditedLine, Invoice } from '../../../src/core/invoicing/invoice.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { traceCredit } from '../../../src/core/invoicing/traces/credit.js'
import type { LineId } from '../../../src/core/ids/ids.js'
import { granted } from '../../../src/core/result.js'
import { printTrace } from '../../../src/core/totals/traces/trace.js'
import type { Money } from '../../../src/core/money/money.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { vat } from '../../support/tax.js'
import { traceLines } from '../../support/trace-lines.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' }) as Money

const gross: SettingsInput = { totals: { prices: 'gross' } }

/** An invoice of books at 9.99 and mugs at 10.00, and what its bookkeeper does and reads. */
const open = async (lines: readonly object[], more: object = {}, settings: SettingsInput = {}) => {
  const { oms, stored } = openShop(undefined, settings)
  await stock(oms, 'BOOK', 100, '9.99')
  await stock(oms, 'MUG', 100, '10.00')
  await oms.orThrow.promotions.define({
    promotion: 'FREE',
    name: 'Free delivery',
    benefit: { kind: 'free_shipping' },
  })
  const { invoice } = await shipped(oms, await confirmed(oms, lines as never, more))
  return {
    oms,
    invoice,
    stored: () => stored<Invoice>(invoiceKind, invoice),
    credit: async (what: object = {}) =>
      (await oms.orThrow.invoices.credit({ invoice, reason: 'back', ...what }, newKey())).creditNote,
    linesOf: async (named: object, amount: string, depth?: number) =>
      traceLines((await oms.orThrow.invoices.trace({ ...named, amount })).text, depth),
  }
}

const units = (line: string, quantity: number) => ({ lines: [{ line, quantity }] })

describe('the trace of a credit note', () => {
  it('F130 rounds to coins all that is credited so far, and with the last unit to what the invoice came to', async () => {
    const coins: SettingsInput = { totals: { cashRounding: { EUR: { step: 5, mode: 'half_up' } } } }
    const { invoice, credit, linesOf } = await open([{ sku: 'BOOK', quantity: 3, tax: vat('7') }], {}, coins)
    expect(await linesOf({ invoice }, 'total', 1)).toEqual([
      'amount due 32.05 = total with tax + rounding to coins [BR-CO-16]',
      '  total with tax 32.07 = total without tax + tax [BR-CO-15]',
      '  rounding -0.02 = what coins can pay - total with tax',
    ])
    const notes = [await credit(units('L1', 1)), await credit(units('L1', 1)), await credit()]
    const printed = await Promise.all(notes.map((creditNote) => linesOf({ creditNote }, 'total', 3)))
    expect(printed).toEqual([
      [
        'amount credited 10.70 = in coins [BR-CO-16]',
        '  credited so far 10.70 = in coins, no more than the invoice claims',
        '    in coins 10.70 = 10.69, rounded half up to a multiple of 0.05',
        '      credited with tax so far 10.69 = of the invoice',
        '    total of invoice INV-000001 32.05 = all of it',
      ],
      [
        'amount credited 10.70 = all so far in coins, less what was credited before [BR-CO-16]',
        '  credited so far 21.40 = in coins, no more than the invoice claims',
        '    in coins 21.40 = 21.38, rounded half up to a multiple of 0.05',
        '      credited with tax so far 21.38 = of the invoice',
        '    total of invoice INV-000001 32.05 = all of it',
        '  less before 10.70 = by earlier credit notes',
      ],
      [
        'amount credited 10.65 = all so far in coins, less what was credited before [BR-CO-16]',
        '  total of invoice INV-000001 32.05 = all of it',
        '  less before 21.40 = by earlier credit notes',
      ],
    ])
  })

  it('F130 has nothing to round where coins can pay all of it', async () => {
    const coins: SettingsInput = { totals: { cashRounding: { EUR: { step: 5, mode: 'half_up' } } } }
    const { invoice, linesOf } = await open([{ sku: 'MUG', quantity: 3, tax: vat('7') }], {}, coins)
    expect(await linesOf({ invoice }, 'rounding')).toEqual(['rounding 0.00 = coins can pay it'])
  })

  it('F130 names the promotion of a discount that it gives back', async () => {
    const freight = {
      kind: 'charge',
      reason: 'Delivery',
      amount: eur('4.00'),
      tax: vat('19'),
      purpose: 'shipping',
    }
    const { credit, linesOf } = await open([{ sku: 'MUG', quantity: 3, tax: vat('7') }], {
      adjustments: [freight],
      promotions: {},
    })
    const creditNote = await credit()
    expect(await linesOf({ creditNote }, 'discounts', 2)).toEqual([
      'discounts on the document 4.00 = sum of the discounts on the document [BR-CO-11]',
      '  less discount "Free delivery" of promotion FREE of invoice INV-000001 -4.00 = all of it with the last part',
      '    discount "Free delivery" of promotion FREE of invoice INV-000001 -4.00 = as it was billed',
    ])
  })

  it('F130 takes what was too high of a price for given where nothing is taxed', async () => {
    const { invoice, credit, linesOf } = await open([
      { sku: 'MUG', quantity: 3, unitPrice: { ...eur('10.00'), per: 2 } },
    ])
    expect(await linesOf({ invoice }, 'lines.0.unitPrice')).toEqual([
      'unit price 10.00 = as it was agreed, in EUR for 2',
    ])
    const creditNote = await credit({ corrections: [{ line: 'L1', amount: eur('1.00') }] })
    expect(await linesOf({ creditNote }, 'total')).toEqual([
      'total 1.00 = sum of the lines, nothing taxed, discounted or charged',
      '  line 1 1.00 = by so much its price was too high',
    ])
  })

  it('F130 takes back what is withheld of what it credits, for each of its shares', async () => {
    const withholdings = [{ name: 'IRPF', percent: '15', on: 'net' }]
    const { credit, linesOf } = await open([{ sku: 'BOOK', quantity: 3, tax: vat('7') }], { withholdings })
    await credit(units('L1', 1))
    const creditNote = await credit(units('L1', 1))
    expect(await linesOf({ creditNote }, 'withholdings.0.amount', 2)).toEqual([
      'withheld, IRPF 15% 1.50 = 3.00 so far, less 1.50 before',
      '  so far 3.00 = 4.50 for 19.98 of 29.97',
      '    withheld of invoice INV-000001 4.50 = IRPF 15%',
      '    credited so far 19.98 = of the invoice',
      '  less before 1.50 = 4.50 for 9.99 of 29.97',
      '    withheld of invoice INV-000001 4.50 = IRPF 15%',
      '    credited before 9.99 = by earlier credit notes',
    ])
  })

  it('F130 corrects the price of what is exempt without a tax', async () => {
    const { credit, linesOf } = await open([
      { sku: 'MUG', quantity: 1, tax: { category: 'E', components: [] } },
    ])
    const creditNote = await credit({ corrections: [{ line: 'L1', amount: eur('1.00') }] })
    expect(await linesOf({ creditNote }, 'gross')).toEqual([
      'total with tax 1.00 = total without tax + tax [BR-CO-15]',
      '  total without tax 1.00 = sum of the lines [BR-CO-13]',
      '    price correction 1.00 = by so much its price was too high',
      '  tax 0.00 = sum of the taxes [BR-CO-14]',
    ])
  })

  it('F130 finds no tax in the price of what is exempt where prices contain it', async () => {
    const { credit, linesOf } = await open(
      [{ sku: 'MUG', quantity: 1, tax: { category: 'E', components: [] } }],
      {},
      gross,
    )
    const creditNote = await credit({ corrections: [{ line: 'L1', amount: eur('1.00') }] })
    expect(await linesOf({ creditNote }, 'gross')).toEqual([
      'total with tax 1.00 = total without tax + tax [BR-CO-15]',
      '  total without tax 1.00 = sum of the lines [BR-CO-13]',
      '    without tax 1.00 = without its tax',
      '      price correction with tax 1.00 = by so much its price was too high',
      '      less tax 0.00 = nothing is left of the tax',
      '  tax 0.00 = sum of the taxes [BR-CO-14]',
    ])
  })

  it('F130 without an invoice multiplies prices per so many units', async () => {
    const { oms, linesOf } = await open([{ sku: 'MUG', quantity: 1 }])
    const unitPrice = { ...eur('3.33'), per: 2 }
    const { creditNote } = await oms.orThrow.invoices.creditWithoutInvoice(
      { currency: 'EUR', lines: [{ sku: 'OLD', name: 'Old', quantity: 3, unitPrice }], reason: 'goodwill' },
      newKey(),
    )
    expect(await linesOf({ creditNote }, 'total')).toEqual([
      'total 5.00 = sum of the lines, nothing taxed, discounted or charged',
      '  line 1 5.00 = 3.33 x 3 / 2 = 4.995, rounded half up',
    ])
  })
})

describe('the trace of a credit note where prices contain tax', () => {
  const lines = [
    { sku: 'MUG', quantity: 1, tax: vat('19') },
    { sku: 'MUG', quantity: 2, tax: vat('19') },
  ]

  it('F130 has no tax in lines of which no unit was left when a price was corrected', async () => {
    const { credit, linesOf } = await open(lines, {}, gross)
    await credit(units('L1', 1))
    const corrected = await credit({ corrections: [{ line: 'L2', amount: eur('1.00') }] })
    expect(await linesOf({ creditNote: corrected }, 'lines.0.net')).toEqual([
      'line 1 0.84 = without its tax',
      '  price correction with tax 1.00 = by so much its price was too high',
      '  less tax 0.16 = 3.19 for 1.00 of 20.00 = 0.1595, rounded half up',
      '    tax in what is left 3.19 = what its amounts without tax leave',
      '      left of the line with tax 20.00 = as the customer was told it',
      '      less left of the line 16.81 = without tax',
      '    price correction with tax 1.00 = by so much its price was too high',
    ])
    const creditNote = await credit(units('L2', 1))
    expect(await linesOf({ creditNote }, 'tax', 2)).toEqual([
      'tax 1.52 = sum of the taxes [BR-CO-14]',
      '  VAT 19% of invoice INV-000001, what was left 1.52 = of its lines, and of what is taxed by itself',
      '    tax in it 0.00 = no units',
      '    tax in it 1.52 = 3.03 for 9.50 of 19.00 = 1.515, rounded half up',
    ])
  })

  it('F130 shares in the tax of its treatment on an older invoice, whose lines do not say what they cost with it', async () => {
    const { stored } = await open(lines, {}, gross)
    const older = withoutGross(await stored())
    const { lines: credited, ...amounts } = granted(
      correctPrices(older, [{ line: 'L2' as LineId, amount: eur('1.00') }]),
      'there is so much left',
    )
    const traced = (asked: readonly CreditedLine[]) => {
      const note = { ...older, ...amounts, corrects: 'price', lines: [{ ...older.lines[1], ...asked[0] }] }
      const traces = traceCredit(note as unknown as CreditNote, {
        invoice: older,
        lines: asked,
        deducted: [],
      })
      return traceLines(printTrace(traces.sum('gross')), 3)
    }
    expect(traced(credited)).toEqual([
      'total with tax 1.00 = total without tax + tax [BR-CO-15]',
      '  total without tax 0.84 = sum of the lines [BR-CO-13]',
      '    without tax 0.84 = without its tax',
      '      price correction with tax 1.00 = by so much its price was too high',
      '      less tax 0.16 = 4.79 for 1.00 of 30.00 = 0.159666…, rounded half up',
      '  tax 0.16 = sum of the taxes [BR-CO-14]',
      '    VAT 19% 0.16 = its share of the tax of each line',
      '      share of VAT 0.16 = 4.79 of 4.79 of 0.16',
    ])
    // Older credit notes keep without tax alone what was asked for with it.
    expect(traced(credited.map(({ gross: _gross, ...line }) => line))).toEqual([
      'total with tax 1.00 = total without tax + tax [BR-CO-15]',
      '  total without tax 0.84 = sum of the lines [BR-CO-13]',
      '    price correction 0.84 = by so much its price was too high',
      '  tax 0.16 = sum of the taxes [BR-CO-14]',
      '    VAT 19% 0.16 = its share of the tax of each line',
      '      share of VAT 0.16 = 4.79 of 4.79 of 0.16',
    ])
  })
})

describe('the trace of a tax of which nothing else is left on an invoice', () => {
  it('F130 is given back with the last unit, for no amount without it', async () => {
    const { invoice, credit, linesOf } = await open(
      [{ sku: 'MUG', quantity: 2, tax: vat('19') }],
      { adjustments: [{ kind: 'charge', reason: 'Bag', amount: eur('0.01'), tax: vat('7') }] },
      { totals: { prices: 'gross', rounding: 'down' } },
    )
    const printed = [await linesOf({ invoice }, 'totals.taxes.1.amounts.0')]
    for (const lines of [units('L1', 1), units('L1', 1)]) {
      printed.push(await linesOf({ creditNote: await credit(lines) }, 'tax', 2))
    }
    expect(printed).toEqual([
      [
        'VAT 7% 0.01 = all that is taxed so, so all of the tax',
        '  VAT 7% 0.01 = contained in 0.01',
        '    amount with tax under S VAT 7% 0.01 = its lines with its discounts and charges',
        '      charge "Bag" 0.01 = as it was agreed',
        '    less without 7% 0.00 = 0.01 / 1.07 = 0.009345…, rounded down',
      ],
      [
        'tax 1.60 = sum of the taxes [BR-CO-14]',
        '  VAT 19% of invoice INV-000001 1.60 = of its lines, and of what is taxed by itself',
        '    tax in it 1.60 = 3.20 for 10.00 of 20.00',
      ],
      [
        'tax 1.61 = sum of the taxes [BR-CO-14]',
        '  VAT 19% of invoice INV-000001 1.60 = 3.20 so far, less 1.60 before',
        '    so far 3.20 = all that is taxed so, so all of the tax',
        '    less before 1.60 = of its lines, and of what is taxed by itself',
        '  VAT 7% of invoice INV-000001 0.01 = all that is taxed so, so all of the tax',
        '    VAT 7% of invoice INV-000001 0.01 = as it was billed',
      ],
    ])
  })
})

const withoutGross = (invoice: Invoice): Invoice => ({
  ...invoice,
  lines: invoice.lines.map(({ gross: _gross, ...line }) => line),
})

describe('the trace of a debit note', () => {
  it('F130 says that more units of what was given away cost nothing', async () => {
    const gift = { kind: 'discount', reason: 'Gift', percent: '100' }
    const { oms, invoice, linesOf } = await open(
      [{ sku: 'MUG', quantity: 2, tax: vat('19'), adjustments: [gift] }],
      {},
      gross,
    )
    const { invoice: debitNote } = await oms.orThrow.invoices.debit(
      { invoice, ...units('L1', 1), reason: 'left out' },
      newKey(),
    )
    expect((await linesOf({ invoice: debitNote }, 'lines.0.net')).slice(3, 6)).toEqual([
      '      amount with tax under S VAT 19% 0.00 = its lines with its discounts and charges',
      '        line 1 0.00 = 1 more than the 2 billed for 0.00',
      '          line 1 of invoice INV-000001 with tax 0.00 = as it was billed',
    ])
  })
})
