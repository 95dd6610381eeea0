import type { ElectronicInvoice } from './electronic-invoice.js'
import { invoiceFromCii } from './read-cii.js'
import { invoiceFromUbl } from './read-ubl.js'
import { readXml } from './read-xml.js'
import { ciiNamespace, ublCreditNoteNamespace, ublInvoiceNamespace } from './syntax-names.js'
import { UnreadableDocument } from './unreadable-document.js'

/** The two syntaxes of EN 16931. */
export type InvoiceSyntax = 'ubl' | 'cii'

/** A document that was read, and in which syntax it came. */
export interface ReadInvoice {
  readonly syntax: InvoiceSyntax
  readonly invoice: ElectronicInvoice
}

/**
 * Reads a UBL 2.1 Invoice or CreditNote or a UN/CEFACT Cross Industry Invoice, from bytes or text of at most 5 MiB. What the document lacks is an
 * empty text, what EN 16931 has no term for is left out, and nothing is checked: `validateInvoice` says what is wrong with it.
 *
 * Rejects with `UnreadableDocument` for a document type or entity (`xml_dtd_forbidden`), for what is too large or too deep (`limit_exceeded`),
 * for encodings that contradict each other (`xml_encoding`), for what is no well-formed XML (`xml_malformed`) and for any other document
 * (`document_unknown`). Needs fast-xml-parser 5.
 */
export const readInvoice = async (content: string | Uint8Array): Promise<ReadInvoice> => {
  const root = await readXml(content)
  const { namespace, name } = root
  if (namespace === ublInvoiceNamespace && name === 'Invoice') {
    return { syntax: 'ubl', invoice: invoiceFromUbl(root) }
  }
  if (namespace === ublCreditNoteNamespace && name === 'CreditNote') {
    return { syntax: 'ubl', invoice: invoiceFromUbl(root) }
  }
  if (namespace === ciiNamespace && name === 'CrossIndustryInvoice') {
    return { syntax: 'cii', invoice: invoiceFromCii(root) }
  }
  throw new UnreadableDocument('document_unknown', 'neither a UBL invoice or credit note nor a CII invoice', {
    root: name,
    namespace,
  })
}
