import { z } from 'zod'
import { defineCommand } from '../command.js'
import { partyIdSchema } from '../ids/id-schema.js'
import { orderKind } from '../orders/order.js'
import { decideParty } from '../parties/party-decider.js'
import { partyKind } from '../parties/party.js'
import { personalDataKind } from '../parties/personal-data.js'
import { workOn, type Work } from '../plan.js'
import { refuse } from '../refusal.js'
import { granted, ok } from '../result.js'
import { buyerTaxesKind } from '../tax/buyer-taxes.js'

/** Most orders of one call, each of which locks two records. */
export const ordersPerErasure = 200

/**
 * Erases who a party is: its own personal data and that of its orders, at most 200 orders a call. Kept are the party's number, its orders and its
 * documents, which hold references only and which tax law wants kept. From then on a new order for the party is refused as `unknown_party`; late money
 * and credits for it can still be booked.
 *
 * `complete` is true once a call found the party erased before and nothing left: an order that was placed while the first call was under way is
 * found by the next. Call again until it is.
 */
export const eraseParty = defineCommand({
  name: 'parties.erase',
  input: z.strictObject({ party: partyIdSchema }),
  idempotencyKey: 'optional',
  gather: async ({ party }, context) => {
    const known = await context.read(partyKind, party)
    const orders = await context.find(orderKind.name, { customer: party }, ordersPerErasure)
    return {
      wasErased: known?.status === 'erased',
      orders: orders.map((key) => key.id),
    }
  },
  touches: (input, _seen, _context, { orders }) => [
    { kind: partyKind.name, id: input.party },
    { kind: personalDataKind.name, id: input.party },
    { kind: buyerTaxesKind.name, id: input.party },
    ...orders.flatMap((id) => [
      { kind: orderKind.name, id },
      { kind: personalDataKind.name, id },
    ]),
  ],
  plan: (facts, input, _context, { orders, wasErased }) => {
    const work = workOn(facts)
    const party = work.find(partyKind, input.party)?.state
    if (party === undefined) return refuse('unknown_party', { party: input.party })
    const decided = granted(decideParty(party, { type: 'EraseParty' }), 'whoever is known can be erased')
    if (decided.length > 0) work.append(partyKind, party.id, decided)
    erasePersonalData(work, party.id)
    if (work.find(buyerTaxesKind, party.id) !== undefined) work.erase(buyerTaxesKind, party.id)
    let erased = 0
    for (const id of orders) {
      // A draft may have been given to somebody else since it was looked for.
      const order = work.find(orderKind, id)?.state
      if (order?.customer !== party.id || order.personalData === 'erased') continue
      work.append(orderKind, id, [{ type: 'OrderPersonalDataErased' }])
      erasePersonalData(work, id)
      erased += 1
    }
    return ok(
      work.finish(
        { kind: partyKind.name, id: party.id },
        {
          party: party.id,
          status: 'erased' as const,
          /** How many orders this call emptied of personal data. */
          orders: erased,
          complete: wasErased && orders.length < ordersPerErasure,
        },
      ),
    )
  },
})

const erasePersonalData = (work: Work, subject: string): void => {
  if (work.find(personalDataKind, subject) !== undefined) work.erase(personalDataKind, subject)
}
