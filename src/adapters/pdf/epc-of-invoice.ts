import { compareDecimal, parseDecimal } from '../../core/money/decimal-string.js'
import type { PrintableInvoice } from '../documents/printable-invoice.js'
import { epcQrText } from '../documents/epc-qr.js'
import { isIban } from '../documents/iban.js'
import { isRfReference } from '../documents/rf-reference.js'
import { isCreditNoteCode, proformaCode } from '../documents/syntax-names.js'

/**
 * The transfer an invoice asks for, as text for a QR code (EPC069-12); none unless euros are due and the first account has an IBAN with the right
 * check digits. Of instalments it is the first one. A proforma invoice asks for nothing. Names longer than the guideline allows are cut, as a bank would.
 */
export const epcTextOf = (invoice: PrintableInvoice): string | undefined => {
  const account = invoice.payment?.creditTransfers?.[0]
  const due = invoice.instalments?.[0]?.amount ?? invoice.withheld?.payable ?? invoice.totals.due
  if (account === undefined || invoice.currency !== 'EUR' || !isIban(account.account)) return undefined
  const asksForNothing = invoice.typeCode === proformaCode || isCreditNoteCode(invoice.typeCode)
  if (asksForNothing || !isPayable(due)) return undefined
  const reference = invoice.payment?.remittanceInformation ?? invoice.number
  return epcQrText({
    name: oneLine(account.accountName ?? invoice.payee?.name ?? invoice.seller.name, 70),
    iban: account.account,
    ...(account.bank !== undefined && isBic(account.bank) && { bic: account.bank }),
    amount: due,
    ...(isRfReference(reference) ? { reference } : { text: oneLine(reference, 140) }),
  })
}

const isPayable = (due: string): boolean =>
  parseDecimal(due) !== undefined &&
  compareDecimal(due, '0.01') >= 0 &&
  compareDecimal(due, '999999999.99') <= 0

const isBic = (text: string): boolean => /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(text)

const oneLine = (text: string, most: number): string =>
  text
    .replaceAll(/[\u0000-\u001f]+/g, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
