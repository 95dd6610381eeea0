import type { CreditTransfer, PaymentInstructions } from './electronic-invoice.js'
import { group, text, type XmlNode } from './xml-node.js'

/** UNTDID 4461: the instrument is not defined. */
export const noMeans = '1'

/**
 * BG-16: one element for each account (BG-17). `dueOn` is BT-9 of a credit note, which UBL keeps here; where there are no instructions to keep it
 * in, they are ones that say nothing.
 */
export const ublPaymentMeans = (
  payment: PaymentInstructions | undefined,
  dueOn: string | undefined,
): readonly (XmlNode | undefined)[] => {
  if (payment === undefined) {
    if (dueOn === undefined) return []
    return [
      group('cac:PaymentMeans', text('cbc:PaymentMeansCode', noMeans), text('cbc:PaymentDueDate', dueOn)),
    ]
  }
  const accounts: readonly (CreditTransfer | undefined)[] = payment.creditTransfers ?? [undefined]
  return accounts.map((account, index) => means(payment, account, index === 0 ? dueOn : undefined, index))
}

/** Text, card and mandate may occur once in a document: they stand with the first account. */
const means = (
  payment: PaymentInstructions,
  account: CreditTransfer | undefined,
  dueOn: string | undefined,
  index: number,
): XmlNode | undefined => {
  const first = index === 0 ? payment : undefined
  return group(
    'cac:PaymentMeans',
    text('cbc:PaymentMeansCode', payment.meansCode, { name: first?.meansText }),
    text('cbc:PaymentDueDate', dueOn),
    text('cbc:PaymentID', payment.remittanceInformation),
    first?.card === undefined
      ? undefined
      : group(
          'cac:CardAccount',
          text('cbc:PrimaryAccountNumberID', first.card.number),
          // The schema demands the network, which EN 16931 does not know.
          text('cbc:NetworkID', 'NA'),
          text('cbc:HolderName', first.card.holder),
        ),
    group(
      'cac:PayeeFinancialAccount',
      text('cbc:ID', account?.account),
      text('cbc:Name', account?.accountName),
      group('cac:FinancialInstitutionBranch', text('cbc:ID', account?.bank)),
    ),
    group(
      'cac:PaymentMandate',
      text('cbc:ID', first?.directDebit?.mandate),
      group('cac:PayerFinancialAccount', text('cbc:ID', first?.directDebit?.debitedAccount)),
    ),
  )
}
