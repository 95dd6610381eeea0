import type { AddressId, PartyId } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'

export type PartyRole = 'customer' | 'vendor'

/** A customer or vendor as a business partner. Who the person is stands in its personal-data record. */
export interface Party {
  readonly id: PartyId
  readonly roles: readonly PartyRole[]
  /** The customer or vendor number people know. */
  readonly number?: string
  readonly addresses: readonly AddressId[]
  readonly status: 'active' | 'erased'
}

export type PartyEvent =
  | {
      readonly type: 'PartyRegistered'
      readonly id: PartyId
      readonly roles: readonly PartyRole[]
      readonly number?: string
      readonly addresses: readonly AddressId[]
    }
  | {
      readonly type: 'PartyContactChanged'
      /** Which fields, never their values. */
      readonly fields: readonly string[]
      readonly addresses: readonly AddressId[]
    }
  | { readonly type: 'PartyErased' }

const evolve = (party: Party | undefined, event: PartyEvent): Party => {
  switch (event.type) {
    case 'PartyRegistered': {
      const { type: _type, ...registered } = event
      return { ...registered, status: 'active' }
    }
    case 'PartyContactChanged':
      return { ...(party as Party), addresses: event.addresses }
    case 'PartyErased':
      return { ...(party as Party), status: 'erased', addresses: [] }
  }
}

export const partyKind: RecordKind<Party, PartyEvent> = {
  name: 'party',
  evolve,
  entries: (party) => ({
    status: party.status,
    role: party.roles.join('+'),
    ...(party.number !== undefined && { number: party.number }),
  }),
}
