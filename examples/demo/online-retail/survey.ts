import { retailRules } from '../data/online-retail-rules.js'
import type { RetailInvoice, RetailLine } from '../data/online-retail.js'

/** What has to be known before the first order: what is sold under which name, how much of it, and to whom. */
export interface Survey {
  readonly invoices: number
  /** Name and units wanted of every stock code that is sold or moved, in the order of its first line. */
  readonly products: ReadonlyMap<string, SurveyedProduct>
  /** Customer numbers. */
  readonly customers: ReadonlySet<string>
}

export interface SurveyedProduct {
  readonly name: string
  /** Units that will leave the shelf: sold, or written off. */
  readonly units: number
  /** Units that will turn up on it without having been bought. */
  readonly found: number
}

/** Looks through all invoices once and keeps only what is said per product and customer. */
export const survey = async (invoices: AsyncIterable<RetailInvoice>): Promise<Survey> => {
  const products = new Map<string, { name: string; units: number; found: number }>()
  const customers = new Set<string>()
  let count = 0
  for await (const invoice of invoices) {
    count += 1
    if (invoice.customer !== undefined) customers.add(invoice.customer)
    for (const line of invoice.lines) {
      const product = products.get(line.stockCode) ?? { name: '', units: 0, found: 0 }
      products.set(line.stockCode, product)
      if (product.name === '') product.name = line.description
      product.units += unitsTaken(line)
      if (line.rule === 'stock_found') product.found += line.quantity
    }
  }
  return { invoices: count, products, customers }
}

const unitsTaken = ({ rule, quantity }: RetailLine): number => {
  if (retailRules[rule].treatment === 'order') return quantity
  return rule === 'stock_write_off' ? -quantity : 0
}
