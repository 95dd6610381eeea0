import { z } from 'zod'
import { readEnvelope } from '../../core/audit/envelope.js'
import { invoiceIdSchema, orderIdSchema } from '../../core/ids/id-schema.js'
import { invoiceKind } from '../../core/invoicing/invoice.js'
import { traceDebit } from '../../core/invoicing/trace-debit.js'
import { traceDeposit, withoutDeposits } from '../../core/invoicing/trace-deposit.js'
import { orderKind, type OrderEvent } from '../../core/orders/order.js'
import { traceOrder, traceOrderPart } from '../../core/orders/trace-order.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { printTrace, type Trace } from '../../core/totals/trace-totals.js'
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
  input: z.strictObject({ invoice: invoiceIdSchema, amount: amountSchema.optional() }),
  run: async (input, context) => {
    const found = await context.get(invoiceKind, input.invoice)
    if (found === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const invoice = found.state
    const { lines, order: id } = invoice
    const amount = input.amount ?? 'due'
    if (invoice.kind === 'deposit') {
      return ok({ value: printed(traceDeposit(invoice, amount), invoice.taxedBy), version: found.version })
    }
    const corrected =
      invoice.corrects === undefined ? undefined : await context.get(invoiceKind, invoice.corrects.invoice)
    if (corrected !== undefined) {
      const trace = traceDebit(invoice, corrected.state, amount)
      return ok({ value: printed(trace, invoice.taxedBy), version: found.version })
    }
    const order = await context.get(orderKind, id)
    if (order === undefined) return refuse('unknown_order', { order: id })
    const before = await billedBefore(context, id, input.invoice)
    const own = new Map<string, number>(lines.map(({ line, quantity }) => [line, quantity]))
    const trace = traceOrderPart(
      order.state,
      (line) => before.get(line.id) ?? 0,
      (line) => (before.get(line.id) ?? 0) + (own.get(line.id) ?? 0),
      amount,
    )
    const isLess = amount === 'due' && invoice.deducted !== undefined
    return ok({
      value: printed(isLess ? withoutDeposits(invoice, trace) : trace, invoice.taxedBy),
      version: found.version,
    })
  },
})

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
