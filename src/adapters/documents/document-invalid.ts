import { ConfigurationError } from '../../core/ports/errors.js'
import type { ElectronicInvoice } from './electronic-invoice.js'
import type { PrintableInvoice } from './printable-invoice.js'
import type { DocumentLanguage } from './printed/words.js'
import { validateInvoice, type Finding } from './validate.js'

export interface WriteOptions {
  /** Writes a document that breaks fatal rules too, as for a preview. Never send one. */
  readonly draft?: boolean
  /** Of what is said in words behind the payment terms (BT-20): early payment, instalments, withheld taxes. English unless it says another. */
  readonly language?: DocumentLanguage
}

/** Thrown instead of writing a document that no receiver would accept; recognized by `code`. */
export class DocumentInvalid extends Error {
  readonly code = 'document_invalid'
  override readonly name = 'DocumentInvalid'

  /** The fatal findings, at least one. */
  constructor(readonly findings: readonly Finding[]) {
    const [first] = findings
    super(`document_invalid: ${first?.rule ?? ''} at ${first?.place ?? ''}: ${first?.message ?? ''}`)
  }
}

/** The document, if it may be printed: one that claims a specification keeps its rules. Throws `document_invalid`. */
export const checkedPage = (invoice: PrintableInvoice, options: WriteOptions): PrintableInvoice =>
  isStandard(invoice) ? checkedInvoice(invoice, options) : invoice

/** The invoice, if it may be written. Throws `document_invalid`, and `configuration` for one that is for pages only. */
export const checkedInvoice = (invoice: PrintableInvoice, { draft }: WriteOptions): ElectronicInvoice => {
  if (!isStandard(invoice)) {
    throw new ConfigurationError(
      'a document without a specification (BT-24), such as a proforma invoice, is for pages and has no XML',
    )
  }
  if (draft === true) return invoice
  const fatal = validateInvoice(invoice).filter(({ flag }) => flag === 'fatal')
  if (fatal.length > 0) throw new DocumentInvalid(fatal)
  return invoice
}

const isStandard = (invoice: PrintableInvoice): invoice is ElectronicInvoice =>
  invoice.specification !== undefined
