/** What a line of the Online Retail file is, and what an importer does with it. Each line falls under exactly one rule. */
export type RetailRule =
  | 'sale'
  | 'service'
  | 'free_of_charge'
  | 'cancellation'
  | 'stock_found'
  | 'stock_write_off'
  | 'service_without_price'
  | 'service_credit'
  | 'anonymous_cancellation'
  | 'cancellation_without_purchase'
  | 'cancellation_beyond_purchases'
  | 'bad_debt'
  | 'contradictory'

/**
 * `order`: a line of an order. `cancellation`: gives back what an earlier order bought. `stock`: moves stock and no money. `refused`: named with its
 * amount and left out.
 */
export type RetailTreatment = 'order' | 'cancellation' | 'stock' | 'refused'

export interface RetailRuleMeaning {
  readonly treatment: RetailTreatment
  readonly meaning: string
}

export const retailRules: Readonly<Record<RetailRule, RetailRuleMeaning>> = {
  sale: { treatment: 'order', meaning: 'goods sold at a price' },
  service: {
    treatment: 'order',
    meaning: 'postage, carriage, fees, vouchers and manual entries with a price',
  },
  free_of_charge: {
    treatment: 'order',
    meaning: 'price zero on an invoice with a customer or with something that has a price',
  },
  cancellation: {
    treatment: 'cancellation',
    meaning: 'invoice C…: undoes earlier purchases of the same customer, code and price',
  },
  stock_found: {
    treatment: 'stock',
    meaning: 'price zero, no customer, nothing on the invoice has a price: found, counted, put aside',
  },
  stock_write_off: {
    treatment: 'stock',
    meaning: 'negative quantity at price zero outside an invoice C…: damaged, lost, thrown away',
  },
  service_without_price: {
    treatment: 'refused',
    meaning: 'as stock_found, but postage or carriage: there is nothing to move',
  },
  service_credit: {
    treatment: 'refused',
    meaning:
      'invoice C…: discounts, commissions, bank and platform fees, samples and manual credits that undo no purchase',
  },
  anonymous_cancellation: {
    treatment: 'refused',
    meaning: 'invoice C… of goods without a customer: whose purchase it undoes nobody can tell',
  },
  cancellation_without_purchase: {
    treatment: 'refused',
    meaning:
      'invoice C… of goods whose purchase is not in the file: bought before it begins, or at another price',
  },
  cancellation_beyond_purchases: {
    treatment: 'refused',
    meaning: 'invoice C… of goods for more than is left of earlier purchases',
  },
  bad_debt: { treatment: 'refused', meaning: 'invoice A…: an adjustment of bad debt, which is bookkeeping' },
  contradictory: {
    treatment: 'refused',
    meaning:
      'signs that do not go together: a negative price, quantity zero, a sale below or a cancellation above zero',
  },
}

/** Codes that stand for no goods. Codes are case-sensitive: `m` is one line that somebody typed for `M`. */
const services: Readonly<Record<string, string>> = {
  POST: 'postage',
  DOT: 'postage of the sister shop',
  C2: 'carriage',
  M: 'manual entry',
  m: 'manual entry',
  D: 'discount',
  S: 'samples',
  B: 'bad debt',
  'BANK CHARGES': 'bank charges',
  AMAZONFEE: 'platform fee',
  CRUK: 'charity commission',
  PADS: 'pads to match',
}

export const isService = (stockCode: string): boolean =>
  Object.hasOwn(services, stockCode) || stockCode.startsWith('gift_')

/** What is known of a line before earlier purchases are looked at. */
export interface RetailLineFacts {
  readonly invoiceKind: 'sale' | 'cancellation' | 'adjustment'
  readonly stockCode: string
  readonly quantity: number
  readonly price: 'negative' | 'zero' | 'positive'
  readonly hasCustomer: boolean
  /** Something on the same invoice has a price. */
  readonly invoiceHasPrices: boolean
}

/** The rule of a line; for a cancellation, that of one that undoes earlier purchases in full. */
export const ruleOf = (line: RetailLineFacts): RetailRule => {
  if (line.invoiceKind === 'adjustment') return 'bad_debt'
  if (line.quantity === 0 || line.price === 'negative') return 'contradictory'
  if (line.invoiceKind === 'cancellation') {
    return line.quantity < 0 && line.price === 'positive' ? 'cancellation' : 'contradictory'
  }
  if (line.quantity < 0) return line.price === 'zero' ? 'stock_write_off' : 'contradictory'
  if (line.price === 'positive') return isService(line.stockCode) ? 'service' : 'sale'
  if (line.hasCustomer || line.invoiceHasPrices) return 'free_of_charge'
  return isService(line.stockCode) ? 'service_without_price' : 'stock_found'
}

/** The rule of a cancellation that cannot be matched. */
export const unmatchedRule = (
  line: Pick<RetailLineFacts, 'stockCode' | 'hasCustomer'>,
  openUnits: number,
): RetailRule => {
  if (isService(line.stockCode)) return 'service_credit'
  if (!line.hasCustomer) return 'anonymous_cancellation'
  return openUnits > 0 ? 'cancellation_beyond_purchases' : 'cancellation_without_purchase'
}
