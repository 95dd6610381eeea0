import { z } from 'zod'
import { sumBy } from '../catalog/quantity.js'
import { canonicalJson } from '../canonical-json.js'
import { defineCommand } from '../command.js'
import { invoiceIdSchema } from '../ids/id-schema.js'
import { present } from '../invariant.js'
import { decideInvoice } from '../invoicing/invoice-decider.js'
import type { Invoice } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { ordersOf, partOf } from '../invoicing/invoice-parts.js'
import { fiscalYearOf } from '../invoicing/number-format.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import { compare, subtract } from '../money/money.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder, type OrderCommand } from '../orders/order-decider.js'
import { withheldAfter } from '../orders/withheld-deposits.js'
import { orderKind, type Order, type OrderEvent } from '../orders/order.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { lineSchema } from '../text/text-schema.js'
import { laterOf, type LocalDate } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import { addDeposits } from '../totals/deposit.js'
import { keysOfInvoice } from './apply-to-invoice.js'
import { billedAmounts } from './billed-amounts.js'
import { businessDate } from './business-date.js'

/**
 * Withdraws an invoice that should not have been issued: it keeps its number and its content, claims nothing any more, and what it billed is billable
 * again. Only as long as nothing was paid, credited or let go on it, in the fiscal year of its number, and where the order's other invoices still add
 * up to the cent without it, as they do without the latest: refused as `invalid_state`, and what is left to do then is a credit note.
 */
export const voidInvoice = defineCommand({
  name: 'invoices.void',
  input: z.strictObject({
    invoice: invoiceIdSchema,
    /** Why, in a few words and without names: it is kept in the log for good. */
    reason: lineSchema(200),
    /** The day in the books, not before that of the invoice; the store's when left out. */
    voidedOn: localDateSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: ({ invoice }, seen) => {
    const corrected = seen.get(invoiceKind, invoice)?.corrects?.invoice
    return [
      ...keysOfInvoice(seen, invoice),
      ...(corrected === undefined ? [] : [{ kind: invoiceKind.name, id: corrected }]),
    ]
  },
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, input.invoice)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const given = businessDate(input.voidedOn, 'voidedOn', now)
    if (!given.ok) return given
    const voidedOn = laterOf(invoice.issuedOn, given.value)
    const decided = decideInvoice(invoice, { type: 'VoidInvoice', voidedOn, reason: input.reason })
    if (!decided.ok) return decided
    const allowed = withinItsYear(settings, invoice, voidedOn)
    if (!allowed.ok) return allowed
    const withdrawn = withdrawFromOrders(work, invoice)
    if (!withdrawn.ok) return withdrawn
    const after = work.append(invoiceKind, invoice.id, decided.value)
    keepOpenInvoices(work, after)
    if (invoice.corrects !== undefined) {
      work.append(invoiceKind, invoice.corrects.invoice, [
        { type: 'InvoiceDebitWithdrawn', invoice: invoice.id },
      ])
    }
    const { id, number, total } = invoice
    for (const { order, events } of withdrawn.value) {
      const unbilled = work.append(orderKind, order.id, events)
      sendAboutOrder(work, settings, unbilled, 'invoice_voided', {
        invoice: id,
        number,
        reason: input.reason,
      })
    }
    return ok(
      work.finish(
        { kind: invoiceKind.name, id },
        { invoice: id, number, status: after.status, total, voidedOn },
      ),
    )
  },
})

/** What was declared for a year that is over is not withdrawn from it. Where numbers have no year, no year closes. */
const withinItsYear = (
  { numberingOf }: Settings,
  { id, issuedOn, legalEntity }: Invoice,
  voidedOn: LocalDate,
): Result<void, Refusal> => {
  const format = numberingOf(legalEntity).invoice
  return fiscalYearOf(format, issuedOn) === fiscalYearOf(format, voidedOn)
    ? ok(undefined)
    : refuse('invalid_state', { invoice: id, because: 'fiscal_year_over', issuedOn, voidedOn })
}

interface Withdrawn {
  readonly order: Order
  readonly events: readonly OrderEvent[]
}

/** A consolidated invoice is withdrawn from each of its orders as if it were its own. */
const withdrawFromOrders = (work: Work, invoice: Invoice): Result<readonly Withdrawn[], Refusal> => {
  const withdrawn: Withdrawn[] = []
  for (const id of ordersOf(invoice)) {
    const order = present(work.find(orderKind, id)?.state, 'every invoice has its orders')
    const part = present(partOf(invoice, id), 'each order of an invoice has its part of it')
    const withdrawal = withdrawalOf(order, part)
    if (!withdrawal.ok) return withdrawal
    const events = granted(decideOrder(order, withdrawal.value), 'what an invoice bills can be withdrawn')
    withdrawn.push({ order, events })
  }
  return ok(withdrawn)
}

const withdrawalOf = (order: Order, invoice: Invoice): Result<OrderCommand, Refusal> => {
  switch (invoice.kind) {
    case 'deposit':
      return withdrawDeposit(order, invoice)
    case 'debit':
      return ok({ type: 'WithdrawDebit', invoice: invoice.id, amount: invoice.total })
    default:
      return withdrawInvoice(order, invoice)
  }
}

/**
 * An order's invoices are differences of cumulative amounts. Those that stay add up to what is billed then only where the voided one is what its units
 * come to as the last: the latest is, an earlier one where no cent and no freight depends on it.
 */
const withdrawInvoice = (order: Order, invoice: Invoice): Result<OrderCommand, Refusal> => {
  const quantities = sumBy(
    invoice.lines,
    ({ line }) => line,
    ({ quantity }) => quantity,
  )
  const before = {
    ...order,
    lines: order.lines.map((line) => ({ ...line, invoiced: line.invoiced - (quantities.get(line.id) ?? 0) })),
    invoiced: subtract(order.invoiced, invoice.total),
    ...(order.depositInvoices !== undefined && {
      depositInvoices: addDeposits(order.depositInvoices, invoice.deducted ?? [], 1),
    }),
  }
  const { id, lines, totals, total, deducted, withholdings } = invoice
  const withheld = order.withheld && withheldAfter(order, invoice, -1n)
  const again = billedAmounts({ ...before, ...(withheld !== undefined && { withheld }) }, lines)
  const isTheLast =
    canonicalJson([lines, totals ?? null, total, deducted ?? null, withholdings ?? null]) ===
    canonicalJson([
      again.lines,
      again.totals ?? null,
      again.total,
      again.deducted ?? null,
      again.withholdings ?? null,
    ])
  return isTheLast
    ? ok({
        type: 'WithdrawInvoice',
        invoice: id,
        amount: total,
        lines: lines.map(({ line, quantity }) => ({ line, quantity })),
        ...(deducted !== undefined && { deducted }),
        ...(withholdings !== undefined && { withholdings }),
      })
    : refuse('invalid_state', { invoice: id, because: 'later_invoices', order: order.id })
}

/** A deposit invoice is withdrawn whole: of one that was deducted, what deducted it is voided first. */
const withdrawDeposit = (order: Order, { id, total }: Invoice): Result<OrderCommand, Refusal> => {
  const deposit = order.depositInvoices?.find(({ invoice }) => invoice === id)
  return deposit !== undefined && compare(deposit.amount, total) === 0
    ? ok({ type: 'WithdrawDeposit', deposit })
    : refuse('invalid_state', { invoice: id, because: 'later_invoices', order: order.id })
}
