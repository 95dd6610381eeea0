import { z } from 'zod'
import { defineCommand } from '../command.js'
import { invoiceIdSchema, wordSchema } from '../ids/id-schema.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { localDateSchema } from '../time/time-schema.js'
import { businessDate } from './business-date.js'

/**
 * Records that an invoice has gone to the customer: by mail, by a portal, over a network that confirmed it. What was never sent is found as
 * `invoices.list({ sending: 'unsent' })` (M30, M124).
 */
export const recordSent = defineCommand({
  name: 'invoices.recordSent',
  input: z.strictObject({
    invoice: invoiceIdSchema,
    /** How, in a word of the host's own: `post`, `email`, `peppol`. */
    channel: wordSchema,
    /** The day it was sent; the store's when left out. */
    on: localDateSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: invoiceKind.name, id: input.invoice }],
  plan: (facts, { invoice: id, channel, on }, { now }) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, id)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: id })
    const sentOn = businessDate(on, 'on', now)
    if (!sentOn.ok) return sentOn
    const same = invoice.sent?.channel === channel && invoice.sent.on === sentOn.value
    const { sent } = same
      ? invoice
      : work.append(invoiceKind, id, [{ type: 'InvoiceSent', channel, on: sentOn.value }])
    return ok(work.finish({ kind: invoiceKind.name, id }, { invoice: id, sent }))
  },
})
