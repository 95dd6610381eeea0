import { trimDecimal } from '../../core/money/decimal-string.js'
import type { ElectronicInvoice } from './electronic-invoice.js'
import { formatAmount, formatPercent } from './printed/formats.js'
import { earlyPaymentSentence, instalmentSentences } from './printed/payment-sentences.js'
import { words, type DocumentLanguage } from './printed/words.js'
import { agrees, exact, plus, type Exact } from './rules/exact.js'
import { isGerman } from './rules/peppol.js'
import { isPeppol, isXRechnung } from './specifications.js'

/**
 * Payment terms (BT-20) as they are written: the host's own text, then what the buyer withholds, what is due when, and what may be kept by whoever pays early. EN 16931 has
 * no other place for these, and no part of its totals may know of them; printed documents have rows and lines of their own.
 *
 * XRechnung, and Peppol between Germans, have a form for a discount (BR-DE-18, DE-R-018): it stands in a line of its own, at the end, and instead of words.
 */
export const writtenTerms = (
  invoice: ElectronicInvoice,
  language: DocumentLanguage = 'en',
): string | undefined => {
  const { paymentTerms = '', earlyPayment, currency } = invoice
  const money = (amount: string): string => `${formatAmount(amount, currency, language)} ${currency}`
  const skonto = skontoLine(invoice)
  const early =
    skonto ?? (earlyPayment === undefined ? '' : earlyPaymentSentence(earlyPayment, language, money))
  const own = paymentTerms.trimEnd()
  const lines = [
    own,
    ...withheldSentences(invoice, language, money),
    ...instalmentSentences(invoice, language, money),
    own.split(/\r?\n/).includes(early) ? '' : early,
  ].filter((line) => line !== '')
  if (lines.length === 0) return undefined
  const written = lines.join('\n')
  // The form ends with the end of its line.
  return written.endsWith('#') ? `${written}\n` : written
}

/** Decimals beyond the two of the form are said in words instead. */
const skontoLine = (invoice: ElectronicInvoice): string | undefined => {
  const { earlyPayment, specification, totals } = invoice
  if (earlyPayment === undefined) return undefined
  if (!isXRechnung(specification) && !(isPeppol(specification) && isGerman(invoice))) return undefined
  const { percent, days, discount, payable } = earlyPayment
  const base = plus(exact(discount), exact(payable))
  const [rate, basis] = [withTwoDecimals(exact(percent)), withTwoDecimals(base)]
  if (rate === undefined || basis === undefined) return undefined
  const part = agrees(base, exact(totals.due)) ? '' : `BASISBETRAG=${basis}#`
  return `#SKONTO#TAGE=${days}#PROZENT=${rate}#${part}`
}

const withTwoDecimals = (number: Exact): string | undefined => {
  const written = number === undefined ? '' : trimDecimal(number, 2)
  return /\.[0-9]{2}$/.test(written) ? written : undefined
}

const withheldSentences = (
  { withheld, currency }: ElectronicInvoice,
  language: DocumentLanguage,
  money: (amount: string) => string,
): readonly string[] => {
  if (withheld === undefined) return []
  const { withheldOf, payable } = words[language]
  return [
    ...withheld.taxes.map(({ name, rate, base, amount }) =>
      withheldOf(
        `${name} ${formatPercent(rate, language)}`,
        formatAmount(base, currency, language),
        money(amount),
      ),
    ),
    `${payable}: ${money(withheld.payable)}.`,
  ]
}
