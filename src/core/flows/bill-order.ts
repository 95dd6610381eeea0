import { z } from 'zod'
import { defineCommand, type PlanContext, type TouchContext } from '../command.js'
import type { InvoiceId, OrderId, ShipmentId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { Invoice } from '../invoicing/invoice.js'
import type { Money } from '../money/money.js'
import { triggerOf, unbilledLines } from '../orders/billable.js'
import { orderKind, type Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import type { InvoiceTrigger } from '../pricing/invoice-trigger.js'
import type { PeriodTrigger } from '../pricing/recurring.js'
import type { Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import { billingKeys, billUnits } from './bill-units.js'
import { closeIfDone } from './close-order.js'
import { orderToBill, orderToBillKeys, orderToBillShape } from './order-to-bill.js'
import { performPeriods } from './perform-periods.js'

/** What the commands that may bill an order answer. Without an invoice nothing was to be billed. */
export interface BillingReceipt {
  readonly order: OrderId
  readonly invoice?: InvoiceId
  readonly invoiceNumber?: string
  /** The sum of the invoice. */
  readonly total?: Money
}

/**
 * Bills what an order owes and was not billed yet: periods that have begun or are over, and orders whose invoice was not issued with the fact, because it was not
 * possible then or because they were recorded elsewhere. Periods that are over count as provided. What is billed is what is billable by each line's trigger less what is billed already, so a second call bills nothing and
 * answers without an invoice.
 */
export const billOpenOrder = defineCommand({
  name: 'invoices.bill',
  input: z.strictObject(orderToBillShape),
  idempotencyKey: 'optional',
  touches: orderToBillKeys,
  plan: (facts, input, context) => {
    const wanted = orderToBill(facts, input, context)
    if (!wanted.ok) return wanted
    const { work, order, on } = wanted.value
    const current = performPeriods(work, order, on)
    const billed = billOrder(work, context, current, { on })
    if (!billed.ok) return billed
    if (billed.value !== undefined || current !== order) closeIfDone(work, context.settings, order.id)
    return ok(
      work.finish(
        { kind: orderKind.name, id: order.id },
        { order: order.id, ...invoiceReceipt(billed.value) },
      ),
    )
  },
})

/** The one place where it is decided what of an order is billed now; nothing where nothing is. */
export const billOrder = (
  work: Work,
  { ids, settings }: PlanContext,
  order: Order,
  fact: BillableFact,
): Result<Invoice | undefined, Refusal> => {
  const lines = unbilledLines(order, fact.on)
  return lines.length === 0
    ? ok(undefined)
    : billUnits(work, settings, order, { ...fact, invoice: ids.of('invoice') as InvoiceId, lines })
}

interface BillableFact {
  readonly on: LocalDate
  readonly shipment?: ShipmentId
}

/** Bills in the commit of a fact, where lines of the order wait for one of its sort. */
export const billFact = (
  work: Work,
  context: PlanContext,
  order: Order,
  trigger: InvoiceTrigger,
  fact: BillableFact,
): Result<Invoice | undefined, Refusal> =>
  isBilledOn(order, trigger) ? billOrder(work, context, order, fact) : ok(undefined)

/** The records that `billFact` needs; none until the order is known. */
export const billFactKeys = (
  order: Order | undefined,
  trigger: InvoiceTrigger,
  { ids, settings, today }: TouchContext,
  on: LocalDate | undefined,
): readonly Key[] =>
  order !== undefined && isBilledOn(order, trigger)
    ? billingKeys(ids.of('invoice'), order, settings, on ?? today())
    : []

/** Whether a fact may make an invoice of an order, so that its records have to be locked: not where what it makes billable waits to be billed with other orders. */
export const isBilledOn = (order: Order, trigger: InvoiceTrigger): boolean =>
  order.billing === undefined && order.lines.some((line) => triggerOf(order, line) === trigger)

/** The same, for what is about to be placed. */
export const mayBillOnOrder = (content: TriggeredContent): boolean =>
  content.billing === undefined && (content.invoiceTrigger === 'on_order' || content.lines.some(isOnOrder))

export interface TriggeredContent {
  readonly billing?: 'consolidated' | undefined
  readonly invoiceTrigger?: InvoiceTrigger | undefined
  readonly lines: readonly Triggered[]
}

interface Triggered {
  readonly invoiceTrigger?: InvoiceTrigger | undefined
  readonly recurring?: { readonly billed: PeriodTrigger } | undefined
}

// Named, so that placing an order makes no function of its own for it. A period may have begun by then.
const isOnOrder = ({ invoiceTrigger, recurring }: Triggered): boolean =>
  invoiceTrigger === 'on_order' || recurring?.billed === 'period_start'

export const invoiceReceipt = (invoice: Invoice | undefined): Omit<BillingReceipt, 'order'> =>
  invoice === undefined ? {} : { invoice: invoice.id, invoiceNumber: invoice.number, total: invoice.total }
