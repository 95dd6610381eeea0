import { readEnvelope } from '../../core/audit/envelope.js'
import { present } from '../../core/invariant.js'
import type { CreditNote } from '../../core/invoicing/credit-note.js'
import type { Invoice, InvoiceEvent, InvoiceOfOrder } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { partOf } from '../../core/invoicing/invoice-parts.js'
import type { TracedCredit } from '../../core/invoicing/traces/credit.js'
import type { DeductedBy } from '../../core/invoicing/traces/left-of-deposit.js'
import type { InvoiceId, OrderId } from '../../core/ids/ids.js'
import { orderKind, type Order, type OrderEvent } from '../../core/orders/order.js'
import type { RecordKind } from '../../core/record-kind.js'
import type { QueryContext } from '../query.js'

/** A record as it was before an event, and the events up to then. Undefined where it has no such event. */
const before = async <State, Event extends { readonly type: string }>(
  context: QueryContext,
  kind: RecordKind<State, Event>,
  id: string,
  isReached: (event: Event) => boolean,
): Promise<
  { readonly state: State; readonly event: Event; readonly earlier: readonly Event[] } | undefined
> => {
  let state: State | undefined
  const earlier: Event[] = []
  for await (const { body } of context.history({ kind: kind.name, id })) {
    const event = readEnvelope(body).event as Event
    if (state !== undefined && isReached(event)) return { state, event, earlier }
    state = kind.evolve(state, event)
    earlier.push(event)
  }
  return undefined
}

/** An order as it was before an invoice of it was issued. */
export const orderBeforeInvoice = async (
  context: QueryContext,
  order: OrderId,
  invoice: InvoiceId,
): Promise<Order | undefined> => {
  const found = await before<Order, OrderEvent>(
    context,
    orderKind,
    order,
    (event) =>
      (event.type === 'OrderInvoiced' && event.invoice === invoice) ||
      (event.type === 'OrderDepositBilled' && event.deposit.invoice === invoice),
  )
  return found?.state
}

/** What a credit note of an invoice was decided on. */
export const factsOfCredit = async (
  context: QueryContext,
  note: CreditNote,
  invoice: InvoiceId,
): Promise<TracedCredit | undefined> => {
  await context.get(invoiceKind, invoice)
  const found = await before<Invoice, InvoiceEvent>(
    context,
    invoiceKind,
    invoice,
    (event) => event.type === 'InvoiceCredited' && event.creditNote === note.id,
  )
  if (found?.event.type !== 'InvoiceCredited' || note.order === undefined) return undefined
  return {
    invoice: ownPart(found.state, note.order),
    lines: found.event.lines,
    deducted: note.kind === 'deposit' ? await deductedBefore(context, note, note.order, invoice) : [],
  }
}

const ownPart = (invoice: Invoice, order: OrderId): InvoiceOfOrder =>
  present(partOf(invoice, order), 'a credit note is about an order of its invoice')

/** What later invoices had deducted of a deposit invoice, without those that were voided. */
const deductedBefore = async (
  context: QueryContext,
  note: CreditNote,
  order: OrderId,
  deposit: InvoiceId,
): Promise<readonly DeductedBy[]> => {
  await context.get(orderKind, order)
  const found = await before<Order, OrderEvent>(
    context,
    orderKind,
    order,
    (event) => event.type === 'OrderDepositWithdrawn' && event.creditNote === note.id,
  )
  const deducted = new Map<InvoiceId, DeductedBy>()
  for (const event of found?.earlier ?? []) {
    if (event.type === 'OrderInvoiceVoided') deducted.delete(event.invoice)
    if (event.type !== 'OrderInvoiced') continue
    const part = event.deducted?.find(({ invoice }) => invoice === deposit)
    if (part !== undefined) deducted.set(event.invoice, { invoice: event.invoice, part })
  }
  return [...deducted.values()]
}
