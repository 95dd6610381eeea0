import { ciiDate } from './cii-references.js'
import type { CreditTransfer, ElectronicInvoice, PaymentInstructions } from './electronic-invoice.js'
import { writtenTerms } from './payment-terms.js'
import type { DocumentLanguage } from './printed/words.js'
import { group, text, type XmlNode } from './xml-node.js'

/** BG-16: one element for each account (BG-17). The schema keeps IBANs and other account numbers apart. */
export const ciiPaymentMeans = (
  payment: PaymentInstructions | undefined,
): readonly (XmlNode | undefined)[] => {
  if (payment === undefined) return []
  const accounts: readonly (CreditTransfer | undefined)[] = payment.creditTransfers ?? [undefined]
  return accounts.map((account, index) => {
    const first = index === 0 ? payment : undefined
    return group(
      'ram:SpecifiedTradeSettlementPaymentMeans',
      text('ram:TypeCode', payment.meansCode),
      text('ram:Information', payment.meansText),
      group(
        'ram:ApplicableTradeSettlementFinancialCard',
        text('ram:ID', first?.card?.number),
        text('ram:CardholderName', first?.card?.holder),
      ),
      group('ram:PayerPartyDebtorFinancialAccount', text('ram:IBANID', first?.directDebit?.debitedAccount)),
      group('ram:PayeePartyCreditorFinancialAccount', accountNumber(account)),
      group('ram:PayeeSpecifiedCreditorFinancialInstitution', text('ram:BICID', account?.bank)),
    )
  })
}

const accountNumber = (account: CreditTransfer | undefined): readonly (XmlNode | undefined)[] => {
  const isIban = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test((account?.account ?? '').replaceAll(' ', ''))
  return [
    isIban ? text('ram:IBANID', account?.account) : undefined,
    text('ram:AccountName', account?.accountName),
    isIban ? undefined : text('ram:ProprietaryID', account?.account),
  ]
}

/** BT-20, BT-9 and BT-89 share one element. */
export const ciiPaymentTerms = (
  invoice: ElectronicInvoice,
  language: DocumentLanguage | undefined,
): XmlNode | undefined =>
  group(
    'ram:SpecifiedTradePaymentTerms',
    text('ram:Description', writtenTerms(invoice, language)),
    ciiDate('ram:DueDateDateTime', invoice.dueOn),
    text('ram:DirectDebitMandateID', invoice.payment?.directDebit?.mandate),
  )
