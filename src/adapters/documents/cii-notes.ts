import type { ElectronicInvoice, InvoiceNote } from './electronic-invoice.js'
import { formatDate } from './printed/formats.js'
import { words, type DocumentLanguage } from './printed/words.js'
import { isPeppol } from './specifications.js'

/**
 * BG-1, and the preceding invoices after the first: the model has any number of them (BG-3), and so has UBL, but the D16B schema has one
 * (eInvoicing-EN16931 issue 207). Peppol allows one note, which then says them too.
 */
export const ciiNotes = (
  { notes = [], precedingInvoices = [], specification }: ElectronicInvoice,
  language: DocumentLanguage = 'en',
): readonly InvoiceNote[] => {
  const others = precedingInvoices
    .slice(1)
    .map(({ number, issuedOn }) =>
      issuedOn === undefined ? number : `${number} (${formatDate(issuedOn, language)})`,
    )
  if (others.length === 0) return notes
  const said = `${words[language].correctsInvoice}: ${others.join('; ')}`
  const [first] = notes
  return isPeppol(specification) && first !== undefined
    ? [{ ...first, text: `${first.text}\n${said}` }, ...notes.slice(1)]
    : [...notes, { text: said }]
}
