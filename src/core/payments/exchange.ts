import type { CurrencyCode } from '../money/currency.js'
import { convert } from '../money/decimal.js'
import { isZero, subtract, type Money } from '../money/money.js'
import type { Instant } from '../time/instant.js'

/** A rate as somebody quoted it: one unit of `from` is `rate` units of `to`. */
export interface QuotedRate {
  readonly from: CurrencyCode
  readonly to: CurrencyCode
  /** A decimal text above zero. */
  readonly rate: string
  /** Who quoted it, such as the bank or `ECB`. */
  readonly source: string
  readonly at: Instant
}

/** How money of another currency became the amount of a payment (F129). */
export interface Exchange extends QuotedRate {
  /** What came in, in its own currency. */
  readonly paid: Money
  /** What it was worth at the rate. */
  readonly worth: Money
  /**
   * `worth` less the amount of the payment, where it counts for another amount than it was worth: above zero a gain, below zero a loss, realized when the
   * payment was received. Absent where there is none.
   */
  readonly difference?: Money
}

export interface Exchanged {
  /** What it counts for: this pays invoices, and nothing else does. */
  readonly amount: Money
  readonly exchange: Exchange
}

/**
 * Money of another currency as a payment. It counts for what it is worth, or for `countsAs` where that was agreed, and then the difference is booked: what
 * is applied and unapplied, and the difference, add up to what it was worth, to the minor unit (MO11). Converted once, half up, as Article 5 of Council
 * Regulation (EC) No 1103/97 has it for the euro.
 */
export const exchangePayment = (paid: Money, quoted: QuotedRate, countsAs?: Money): Exchanged => {
  const worth = worthOf(paid, quoted)
  const amount = countsAs ?? worth
  const difference = subtract(worth, amount)
  return { amount, exchange: { ...quoted, paid, worth, ...(!isZero(difference) && { difference }) } }
}

export const worthOf = (paid: Money, { rate, to }: Pick<QuotedRate, 'rate' | 'to'>): Money =>
  convert(paid, rate, to, 'half_up')
