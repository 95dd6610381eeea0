import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { orderLifecycle } from '../../state-machines/order.machine.js'
import { allowedCommands, orderBlockers } from './order-blockers.js'
import { exceedingLine, refusalFor, type OrderDecision } from './order-limits.js'
import { quantityByLine, type LineQuantity } from './order-line.js'
import { cancelableQuantity, openQuantity } from './order-status.js'
import type { Order, OrderEvent } from './order.js'
import { coversDeposits, standingDeposits } from './unclaimed.js'

/** Without `lines` all that is open and not being worked on. What is shipped can no longer be canceled, only credited or returned. */
export const cancel = (
  order: Order,
  wanted: readonly LineQuantity[] | undefined,
  reason: string,
): OrderDecision => {
  const blocked = refusalFor(order, orderBlockers['orders.cancel'](order))
  if (blocked !== undefined) return blocked
  const lines = wanted ?? cancelableLines(order)
  const exceeded = exceedingLine(order, lines, cancelableQuantity)
  if (exceeded !== undefined) return exceeded
  const canceling = quantityByLine(lines)
  const claimed = claimedByDeposits(order, canceling)
  if (claimed !== undefined) return claimed
  const allOpen = order.lines.every((line) => openQuantity(line) === (canceling.get(line.id) ?? 0))
  const anyShipped = order.lines.some((line) => line.shipped > 0)
  const step = !allOpen ? 'cancel_some' : anyShipped ? 'cancel_rest' : 'cancel_all'
  if (!orderLifecycle.allows(order.status, step)) {
    return refuse('invalid_state', {
      status: order.status,
      allowed: orderLifecycle.allowed(order.status),
      commands: allowedCommands(order),
    })
  }
  const quantities: OrderEvent = { type: 'OrderQuantitiesCanceled', lines, reason }
  return ok(step === 'cancel_all' ? [quantities, { type: 'OrderCanceled', reason }] : [quantities])
}

/** Deposits claim a part of the price of what stays: more of it is canceled after their credit note. */
export const claimedByDeposits = (
  order: Order,
  canceling: ReadonlyMap<string, number>,
): OrderDecision | undefined => {
  const standing = standingDeposits(order)
  if (standing.length === 0) return undefined
  const lines = order.lines.map((line) => ({
    ...line,
    canceled: line.canceled + (canceling.get(line.id) ?? 0),
  }))
  return coversDeposits({ ...order, lines })
    ? undefined
    : refuse('quantity_exceeded', {
        deposits: standing.map(({ invoice, number, amount }) => ({ invoice, number, amount })),
      })
}

const cancelableLines = (order: Order): readonly LineQuantity[] =>
  order.lines.flatMap((line) =>
    cancelableQuantity(line) > 0 ? [{ line: line.id, quantity: cancelableQuantity(line) }] : [],
  )
