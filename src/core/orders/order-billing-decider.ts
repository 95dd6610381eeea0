import type { CreditNoteId, InvoiceId, PaymentId } from '../ids/ids.js'
import { invariant } from '../invariant.js'
import { compare, toMinor, zero, type Money } from '../money/money.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import { areWithin, type DepositPart } from '../totals/deposit.js'
import { readTaxes } from '../totals/stored-totals.js'
import type { Withheld, Withholding } from '../totals/withholdings.js'
import { unbilledQuantity } from './billable.js'
import { orderBlockers } from './order-blockers.js'
import { refusalFor, unless, within, type OrderDecision } from './order-limits.js'
import type { LineQuantity } from './order-line.js'
import { claimedQuantity } from './order-status.js'
import type { Order } from './order.js'
import { claimable, coversDeposits, standingDeposits } from './unclaimed.js'
import { withheldAfter } from './withheld-deposits.js'

export type OrderBillingCommand =
  | {
      readonly type: 'InvoiceOrder'
      readonly on: LocalDate
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
      readonly deducted?: readonly DepositPart[]
      readonly withholdings?: readonly Withholding[]
      readonly consolidated?: true
    }
  | { readonly type: 'DebitOrder'; readonly invoice: InvoiceId; readonly amount: Money }
  | { readonly type: 'WithdrawDebit'; readonly invoice: InvoiceId; readonly amount: Money }
  | { readonly type: 'BillDeposit'; readonly deposit: DepositPart }
  | { readonly type: 'WithdrawDeposit'; readonly deposit: DepositPart; readonly creditNote?: CreditNoteId }
  | {
      readonly type: 'WithdrawInvoice'
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
      readonly deducted?: readonly DepositPart[]
      readonly withholdings?: readonly Withholding[]
    }
  | {
      readonly type: 'CreditOrder'
      readonly creditNote: CreditNoteId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
    }
  | { readonly type: 'ReceiveDeposit'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'ApplyDeposit'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'ApplyPayment'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'TakeBackPayment'; readonly payment: PaymentId; readonly amount: Money }

export const decideBilling = (order: Order, command: OrderBillingCommand): OrderDecision => {
  switch (command.type) {
    case 'InvoiceOrder':
      return within(
        order,
        command.lines,
        'quantity_exceeded',
        (line) => unbilledQuantity(order, line, command.on),
        {
          type: 'OrderInvoiced',
          invoice: command.invoice,
          amount: command.amount,
          lines: command.lines,
          nth: (order.invoices ?? 0) + 1,
          ...(command.deducted !== undefined && { deducted: command.deducted }),
          ...(order.depositInvoices !== undefined && withheldWith(order, command, 1n)),
          ...(command.consolidated !== undefined && { consolidated: command.consolidated }),
        },
      )
    case 'DebitOrder':
      return ok([
        {
          type: 'OrderDebited',
          invoice: command.invoice,
          amount: command.amount,
          nth: (order.invoices ?? 0) + 1,
        },
      ])
    case 'WithdrawDebit':
      return ok([{ type: 'OrderDebitWithdrawn', invoice: command.invoice, amount: command.amount }])
    case 'BillDeposit':
      return billDeposit(order, command.deposit)
    case 'WithdrawDeposit':
      return withdrawDeposit(order, command.deposit, command.creditNote)
    case 'WithdrawInvoice':
      return within(order, command.lines, 'quantity_exceeded', claimedQuantity, {
        type: 'OrderInvoiceVoided',
        invoice: command.invoice,
        amount: command.amount,
        lines: command.lines,
        ...(command.deducted !== undefined && { deducted: command.deducted }),
        ...(order.depositInvoices !== undefined && withheldWith(order, command, -1n)),
      })
    case 'CreditOrder':
      return within(order, command.lines, 'credit_exceeds_invoice', (line) => line.invoiced - line.credited, {
        type: 'OrderCredited',
        creditNote: command.creditNote,
        amount: command.amount,
        lines: command.lines,
      })
    case 'ReceiveDeposit':
      return receiveDeposit(order, command.payment, command.amount)
    case 'ApplyDeposit':
      return applyDeposit(order, command.payment, command.amount)
    case 'ApplyPayment':
      return ok([{ type: 'OrderPaid', payment: command.payment, amount: command.amount }])
    case 'TakeBackPayment':
      invariant(compare(command.amount, order.paid) <= 0, 'MO7 no more is taken back than was paid')
      return ok([{ type: 'OrderPaymentTakenBack', payment: command.payment, amount: command.amount }])
  }
}

