import { z } from 'zod'
import { defineCommand } from '../command.js'
import { invoiceIdSchema } from '../ids/id-schema.js'
import { present } from '../invariant.js'
import type { DunningAction } from '../invoicing/dunning.js'
import { decideInvoice } from '../invoicing/invoice-decider.js'
import type { Invoice } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { sendAboutInvoice } from '../notifications/send-about-invoice.js'
import { decideParty } from '../parties/party-decider.js'
import { partyKind } from '../parties/party.js'
import { workOn, type Work } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { localDateSchema } from '../time/time-schema.js'
import { businessDate } from './business-date.js'

/**
 * Takes the next level of the dunning ladder for one invoice (F103, F159): reminder, fee and interest are on record, the message is planned and what
 * becomes of the customer's orders is decided in one commit. Refused as `reminder_not_due` until the level is reached, so any number of sweeps may ask,
 * in any order: each level is taken once, and none is passed over.
 */
export const remindInvoice = defineCommand({
  name: 'invoices.remind',
  input: z.strictObject({
    invoice: invoiceIdSchema,
    /** The day of the reminder; the store's when left out. */
    on: localDateSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const customer = seen.get(invoiceKind, input.invoice)?.customer
    return [
      { kind: invoiceKind.name, id: input.invoice },
      ...(customer === undefined ? [] : [{ kind: partyKind.name, id: customer }]),
    ]
  },
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, input.invoice)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const on = businessDate(input.on, 'on', now)
    if (!on.ok) return on
    const decided = decideInvoice(invoice, { type: 'RemindInvoice', ladder: settings.dunning, on: on.value })
    if (!decided.ok) return decided
    const reminded = work.append(invoiceKind, invoice.id, decided.value)
    const reminder = present(reminded.reminders?.at(-1), 'an invoice keeps how it was reminded of')
    const level = present(settings.dunning[reminder.level - 1], 'a reminder has its level on the ladder')
    if (level.action !== undefined) act(work, invoice, level.action, reminder.level)
    sendAboutInvoice(work, settings, reminded, level.topic, { reminder })
    return ok(work.finish({ kind: invoiceKind.name, id: invoice.id }, { invoice: invoice.id, ...reminder }))
  },
})

/** A customer who is stopped already, or was erased, is left as it is: the stricter word stays. */
const act = (work: Work, { customer, number }: Invoice, action: DunningAction, level: number): void => {
  const party = customer === undefined ? undefined : work.find(partyKind, customer)?.state
  if (party === undefined || action === 'watch') return
  const orders = action === 'hold_orders' ? 'hold' : 'refuse'
  if (party.stop !== undefined && (party.stop.orders === 'refuse' || orders === 'hold')) return
  const stopped = decideParty(party, {
    type: 'StopOrders',
    stop: { orders, reason: `reminder ${level} of ${number}` },
  })
  if (stopped.ok) work.append(partyKind, party.id, stopped.value)
}
