import type { AddressId, PartyId } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { AgreedWithholding } from './agreed-withholding.js'

export type PartyRole = 'customer' | 'vendor'

/** A customer or vendor as a business partner. Who the person is stands in its personal-data record. */
export interface Party {
  readonly id: PartyId
  readonly roles: readonly PartyRole[]
  /** The customer or vendor number people know. */
  readonly number?: string
  /** The customer class that thresholds and prices speak of, in a word of the host's own: `wholesale`, `gold`. */
  readonly class?: string
  /** The payment terms of its orders, by their name in the settings; the usual ones where absent. */
  readonly termsName?: string
  /** What it keeps back of the price of its orders and pays to the tax office for the seller, unless an order says otherwise. */
  readonly withholdings?: readonly AgreedWithholding[]
  /** What becomes of its new orders: they are placed and held, or refused. They are taken where absent. */
  readonly stop?: { readonly orders: 'hold' | 'refuse'; readonly reason: string }
  readonly addresses: readonly AddressId[]
  readonly status: 'active' | 'erased'
}

export type PartyEvent =
  | {
      readonly type: 'PartyRegistered'
      readonly id: PartyId
      readonly roles: readonly PartyRole[]
      readonly number?: string
      readonly class?: string
      readonly addresses: readonly AddressId[]
    }
  | {
      readonly type: 'PartyContactChanged'
      /** Which fields, never their values. */
      readonly fields: readonly string[]
      readonly addresses: readonly AddressId[]
    }
  /** `null`: no class any more. */
  | { readonly type: 'PartyClassified'; readonly class: string | null }
  /** `null`: the usual terms again. */
  | { readonly type: 'PartyTermsAgreed'; readonly termsName: string | null }
  /** How many, never which: a number tells who somebody is. What is withheld tells nobody. */
  | {
      readonly type: 'PartyTaxesDeclared'
      readonly registrations: number
      readonly exemptions: number
      /** Absent where nothing is withheld. */
      readonly withholdings?: readonly AgreedWithholding[]
    }
  | { readonly type: 'PartyOrdersStopped'; readonly stop: NonNullable<Party['stop']> }
  | { readonly type: 'PartyOrdersAllowed'; readonly reason: string }
  | { readonly type: 'PartyErased' }

const evolve = (party: Party | undefined, event: PartyEvent): Party => {
  switch (event.type) {
    case 'PartyRegistered': {
      const { type: _type, ...registered } = event
      return { ...registered, status: 'active' }
    }
    case 'PartyContactChanged':
      return { ...(party as Party), addresses: event.addresses }
    case 'PartyClassified':
      return classified(party as Party, event.class)
    case 'PartyTermsAgreed':
      return withTerms(party as Party, event.termsName)
    case 'PartyTaxesDeclared':
      return withholding(party as Party, event.withholdings)
    case 'PartyOrdersStopped':
      return { ...(party as Party), stop: event.stop }
    case 'PartyOrdersAllowed': {
      const { stop: _stop, ...allowed } = party as Party
      return allowed
    }
    case 'PartyErased':
      return { ...(party as Party), status: 'erased', addresses: [] }
  }
}

const classified = ({ class: _class, ...party }: Party, name: string | null): Party =>
  name === null ? party : { ...party, class: name }

const withTerms = ({ termsName: _termsName, ...party }: Party, name: string | null): Party =>
  name === null ? party : { ...party, termsName: name }

const withholding = (
  { withholdings: _withholdings, ...party }: Party,
  declared: Party['withholdings'],
): Party => (declared === undefined ? party : { ...party, withholdings: declared })

export const partyKind: RecordKind<Party, PartyEvent> = {
  name: 'party',
  evolve,
  entries: (party) => ({
    status: party.status,
    role: party.roles.join('+'),
    ...(party.number !== undefined && { number: party.number }),
    ...(party.stop !== undefined && { orders: party.stop.orders }),
  }),
}
