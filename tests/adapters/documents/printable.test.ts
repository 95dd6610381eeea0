import {
  createOrderManagement,
  memoryStorage,
  trustHost,
  type OrderManagementFor,
  type SettingsInput,
} from 'orderwright'
import { countedIds, fixedClock } from 'orderwright/testing'
import {
  creditNoteFromRecord,
  invoiceFromRecord,
  invoiceHtml,
  printableCreditNoteFromRecord,
  printableInvoiceFromRecord,
  proformaFromRecord,
  specifications,
  writeCii,
  writeUbl,
  type ElectronicInvoice,
  type IssuedHeader,
  type PageHeader,
} from 'orderwright/documents'
import { epcTextOf, hybridInvoicePdf, invoicePdf } from 'orderwright/pdf'
import { describe, expect, it } from 'vitest'
import { newKey } from '../../support/shop.js'
import { readPdf } from '../pdf/read-pdf.js'
import { openDesk } from './desk.js'
import { fullInvoice } from './sample-invoices.js'

/** A seller of whom no registration is known. */
const header: PageHeader = {
  seller: {
    name: 'Corner Shop',
    address: { city: 'Austin', subdivision: 'TX', postCode: '78701', country: 'US' },
  },
  buyer: {
    name: 'Ann Buyer',
    address: { city: 'Austin', subdivision: 'TX', postCode: '78702', country: 'US' },
  },
}

const standard: IssuedHeader = { ...header, specification: specifications.en16931 }

type Taxes = readonly { readonly name: string; readonly percent: string; readonly compound?: true }[]

interface Sale {
  readonly currency: string
  readonly price: string
  readonly taxes?: Taxes
  readonly totals?: NonNullable<SettingsInput['totals']>
  readonly more?: Partial<Parameters<OrderManagementFor['orders']['place']>[0]>
}

/** An invoice for three pieces, and a credit note for one of them. */
const sold = async ({ currency, price, taxes, totals = {}, more = {} }: Sale) => {
  const desk = openDesk({ totals })
  await desk.catalog.define({ sku: 'MUG', name: 'Mug', price: { amount: price, currency }, stocked: false })
  const tax = taxes === undefined ? {} : { tax: { category: 'S' as const, components: [...taxes] } }
  const { invoice = '' } = await desk.orders.place(
    {
      channel: 'web',
      currency,
      invoiceTrigger: 'on_order',
      lines: [{ sku: 'MUG', quantity: 3, ...tax }],
      ...more,
    },
    newKey(),
  )
  const { creditNote } = await desk.invoices.credit(
    { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'broken' },
    newKey(),
  )
  return {
    invoice: await desk.invoices.get({ invoice }),
    note: await desk.invoices.creditNote({ creditNote }),
  }
}

const vat: Taxes = [{ name: 'VAT', percent: '19' }]

const stateAndCity: Taxes = [
  { name: 'State', percent: '6.25' },
  { name: 'City', percent: '2' },
]

const refusalOf = (write: () => unknown): unknown => {
  try {
    write()
    return undefined
  } catch (error) {
    return (error as { readonly code?: unknown }).code
  }
}

