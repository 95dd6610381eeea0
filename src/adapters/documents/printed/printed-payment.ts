import type { PrintableInvoice } from '../printable-invoice.js'
import { isIban } from '../iban.js'
import { fact, type Fact } from './fact.js'
import type { Words } from './words.js'

/** Where and how to pay; nothing of it on a document that asks for nothing. */
export const paymentFacts = ({ payment, payee }: PrintableInvoice, words: Words): readonly Fact[] => [
  ...fact(words.payee, payee?.name),
  ...fact(words.payment, payment?.meansText),
  ...(payment?.creditTransfers ?? []).flatMap(({ account, accountName, bank }) => [
    ...fact(isIban(account) ? 'IBAN' : words.account, grouped(account)),
    ...fact(isIban(account) ? 'BIC' : words.bank, bank),
    ...fact(words.accountName, accountName),
  ]),
  ...fact(words.card, payment?.card?.number),
  ...fact(words.mandate, payment?.directDebit?.mandate),
  ...fact(words.debitedAccount, grouped(payment?.directDebit?.debitedAccount)),
  ...fact(words.paymentReference, payment?.remittanceInformation),
]

/** An IBAN in groups of four, as ISO 13616 prints it. */
const grouped = (account: string | undefined): string | undefined =>
  account !== undefined && isIban(account)
    ? account
        .replaceAll(' ', '')
        .toUpperCase()
        .replaceAll(/(.{4})(?=.)/g, '$1\u00a0')
    : account
