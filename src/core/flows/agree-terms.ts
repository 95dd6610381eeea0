import { z } from 'zod'
import { defineCommand } from '../command.js'
import { partyIdSchema, wordSchema } from '../ids/id-schema.js'
import { decideParty } from '../parties/party-decider.js'
import { partyReceipt } from '../parties/party-receipt.js'
import { partyKind } from '../parties/party.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/**
 * Agrees with a customer when its invoices are due (F100, F102), by the name that the terms have in the settings; `null` for the usual ones. Orders that were
 * taken before keep what was agreed for them.
 */
export const agreeTerms = defineCommand({
  name: 'parties.agreeTerms',
  input: z.strictObject({ party: partyIdSchema, termsName: wordSchema.nullable() }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: partyKind.name, id: input.party }],
  plan: (facts, input, { settings }) => {
    const work = workOn(facts)
    const party = work.find(partyKind, input.party)?.state
    if (party === undefined) return refuse('unknown_party', { party: input.party })
    if (input.termsName !== null && settings.termsOf(input.termsName) === undefined) {
      return refuse('unknown_terms', { terms: input.termsName })
    }
    const decided = decideParty(party, { type: 'AgreeTerms', termsName: input.termsName })
    if (!decided.ok) return decided
    const agreed = decided.value.length === 0 ? party : work.append(partyKind, party.id, decided.value)
    return ok(work.finish({ kind: partyKind.name, id: party.id }, partyReceipt(agreed)))
  },
})
