import { z } from 'zod'
import { defineCommand, type GatherContext } from '../command.js'
import { partyIdSchema } from '../ids/id-schema.js'
import { creditNoteKind } from '../invoicing/credit-note.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { orderKind } from '../orders/order.js'
import { decideParty } from '../parties/party-decider.js'
import { partyKind } from '../parties/party.js'
import { personalDataKind } from '../parties/personal-data.js'
import { paymentKind } from '../payments/payment.js'
import { workOn } from '../plan.js'
import type { DerivedKind } from '../record-kind.js'
import { refuse } from '../refusal.js'
import { granted, ok } from '../result.js'
import { buyerTaxesKind } from '../tax/buyer-taxes.js'

/** Most orders of one call, each of which locks two records. */
export const ordersPerErasure = 200

/** Most records of a kind that an erasure counts as kept: so many, or more. */
export const mostCounted = 1_000

export interface ErasedRecords {
  readonly kind: string
  readonly count: number
}

export interface KeptRecords {
  readonly kind: string
  /**
   * `tax_law` an issued document, which has to be kept for years; `bookkeeping` what the books rest on; `named_by_documents` the id and number under which
   * they name the party.
   */
  readonly reason: 'tax_law' | 'bookkeeping' | 'named_by_documents'
  readonly count: number
}

/**
 * Erases who a party is: its own personal data and that of its orders, at most 200 orders a call. Kept are the party's number, its orders and its
 * documents, which hold references only and which tax law wants kept: `kept` says what and why, counting up to 1,000 of a kind. From then on a new order for the party is refused as `unknown_party`; late money
 * and credits for it can still be booked.
 *
 * `complete` is true once a call found the party erased before and nothing left: an order that was placed while the first call was under way is
 * found by the next. Call again until it is. That is enough: whoever gives the party an order locks the party, and none is given to one that is erased,
 * so whatever orders it has were committed before; and a store finds what was committed before it was asked.
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
      kept: await keptOf(party, context),
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
  plan: (facts, input, _context, { orders, wasErased, kept }) => {
    const work = workOn(facts)
    const party = work.find(partyKind, input.party)?.state
    if (party === undefined) return refuse('unknown_party', { party: input.party })
    const decided = granted(decideParty(party, { type: 'EraseParty' }), 'whoever is known can be erased')
    if (decided.length > 0) work.append(partyKind, party.id, decided)
    const gone = new Map<string, number>()
    const erase = <State>(kind: DerivedKind<State>, id: string): void => {
      if (work.find(kind, id) === undefined) return
      work.erase(kind, id)
      gone.set(kind.name, (gone.get(kind.name) ?? 0) + 1)
    }
    erase(personalDataKind, party.id)
    erase(buyerTaxesKind, party.id)
    let emptied = 0
    for (const id of orders) {
      // A draft may have been given to somebody else since it was looked for.
      const order = work.find(orderKind, id)?.state
      if (order?.customer !== party.id || order.personalData === 'erased') continue
      work.append(orderKind, id, [{ type: 'OrderPersonalDataErased' }])
      erase(personalDataKind, id)
      emptied += 1
    }
    return ok(
      work.finish(
        { kind: partyKind.name, id: party.id },
        {
          party: party.id,
          status: 'erased' as const,
          /** How many orders this call emptied of personal data. */
          orders: emptied,
          /** The records with personal data that this call removed. */
          erased: [...gone].map(([kind, count]): ErasedRecords => ({ kind, count })),
          /** What stays, without a name. Its orders stay too. */
          kept,
          complete: wasErased && orders.length < ordersPerErasure,
        },
      ),
    )
  },
})

const documents = [
  [invoiceKind.name, 'tax_law'],
  [creditNoteKind.name, 'tax_law'],
  [paymentKind.name, 'bookkeeping'],
] as const

const keptOf = async (party: string, context: GatherContext): Promise<readonly KeptRecords[]> => {
  const kept: KeptRecords[] = [{ kind: partyKind.name, reason: 'named_by_documents', count: 1 }]
  for (const [kind, reason] of documents) {
    const count = (await context.find(kind, { customer: party }, mostCounted)).length
    if (count > 0) kept.push({ kind, reason, count })
  }
  return kept
}