describe('a document for pages only', () => {
  it.each<readonly [string, Sale, readonly string[]]>([
    [
      'whose tax is rounded per line',
      { currency: 'EUR', price: '9.99', taxes: vat, totals: { profile: 'per_line' } },
      ['€35.66', '19%'],
    ],
    [
      'with a tax on a tax',
      {
        currency: 'CAD',
        price: '100.00',
        taxes: [
          { name: 'GST', percent: '5' },
          { name: 'QST', percent: '9.5', compound: true },
        ],
      },
      ['14.975%', 'GST 5%', 'QST 9.5%', '315.00', '29.93', '344.93'],
    ],
    [
      'in a currency of three decimals',
      { currency: 'KWD', price: '1.234', taxes: [{ name: 'VAT', percent: '5' }] },
      ['3.702', '0.185', '3.887'],
    ],
    [
      'in yen with two taxes on a line',
      {
        currency: 'JPY',
        price: '333',
        taxes: [
          { name: 'A', percent: '8.25' },
          { name: 'B', percent: '4.65' },
          { name: 'C', percent: '4.65' },
        ],
      },
      ['A 8.25%', 'B 4.65%', '999'],
    ],
    [
      'of a seller without a number',
      { currency: 'USD', price: '10.00', taxes: stateAndCity },
      ['State 6.25%', '1.88', 'City 2%', '0.60', '$32.48'],
    ],
    ['of an order that is calculated without tax', { currency: 'USD', price: '10.00' }, ['$30.00']],
  ])('is an invoice or credit note %s, as page and as PDF', async (_what, sale, texts) => {
    const { invoice, note } = await sold(sale)
    const printed = printableInvoiceFromRecord(invoice, header)
    const html = invoiceHtml(printed, { language: 'en' })
    const { pages } = await readPdf(await invoicePdf(printed, { language: 'en' }))
    for (const text of texts) {
      expect(html).toContain(text)
      expect(pages.join('\n')).toContain(text)
    }
    expect(printed.totals.due).toBe(invoice.total.amount)
    const credited = printableCreditNoteFromRecord(note, header)
    expect(invoiceHtml(credited, { language: 'en' })).toContain('Credit note')
    expect(credited.precedingInvoices).toEqual([{ number: invoice.number, issuedOn: '2026-03-01' }])
  })

  it('says nothing of a tax where the order was calculated without one and the header does not', async () => {
    const discount = { kind: 'discount', percent: '10', reason: 'Fair' } as const
    for (const more of [{}, { adjustments: [discount] }]) {
      const { invoice } = await sold({ currency: 'USD', price: '10.00', more })
      const printed = printableInvoiceFromRecord(invoice, header)
      expect(printed.taxes).toEqual([])
      expect(printed.lines[0]?.tax).toEqual({ category: '' })
      expect(invoiceHtml(printed, { language: 'en' })).not.toContain('scope of tax')
      const untaxed = { category: 'E', components: [], exemption: 'Resale' } as const
      const exempt = invoiceHtml(printableInvoiceFromRecord(invoice, { ...header, untaxed }), {
        language: 'en',
      })
      expect(exempt).toContain('Exempt (E)')
      expect(exempt).toContain('Resale')
    }
  })

  it('has no XML: writing it is refused, as a draft too, and so is a record that EN 16931 cannot express', async () => {
    const { invoice, note } = await sold({
      currency: 'EUR',
      price: '9.99',
      taxes: vat,
      totals: { profile: 'per_line' },
    })
    const printed = printableInvoiceFromRecord(invoice, header) as ElectronicInvoice
    for (const options of [{}, { draft: true }]) {
      expect(refusalOf(() => writeUbl(printed, options))).toBe('configuration')
      expect(refusalOf(() => writeCii(printed, options))).toBe('configuration')
    }
    expect(refusalOf(() => hybridInvoicePdf(printed, { language: 'en' }))).toBe('configuration')
    expect(refusalOf(() => invoiceFromRecord(invoice, standard))).toBe('configuration')
    expect(refusalOf(() => creditNoteFromRecord(note, standard))).toBe('configuration')
  })

  it('keeps the rules all the same once it claims a specification', () => {
    const { specification: _specification, ...rest } = fullInvoice
    const wrong = { ...rest, number: '' }
    expect(invoiceHtml(wrong, { language: 'en' })).toContain('Invoice')
    const claims = { ...wrong, specification: specifications.en16931 }
    expect(refusalOf(() => invoiceHtml(claims, { language: 'en' }))).toBe('document_invalid')
  })

  it('has each tax by its name where several are levied, and a document of EN 16931 does not', async () => {
    const { invoice } = await sold({ currency: 'EUR', price: '10.00', taxes: stateAndCity })
    expect(printableInvoiceFromRecord(invoice, header).taxesByName).toEqual([
      { name: 'State', rate: '6.25', taxable: '30.00', tax: '1.88' },
      { name: 'City', rate: '2', taxable: '30.00', tax: '0.60' },
    ])
    expect(invoiceFromRecord(invoice, standard)).not.toHaveProperty('taxesByName')
    const single = await sold({ currency: 'EUR', price: '10.00', taxes: vat })
    expect(printableInvoiceFromRecord(single.invoice, header)).not.toHaveProperty('taxesByName')
  })

  it('is none for an invoice that was voided', async () => {
    const { invoice } = await sold({ currency: 'EUR', price: '10.00' })
    expect(refusalOf(() => printableInvoiceFromRecord({ ...invoice, status: 'voided' }, header))).toBe(
      'configuration',
    )
  })
})

