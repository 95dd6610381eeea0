import { errorOf } from '../app/answer.js'
import { readInput } from '../app/read-input.js'
import type { QueryAnswer } from '../app/run-query.js'
import type { InputOf } from '../core/input-of.js'
import { fromMinor, subtract, sumOf, type Money } from '../core/money/money.js'
import { refuse } from '../core/refusal.js'
import { ok } from '../core/result.js'
import { earn, type Allocation, type ChangeEffect } from '../core/revenue/contract.js'
import { daysOfContract, revenueSchema } from '../core/revenue/revenue-schema.js'
import { rollForward, type RevenueMonth } from '../core/revenue/roll-forward.js'
import { defaultLimits } from '../core/settings.js'

export type RevenueInput = InputOf<typeof revenueSchema>

/** A contract's revenue, month by month. What the months recognize and what is `unscheduled` add up to the transaction price to the cent. */
export interface RevenueSchedule {
  /** With all changes. */
  readonly transactionPrice: Money
  /** How the price was shared, at the start and after each change. */
  readonly allocations: readonly Allocation[]
  readonly changes: readonly ChangeEffect[]
  readonly months: readonly RevenueMonth[]
  /** What no day was named for yet. */
  readonly unscheduled: Money
}

/**
 * When the revenue of a contract with a customer is recognized (ASC 606, IFRS 15): the price shared among the performance obligations by stand-alone
 * selling price, recognized at a point, over time or by progress, with the roll-forward of deferred revenue and with contract changes. Pure: reads no
 * store and no clock. Whether an obligation is distinct and how a change is treated are judgments; they are part of the input.
 *
 * Answers `validation_failed` for a contract that cannot be, with the rule that it breaks.
 */
export const planRevenue = (input: RevenueInput): QueryAnswer<RevenueSchedule> => {
  const read = readInput(revenueSchema, input, defaultLimits)
  if (!read.ok) return read
  const contract = read.value
  const { currency } = contract.transactionPrice
  const earned = earn(contract)
  if (!earned.ok) {
    return { ok: false, error: errorOf(refuse('validation_failed', { issues: [earned.error] }).error) }
  }
  const { allocations, effects, transactionPrice } = earned.value
  const months = rollForward(earned.value, contract.billed, daysOfContract(contract), currency)
  const price = fromMinor(transactionPrice, currency)
  const recognized = sumOf(
    months.map((month) => month.recognized),
    currency,
  )
  return ok({
    transactionPrice: price,
    allocations,
    changes: effects,
    months,
    unscheduled: subtract(price, recognized),
  })
}
