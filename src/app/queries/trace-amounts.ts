import { z } from 'zod'
import { readEnvelope } from '../../core/audit/envelope.js'
import { invoiceIdSchema, orderIdSchema } from '../../core/ids/id-schema.js'
import { present } from '../../core/invariant.js'
import type { Invoice, InvoiceOfOrder } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { isOfOneOrder, partOf } from '../../core/invoicing/invoice-parts.js'
import { traceConsolidated, type TracedPart } from '../../core/invoicing/trace-consolidated.js'
import { traceDebit } from '../../core/invoicing/trace-debit.js'
import { traceDeposit, withoutDeposits } from '../../core/invoicing/trace-deposit.js'
import { tracePayable } from '../../core/invoicing/trace-withheld.js'
import type { OrderLine } from '../../core/orders/order-line.js'
import { orderKind, type OrderEvent } from '../../core/orders/order.js'
import { traceOrder, traceOrderPart } from '../../core/orders/trace-order.js'
import { basesUpTo } from '../../core/orders/withheld.js'
import { refuse, type Refusal } from '../../core/refusal.js'
import { ok, type Result } from '../../core/result.js'
import { printTrace, type Trace, type TracedAmount } from '../../core/totals/trace-totals.js'
import type { WithholdingBases } from '../../core/totals/withholdings.js'
import type { TaxedBy } from '../../core/tax/taxed-by.js'
import { defineQuery, type QueryContext } from '../query.js'

/** Why an amount is what it is: as a tree, and printed one amount a line, as an accountant reads it. */
export interface AmountTrace {
  readonly trace: Trace
  readonly text: string
  /** The outside engine that said how it is taxed, where one did; the text ends with it. */
  readonly taxedBy?: TaxedBy
}

const amountSchema = z.enum(['lineNet', 'discounts', 'charges', 'net', 'tax', 'gross', 'due'])

/** `payable`: what is due, less what the customer withholds. */
const invoiceAmountSchema = z.union([amountSchema, z.literal('payable')])
type InvoiceAmount = z.output<typeof invoiceAmountSchema>

/** Why an amount of an order is what it is (F130), down to prices and quantities, computed anew from what was agreed; `due` when none is named. */
export const traceOrderAmount = defineQuery({
  name: 'orders.trace',
  input: z.strictObject({ order: orderIdSchema, amount: amountSchema.optional() }),
  run: async (input, context) => {
    const found = await context.get(orderKind, input.order)
    if (found === undefined) return refuse('unknown_order', { order: input.order })
    return ok({
      value: printed(traceOrder(found.state, input.amount ?? 'due'), found.state.taxedBy),
      version: found.version,
    })
  },
})

/**
 * The same for an invoice: each amount is what all units billed up to it come to, less what was billed before, so the tree says why one of two equal
 * invoices has the odd cent.
 */
export const traceInvoiceAmount = defineQuery({
  name: 'invoices.trace',
  input: z.strictObject({ invoice: invoiceIdSchema, amount: invoiceAmountSchema.optional() }),
  run: async (input, context) => {
    const found = await context.get(invoiceKind, input.invoice)
    if (found === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const invoice = found.state
    const trace = await traceInvoice(context, invoice, input.amount ?? 'due')
    return trace.ok ? ok({ value: printed(trace.value, invoice.taxedBy), version: found.version }) : trace
  },
})

/** Of a consolidated invoice, each of its orders is traced as if it had an invoice of its own. */
const traceInvoice = async (
  context: QueryContext,
  invoice: Invoice,
  amount: InvoiceAmount,
): Promise<Result<Trace, Refusal>> => {
  if (isOfOneOrder(invoice)) return traceOfOrder(context, invoice, amount)
  const parts: TracedPart[] = []
  for (const part of invoice.parts ?? []) {
    const own = present(partOf(invoice, part.order), 'a part of an invoice is of one of its orders')
    const trace = await traceOfOrder(context, own, amount)
    if (!trace.ok) return trace
    parts.push({ part, trace: trace.value })
  }
  return ok(traceConsolidated(invoice, amount, parts))
}

const traceOfOrder = async (
  context: QueryContext,
  invoice: InvoiceOfOrder,
  wanted: InvoiceAmount,
): Promise<Result<Trace, Refusal>> => {
  const amount = wanted === 'payable' ? 'due' : wanted
  const traced = await traceClaim(context, invoice, amount)
  if (!traced.ok) return traced
  const { trace, before } = traced.value
  return ok(wanted === 'payable' ? tracePayable(invoice, trace, before) : trace)
}

/** The tree, and what the order's invoices before this one came to. */
const traceClaim = async (
  context: QueryContext,
  invoice: InvoiceOfOrder,
  amount: TracedAmount,
): Promise<Result<{ readonly trace: Trace; readonly before: WithholdingBases }, Refusal>> => {
  const { id, lines, order: orderId } = invoice
  const nothing = { net: 0n, tax: 0n }
  if (invoice.kind === 'deposit') return ok({ trace: traceDeposit(invoice, amount), before: nothing })
  const corrected =
    invoice.corrects === undefined ? undefined : await context.get(invoiceKind, invoice.corrects.invoice)
  if (corrected !== undefined) {
    const of = present(partOf(corrected.state, orderId), 'a debit note corrects an invoice of its order')
    return ok({ trace: traceDebit(invoice, of, amount), before: nothing })
  }
  const order = await context.get(orderKind, orderId)
  if (order === undefined) return refuse('unknown_order', { order: orderId })
  const earlier = await billedBefore(context, orderId, id)
  const unitsBefore = (line: OrderLine): number => earlier.get(line.id) ?? 0
  const own = new Map<string, number>(lines.map(({ line, quantity }) => [line, quantity]))
  const trace = traceOrderPart(
    order.state,
    unitsBefore,
    (line) => unitsBefore(line) + (own.get(line.id) ?? 0),
    amount,
  )
  const isLess = amount === 'due' && invoice.deducted !== undefined
  return ok({
    trace: isLess ? withoutDeposits(invoice, trace) : trace,
    before: basesUpTo(order.state, unitsBefore),
  })
}

const printed = (trace: Trace, taxedBy: TaxedBy | undefined): AmountTrace => {
  const text = printTrace(trace)
  if (taxedBy === undefined) return { trace, text }
  const { source, version, at } = taxedBy
  return { trace, text: `${text}\ntaxed as ${source} said, version ${version}, on ${at}`, taxedBy }
}

/** Units of each line that the order's earlier invoices billed, without those that were voided by then. */
const billedBefore = async (
  context: QueryContext,
  order: string,
  invoice: string,
): Promise<ReadonlyMap<string, number>> => {
  const units = new Map<string, number>()
  for await (const { body } of context.history({ kind: orderKind.name, id: order })) {
    const event = readEnvelope(body).event as OrderEvent
    if (event.type !== 'OrderInvoiced' && event.type !== 'OrderInvoiceVoided') continue
    if (event.invoice === invoice) break
    const sign = event.type === 'OrderInvoiced' ? 1 : -1
    for (const { line, quantity } of event.lines) units.set(line, (units.get(line) ?? 0) + sign * quantity)
  }
  return units
}
