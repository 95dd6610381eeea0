import type { PartyId } from '../ids/ids.js'
import type { Party } from './party.js'

/** The answer of the commands about a party: references only, since answers are kept under the idempotency key. */
export interface PartyReceipt {
  readonly party: PartyId
  readonly status: Party['status']
}

export const partyReceipt = ({ id, status }: Party): PartyReceipt => ({ party: id, status })
