import { z } from 'zod'
import { defineCommand } from '../command.js'
import { partyIdSchema, referenceSchema, wordSchema } from '../ids/id-schema.js'
import type { PartyId } from '../ids/ids.js'
import { registerParty as registerEvents } from '../parties/party-decider.js'
import { changedFields, contactShape, rolesSchema } from '../parties/party-input.js'
import { partyNumberKind } from '../parties/party-number.js'
import { partyReceipt } from '../parties/party-receipt.js'
import { partyKind } from '../parties/party.js'
import { personalDataKind } from '../parties/personal-data.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/**
 * Registers a customer or vendor (M106, M107). Who the person is goes into a record of its own in the same commit; events and messages hold the
 * reference only. An id or number that was ever given is refused as `already_exists`.
 */
export const registerParty = defineCommand({
  name: 'parties.register',
  input: z.strictObject({
    /** The host's own id; drawn when left out. */
    id: partyIdSchema.optional(),
    roles: rolesSchema,
    /** The customer or vendor number people know. */
    number: referenceSchema.optional(),
    /** The customer class that thresholds speak of, in a word of the host's own: `wholesale`, `gold`. */
    class: wordSchema.optional(),
    /** The payment terms of its orders, by their name in the settings; the usual ones when left out. */
    termsName: wordSchema.optional(),
    ...contactShape,
  }),
  idempotencyKey: 'required',
  personal: changedFields,
  touches: (input, _seen, { ids }) => {
    const id = input.id ?? ids.of('party')
    return [
      { kind: partyKind.name, id },
      { kind: personalDataKind.name, id },
      ...(input.number === undefined ? [] : [{ kind: partyNumberKind.name, id: input.number }]),
    ]
  },
  plan: (facts, input, { ids, settings }) => {
    const work = workOn(facts)
    const id = input.id ?? (ids.of('party') as PartyId)
    const { number, name, email, phone, termsName, addresses = [] } = input
    if (termsName !== undefined && settings.termsOf(termsName) === undefined) {
      return refuse('unknown_terms', { terms: termsName })
    }
    // An order keeps its personal data under its own id: no party may take that over.
    if (work.find(partyKind, id) !== undefined || work.find(personalDataKind, id) !== undefined) {
      return refuse('already_exists', { party: id })
    }
    if (number !== undefined) {
      if (work.find(partyNumberKind, number) !== undefined) return refuse('already_exists', { number })
      work.put(partyNumberKind, number, { party: id })
    }
    work.put(personalDataKind, id, {
      subject: id,
      salt: ids.of('salt'),
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(phone !== undefined && { phone }),
      addresses,
    })
    const events = registerEvents(
      id,
      input.roles,
      number,
      input.class,
      addresses.map((entry) => entry.id),
    )
    const party = work.append(partyKind, id, [
      ...events,
      ...(termsName === undefined ? [] : [{ type: 'PartyTermsAgreed', termsName } as const]),
    ])
    return ok(work.finish({ kind: partyKind.name, id }, partyReceipt(party)))
  },
})
