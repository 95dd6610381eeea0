import type { PlanContext, TouchContext } from '../command.js'
import type { InvoiceId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { Invoice } from '../invoicing/invoice.js'
import { agreedAmounts } from '../orders/deposit-amounts.js'
import type { DepositFact, DepositsAgreed } from '../orders/deposit-input.js'
import type { Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf } from '../time/local-date.js'
import { issueDeposit } from './bill-deposit.js'
import { billingKeys, type Billable } from './bill-units.js'

/** Claims the deposit that is agreed for a fact, in the commit of that fact; nothing where none is agreed, or nothing is left to be claimed. */
export const claimDeposit = (
  work: Work,
  context: PlanContext,
  order: Order,
  fact: DepositFact,
): Result<Invoice | undefined, Refusal> => {
  const agreed = order.depositOn?.[fact]
  const amounts = agreed === undefined ? undefined : agreedAmounts(order, agreed)
  return amounts === undefined
    ? ok(undefined)
    : issueDeposit(work, context.settings, order, {
        invoice: depositId(context),
        amounts,
        name: agreed?.name,
        on: dateOf(context.now),
      })
}

/** The records that `claimDeposit` needs; none until the order is known. */
export const claimDepositKeys = (
  order: WithDeposits | undefined,
  fact: DepositFact,
  context: TouchContext,
): readonly Key[] =>
  order?.depositOn?.[fact] === undefined
    ? []
    : billingKeys(depositId(context), order, context.settings, context.today())

export interface WithDeposits extends Billable {
  readonly depositOn?: DepositsAgreed | undefined
}

/** Not that of the invoice of what is billed with the same fact. */
const depositId = ({ ids }: TouchContext): InvoiceId => ids.of('deposit invoice') as InvoiceId
