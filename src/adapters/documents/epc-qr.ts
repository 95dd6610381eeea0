import { compareDecimal, parseDecimal, trimDecimal } from '../../core/money/decimal-string.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import { isIban } from './iban.js'
import { isRfReference } from './rf-reference.js'

/** A SEPA credit transfer that a bank's application reads from a QR code. */
export interface EpcTransfer {
  /** Up to 70 characters. */
  readonly name: string
  readonly iban: string
  /** BIC; needed for accounts outside the European Economic Area alone. */
  readonly bic?: string
  /** In euros, from `"0.01"` to `"999999999.99"`; the payer fills in an absent one. */
  readonly amount?: string
  /** Four letters of ISO 20022, such as `GDDS`. */
  readonly purpose?: string
  /** An RF reference (ISO 11649), or instead of it `text` of up to 140 characters. */
  readonly reference?: string
  readonly text?: string
  /** What the payer is shown, up to 70 characters. */
  readonly information?: string
}

/**
 * The text to be put into a QR code (error correction M, version 13 at most) so that a bank's application fills in a credit transfer: EPC069-12,
 * version 002, UTF-8. Throws `configuration` for what the guideline does not allow.
 *
 * @example epcQrText({ name: 'Red Cross', iban: 'BE72000000001616', amount: '1.00', text: 'Urgency fund' })
 */
export const epcQrText = (transfer: EpcTransfer): string => {
  const { name, iban, bic = '', purpose = '', reference = '', text = '', information = '' } = transfer
  demand(isLine(name, 1, 70), 'a name of 1 to 70 characters')
  demand(isIban(iban), 'an IBAN')
  demand(bic === '' || /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(bic), 'a BIC of 8 or 11 characters')
  demand(/^[A-Z0-9]{0,4}$/.test(purpose), 'a purpose of up to four letters')
  demand(reference === '' || text === '', 'a reference or a text, not both')
  demand(reference === '' || isRfReference(reference), 'an RF reference')
  demand(isLine(text, 0, 140), 'a text of up to 140 characters')
  demand(isLine(information, 0, 70), 'information of up to 70 characters')
  const lines = [
    'BCD',
    '002',
    '1',
    'SCT',
    bic,
    name,
    iban.replaceAll(' ', '').toUpperCase(),
    amountOf(transfer.amount),
    purpose,
    reference.replaceAll(' ', '').toUpperCase(),
    text,
    information,
  ]
  const payload = lines.join('\n').replace(/(?<!\n)\n+$/, '')
  demand(Buffer.byteLength(payload) <= 331, 'at most 331 bytes altogether')
  return payload
}

const amountOf = (amount: string | undefined): string => {
  if (amount === undefined) return ''
  const parts = parseDecimal(amount)
  const written = parts === undefined ? '' : trimDecimal(parts, 2)
  const isAllowed =
    /^[0-9]+\.[0-9]{2}$/.test(written) &&
    compareDecimal(written, '0.01') >= 0 &&
    compareDecimal(written, '999999999.99') <= 0
  demand(isAllowed, 'an amount from 0.01 to 999999999.99')
  return `EUR${written}`
}

const isLine = (text: string, fewest: number, most: number): boolean =>
  text.length >= fewest && text.length <= most && !/[\u0000-\u001f]/.test(text)

const demand: (holds: boolean, what: string) => asserts holds = (holds, what) => {
  if (!holds) throw new ConfigurationError(`a SEPA QR code takes ${what}`)
}
