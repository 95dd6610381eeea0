import { z } from 'zod'
import { creditNoteIdSchema, invoiceIdSchema, orderIdSchema } from '../../core/ids/id-schema.js'
import { present } from '../../core/invariant.js'
import { creditNoteKind, type CreditNote } from '../../core/invoicing/credit-note.js'
import type { Invoice, InvoiceOfOrder } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { isOfOneOrder, partOf } from '../../core/invoicing/invoice-parts.js'
import { amountPathSchema, printedAt } from '../../core/invoicing/printed-amount.js'
import { traceAt } from '../../core/invoicing/traces/at.js'
import { isOfBalance, traceBalance, traceMovements } from '../../core/invoicing/traces/balance.js'
import { traceBilled } from '../../core/invoicing/traces/billed.js'
import { traceConsolidated, type TracedOrder } from '../../core/invoicing/traces/consolidated.js'
import { traceCredit } from '../../core/invoicing/traces/credit.js'
import { traceDebit } from '../../core/invoicing/traces/debit.js'
import { traceDeposit } from '../../core/invoicing/traces/deposit.js'
import {
  tracesOf,
  undeducted,
  unwithheld,
  type DocumentTraces,
  type PrintedAmounts,
} from '../../core/invoicing/traces/document.js'
import { traceUnlinkedCredit } from '../../core/invoicing/traces/unlinked-credit.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { traceOrder } from '../../core/orders/trace-order.js'
import { refuse, type Refusal } from '../../core/refusal.js'
import { ok, type Result } from '../../core/result.js'
import { printTrace, type Trace } from '../../core/totals/traces/trace.js'
import type { TaxedBy } from '../../core/tax/taxed-by.js'
import { defineQuery, type Found, type QueryContext } from '../query.js'
import { proformaAmounts, unbilledOrder } from './proforma.js'
import { factsOfCredit, orderBeforeInvoice } from './trace-facts.js'
import { movementsOfInvoice, movementsOfOrder, orderBalances } from './trace-movements.js'

/** Why an amount is what it is: as a tree, and printed one amount a line, as an accountant reads it. */
export interface AmountTrace {
  readonly trace: Trace
  readonly text: string
  /** The outside engine that said how it is taxed, where one did; the text ends with it. */
  readonly taxedBy?: TaxedBy
}

/**
 * Why an amount of an order is what it is (F130), down to prices and quantities, computed anew from what was agreed; `due` when none is named. `invoiced`, `credited`,
 * `paid`, `debited` and `forgone` are as of today, from the documents and payments that moved them.
 */
export const traceOrderAmount = defineQuery({
  name: 'orders.trace',
  input: z.strictObject({ order: orderIdSchema, amount: amountPathSchema.optional() }),
  run: async (input, context) => {
    const found = await context.get(orderKind, input.order)
    if (found === undefined) return refuse('unknown_order', { order: input.order })
    const { withholdings: _withheld, ...order } = found.state
    const traces: DocumentTraces = {
      ...tracesOf(traceOrder(found.state), (place) => place),
      deduction: undeducted,
      withheld: unwithheld,
    }
    const balance = orderBalances.find((field) => field === input.amount)
    const trace =
      balance !== undefined && order[balance] !== undefined
        ? traceMovements(
            balance,
            await movementsOfOrder(context, found.state, balance),
            traces.composer,
            'the sum of what moved it until today',
          )
        : undefined
    return answered({ document: order, traces, taxedBy: order.taxedBy, trace }, input.amount, found.version)
  },
})

/**
 * The same for an invoice, a credit note, or the proforma of an order: each amount of an invoice is what all units billed up to it come to, less what was billed before,
 * and each of a credit note what is credited of what the invoice claimed, so the tree says why one of two equal documents has the odd cent.
 *
 * Of an invoice, what stands on the document is as it was issued; `paid`, `credited`, `returned`, `open` and `payable` are as `invoices.get` gives them today, from what it
 * claimed and the payments and credit notes since. `payableWhenIssued` is what was to be paid when it was issued; of a credit note and a proforma `payable` is that.
 */
