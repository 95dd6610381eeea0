import type { CreditNoteId, InvoiceId, PaymentId } from '../ids/ids.js'
import { add, isZero, negate, subtract, type Money } from '../money/money.js'
import { addDeposits, type DepositPart } from '../totals/deposit.js'
import type { Withheld } from '../totals/withholdings.js'
import { counted, type LineQuantity, type OrderLine } from './order-line.js'

/** What is claimed and paid of an order: its part in documents and money. */
export interface OrderBilling {
  readonly lines: readonly OrderLine[]
  /** Sums of the documents about this order. */
  readonly invoiced: Money
  readonly credited: Money
  readonly paid: Money
  /** What of `invoiced` debit notes claim beyond what was ordered. Absent where there is none. */
  readonly debited?: Money
  /** What of its invoices is no longer asked for without a credit note: discounts for early payment, write-offs. Absent where there is none. */
  readonly forgone?: Money
  /** How many invoices it has; absent where they were not counted. */
  readonly invoices?: number
  /** Those of its invoices that bill other orders too, oldest first; absent where there are none. */
  readonly consolidatedInvoices?: readonly InvoiceId[]
  /** Its deposit invoices, oldest first, with what of each no later invoice has deducted; absent where there are none. */
  readonly depositInvoices?: readonly DepositPart[]
  /** Of an order with deposit invoices, what is withheld of them and of its invoices, each less what it deducts. Absent where nothing is. */
  readonly withheld?: readonly Withheld[]
  /** Payments made for this order before it was invoiced, oldest first, with what of each is not applied yet. */
  readonly deposits: readonly { readonly payment: PaymentId; readonly unapplied: Money }[]
}

export type OrderBillingEvent =
  | {
      readonly type: 'OrderInvoiced'
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
      /** 1 for the first invoice of the order. */
      readonly nth?: number
      /** What it deducts of deposit invoices. */
      readonly deducted?: readonly DepositPart[]
      readonly withheld?: readonly Withheld[]
      /** It bills other orders too. */
      readonly consolidated?: true
    }
  /** A debit note claims what an invoice had claimed too little: no units of the order are billed by it. */
  | {
      readonly type: 'OrderDebited'
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly nth: number
    }
  | { readonly type: 'OrderDebitWithdrawn'; readonly invoice: InvoiceId; readonly amount: Money }
  /** A part of its price was claimed before anything is delivered. */
  | {
      readonly type: 'OrderDepositBilled'
      readonly deposit: DepositPart
      readonly nth: number
      readonly withheld?: readonly Withheld[]
    }
  /** A deposit invoice, or what is left of it, claims nothing any more: it was credited or voided. */
  | {
      readonly type: 'OrderDepositWithdrawn'
      readonly deposit: DepositPart
      readonly creditNote?: CreditNoteId
      readonly withheld?: readonly Withheld[]
    }
  /** An invoice was voided: what it billed is not billed. */
  | {
      readonly type: 'OrderInvoiceVoided'
      readonly invoice: InvoiceId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
      /** What it had deducted of deposit invoices, and others deduct now. */
      readonly deducted?: readonly DepositPart[]
      readonly withheld?: readonly Withheld[]
    }
  | {
      readonly type: 'OrderCredited'
      readonly creditNote: CreditNoteId
      readonly amount: Money
      readonly lines: readonly LineQuantity[]
    }
  | { readonly type: 'OrderDepositReceived'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'OrderDepositApplied'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'OrderPaid'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'OrderPaymentTakenBack'; readonly payment: PaymentId; readonly amount: Money }
  /** How much more of its part of a consolidated invoice is paid; below zero where it is less. */
  | { readonly type: 'OrderPartPaid'; readonly invoice: InvoiceId; readonly amount: Money }
  /** What of an invoice is no longer asked for; below zero where it is asked for again. */
  | { readonly type: 'OrderDifferenceBooked'; readonly invoice: InvoiceId; readonly amount: Money }

