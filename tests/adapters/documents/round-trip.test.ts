import { describe, expect, it } from 'vitest'
import {
  readInvoice,
  specifications,
  validateInvoice,
  writeCii,
  writeUbl,
  type ElectronicInvoice,
} from 'orderwright/documents'
import { categorySample, fullCreditNote, fullInvoice } from './sample-invoices.js'

const samples: readonly (readonly [string, ElectronicInvoice])[] = [
  ['an invoice with every business term', fullInvoice],
  ['a credit note with every business term', fullCreditNote],
  ...['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M'].map(
    (category) => [`an invoice of category ${category}`, categorySample(category)] as const,
  ),
]

describe.each(samples)('%s', (_name, invoice) => {
  it('breaks no rule', () => {
    expect(validateInvoice(invoice)).toEqual([])
  })

  it('is the same after UBL', async () => {
    expect(await readInvoice(writeUbl(invoice))).toEqual({ syntax: 'ubl', invoice })
  })

  it('is the same after CII', async () => {
    expect(await readInvoice(writeCii(invoice))).toEqual({ syntax: 'cii', invoice })
  })

  it('is the same after UBL and CII in turn', async () => {
    const { invoice: fromUbl } = await readInvoice(writeUbl(invoice))
    const { invoice: fromCii } = await readInvoice(writeCii(fromUbl))
    expect(await readInvoice(writeUbl(fromCii))).toEqual({ syntax: 'ubl', invoice })
  })
})

describe('an invoice with several preceding ones', () => {
  const precedingInvoices = [
    { number: 'RE-1', issuedOn: '2026-01-15' },
    { number: 'RE-2', issuedOn: '2026-02-15' },
    { number: 'RE-3' },
  ]
  const invoice = { ...fullInvoice, precedingInvoices }

  it('names all of them as such in UBL', async () => {
    expect((await readInvoice(writeUbl(invoice))).invoice).toEqual(invoice)
  })

  it('names in CII the first as such, since the schema has room for one, and the others in a note', async () => {
    const xml = writeCii(invoice, { language: 'de' })
    expect(xml.match(/<ram:InvoiceReferencedDocument>/g)).toHaveLength(1)
    expect((await readInvoice(xml)).invoice).toEqual({
      ...invoice,
      precedingInvoices: precedingInvoices.slice(0, 1),
      notes: [...(invoice.notes ?? []), { text: 'Zu Rechnung: RE-2 (15. Februar 2026); RE-3' }],
    })
  })

  it('has one note all the same where Peppol allows no more', async () => {
    const peppol = { ...invoice, specification: specifications.peppol, notes: [{ text: 'Thank you.' }] }
    const { notes } = (await readInvoice(writeCii(peppol, { draft: true }))).invoice
    expect(notes).toEqual([{ text: 'Thank you.\nRefers to invoice: RE-2 (February 15, 2026); RE-3' }])
  })
})
