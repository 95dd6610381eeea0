import { describe, expect, it } from 'vitest'
import { openBank } from '../../support/bank.js'
import { newKey, openShop } from '../../support/shop.js'

const vat = (percent: string) => ({ category: 'S' as const, components: [{ name: 'VAT', percent }] })
const line = (amount: string, more: object = {}) => ({
  sku: 'MUG',
  name: 'Blue mug',
  quantity: 1,
  unitPrice: { amount, currency: 'EUR' },
  ...more,
})
const credit = (...lines: ReturnType<typeof line>[]) => ({ currency: 'EUR', lines, reason: 'goodwill' })

describe('a credit without an invoice', () => {
  it('gives back the tax of its lines, rate by rate, and the books take it from what is owed to the tax office', async () => {
    const { oms } = openBank()
    const given = credit(line('10.00', { tax: vat('19') }), line('9.99', { tax: vat('7') }))
    const { creditNote, total } = await oms.orThrow.invoices.creditWithoutInvoice(given, newKey())
    expect(total.amount).toBe('22.59')
    expect(await oms.orThrow.invoices.creditNote({ creditNote })).toMatchObject({
      lines: [
        { net: { amount: '10.00' }, tax: vat('19') },
        { net: { amount: '9.99' }, tax: vat('7') },
      ],
      totals: {
        net: { amount: '19.99' },
        tax: { amount: '2.60' },
        gross: { amount: '22.59' },
        taxes: [{ tax: { amount: '1.90' } }, { tax: { amount: '0.70' } }],
      },
    })
    const { items } = await oms.orThrow.ledger.journal({ documents: 'credit_note' })
    expect(items[0]?.postings.map(({ side, account, amount }) => [side, account, amount.amount])).toEqual([
      ['debit', 'revenue', '19.99'],
      ['credit', 'receivables', '22.59'],
      ['debit', 'output_tax', '2.60'],
    ])
  })

  it('takes the tax out of prices that contain it', async () => {
    const { oms } = openShop(undefined, { totals: { prices: 'gross' } })
    const { creditNote, total } = await oms.orThrow.invoices.creditWithoutInvoice(
      credit(line('11.90', { tax: vat('19') })),
      newKey(),
    )
    expect(total.amount).toBe('11.90')
    const { totals } = await oms.orThrow.invoices.creditNote({ creditNote })
    expect([totals?.net.amount, totals?.tax.amount]).toEqual(['10.00', '1.90'])
  })

  it('is the sum of its lines where none says how it is taxed', async () => {
    const { oms } = openBank()
    const { creditNote, total } = await oms.orThrow.invoices.creditWithoutInvoice(
      credit(line('10.00')),
      newKey(),
    )
    expect(total.amount).toBe('10.00')
    expect((await oms.orThrow.invoices.creditNote({ creditNote })).totals).toBeUndefined()
  })

  it.each([
    [
      'a line that does not say it beside one that does',
      credit(line('1.00', { tax: vat('19') }), line('1.00')),
      'tax.all',
    ],
    [
      'a rate as a number',
      credit(line('1.00', { tax: { category: 'S', components: [{ name: 'VAT', percent: 19 }] } })),
      'tax.unit',
    ],
    [
      'a tax under reverse charge',
      credit(line('1.00', { tax: { ...vat('19'), category: 'AE' } })),
      'tax.category',
    ],
  ])('refuses %s', async (_what, given, rule) => {
    const { oms } = openBank()
    expect(await oms.invoices.creditWithoutInvoice(given, newKey())).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ rule }] },
    })
  })
})
