import { fromMinor, isPositive, toMinor, zero, type Money } from '../money/money.js'
import { percentOf } from '../money/percent.js'
import type { RoundingMode } from '../money/rounding.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { amountsOf, shareOfTaxes, type DepositAmounts } from '../totals/deposit.js'
import { triggerOf } from './billable.js'
import type { WantedDeposit } from './deposit-input.js'
import { totalOf, type OrderContent } from './order-content.js'
import { remainingTotal } from './order-status.js'
import type { Order } from './order.js'
import { claimable, dueOfNext, unclaimedOf } from './unclaimed.js'

/** What a deposit invoice claims of an order that somebody wants now. Refused as `quantity_exceeded` where it is nothing, or more than can be claimed. */
export const wantedAmounts = (order: Order, wanted: WantedDeposit): Result<DepositAmounts, Refusal> => {
  const { currency } = order
  if ('amount' in wanted && wanted.amount.currency !== currency) {
    return refuse('currency_mismatch', { expected: currency, got: wanted.amount.currency })
  }
  const limit = claimable(order)
  const gross = shareOfOrder(order, wanted)
  // What coins have left open alone is no share of the order: it is claimed with the next one.
  if (gross <= 0n || gross > toMinor(limit))
    return refuse('quantity_exceeded', { wanted: fromMinor(gross, currency), limit })
  const amounts = claimedAmounts(order, gross)
  return isPositive(amounts.amount)
    ? ok(amounts)
    : refuse('quantity_exceeded', { wanted: amounts.amount, limit })
}

/**
 * What a deposit claims that was agreed with the order, when its fact comes: as agreed, and no more than is left to be claimed by then. Absent where that
 * is nothing.
 */
export const agreedAmounts = (order: Order, agreed: WantedDeposit): DepositAmounts | undefined => {
  const limit = toMinor(claimable(order))
  const share = shareOfOrder(order, agreed)
  const gross = share < limit ? share : limit
  if (gross <= 0n) return undefined
  const amounts = claimedAmounts(order, gross)
  return isPositive(amounts.amount) ? amounts : undefined
}

/** Whether deposits can be agreed with an order: all of them claim a part of its price, and something is billed after them that deducts it. */
export const mayAgreeDeposits = (content: OrderContent): Result<void, Refusal> => {
  const { currency, depositOn = {}, lines } = content
  const agreed = [depositOn.order, depositOn.confirmation].filter((deposit) => deposit !== undefined)
  const foreign = agreed.find((deposit) => 'amount' in deposit && deposit.amount.currency !== currency)
  if (foreign !== undefined && 'amount' in foreign) {
    return refuse('currency_mismatch', { expected: currency, got: foreign.amount.currency })
  }
  const isBilledAtOnce =
    content.billing === undefined && lines.every((line) => triggerOf(content, line) === 'on_order')
  const total = totalOf(content)
  const limit = isBilledAtOnce ? zero(currency) : total
  // Two halves of an odd amount are not refused for the cent that rounding adds: what is claimed last is what is left.
  const wanted = agreed.reduce((sum, deposit) => sum + shareOf(total, deposit, 'down'), 0n)
  return wanted > toMinor(limit)
    ? refuse('quantity_exceeded', { wanted: fromMinor(wanted, currency), limit })
    : ok(undefined)
}

const claimedAmounts = (order: Order, gross: bigint): DepositAmounts => ({
  ...amountsOf(shareOfTaxes(gross, unclaimedOf(order).taxes), order.currency),
  amount: fromMinor(dueOfNext(order, gross), order.currency),
})

/** Of all that is not canceled, rounded once, half up; all of it is no more than can be claimed where coins round it up. */
const shareOfOrder = (order: Order, wanted: WantedDeposit): bigint => {
  const whole = remainingTotal(order)
  const share = shareOf(whole, wanted, 'half_up')
  if ('amount' in wanted || share !== toMinor(whole)) return share
  const { gross, due } = unclaimedOf(order)
  return share === due && gross < due ? gross : share
}

const shareOf = (whole: Money, wanted: WantedDeposit, mode: RoundingMode): bigint =>
  'amount' in wanted ? toMinor(wanted.amount) : percentOf(toMinor(whole), wanted.percent, mode)
