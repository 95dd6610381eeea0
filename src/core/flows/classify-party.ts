import { z } from 'zod'
import { defineCommand } from '../command.js'
import { partyIdSchema, wordSchema } from '../ids/id-schema.js'
import { decideParty } from '../parties/party-decider.js'
import { partyReceipt } from '../parties/party-receipt.js'
import { partyKind } from '../parties/party.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/** Puts a customer into a class (`wholesale`, `gold`), or takes it out with `null`. The thresholds of a stock level speak of classes (F39). */
export const classifyParty = defineCommand({
  name: 'parties.classify',
  input: z.strictObject({ party: partyIdSchema, class: wordSchema.nullable() }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: partyKind.name, id: input.party }],
  plan: (facts, input) => {
    const work = workOn(facts)
    const party = work.find(partyKind, input.party)?.state
    if (party === undefined) return refuse('unknown_party', { party: input.party })
    const decided = decideParty(party, { type: 'ClassifyParty', class: input.class })
    if (!decided.ok) return decided
    const classified = decided.value.length === 0 ? party : work.append(partyKind, party.id, decided.value)
    return ok(work.finish({ kind: partyKind.name, id: party.id }, partyReceipt(classified)))
  },
})