export const traceInvoiceAmount = defineQuery({
  name: 'invoices.trace',
  input: z
    .strictObject({
      invoice: invoiceIdSchema.optional(),
      creditNote: creditNoteIdSchema.optional(),
      /** The order whose proforma it is. */
      proforma: orderIdSchema.optional(),
      amount: amountPathSchema.optional(),
    })
    .refine(
      ({ invoice, creditNote, proforma }) =>
        [invoice, creditNote, proforma].filter((id) => id !== undefined).length === 1,
      { message: 'trace.one', path: ['invoice'] },
    ),
  run: async ({ invoice, creditNote, proforma, amount }, context) => {
    if (creditNote !== undefined) {
      const note = await context.get(creditNoteKind, creditNote)
      if (note === undefined) return refuse('unknown_credit_note', { creditNote })
      const traces = await tracesOfCreditNote(context, note.state)
      if (!traces.ok) return traces
      const { taxedBy } = note.state
      return answered({ document: note.state, traces: traces.value, taxedBy }, amount, note.version)
    }
    if (proforma !== undefined) {
      const order = await context.get(orderKind, proforma)
      if (order === undefined) return refuse('unknown_order', { order: proforma })
      return answered(proformaTraces(order.state), amount, order.version)
    }
    const id = present(invoice, 'one document is named')
    const found = await context.get(invoiceKind, id)
    if (found === undefined) return refuse('unknown_invoice', { invoice: id })
    const traces = await tracesOfInvoice(context, found.state)
    if (!traces.ok) return traces
    const { taxedBy } = found.state
    const path = amount?.split('.') ?? []
    const trace = isOfBalance(path)
      ? traceBalance(found.state, traces.value, await movementsOfInvoice(context, found.state), path)
      : undefined
    return answered({ document: found.state, traces: traces.value, taxedBy, trace }, amount, found.version)
  },
})

interface Traced {
  readonly document: PrintedAmounts
  readonly traces: DocumentTraces
  readonly taxedBy: TaxedBy | undefined
  /** Of an amount that stands on no document, as it is of today. */
  readonly trace?: Trace | undefined
}

const answered = (
  { document, traces, taxedBy, trace: ofToday }: Traced,
  amount = 'due',
  version: number,
): Result<Found<AmountTrace>, Refusal> => {
  const path = amount.split('.')
  const trace = ofToday ?? traceAt(document, traces, path)
  if (trace === undefined) {
    return refuse('validation_failed', { issues: [{ path: ['amount'], rule: 'amount.path' }] })
  }
  return ok({ value: printed(asPrinted(trace, printedAt(document, path)), taxedBy), version })
}

/** A document that was issued under older rules keeps its amounts: the tree then says what today's would have made of it. */
const asPrinted = (trace: Trace, amount: string | undefined): Trace =>
  amount === undefined || amount === trace.amount
    ? trace
    : {
        name: trace.name,
        amount,
        rule: `as it was issued; by the rules of today ${trace.amount}`,
        arithmetic: { by: 'given' },
        from: [trace],
      }

/** Of a consolidated invoice, each of its orders is traced as if it had an invoice of its own. */
const tracesOfInvoice = async (
  context: QueryContext,
  invoice: Invoice,
): Promise<Result<DocumentTraces, Refusal>> => {
  if (isOfOneOrder(invoice)) return tracesOfOrder(context, invoice)
  const orders: TracedOrder[] = []
  for (const part of invoice.parts ?? []) {
    const document = present(partOf(invoice, part.order), 'a part of an invoice is of one of its orders')
    const traces = await tracesOfOrder(context, document)
    if (!traces.ok) return traces
    orders.push({ part, document, traces: traces.value })
  }
  return ok(traceConsolidated(invoice, orders))
}

const tracesOfOrder = async (
  context: QueryContext,
  invoice: InvoiceOfOrder,
): Promise<Result<DocumentTraces, Refusal>> => {
  const { id, order: orderId, corrects } = invoice
  if (corrects !== undefined) {
    const corrected = await context.get(invoiceKind, corrects.invoice)
    if (corrected === undefined) return refuse('unknown_invoice', { invoice: corrects.invoice })
    const of = present(partOf(corrected.state, orderId), 'a debit note corrects an invoice of its order')
    return ok(traceDebit(invoice, of))
  }
  const known = await context.get(orderKind, orderId)
  const order = known && (await orderBeforeInvoice(context, orderId, id))
  if (order === undefined) return refuse('unknown_order', { order: orderId })
  return ok(invoice.kind === 'deposit' ? traceDeposit(invoice, order) : traceBilled(invoice, order))
}

const tracesOfCreditNote = async (
  context: QueryContext,
  note: CreditNote,
): Promise<Result<DocumentTraces, Refusal>> => {
  if (note.invoice === undefined) return ok(traceUnlinkedCredit(note))
  const facts = await factsOfCredit(context, note, note.invoice)
  return facts === undefined
    ? refuse('unknown_invoice', { invoice: note.invoice })
    : ok(traceCredit(note, facts))
}

const proformaTraces = (order: Order): Traced => {
  const amounts = proformaAmounts(order)
  const document = { currency: order.currency, ...amounts }
  return { document, traces: traceBilled(document, unbilledOrder(order)), taxedBy: order.taxedBy }
}

const printed = (trace: Trace, taxedBy: TaxedBy | undefined): AmountTrace => {
  const text = printTrace(trace)
  if (taxedBy === undefined) return { trace, text }
  const { source, version, at } = taxedBy
  return { trace, text: `${text}\ntaxed as ${source} said, version ${version}, on ${at}`, taxedBy }
}
