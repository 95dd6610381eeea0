import type { LocationId } from './ids/ids.js'
import type { CurrencyCode } from './money/currency.js'
import type { Money } from './money/money.js'
import type { DunningLadder } from './invoicing/dunning.js'
import type { Numbering } from './invoicing/number-format.js'
import type { PaymentTerms } from './pricing/payment-terms.js'
import type { TaxTable } from './tax/tax-table.js'
import type { CashRounding, Calculation } from './totals/calculation.js'

/** Limits and defaults a host may change. Every limit is a whole number of at least 1; nothing is ever "unlimited". */
export interface Settings {
  readonly limits: Limits
  /** Where lines are served from that name no location. */
  readonly defaultLocation: LocationId
  /** Days from the invoice date until payment is due, for orders on account. */
  readonly paymentTermsDays: number
  /** Further payment terms by the name that customers and orders give. */
  readonly termsOf: (name: string) => PaymentTerms | undefined
  /** The largest sum of small differences of one invoice, by currency; nothing where absent. */
  readonly smallDifferenceOf: (currency: CurrencyCode) => Money
  /** The levels by which payment of overdue invoices is asked for; none are reminded where there is no level. */
  readonly dunning: DunningLadder
  /** Most that money of another currency may count for beside what it was worth: a decimal text in percent of its worth. */
  readonly exchangeTolerancePercent: string
  /** Largest variance of a stock count that needs no approval, as a share of what was expected: a decimal text in percent. */
  readonly countTolerancePercent: string
  /** Longest life of a stock hold, in seconds, counted from its creation. */
  readonly longestHoldSeconds: number
  /** Who of those that wait for stock gets it first. */
  readonly backorders: 'first_come' | 'priority'
  /** Most holds one owner may have at a time; no quota when absent. */
  readonly holdsPerOwner?: number
  /** How documents are numbered: by a legal entity of the business, or by the business itself. */
  readonly numberingOf: (legalEntity: string | undefined) => Numbering
  /** The legal entities that were configured, besides the business itself. */
  readonly legalEntities: readonly string[]
  /** How the amounts of orders are calculated. */
  readonly totals: TotalsSettings
  /** How sales are taxed; not at all when absent, unless orders bring treatments of their own. */
  readonly tax?: TaxTable
  /** Channels (names of notifiers) by message topic; topics that are not listed go to every notifier. */
  readonly channelsOf: (topic: string) => readonly string[]
}

export interface TotalsSettings extends Omit<Calculation, 'cashRounding'> {
  /** By currency (ISO 4217). */
  readonly cashRounding: Readonly<Record<string, CashRounding>>
}

export interface Limits {
  readonly linesPerOrder: number
  /** Invoices of one order: what bills it again and again by mistake stops there (F121). */
  readonly invoicesPerOrder: number
  /** Orders that one consolidated invoice may bill, and the lines it may have. */
  readonly ordersPerInvoice: number
  readonly linesPerInvoice: number
  readonly quantityPerLine: number
  readonly quantityPerOrder: number
  readonly bankEntriesPerStatement: number
  /** Customers that one commit tells that goods are back; the sweep tells the others. */
  readonly backInStockPerCommit: number
  /** Serial numbers that one command may name; each is a record of its own. */
  readonly serialsPerCommand: number
  /** Lots with units left at one location. */
  readonly lotsPerStockLevel: number
  readonly inputDepth: number
  readonly inputCharacters: number
  /** A bank statement is one text and longer than any other input. */
  readonly statementCharacters: number
  /** Prices that one command may set on a price list; each is a record of its own. */
  readonly pricesPerCommand: number
  /** Price lists that one SKU may stand on: all of them are looked at for every line of it. */
  readonly listsPerSku: number
  /** Active promotions that need no coupon: every order that asks for promotions is asked for all of them. */
  readonly automaticPromotions: number
  readonly textCharacters: number
  readonly noteCharacters: number
  readonly metadataKeys: number
  readonly metadataCharacters: number
  /** Kits within kits: 1 allows none. */
  readonly kitDepth: number
  /** SKUs that one kit takes from stock, kits within it included. */
  readonly componentsPerKit: number
}

export const defaultLimits: Limits = {
  linesPerOrder: 500,
  invoicesPerOrder: 1_000,
  ordersPerInvoice: 100,
  linesPerInvoice: 5_000,
  quantityPerLine: 1_000_000_000,
  quantityPerOrder: 1_000_000_000,
  bankEntriesPerStatement: 10_000,
  backInStockPerCommit: 50,
  serialsPerCommand: 1_000,
  lotsPerStockLevel: 1_000,
  inputDepth: 16,
  inputCharacters: 262_144,
  statementCharacters: 5_242_880,
  pricesPerCommand: 1_000,
  listsPerSku: 50,
  automaticPromotions: 100,
  textCharacters: 1_024,
  noteCharacters: 4_096,
  metadataKeys: 50,
  metadataCharacters: 500,
  kitDepth: 3,
  componentsPerKit: 100,
}
