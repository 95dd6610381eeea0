import type { BankEntryId, InvoiceId, OrderId, PartyId, PaymentId } from '../ids/ids.js'
import { add, isZero, subtract, zero, type Money } from '../money/money.js'
import type { RecordKind } from '../record-kind.js'
import type { PaymentStatus } from '../../state-machines/payment.machine.js'
import type { LocalDate } from '../time/local-date.js'
import type { Exchange } from './exchange.js'

/** Money that came in, and what became of it: applied to invoices, still unapplied, or paid back (MO7). */
export interface Payment {
  readonly id: PaymentId
  readonly status: PaymentStatus
  readonly method: string
  /** What it pays with; where it came in another currency, what that counts for. */
  readonly amount: Money
  readonly receivedOn: LocalDate
  readonly customer?: PartyId
  /** The order it was made for, when it came before the invoice. */
  readonly order?: OrderId
  /** The bank entry it was made from. */
  readonly bankEntry?: BankEntryId
  /** The provider's or bank's reference; never a card number. */
  readonly reference?: string
  /** How it became an amount of the invoices' currency, where it came in another one. */
  readonly exchange?: Exchange
  /** One entry an invoice, in the order of their first application. */
  readonly applied: readonly Applied[]
  readonly refunded: Money
}

export interface Applied {
  readonly invoice: InvoiceId
  readonly amount: Money
}

export type PaymentContent = Omit<Payment, 'status' | 'applied' | 'refunded'>

export type PaymentEvent =
  | { readonly type: 'PaymentReceived'; readonly payment: PaymentContent }
  /** It counts no longer in the currency it came in, and in another one from the next event on: the books of a currency have their own entry. */
  | { readonly type: 'PaymentGivenForExchange'; readonly amount: Money }
  | { readonly type: 'PaymentExchanged'; readonly amount: Money; readonly exchange: Exchange }
  | { readonly type: 'PaymentApplied'; readonly invoice: InvoiceId; readonly amount: Money }
  | { readonly type: 'PaymentTakenBack'; readonly invoice: InvoiceId; readonly amount: Money }
  | {
      readonly type: 'PaymentRefunded'
      readonly amount: Money
      /** Nothing is left of the payment. */
      readonly all: boolean
      readonly reason: string
    }
  | { readonly type: 'PaymentReversed'; readonly reason: string }

/** What pays for nothing yet and did not go back. Nothing is left of a payment that the bank has undone. */
export const unappliedAmount = (payment: Payment): Money =>
  payment.status === 'reversed'
    ? zero(payment.amount.currency)
    : payment.applied.reduce(
        (rest, { amount }) => subtract(rest, amount),
        subtract(payment.amount, payment.refunded),
      )

/** What of the payment pays for this invoice. */
export const appliedTo = (payment: Payment, invoice: InvoiceId): Money =>
  payment.applied.find((applied) => applied.invoice === invoice)?.amount ?? zero(payment.amount.currency)

const evolve = (known: Payment | undefined, event: PaymentEvent): Payment => {
  if (event.type === 'PaymentReceived') {
    return {
      ...event.payment,
      status: 'captured',
      applied: [],
      refunded: zero(event.payment.amount.currency),
    }
  }
  const payment = known as Payment
  switch (event.type) {
    case 'PaymentGivenForExchange':
      return payment
    case 'PaymentExchanged': {
      const { amount, exchange } = event
      return { ...payment, amount, exchange, refunded: zero(amount.currency) }
    }
    case 'PaymentApplied':
      return { ...payment, applied: raised(payment.applied, event.invoice, event.amount) }
    case 'PaymentTakenBack':
      return { ...payment, applied: lowered(payment.applied, event.invoice, event.amount) }
    case 'PaymentRefunded':
      return {
        ...payment,
        refunded: add(payment.refunded, event.amount),
        status: event.all ? 'refunded' : payment.status,
      }
    case 'PaymentReversed':
      return { ...payment, status: 'reversed' }
  }
}

const raised = (applied: readonly Applied[], invoice: InvoiceId, amount: Money): readonly Applied[] =>
  applied.some((known) => known.invoice === invoice)
    ? applied.map((known) =>
        known.invoice === invoice ? { invoice, amount: add(known.amount, amount) } : known,
      )
    : [...applied, { invoice, amount }]

const lowered = (applied: readonly Applied[], invoice: InvoiceId, amount: Money): readonly Applied[] =>
  applied.flatMap((known) => {
    if (known.invoice !== invoice) return [known]
    const rest = subtract(known.amount, amount)
    return isZero(rest) ? [] : [{ invoice, amount: rest }]
  })

export const paymentKind: RecordKind<Payment, PaymentEvent> = {
  name: 'payment',
  evolve,
  entries: (payment) => ({
    status: payment.status,
    method: payment.method,
    receivedOn: payment.receivedOn,
    ...(payment.customer !== undefined && { customer: payment.customer }),
    ...(payment.order !== undefined && { order: payment.order }),
  }),
}
