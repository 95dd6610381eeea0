import type { OrderManagementFor, SettingsInput } from 'orderwright'
import {
  creditNoteFromRecord,
  invoiceFromRecord,
  invoiceHtml,
  readInvoice,
  specifications,
  validateInvoice,
  writeCii,
  writeUbl,
  type ElectronicInvoice,
} from 'orderwright/documents'
import { invoicePdf } from 'orderwright/pdf'
import { describe, expect, it } from 'vitest'
import { newKey } from '../../support/shop.js'
import { germanTax } from '../../support/tax.js'
import { readPdf } from '../pdf/read-pdf.js'
import { openDesk } from './desk.js'
import { issuedHeader } from './sample-invoices.js'

type Desk = OrderManagementFor['orThrow']

const header = { ...issuedHeader, buyerReference: 'DEPT-7' }
const paymentTerms = 'Paid out.'

const open = async (settings: SettingsInput = { tax: germanTax }): Promise<Desk> => {
  const desk = openDesk(settings)
  await desk.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
  await desk.catalog.define({
    sku: 'MUG',
    name: 'Tasse',
    price: { amount: '7.95', currency: 'EUR' },
    stocked: false,
  })
  return desk
}

/** One invoice for an order of each of these numbers of the buyer. */
const billed = async (desk: Desk, purchaseOrders: readonly (string | undefined)[]) => {
  const orders: string[] = []
  for (const purchaseOrder of purchaseOrders) {
    const { order } = await desk.orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        customer: 'C-1',
        billing: 'consolidated',
        invoiceTrigger: 'on_order',
        lines: [{ sku: 'MUG', quantity: 2 }],
        ...(purchaseOrder !== undefined && { purchaseOrder }),
      },
      newKey(),
    )
    orders.push(order)
  }
  const { invoice = '' } = await desk.invoices.billTogether({ orders })
  return desk.invoices.get({ invoice })
}

const readBack = async (document: ElectronicInvoice) => [
  (await readInvoice(writeUbl(document))).invoice,
  (await readInvoice(writeCii(document))).invoice,
]

/** What stands on the page and in the PDF, each without the room between its words. */
const printed = async (document: ElectronicInvoice): Promise<readonly string[]> => {
  const html = invoiceHtml(document, { language: 'en' }).replaceAll(/<[^>]*>/g, ' ')
  const { pages } = await readPdf(await invoicePdf(document, { language: 'en' }))
  return [html, pages.join('\n')].map((text) => text.replaceAll(/\s+/g, ' '))
}

describe('the orders of a consolidated invoice', () => {
  it('F112 that have one number of the buyer have it as that of the document (BT-13)', async () => {
    const issued = await billed(await open(), ['PO-1', 'PO-1'])
    expect(issued).toMatchObject({
      purchaseOrder: 'PO-1',
      parts: [{ purchaseOrder: 'PO-1' }, { purchaseOrder: 'PO-1' }],
    })
    const document = invoiceFromRecord(issued, header)
    expect(document.purchaseOrderReference).toBe('PO-1')
    expect(document.lines.map(({ invoicedObject }) => invoicedObject)).toEqual([undefined, undefined])
    for (const read of await readBack(document)) expect(read).toEqual(document)
    for (const text of await printed(document)) expect(text).toMatch(/Your order:? PO-1/)
  })

  it.each([
    ['that have several', ['PO-1', 'PO-2']],
    ['of which one has none', ['PO-1', undefined]],
  ])('F112 %s name them line by line (BT-128 under the scheme ON)', async (_what, numbers) => {
    const issued = await billed(await open(), numbers)
    expect(issued).not.toHaveProperty('purchaseOrder')
    const document = invoiceFromRecord(issued, { ...header, specification: specifications.peppol })
    expect(document).not.toHaveProperty('purchaseOrderReference')
    expect(document.lines.map(({ invoicedObject }) => invoicedObject)).toEqual(
      numbers.map((id) => (id === undefined ? undefined : { id, scheme: 'ON' })),
    )
    const objectsOf = ({ lines }: ElectronicInvoice) => lines.map(({ invoicedObject }) => invoicedObject)
    const standard = { ...document, specification: specifications.en16931 }
    expect(validateInvoice(standard)).toEqual([])
    expect(validateInvoice(document).filter(({ place }) => place.startsWith('lines'))).toEqual([])
    for (const read of await readBack(standard)) expect(objectsOf(read)).toEqual(objectsOf(document))
    for (const text of await printed(standard)) {
      for (const id of numbers) if (id !== undefined) expect(text).toContain(`Your order: ${id}`)
      expect(text).not.toContain('Refers to')
    }
  })

  it('F112 keep the number of the order on its credit notes, whatever the others have', async () => {
    const desk = await open()
    const issued = await billed(desk, ['PO-1', 'PO-2'])
    const order = issued.parts?.[1]?.order ?? ''
    const { creditNote } = await desk.invoices.credit(
      { invoice: issued.id, order, reason: 'returned' },
      newKey(),
    )
    const note = await desk.invoices.creditNote({ creditNote })
    expect(note.purchaseOrder).toBe('PO-2')
    expect(creditNoteFromRecord(note, header).purchaseOrderReference).toBe('PO-2')
  })
})

describe('a credit note without an invoice', () => {
  it('names and prints what it refers to (BT-18)', async () => {
    const desk = await open()
    const { creditNote } = await desk.invoices.creditWithoutInvoice(
      {
        currency: 'EUR',
        reason: 'goodwill',
        reference: 'CASE-2026-17',
        lines: [
          {
            sku: 'MUG',
            name: 'Tasse',
            quantity: 1,
            unitPrice: { amount: '7.95', currency: 'EUR' },
            tax: { category: 'S', components: [{ name: 'VAT', percent: '19' }] },
          },
        ],
      },
      newKey(),
    )
    const document = creditNoteFromRecord(await desk.invoices.creditNote({ creditNote }), {
      ...header,
      paymentTerms,
    })
    expect(validateInvoice(document)).toEqual([])
    expect(document.invoicedObject).toEqual({ id: 'CASE-2026-17' })
    for (const read of await readBack(document)) expect(read).toEqual(document)
    for (const text of await printed(document)) expect(text).toMatch(/Refers to:? CASE-2026-17/)
  })
})
