import { readEnvelope } from '../../core/audit/envelope.js'
import type { CreditNoteId, InvoiceId, PaymentId } from '../../core/ids/ids.js'
import { creditNoteKind } from '../../core/invoicing/credit-note.js'
import type { Invoice, InvoiceEvent } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import type { InvoiceMovements, Movement } from '../../core/invoicing/traces/balance.js'
import { isNegative, negate, type Money } from '../../core/money/money.js'
import { orderKind, type Order, type OrderEvent } from '../../core/orders/order.js'
import { paymentKind } from '../../core/payments/payment.js'
import type { QueryContext } from '../query.js'

/** What has moved the balance of an invoice since it was issued, as its events say. */
export const movementsOfInvoice = async (
  context: QueryContext,
  { id }: Invoice,
): Promise<InvoiceMovements> => {
  const moved = { paid: [] as Movement[], credited: [] as Movement[], returned: [] as Movement[] }
  for await (const event of eventsOf<InvoiceEvent>(context, invoiceKind.name, id)) {
    if (event.type === 'InvoicePaid') moved.paid.push(await payment(context, event.payment, event.amount))
    if (event.type === 'InvoicePaymentTakenBack') {
      moved.paid.push(takenBack(await payment(context, event.payment, event.amount)))
    }
    if (event.type === 'InvoiceCredited') {
      moved.credited.push(await creditNote(context, event.creditNote, event.amount))
    }
    if (event.type === 'InvoiceDeductionReturned') {
      moved.returned.push(await invoice(context, event.invoice, event.amount))
    }
  }
  return moved
}

/** What has moved an amount of an order since it was placed. */
export const movementsOfOrder = async (
  context: QueryContext,
  { id }: Order,
  field: OrderBalance,
): Promise<readonly Movement[]> => {
  const moved: Movement[] = []
  for await (const event of eventsOf<OrderEvent>(context, orderKind.name, id)) {
    if (moves(event) && movedBy[event.type].includes(field)) moved.push(await movementOf(context, event))
  }
  return moved
}

export type OrderBalance = (typeof orderBalances)[number]
export const orderBalances = ['invoiced', 'credited', 'paid', 'debited', 'forgone'] as const

type MovingEvent = Extract<
  OrderEvent,
  {
    readonly type:
      | 'OrderInvoiced'
      | 'OrderInvoiceVoided'
      | 'OrderDebited'
      | 'OrderDebitWithdrawn'
      | 'OrderCredited'
      | 'OrderPaid'
      | 'OrderPaymentTakenBack'
      | 'OrderPartPaid'
      | 'OrderDifferenceBooked'
  }
>

const movedBy: Readonly<Record<MovingEvent['type'], readonly OrderBalance[]>> = {
  OrderInvoiced: ['invoiced'],
  OrderInvoiceVoided: ['invoiced'],
  OrderDebited: ['invoiced', 'debited'],
  OrderDebitWithdrawn: ['invoiced', 'debited'],
  OrderCredited: ['credited'],
  OrderPaid: ['paid'],
  OrderPaymentTakenBack: ['paid'],
  OrderPartPaid: ['paid'],
  OrderDifferenceBooked: ['forgone'],
}

const moves = (event: OrderEvent): event is MovingEvent => Object.hasOwn(movedBy, event.type)

const movementOf = async (context: QueryContext, event: MovingEvent): Promise<Movement> => {
  switch (event.type) {
    case 'OrderInvoiced':
    case 'OrderDebited':
      return invoice(context, event.invoice, event.amount)
    case 'OrderInvoiceVoided':
    case 'OrderDebitWithdrawn':
      return takenBack(await invoice(context, event.invoice, event.amount))
    case 'OrderCredited':
      return creditNote(context, event.creditNote, event.amount)
    case 'OrderPaid':
      return payment(context, event.payment, event.amount)
    case 'OrderPaymentTakenBack':
      return takenBack(await payment(context, event.payment, event.amount))
    case 'OrderPartPaid':
    case 'OrderDifferenceBooked':
      return signed(context, event)
  }
}

async function* eventsOf<Event>(context: QueryContext, kind: string, id: string): AsyncGenerator<Event> {
  for await (const { body } of context.history({ kind, id })) yield readEnvelope(body).event as Event
}

const payment = async (context: QueryContext, id: PaymentId, amount: Money): Promise<Movement> => {
  const found = await context.get(paymentKind, id)
  const { receivedOn, method, reference } = found?.state ?? {}
  const received = found === undefined ? 'what it pays' : `received on ${receivedOn} by ${method}`
  const words = reference === undefined ? received : `${received}, reference ${reference}`
  return { name: `payment ${id}`, amount, words, by: { payment: id } }
}

const creditNote = async (context: QueryContext, id: CreditNoteId, amount: Money): Promise<Movement> => {
  const found = await context.get(creditNoteKind, id)
  const words = found === undefined ? 'what it gives back' : `issued on ${found.state.issuedOn}`
  return { name: `credit note ${found?.state.number ?? id}`, amount, words, by: { creditNote: id } }
}

const invoice = async (context: QueryContext, id: InvoiceId, amount: Money): Promise<Movement> => {
  const found = await context.get(invoiceKind, id)
  const words = found === undefined ? 'as it says' : `issued on ${found.state.issuedOn}`
  return { name: `invoice ${found?.state.number ?? id}`, amount, words, by: { invoice: id } }
}

const takenBack = (movement: Movement): Movement => ({
  ...movement,
  takenBack: true,
  words: `taken back: ${movement.words}`,
})

/** An amount that is below zero where it is taken back. */
const signed = async (
  context: QueryContext,
  event: { readonly invoice: InvoiceId; readonly amount: Money },
): Promise<Movement> =>
  isNegative(event.amount)
    ? takenBack(await invoice(context, event.invoice, negate(event.amount)))
    : invoice(context, event.invoice, event.amount)
