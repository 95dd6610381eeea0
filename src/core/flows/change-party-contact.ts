import { z } from 'zod'
import { defineCommand } from '../command.js'
import { partyIdSchema } from '../ids/id-schema.js'
import { mergeContact } from '../parties/merge-contact.js'
import { decideParty } from '../parties/party-decider.js'
import { changedFields, contactChangeShape } from '../parties/party-input.js'
import { partyReceipt } from '../parties/party-receipt.js'
import { partyKind } from '../parties/party.js'
import { largestAddressBook, personalDataKind } from '../parties/personal-data.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/**
 * Changes who a party is or how to reach it: fields that are left out stay, `null` takes one away, addresses are merged by id. The event says which
 * fields changed, never to what.
 */
export const changePartyContact = defineCommand({
  name: 'parties.changeContact',
  input: z
    .strictObject({ party: partyIdSchema, ...contactChangeShape })
    .refine((input) => changedFields(input).length > 0, 'change.empty'),
  idempotencyKey: 'optional',
  personal: changedFields,
  touches: (input) => [
    { kind: partyKind.name, id: input.party },
    { kind: personalDataKind.name, id: input.party },
  ],
  plan: (facts, input, { ids }) => {
    const work = workOn(facts)
    const party = work.find(partyKind, input.party)?.state
    if (party === undefined) return refuse('unknown_party', { party: input.party })
    const known = work.find(personalDataKind, party.id)?.state ?? { subject: party.id, addresses: [] }
    const merged = mergeContact(known, input)
    if (merged.addresses.length > largestAddressBook) {
      return refuse('limit_exceeded', { limit: 'addresses', most: largestAddressBook })
    }
    const decided = decideParty(party, {
      type: 'ChangeContact',
      fields: changedFields(input),
      addresses: merged.addresses.map((entry) => entry.id),
    })
    if (!decided.ok) return decided
    work.put(personalDataKind, party.id, { ...merged, salt: merged.salt ?? ids.of('salt') })
    const changed = work.append(partyKind, party.id, decided.value)
    return ok(work.finish({ kind: partyKind.name, id: party.id }, partyReceipt(changed)))
  },
})
