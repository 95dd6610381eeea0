import type { ElectronicInvoice } from './electronic-invoice.js'
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

/** The invoice, if it may be written. Throws `document_invalid`. */
export const checkedInvoice = (invoice: ElectronicInvoice, { draft }: WriteOptions): ElectronicInvoice => {
  if (draft === true) return invoice
  const fatal = validateInvoice(invoice).filter(({ flag }) => flag === 'fatal')
  if (fatal.length > 0) throw new DocumentInvalid(fatal)
  return invoice
}