/** What is withheld of all documents after one of an order with deposits; without them it follows from what is billed. */
const withheldWith = (
  order: Order,
  document: Parameters<typeof withheldAfter>[1],
  sign: 1n | -1n,
): { readonly withheld?: readonly Withheld[] } => {
  const withheld = withheldAfter(order, document, sign)
  return withheld === undefined ? {} : { withheld }
}

/** A deposit pays the next invoice: where none will come it would wait for ever, beside an invoice that stays open. */
const receiveDeposit = (order: Order, payment: PaymentId, amount: Money): OrderDecision => {
  const refused = refusalFor(order, orderBlockers['orders.hold'](order))
  if (refused !== undefined) return refused
  const hasNoNext = order.lines.every((line) => line.invoiced === line.quantity - line.canceled)
  return hasNoNext
    ? refuse('invalid_state', {
        status: order.status,
        order: order.id,
        invoicing: 'invoiced',
        name: 'invoices',
      })
    : ok([{ type: 'OrderDepositReceived', payment, amount }])
}

const applyDeposit = (order: Order, payment: PaymentId, amount: Money): OrderDecision => {
  const deposit = order.deposits.find((known) => known.payment === payment)
  return deposit !== undefined && compare(amount, deposit.unapplied) <= 0
    ? ok([
        { type: 'OrderDepositApplied', payment, amount },
        { type: 'OrderPaid', payment, amount },
      ])
    : refuse('allocation_exceeds_payment', { payment, amount, unapplied: deposit?.unapplied })
}

/** Whether a deposit invoice may be issued for it at all: nothing to decide yet where not. */
export const mayBillDeposit = (order: Order): OrderDecision =>
  unless(order, orderBlockers['invoices.billDeposit'](order), [])

/** A deposit is part of the price: with what is billed and the deposits that stand it never exceeds it, under no tax treatment. */
const billDeposit = (order: Order, deposit: DepositPart): OrderDecision => {
  const allowed = mayBillDeposit(order)
  if (!allowed.ok) return allowed
  return coversDeposits({ ...order, depositInvoices: [...(order.depositInvoices ?? []), deposit] })
    ? ok([
        {
          type: 'OrderDepositBilled',
          deposit,
          nth: (order.invoices ?? 0) + 1,
          ...withheldWith(order, deposit, 1n),
        },
      ])
    : refuse('quantity_exceeded', { wanted: deposit.amount, limit: claimable(order) })
}

/** What later invoices have deducted is theirs: only what stands can be withdrawn. */
const withdrawDeposit = (
  order: Order,
  deposit: DepositPart,
  creditNote: CreditNoteId | undefined,
): OrderDecision => {
  const standing = standingDeposits(order).find(({ invoice }) => invoice === deposit.invoice)
  return standing !== undefined &&
    toMinor(deposit.amount) <= toMinor(standing.amount) &&
    areWithin(readTaxes(deposit), readTaxes(standing))
    ? ok([
        {
          type: 'OrderDepositWithdrawn',
          deposit,
          ...(creditNote !== undefined && { creditNote }),
          ...withheldWith(order, deposit, -1n),
        },
      ])
    : refuse('credit_exceeds_invoice', {
        invoice: deposit.invoice,
        wanted: deposit.amount,
        limit: standing?.amount ?? zero(order.currency),
      })
}
