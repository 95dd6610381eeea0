import { z } from 'zod'
import { defineCommand, type Seen } from '../command.js'
import { invoiceIdSchema, wordSchema } from '../ids/id-schema.js'
import type { InvoiceId } from '../ids/ids.js'
import { decideInvoice, type InvoiceCommand } from '../invoicing/invoice-decider.js'
import type { Invoice } from '../invoicing/invoice.js'
import { openAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { ordersOf } from '../invoicing/invoice-parts.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import { positiveMoneySchema } from '../money/money-schema.js'
import type { Money } from '../money/money.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { lineSchema } from '../text/text-schema.js'
import type { Instant } from '../time/instant.js'
import type { LocalDate } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import { keysOfInvoice } from './apply-to-invoice.js'
import { businessDate } from './business-date.js'
import { closeIfDone } from './close-order.js'
import { followInvoice } from './follow-invoice.js'

export interface WriteOffReceipt {
  readonly invoice: InvoiceId
  readonly status: Invoice['status']
  /** The name by which it can be undone. */
  readonly difference: string
  readonly open: Money
}

const touches = ({ invoice }: { readonly invoice: InvoiceId }, seen: Seen) => keysOfInvoice(seen, invoice)

/**
 * Lets go of what is open on an invoice, all of it or some (F119): as a `small_difference` within the tolerance of the settings (F134), or as a `write_off`
 * of any size. The document stays as it is; order, open invoices and books follow, and who did it why stands in the log.
 */
export const writeOff = defineCommand({
  name: 'invoices.writeOff',
  input: z.strictObject({
    invoice: invoiceIdSchema,
    kind: z.enum(['small_difference', 'write_off']),
    /** All that is open when left out. */
    amount: positiveMoneySchema.optional(),
    /** Why, in a few words and without names: it is kept in the log for good. */
    reason: lineSchema(200),
    /** The day in the books; the store's when left out. */
    on: localDateSchema.optional(),
  }),
  idempotencyKey: 'required',
  touches,
  plan: (facts, input, { ids, now, settings }) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, input.invoice)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const on = dayOfDifference(invoice, input.on, now)
    if (!on.ok) return on
    const { kind, reason, amount = openAmount(invoice) } = input
    const id = ids.of('difference')
    const after = changeDifferences(work, settings, invoice, {
      type: 'WriteOff',
      difference: { id, kind, amount, on: on.value, reason },
      tolerance: settings.smallDifferenceOf(invoice.currency),
    })
    if (!after.ok) return after
    return ok(work.finish({ kind: invoiceKind.name, id: invoice.id }, receiptOf(after.value, id)))
  },
})

/** Asks again for what was written off, as when the money comes after all, or for what a certificate was recorded for. An order that was closed stays closed. */
export const undoWriteOff = defineCommand({
  name: 'invoices.undoWriteOff',
  input: z.strictObject({
    invoice: invoiceIdSchema,
    /** As `invoices.writeOff` or `invoices.recordWithholding` has named it. */
    difference: wordSchema,
    reason: lineSchema(200),
  }),
  idempotencyKey: 'optional',
  touches,
  plan: (facts, { invoice: id, difference, reason }, { settings }) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, id)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: id })
    const after = changeDifferences(work, settings, invoice, { type: 'UndoWriteOff', difference, reason })
    if (!after.ok) return after
    return ok(work.finish({ kind: invoiceKind.name, id }, receiptOf(after.value, difference)))
  },
})

const receiptOf = (after: Invoice, difference: string): WriteOffReceipt => ({
  invoice: after.id,
  status: after.status,
  difference,
  open: openAmount(after),
})

/** Nothing of an invoice is let go before it was issued. */
export const dayOfDifference = (
  { issuedOn }: Invoice,
  given: LocalDate | undefined,
  now: Instant,
): Result<LocalDate, Refusal> =>
  given !== undefined && given < issuedOn
    ? refuse('validation_failed', { issues: [{ path: ['on'], rule: 'date.before_invoice' }] })
    : businessDate(given, 'on', now)

/** What follows when something of an invoice is no longer asked for, or is again: order and open invoices know, and the order may be done with that. */
export const changeDifferences = (
  work: Work,
  settings: Settings,
  invoice: Invoice,
  command: InvoiceCommand,
): Result<Invoice, Refusal> => {
  const decided = decideInvoice(invoice, command)
  if (!decided.ok) return decided
  const after = work.append(invoiceKind, invoice.id, decided.value)
  keepOpenInvoices(work, after)
  followInvoice(work, invoice, after)
  for (const order of ordersOf(invoice)) closeIfDone(work, settings, order)
  return ok(after)
}
