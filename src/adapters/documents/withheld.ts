import type { ElectronicInvoice } from './electronic-invoice.js'

/**
 * Payment terms (BT-20) with what the buyer withholds: EN 16931 has no other place for it, and no part of its totals may know of it. In one language, as it is
 * for accountants and machines; printed documents have rows of their own.
 */
export const termsWithWithheld = ({
  paymentTerms,
  withheld,
  currency,
}: ElectronicInvoice): string | undefined => {
  if (withheld === undefined) return paymentTerms
  const taxes = withheld.taxes.map(
    ({ name, rate, base, amount }) =>
      `Withheld by the buyer: ${name} ${rate}% of ${base}: ${amount} ${currency}.`,
  )
  return [
    ...(paymentTerms === undefined ? [] : [paymentTerms]),
    ...taxes,
    `To be paid: ${withheld.payable} ${currency}.`,
  ].join('\n')
}
