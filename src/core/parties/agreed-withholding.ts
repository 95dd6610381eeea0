/**
 * A tax of the seller that the buyer keeps back of the price and pays to the tax office on the seller's behalf: a tax on income of the net amount (Italy's
 * ritenuta d'acconto, Spain's retención de IRPF, India's TDS), or, as in Latin America, a part of the value-added tax. The total of a document stays what it is.
 */
export interface AgreedWithholding {
  /** As it stands on documents. */
  readonly name: string
  /** A decimal text in percent, above 0 and at most 100. */
  readonly percent: string
  /** What it is a share of: the document's total without tax (EN 16931 BT-109), or its tax (BT-110). */
  readonly on: 'net' | 'tax'
}
