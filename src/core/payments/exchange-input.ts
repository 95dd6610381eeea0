import { z } from 'zod'
import { currencySchema, exchangeRateSchema, positiveMoneySchema } from '../money/money-schema.js'
import { isPositive, isTooLarge, type Money } from '../money/money.js'
import { lineSchema } from '../text/text-schema.js'
import { instantSchema } from '../time/zone-schema.js'
import { worthOf } from './exchange.js'

/** The rate at which money of another currency pays: one unit of `from` is `rate` units of `to`. */
export const exchangeSchema = z.strictObject({
  /** The currency of the money that came in. */
  from: currencySchema,
  /** The currency of the invoices. */
  to: currencySchema,
  /** Units of `to` for one unit of `from`: a decimal text above zero with at most 12 decimals. */
  rate: exchangeRateSchema,
  /** Who quoted the rate, such as the bank or `ECB`. */
  source: lineSchema(100).refine((text) => text !== '', 'exchange.source'),
  /** When it was quoted. */
  at: instantSchema,
  /** What the money counts for, where that was agreed otherwise, such as at the rate of the invoice. The difference is booked as a gain or loss. */
  countsAs: positiveMoneySchema.optional(),
})

export type ExchangeInput = z.output<typeof exchangeSchema>

/** What is wrong with an exchange of an amount: its rule, and where; nothing when it can be booked. */
export const exchangeProblem = (
  paid: Money,
  { from, to, rate, countsAs }: ExchangeInput,
): { readonly rule: string; readonly field: string } | undefined => {
  if (from === to) return { rule: 'exchange.sameCurrency', field: 'to' }
  // A rate the other way round would turn 92 cents into 108: which way it goes is said, not guessed.
  if (from !== paid.currency) return { rule: 'exchange.direction', field: 'from' }
  if (countsAs !== undefined && countsAs.currency !== to)
    return { rule: 'exchange.direction', field: 'countsAs' }
  const worth = worthOf(paid, { rate, to })
  if (!isPositive(worth)) return { rule: 'exchange.worthless', field: 'rate' }
  return isTooLarge(worth) ? { rule: 'money.max', field: 'rate' } : undefined
}
