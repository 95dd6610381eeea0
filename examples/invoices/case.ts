import {
  creditNoteFromRecord,
  invoiceFromRecord,
  specifications,
  type DocumentLanguage,
  type ElectronicInvoice,
  type IssuedHeader,
  type PrintedTax,
} from 'orderwright/documents'
import type { Business } from './business.js'
import { buyers, sellers, type Country } from './parties.js'

/** A document, and how its customer wants to read it. */
export interface Case {
  readonly name: string
  readonly invoice: ElectronicInvoice
  readonly language: DocumentLanguage
  readonly paper?: 'Letter'
  readonly title?: string
  readonly taxes?: readonly PrintedTax[]
}

const accounts: Readonly<Partial<Record<Country, string>>> = {
  germany: 'DE02120300000000202051',
  france: 'FR1420041010050500013M02606',
}

/** What documents say of a sale besides its record. */
export const headerOf = (entity: Country, more: Partial<IssuedHeader> = {}): IssuedHeader => {
  const account = accounts[entity]
  return {
    specification: specifications.en16931,
    seller: sellers[entity],
    buyer: buyers[entity],
    ...(account !== undefined && { payment: { meansCode: '58', creditTransfers: [{ account }] } }),
    ...more,
  }
}

/** An invoice that was issued, as a document of Germany. */
export const germanInvoice = async (
  { desk }: Business,
  name: string,
  id: string,
  { title, ...header }: Partial<Case & IssuedHeader> = {},
): Promise<Case> => {
  const invoice = invoiceFromRecord(await desk.invoices.get({ invoice: id }), headerOf('germany', header))
  return { name, language: 'de', invoice, ...(title !== undefined && { title }) }
}

/** A credit note that was issued, as a document of Germany: nobody is to pay it. */
export const germanCreditNote = async ({ desk }: Business, name: string, id: string): Promise<Case> => {
  const { payment: _payment, ...header } = headerOf('germany', { paymentTerms: 'Wird ausgezahlt.' })
  const note = await desk.invoices.creditNote({ creditNote: id })
  return { name, language: 'de', invoice: creditNoteFromRecord(note, header) }
}
