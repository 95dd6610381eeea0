import type { PartyId } from '../ids/ids.js'
import { noEntries, type DerivedKind } from '../record-kind.js'

/** Who has a customer or vendor number: the record that stops a second party with it. It outlives an erasure, so that no number is given twice. */
export interface PartyNumber {
  readonly party: PartyId
}

export const partyNumberKind: DerivedKind<PartyNumber> = {
  name: 'party_number',
  derived: true,
  entries: noEntries,
}
