import { z } from 'zod'
import { defineCommand, type PlanContext } from '../command.js'
import { orderIdSchema } from '../ids/id-schema.js'
import type { InvoiceId, OrderId } from '../ids/ids.js'
import { consolidate, type BilledOrder } from '../invoicing/consolidate.js'
import type { Invoice } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { takeNumber } from '../invoicing/number-series.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import { isPositive, type Money } from '../money/money.js'
import { sendAboutInvoice } from '../notifications/send-about-invoice.js'
import { unbilledLines } from '../orders/billable.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind, type Order, type OrderEvent } from '../orders/order.js'
import { mayShareInvoice } from '../orders/share-invoice.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import type { LocalDate } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import { isWithinTolerance } from '../totals/tax-tolerance.js'
import { billOrder } from './bill-order.js'
import { billingKeys, lessWithheld, numberedBy, whenDue, withinInvoiceLimit } from './bill-units.js'
import { billedAmounts } from './billed-amounts.js'
import { businessDate } from './business-date.js'
import { closeIfDone } from './close-order.js'
import { performPeriods } from './perform-periods.js'
import { withinLargest } from './within-largest.js'

/** Without an invoice nothing of the orders was to be billed. */
export interface BillTogetherReceipt {
  readonly invoice?: InvoiceId
  readonly invoiceNumber?: string
  readonly total?: Money
  /** The orders of which something is billed now. */
  readonly orders: readonly OrderId[]
}

/**
 * Bills what several orders of one customer owe and was not billed yet with one invoice (a consolidated invoice). Of each order it claims exactly what an
 * invoice of that order alone would, so orders and their partial invoices add up whether they are billed together or not. Where only one of them has
 * something to be billed, it gets an invoice of its own. Refused as `invalid_state` where the orders differ in what an invoice has one of: customer, currency,
 * legal entity, terms of payment, way of calculating, in or outside the scope of tax; where one has a deposit, which is deducted by that order's own invoice; and
 * where so many roundings by order come together that the document would no longer be valid (EN 16931 BR-CO-17): fewer orders are billed together then.
 */
export const billTogether = defineCommand({
  name: 'invoices.billTogether',
  input: z.strictObject({
    orders: z
      .array(orderIdSchema)
      .min(1, 'orders.min')
      .refine((orders) => new Set(orders).size === orders.length, 'orders.once'),
    /** The day of the invoice; the store's when left out. */
    issuedOn: localDateSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: ({ orders, issuedOn }, seen, { ids, settings, today }) =>
    orders.flatMap((id) => [
      { kind: orderKind.name, id },
      ...billingKeys(ids.of('invoice'), seen.get(orderKind, id), settings, issuedOn ?? today()),
    ]),
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const { ordersPerInvoice: most } = context.settings.limits
    if (input.orders.length > most) return refuse('limit_exceeded', { limit: 'ordersPerInvoice', most })
    const on = businessDate(input.issuedOn, 'issuedOn', context.now)
    if (!on.ok) return on
    const orders: Order[] = []
    for (const id of input.orders) {
      const order = work.find(orderKind, id)?.state
      if (order === undefined) return refuse('unknown_order', { order: id })
      orders.push(performPeriods(work, order, on.value))
    }
    const billed = billAll(work, context, orders, on.value)
    if (!billed.ok) return billed
    for (const id of input.orders) closeIfDone(work, context.settings, id)
    const { invoice, of } = billed.value
    const receipt: BillTogetherReceipt = {
      ...(invoice !== undefined && {
        invoice: invoice.id,
        invoiceNumber: invoice.number,
        total: invoice.total,
      }),
      orders: of.map(({ id }) => id),
    }
    const subject =
      invoice === undefined
        ? { kind: orderKind.name, id: input.orders[0] as OrderId }
        : { kind: invoiceKind.name, id: invoice.id }
    return ok(work.finish(subject, receipt))
  },
})

interface Billed {
  readonly invoice: Invoice | undefined
  readonly of: readonly Order[]
}

const billAll = (
  work: Work,
  context: PlanContext,
  orders: readonly Order[],
  on: LocalDate,
): Result<Billed, Refusal> => {
  const of = orders.filter((order) => unbilledLines(order, on).length > 0)
  const [first, ...others] = of
  if (first === undefined) return ok({ invoice: undefined, of })
  const invoice =
    others.length === 0
      ? billOrder(work, context, first, { on })
      : issueConsolidated(work, context, [first, ...others], on)
  return invoice.ok ? ok({ invoice: invoice.value, of }) : invoice
}

const issueConsolidated = (
  work: Work,
  { ids, settings }: PlanContext,
  orders: readonly [Order, ...Order[]],
  on: LocalDate,
): Result<Invoice, Refusal> => {
  const [first] = orders
  const allowed = mayShareInvoice(orders)
  if (!allowed.ok) return allowed
  const id = ids.of('invoice') as InvoiceId
  const parts: PartOfOrder[] = []
  for (const order of orders) {
    const part = partOfOrder(settings, order, id, on)
    if (!part.ok) return part
    parts.push(part.value)
  }
  const billed = parts.map((part) => part.billed)
  const amounts = consolidate(billed, first.currency)
  const bounded = withinLargest({ total: amounts.total }, 'orders')
  if (!bounded.ok) return bounded
  const { linesPerInvoice: most } = settings.limits
  if (amounts.lines.length > most) return refuse('limit_exceeded', { limit: 'linesPerInvoice', most })
  const isExact = (amounts.totals?.taxes ?? []).every((tax) => isWithinTolerance(tax, first.currency))
  if (!isExact) return refuse('invalid_state', { because: 'rounding', orders: orders.length })
  const taken = takeNumber(work, settings, numberedBy(first, on), { kind: invoiceKind.name, id })
  if (!taken.ok) return taken
  const { number, issuedOn } = taken.value
  for (const part of parts) work.append(orderKind, part.billed.order, part.events)
  const invoice = work.append(invoiceKind, id, [
    {
      type: 'InvoiceIssued',
      invoice: {
        id,
        number,
        ...(first.customer !== undefined && { customer: first.customer }),
        ...(first.legalEntity !== undefined && { legalEntity: first.legalEntity }),
        currency: first.currency,
        ...amounts,
        issuedOn,
        ...whenDue(first, settings, issuedOn, lessWithheld(amounts.total, amounts.withholdings)),
      },
    },
    ...(isPositive(amounts.total) ? [] : [{ type: 'InvoiceSettled' } as const]),
  ])
  keepOpenInvoices(work, invoice)
  sendAboutInvoice(work, settings, invoice, 'invoice_issued', { number })
  return ok(invoice)
}

interface PartOfOrder {
  readonly billed: BilledOrder
  readonly events: readonly OrderEvent[]
}

const partOfOrder = (
  settings: Settings,
  order: Order,
  invoice: InvoiceId,
  on: LocalDate,
): Result<PartOfOrder, Refusal> => {
  const limited = withinInvoiceLimit(settings, order)
  if (!limited.ok) return limited
  const lines = unbilledLines(order, on)
  const billed = {
    ...billedAmounts(order, lines),
    order: order.id,
    orderNumber: order.number,
    ...(order.purchaseOrder !== undefined && { purchaseOrder: order.purchaseOrder }),
  }
  const events = decideOrder(order, {
    type: 'InvoiceOrder',
    on,
    invoice,
    amount: billed.total,
    lines,
    consolidated: true,
  })
  return ok({ billed, events: granted(events, 'what is not billed yet can be billed') })
}
