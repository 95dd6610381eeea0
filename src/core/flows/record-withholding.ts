import { z } from 'zod'
import { defineCommand } from '../command.js'
import { invoiceIdSchema, referenceSchema } from '../ids/id-schema.js'
import type { InvoiceId } from '../ids/ids.js'
import type { Invoice } from '../invoicing/invoice.js'
import { openAmount, payableAmount, uncertifiedAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { positiveMoneySchema } from '../money/money-schema.js'
import type { Money } from '../money/money.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { lineSchema } from '../text/text-schema.js'
import { localDateSchema } from '../time/time-schema.js'
import { keysOfInvoice } from './apply-to-invoice.js'
import { changeDifferences, dayOfDifference } from './write-off.js'

/** What the commands about what is withheld of an invoice answer. */
export interface WithholdingReceipt {
  readonly invoice: InvoiceId
  readonly status: Invoice['status']
  /** The name by which it can be undone with `invoices.undoWriteOff`. */
  readonly difference?: string
  readonly open: Money
  /** What of `open` is to be paid, and not to be withheld. */
  readonly payable: Money
}

/**
 * Records the certificate of what a customer has withheld of an invoice and paid to the tax office: it settles that part. Several certificates may, one for
 * each payment. Refused as `withholding_exceeded` beyond what is still to be withheld.
 */
export const recordWithholding = defineCommand({
  name: 'invoices.recordWithholding',
  input: z.strictObject({
    invoice: invoiceIdSchema,
    /** The number of the certificate. */
    certificate: referenceSchema,
    /** All that is still to be withheld when left out. */
    amount: positiveMoneySchema.optional(),
    /** The day in the books; the store's when left out. */
    on: localDateSchema.optional(),
  }),
  idempotencyKey: 'required',
  touches: (input, seen) => keysOfInvoice(seen, input.invoice),
  plan: (facts, input, { ids, now, settings }) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, input.invoice)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const on = dayOfDifference(invoice, input.on, now)
    if (!on.ok) return on
    const { certificate, amount = uncertifiedAmount(invoice) } = input
    const id = ids.of('difference')
    const after = changeDifferences(work, settings, invoice, {
      type: 'RecordWithholding',
      difference: { id, kind: 'withholding', amount, on: on.value, certificate },
    })
    if (!after.ok) return after
    const receipt = { ...receiptOf(after.value), difference: id }
    return ok(work.finish({ kind: invoiceKind.name, id: invoice.id }, receipt))
  },
})

/**
 * Asks the customer to pay what it was to withhold of an invoice and has no certificate for: it is payable and overdue like the rest from then on. A certificate
 * that comes all the same can still be recorded. Refused as `withholding_exceeded` where nothing is to be withheld any more.
 */
export const claimWithheld = defineCommand({
  name: 'invoices.claimWithheld',
  input: z.strictObject({
    invoice: invoiceIdSchema,
    /** Why, in a few words and without names: it is kept in the log for good. */
    reason: lineSchema(200),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen) => keysOfInvoice(seen, input.invoice),
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, input.invoice)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const after = changeDifferences(work, settings, invoice, { type: 'ClaimWithheld', reason: input.reason })
    if (!after.ok) return after
    return ok(work.finish({ kind: invoiceKind.name, id: invoice.id }, receiptOf(after.value)))
  },
})

const receiptOf = (invoice: Invoice): WithholdingReceipt => ({
  invoice: invoice.id,
  status: invoice.status,
  open: openAmount(invoice),
  payable: payableAmount(invoice),
})
