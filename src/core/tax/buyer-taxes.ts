import { noEntries, type DerivedKind } from '../record-kind.js'
import type { BuyerTaxes } from './tax-table.js'

/**
 * The tax registration numbers and exemption certificates of a party, under its id. A number tells who somebody is, so the record can be erased like
 * all personal data; orders and documents keep only how they were taxed.
 */
export const buyerTaxesKind: DerivedKind<BuyerTaxes> = {
  name: 'buyer_taxes',
  derived: true,
  entries: noEntries,
}
