import type { PlanContext, TouchContext } from '../command.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { orderKind, type Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import { billOrder, mayBillOnOrder, type TriggeredContent } from './bill-order.js'
import { billingKeys } from './bill-units.js'
import { claimDeposit, claimDepositKeys, type WithDeposits } from './claim-deposit.js'
import { depositReceipt, type PlacedOrder } from './order-receipt.js'

type ToBePlaced = WithDeposits & TriggeredContent

/** Whether placing it may issue an invoice, so that the records of one have to be locked. */
export const isBilledWhenPlaced = (content: ToBePlaced): boolean =>
  content.depositOn?.order !== undefined || mayBillOnOrder(content)

export const billWhenPlacedKeys = (content: ToBePlaced, context: TouchContext): readonly Key[] => [
  ...(mayBillOnOrder(content)
    ? billingKeys(context.ids.of('invoice'), content, context.settings, context.today())
    : []),
  ...claimDepositKeys(content, 'order', context),
]

/** Bills what is billed on order, and claims the deposit that is agreed for it of what is then left. */
export const billWhenPlaced = (
  work: Work,
  context: PlanContext,
  placed: Order,
): Result<Pick<PlacedOrder, 'invoice' | 'invoiceNumber' | 'deposit'>, Refusal> => {
  const billed = mayBillOnOrder(placed)
    ? billOrder(work, context, placed, { on: dateOf(context.now) })
    : ok(undefined)
  if (!billed.ok) return billed
  const invoice = billed.value
  const current =
    invoice === undefined
      ? placed
      : present(work.find(orderKind, placed.id)?.state, 'an order that is billed exists')
  const claimed = claimDeposit(work, context, current, 'order')
  if (!claimed.ok) return claimed
  return ok({
    ...(invoice !== undefined && { invoice: invoice.id, invoiceNumber: invoice.number }),
    ...depositReceipt(claimed.value),
  })
}