describe('a proforma invoice', () => {
  const drawn = async () => {
    const clock = fixedClock('2026-03-01T09:00:00.000Z')
    const { orThrow: desk } = createOrderManagement({
      storage: memoryStorage({ clock }),
      clock,
      policy: trustHost,
      ids: countedIds(),
    }).as({ actor: { kind: 'user', id: 'ada' } })
    const price = { amount: '10.00', currency: 'EUR' }
    await desk.catalog.define({ sku: 'MUG', name: 'Mug', price, stocked: false })
    const placed = await desk.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        purchaseOrder: 'PO-4711',
        lines: [{ sku: 'MUG', quantity: 3, tax: { category: 'S', components: [...vat] } }],
      },
      newKey(),
    )
    return { placed, proforma: await desk.invoices.proforma({ order: placed.order }) }
  }
  const payable = {
    ...header,
    payment: { meansCode: '58', creditTransfers: [{ account: 'DE02120300000000202051' }] },
  }

  it.each([
    ['de', 'Proforma-Rechnung', 'keine Rechnung'],
    ['en', 'Proforma invoice', 'not an invoice'],
    ['en-GB', 'Proforma invoice', 'not an invoice'],
    ['en-IN', 'Proforma invoice', 'not an invoice'],
    ['es', 'Factura proforma', 'no es una factura'],
    ['fr', 'Facture pro forma', 'pas une facture'],
    ['it', 'Fattura proforma', 'non è una fattura'],
    ['ja', '見積請求書', '請求書ではありません'],
    ['nl', 'Pro-formafactuur', 'geen factuur'],
  ] as const)(
    'has a page in %s that says by its title and in words that it is no invoice',
    async (language, title, words) => {
      const { proforma, placed } = await drawn()
      const html = invoiceHtml(proformaFromRecord(proforma, payable), { language })
      expect(html).toContain(`>${title}</h1>`)
      for (const text of [words, placed.number, 'PO-4711', 'Mug']) expect(html).toContain(text)
      expect(html).toMatch(/35[.,]70/)
    },
  )

  it('is printed as PDF too, without a code to pay by', async () => {
    const { proforma } = await drawn()
    const printed = proformaFromRecord(proforma, payable)
    const { pages } = await readPdf(await invoicePdf(printed, { language: 'de' }))
    expect(pages.join('\n')).toContain('keine Rechnung')
    expect(pages.join('\n')).not.toContain('Zahlen mit Code')
    expect(epcTextOf({ ...printed, typeCode: '380', number: 'RE-1' })).toBeDefined()
  })

  it('has no XML', async () => {
    const { proforma } = await drawn()
    const printed = proformaFromRecord(proforma, header) as ElectronicInvoice
    expect(printed.typeCode).toBe('325')
    expect(() => writeUbl(printed)).toThrow('a proforma invoice, is for pages and has no XML')
    expect(refusalOf(() => writeCii(printed))).toBe('configuration')
  })

  it('is nothing that an invoice says of itself', () => {
    expect(invoiceHtml(fullInvoice, { language: 'en' })).not.toContain('not an invoice')
  })
})
