import { noEntries, type DerivedKind } from '../record-kind.js'
import type { BuyerTaxes } from './tax-table.js'

/**
 * The tax registration numbers and exemption certificates of a party, under its id. A number tells who somebody is, so the record can be erased like
 * all personal data; orders and documents keep only how they were taxed.
 */
export interface DeclaredTaxes extends BuyerTaxes {
  /** Random; what is hashed with it cannot be guessed any more once it is erased with the rest. */
  readonly salt?: string
}

export const buyerTaxesKind: DerivedKind<DeclaredTaxes> = {
  name: 'buyer_taxes',
  derived: true,
  entries: noEntries,
}
