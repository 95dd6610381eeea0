import type { ElectronicInvoice } from './electronic-invoice.js'

/**
 * A document as it is printed: what an electronic invoice says, of which one that claims no specification keeps the rules of none. So what EN 16931 cannot express, such as
 * tax rounded per line, a tax on a tax or three decimals, has pages all the same, and no XML.
 */
export interface PrintableInvoice extends Omit<ElectronicInvoice, 'specification'> {
  /** BT-24: the rules the document keeps. Absent where it is for pages only. */
  readonly specification?: string
  /** Instead of the breakdown by category and rate, where several taxes are levied on a line. */
  readonly taxesByName?: readonly PrintedTax[]
}

/** A tax as it is printed. Amounts are decimal strings, the rate in percent. */
export interface PrintedTax {
  readonly name: string
  readonly rate?: string
  readonly taxable: string
  readonly tax: string
}
