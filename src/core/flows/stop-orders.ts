import { z } from 'zod'
import { defineCommand, type PlanContext } from '../command.js'
import { partyIdSchema } from '../ids/id-schema.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind, type Order } from '../orders/order.js'
import { decideParty, type PartyCommand } from '../parties/party-decider.js'
import { partyKind, type Party } from '../parties/party.js'
import { workOn, type Facts, type Plan, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import { lineSchema } from '../text/text-schema.js'

/** Stops new orders of a customer: they are refused as `customer_stopped`, or placed and held for the reason `customer_stopped`. */
export const stopOrders = defineCommand({
  name: 'parties.stopOrders',
  input: z.strictObject({
    party: partyIdSchema,
    orders: z.enum(['hold', 'refuse']),
    /** Why, in a few words and without names: it is kept in the log for good. */
    reason: lineSchema(200),
  }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: partyKind.name, id: input.party }],
  plan: (facts, { party, orders, reason }) =>
    decide(facts, party, { type: 'StopOrders', stop: { orders, reason } }),
})

/** Takes new orders of a customer again. Orders that are on hold stay so until each is released. */
export const allowOrders = defineCommand({
  name: 'parties.allowOrders',
  input: z.strictObject({ party: partyIdSchema, reason: lineSchema(200) }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: partyKind.name, id: input.party }],
  plan: (facts, { party, reason }) => decide(facts, party, { type: 'AllowOrders', reason }),
})

const decide = (
  facts: Facts,
  id: Party['id'],
  command: PartyCommand,
): Result<Plan<Pick<Party, 'stop'> & { readonly party: Party['id'] }>, Refusal> => {
  const work = workOn(facts)
  const party = work.find(partyKind, id)?.state
  if (party === undefined) return refuse('unknown_party', { party: id })
  const decided = decideParty(party, command)
  if (!decided.ok) return decided
  const { stop } = decided.value.length === 0 ? party : work.append(partyKind, id, decided.value)
  return ok(work.finish({ kind: partyKind.name, id }, { party: id, ...(stop !== undefined && { stop }) }))
}

/** Holds an order that was just placed for a customer whose new orders are held; refuses where they are refused. */
export const holdStopped = (
  work: Work,
  order: Order,
  { ids, settings }: PlanContext,
): Result<void, Refusal> => {
  const stop = order.customer === undefined ? undefined : work.find(partyKind, order.customer)?.state.stop
  if (stop === undefined) return ok(undefined)
  if (stop.orders === 'refuse') return stopped(order.customer, stop)
  const hold = { id: ids.of('stop'), reason: 'customer_stopped' as const }
  const decided = decideOrder(order, { type: 'HoldOrder', hold })
  const held = work.append(orderKind, order.id, granted(decided, 'an order that was just placed can be held'))
  sendAboutOrder(work, settings, held, 'order_on_hold', { hold: hold.id, reason: hold.reason })
  return ok(undefined)
}

export const stopped = (party: Party['id'] | undefined, stop: NonNullable<Party['stop']>) =>
  refuse('customer_stopped', { party, reason: stop.reason })
