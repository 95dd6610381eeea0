import { z } from 'zod'
import { defineCommand } from '../command.js'
import { partyIdSchema } from '../ids/id-schema.js'
import { decideParty } from '../parties/party-decider.js'
import { partyReceipt } from '../parties/party-receipt.js'
import { partyKind } from '../parties/party.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { buyerTaxesKind } from '../tax/buyer-taxes.js'
import { buyerTaxesOf, buyerTaxesShape } from '../tax/tax-schema.js'
import { withholdingsSchema } from '../tax/withholding-schema.js'

/**
 * Records what decides how a customer is taxed (F128): tax registration numbers, for reverse charge and intra-community deliveries, and exemption
 * certificates with their validity, and what the customer withholds of what it pays. Replaces what was recorded before; orders that were placed keep their tax. The event says how many numbers and certificates there are, never which.
 */
export const declareTaxes = defineCommand({
  name: 'parties.declareTaxes',
  input: z.strictObject({
    party: partyIdSchema,
    ...buyerTaxesShape,
    /** What the customer keeps back of the price of its orders and pays to the tax office for the seller; nothing when left out. */
    withholdings: withholdingsSchema.optional(),
  }),
  idempotencyKey: 'optional',
  personal: () => Object.keys(buyerTaxesShape),
  touches: (input) => [
    { kind: partyKind.name, id: input.party },
    { kind: buyerTaxesKind.name, id: input.party },
  ],
  plan: (facts, input, { ids }) => {
    const work = workOn(facts)
    const party = work.find(partyKind, input.party)?.state
    if (party === undefined) return refuse('unknown_party', { party: input.party })
    const taxes = buyerTaxesOf(input)
    const decided = decideParty(party, {
      type: 'DeclareTaxes',
      registrations: taxes.registrations.length,
      exemptions: taxes.exemptions.length,
      withholdings: input.withholdings ?? [],
    })
    if (!decided.ok) return decided
    const salt = work.find(buyerTaxesKind, party.id)?.state.salt ?? ids.of('salt')
    work.put(buyerTaxesKind, party.id, { ...taxes, salt })
    const declared = work.append(partyKind, party.id, decided.value)
    return ok(work.finish({ kind: partyKind.name, id: party.id }, partyReceipt(declared)))
  },
})
