import { present } from '../invariant.js'
import { areWithin, isNothing, lessTaxes, type DepositPart } from '../totals/deposit.js'
import { fromMinor, toMinor, type Money } from '../money/money.js'
import { netOfUnits } from '../pricing/net-of-units.js'
import { readTaxes, untaxed } from '../totals/stored-totals.js'
import { roundToCoins, type TaxTotals } from '../totals/document-totals.js'
import { orderPart } from './order-part.js'
import type { Order } from './order.js'
import type { OrderLine } from './order-line.js'

/** What of an order's price is open to invoices, in minor units. */
export interface Unclaimed {
  readonly taxes: readonly TaxTotals[]
  /** With tax. */
  readonly gross: bigint
  /** With tax, rounded to coins where they are. */
  readonly due: bigint
}

/** What of an order no invoice claims yet, deposit invoices included. */
export const unclaimedOf = (order: Order): Unclaimed => {
  const whole = unbilledOf(order)
  const standing = standingDeposits(order)
  const taxes = standing.reduce((left, deposit) => lessTaxes(left, readTaxes(deposit)), whole.taxes)
  return { taxes, gross: grossOf(taxes), due: whole.due - amountOf(standing) }
}

/** The most that a further deposit can claim. */
export const claimable = (order: Order): Money => {
  const { gross, due } = unclaimedOf(order)
  return fromMinor(gross < due ? gross : due, order.currency)
}

/** Whether what is still to be billed has room for all deposits that stand, under each tax treatment: they are deducted from it. */
export const coversDeposits = (order: Order): boolean => {
  const { taxes, due } = unbilledOf(order)
  const standing = standingDeposits(order)
  let room = taxes
  return (
    amountOf(standing) <= due &&
    standing.every((deposit) => {
      const own = readTaxes(deposit)
      const fits = areWithin(own, room)
      room = lessTaxes(room, own)
      return fits
    })
  )
}

/**
 * What a further document of an order claims that adds so much with tax, in minor units: where what is due is rounded to coins, what makes the sum of
 * all claims the rounded sum. Where a deposit was credited, what is left may claim a coin more than that: no document claims less than nothing for it, and
 * the next ones claim so much less.
 */
export const dueOfNext = (order: Order, gross: bigint): bigint => {
  const coins = order.calculation?.cashRounding
  if (coins === undefined) return gross
  const standing = standingDeposits(order)
  const billed = present(
    orderPart(
      order,
      () => 0,
      ({ invoiced }) => invoiced,
    ),
    'what is rounded to coins is calculated',
  )
  const claimed = standing.reduce((sum, deposit) => sum + grossOf(readTaxes(deposit)), billed.gross)
  const due = roundToCoins(claimed + gross, { step: BigInt(coins.step), mode: coins.mode })
  const claims = due - billedDue(order) - amountOf(standing)
  return gross >= 0n && claims < 0n ? 0n : claims
}

/** What debit notes claim is no part of the order's price. */
const billedDue = ({ invoiced, debited }: Order): bigint =>
  toMinor(invoiced) - (debited === undefined ? 0n : toMinor(debited))

const amountOf = (deposits: readonly DepositPart[]): bigint =>
  deposits.reduce((sum, { amount }) => sum + toMinor(amount), 0n)

/** What of an order no invoice bills yet, whether a deposit was claimed of it or not. */
export const unbilledOf = (order: Order): Unclaimed => {
  const part = orderPart(order, ({ invoiced }) => invoiced, toBeInvoiced)
  if (part !== undefined) return { taxes: part.taxes, gross: part.gross, due: part.gross + part.rounding }
  const net = order.lines.reduce(
    (sum, line) =>
      sum + toMinor(netOfUnits(line, toBeInvoiced(line))) - toMinor(netOfUnits(line, line.invoiced)),
    0n,
  )
  return { taxes: untaxedAmount(net), gross: net, due: net }
}

export const untaxedAmount = (net: bigint): readonly TaxTotals[] => [
  { treatment: untaxed, base: net, amounts: [], tax: 0n },
]

/** Units that were canceled after their credit note stay billed. */
const toBeInvoiced = (line: OrderLine): number => Math.max(line.invoiced, line.quantity - line.canceled)

const grossOf = (taxes: readonly TaxTotals[]): bigint =>
  taxes.reduce((sum, { base, tax }) => sum + base + tax, 0n)

/** The deposit invoices of which something is not deducted: rounding to coins may leave taxes without an amount. */
export const standingDeposits = ({
  depositInvoices = [],
}: Pick<Order, 'depositInvoices'>): readonly DepositPart[] =>
  depositInvoices.filter((deposit) => toMinor(deposit.amount) !== 0n || !isNothing(readTaxes(deposit)))
