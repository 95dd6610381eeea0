import type { EarlyPaymentDiscount } from '../electronic-invoice.js'
import type { PrintableInvoice } from '../printable-invoice.js'
import { formatDate, formatPercent } from './formats.js'
import { words, type DocumentLanguage } from './words.js'

type Money = (amount: string) => string

/** What may be kept by whoever pays early, and what is to be paid then. */
export const earlyPaymentSentence = (
  { percent, days, until, discount, payable }: EarlyPaymentDiscount,
  language: DocumentLanguage,
  money: Money,
): string =>
  words[language].earlyPayment({
    days,
    until: formatDate(until, language),
    percent: formatPercent(percent, language),
    discount: money(discount),
    payable: money(payable),
  })

/** What is due when, a sentence for each part. */
export const instalmentSentences = (
  { instalments = [] }: PrintableInvoice,
  language: DocumentLanguage,
  money: Money,
): readonly string[] =>
  instalments.map(({ dueOn, amount }, index) =>
    words[language].instalment(index + 1, money(amount), formatDate(dueOn, language)),
  )