export const evolveBilling = <Billed extends OrderBilling>(
  order: Billed,
  event: OrderBillingEvent,
): Billed => {
  switch (event.type) {
    case 'OrderInvoiced':
      // As `withFields` does; of an order that is not known further its fields cannot be checked there.
      return {
        ...{},
        ...counted(order, event.lines, (line, quantity) => ({ ...line, invoiced: line.invoiced + quantity })),
        invoiced: add(order.invoiced, event.amount),
        ...(event.nth !== undefined && { invoices: event.nth }),
        ...(event.consolidated !== undefined && {
          consolidatedInvoices: [...(order.consolidatedInvoices ?? []), event.invoice],
        }),
        ...withDeposits(order, event.deducted, -1),
        ...(event.withheld !== undefined && { withheld: event.withheld }),
      }
    case 'OrderDebited':
      return { ...withDebit(order, event.amount), invoices: event.nth }
    case 'OrderDebitWithdrawn':
      return withDebit(order, negate(event.amount))
    case 'OrderDepositBilled':
      return {
        ...order,
        depositInvoices: [...(order.depositInvoices ?? []), event.deposit],
        invoices: event.nth,
        ...(event.withheld !== undefined && { withheld: event.withheld }),
      }
    case 'OrderDepositWithdrawn':
      return {
        ...order,
        ...withDeposits(order, [event.deposit], -1),
        ...(event.withheld !== undefined && { withheld: event.withheld }),
      }
    case 'OrderInvoiceVoided':
      return {
        ...counted(order, event.lines, (line, quantity) => ({ ...line, invoiced: line.invoiced - quantity })),
        invoiced: subtract(order.invoiced, event.amount),
        ...withDeposits(order, event.deducted, 1),
        ...(event.withheld !== undefined && { withheld: event.withheld }),
      }
    case 'OrderCredited':
      return {
        ...counted(order, event.lines, (line, quantity) => ({ ...line, credited: line.credited + quantity })),
        credited: add(order.credited, event.amount),
      }
    case 'OrderDepositReceived':
      return { ...order, deposits: [...order.deposits, { payment: event.payment, unapplied: event.amount }] }
    case 'OrderDepositApplied':
      return { ...order, deposits: order.deposits.map((deposit) => lowered(deposit, event)) }
    case 'OrderPaid':
    case 'OrderPartPaid':
      return { ...order, paid: add(order.paid, event.amount) }
    case 'OrderPaymentTakenBack':
      return { ...order, paid: subtract(order.paid, event.amount) }
    case 'OrderDifferenceBooked':
      return withDifference(order, event.amount)
  }
}

const withDeposits = (
  { depositInvoices }: OrderBilling,
  parts: readonly DepositPart[] | undefined,
  sign: 1 | -1,
): Pick<OrderBilling, 'depositInvoices'> =>
  parts === undefined || depositInvoices === undefined
    ? {}
    : { depositInvoices: addDeposits(depositInvoices, parts, sign) }

const withDebit = <Billed extends OrderBilling>(
  { debited: known, ...order }: Billed,
  amount: Money,
): Billed => {
  const debited = known === undefined ? amount : add(known, amount)
  const claiming = { ...order, invoiced: add(order.invoiced, amount) }
  return (isZero(debited) ? claiming : { ...claiming, debited }) as Billed
}

const withDifference = <Billed extends OrderBilling>(
  { forgone: known, ...order }: Billed,
  amount: Money,
): Billed => {
  const forgone = known === undefined ? amount : add(known, amount)
  return (isZero(forgone) ? order : { ...order, forgone }) as Billed
}

const lowered = (
  deposit: OrderBilling['deposits'][number],
  applied: { readonly payment: PaymentId; readonly amount: Money },
): OrderBilling['deposits'][number] =>
  deposit.payment === applied.payment
    ? { ...deposit, unapplied: subtract(deposit.unapplied, applied.amount) }
    : deposit
