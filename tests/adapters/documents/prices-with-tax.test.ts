import {
  creditNoteFromRecord,
  invoiceFromRecord,
  invoiceHtml,
  writeUbl,
  type DocumentLanguage,
  type ElectronicInvoice,
} from 'orderwright/documents'
import { invoicePdf } from 'orderwright/pdf'
import { describe, expect, it } from 'vitest'
import { newKey } from '../../support/shop.js'
import { germanTax } from '../../support/tax.js'
import { readPdf } from '../pdf/read-pdf.js'
import { openDesk } from './desk.js'
import { issuedHeader } from './sample-invoices.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** Three mugs at 11.90 with tax less ten percent, and 250 screws at 4.99 for a hundred: invoice, and credit of a price. */
const sold = async (prices: 'net' | 'gross') => {
  const desk = openDesk({ tax: germanTax, totals: { prices } })
  await desk.catalog.define({ sku: 'MUG', name: 'Mug', price: eur('11.90'), stocked: false })
  await desk.catalog.define({
    sku: 'SCREW',
    name: 'Screw',
    price: { ...eur('4.99'), per: 100 },
    stocked: false,
  })
  const { invoice = '' } = await desk.orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      invoiceTrigger: 'on_order',
      lines: [
        { sku: 'MUG', quantity: 3, adjustments: [{ kind: 'discount', percent: '10', reason: 'Loyal' }] },
        { sku: 'SCREW', quantity: 250 },
      ],
    },
    newKey(),
  )
  const corrections = [{ line: 'L1', amount: eur('1.19') }]
  const { creditNote } = await desk.invoices.credit({ invoice, corrections, reason: 'price' }, newKey())
  return {
    invoice: invoiceFromRecord(await desk.invoices.get({ invoice }), issuedHeader),
    note: creditNoteFromRecord(await desk.invoices.creditNote({ creditNote }), {
      ...issuedHeader,
      paymentTerms: 'Paid out.',
    }),
  }
}

const printed = async (document: ElectronicInvoice, language: DocumentLanguage = 'en') => {
  const html = invoiceHtml(document, { language }).replaceAll(/<[^>]*>/g, ' ')
  const { pages } = await readPdf(await invoicePdf(document, { language }))
  return [html, pages.join('\n')].map((text) => text.replaceAll(/\s+/g, ' '))
}

describe('pages of an order whose prices contain tax', () => {
  it('show the price that was agreed, say that tax is in it and not in the amount, and what was taken off', async () => {
    const { invoice } = await sold('gross')
    expect(
      invoice.lines.map(({ price, priceWithTax }) => [price.net, price.baseQuantity, priceWithTax]),
    ).toEqual([
      ['27.00', '3', { amount: '11.90', adjustments: [{ reason: 'Loyal', percent: '10' }] }],
      ['10.49', '250', { amount: '4.99', per: '100' }],
    ])
    for (const text of await printed(invoice)) {
      expect(text).toContain('Unit price incl. tax')
      expect(text).toContain('Net amount EUR')
      expect(text).toContain('11.90')
      expect(text).toContain('4.99 / 100')
      expect(text).toContain('Loyal 10%')
      expect(text).not.toContain('27.00 / 3')
      expect(text).not.toContain('10.49 / 250')
    }
    expect(writeUbl(invoice)).not.toContain('11.90')
  })

  it.each([
    ['en-GB', 'Unit price incl. VAT'],
    ['en-IN', 'Unit price incl. GST'],
    ['de', 'Einzelpreis inkl. USt.'],
    ['fr', 'Prix unitaire TTC'],
    ['es', 'Precio unitario IVA incl.'],
    ['it', 'Prezzo unitario IVA incl.'],
    ['nl', 'Prijs per stuk incl. btw'],
    ['ja', '単価（税込）'],
  ] as const)('say so in %s', async (language, words) => {
    expect(invoiceHtml((await sold('gross')).invoice, { language })).toContain(words)
  })

  it('show no price of a unit where a price was corrected and no unit came back', async () => {
    const { note } = await sold('gross')
    expect(note.lines.map(({ price, priceWithTax }) => [price.net, priceWithTax])).toEqual([
      ['1.00', undefined],
    ])
    for (const text of await printed(note)) expect(text).toContain('Unit price ')
  })

  it('are as ever where prices are without tax', async () => {
    const { invoice } = await sold('net')
    for (const text of await printed(invoice)) {
      expect(text).toContain('Unit price')
      expect(text).not.toContain('incl. tax')
      expect(text).toContain('Amount EUR')
      expect(text).toContain('4.99 / 100')
    }
  })
})
