import { z } from 'zod'
import { partyIdSchema, referenceSchema } from '../../core/ids/id-schema.js'
import { partyKind, type Party } from '../../core/parties/party.js'
import { personalDataKind, type PersonalData } from '../../core/parties/personal-data.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

/** A customer or vendor and, until it is erased, who that is. */
export interface PartyView extends Omit<Party, 'addresses'> {
  readonly name?: string
  readonly email?: string
  readonly phone?: string
  readonly addresses: PersonalData['addresses']
}

/** One customer or vendor with its personal data. What it ordered is `orders.list({ customer })` (M108). */
export const getParty = defineQuery({
  name: 'parties.get',
  input: z.strictObject({ party: partyIdSchema }),
  run: async (input, context) => {
    const found = await context.get(partyKind, input.party)
    const personal = (await context.get(personalDataKind, input.party))?.state
    if (found === undefined) return refuse('unknown_party', { party: input.party })
    return ok({ value: partyView(found.state, personal), version: found.version })
  },
})

/** Customers and vendors without their personal data, in the order of their ids. */
export const listParties = defineQuery({
  name: 'parties.list',
  input: z.strictObject({
    number: referenceSchema.optional(),
    status: z.enum(['active', 'erased']).optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { number, status } = input
    const page = await context.list(partyKind, { where: whereOf({ number, status }), ...pageOf(input) })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})

const partyView = (party: Party, personal: PersonalData | undefined): PartyView => ({
  ...party,
  ...(personal?.name !== undefined && { name: personal.name }),
  ...(personal?.email !== undefined && { email: personal.email }),
  ...(personal?.phone !== undefined && { phone: personal.phone }),
  addresses: personal?.addresses ?? [],
})
