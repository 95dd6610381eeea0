import type { AddressId, PartyId } from '../ids/ids.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { AgreedWithholding } from './agreed-withholding.js'
import type { Party, PartyEvent, PartyRole } from './party.js'

export type PartyCommand =
  | {
      readonly type: 'ChangeContact'
      /** Names of the fields, never their values. */
      readonly fields: readonly string[]
      readonly addresses: readonly AddressId[]
    }
  | { readonly type: 'ClassifyParty'; readonly class: string | null }
  | { readonly type: 'AgreeTerms'; readonly termsName: string | null }
  | {
      readonly type: 'DeclareTaxes'
      readonly registrations: number
      readonly exemptions: number
      readonly withholdings: readonly AgreedWithholding[]
    }
  | { readonly type: 'StopOrders'; readonly stop: NonNullable<Party['stop']> }
  | { readonly type: 'AllowOrders'; readonly reason: string }
  | { readonly type: 'EraseParty' }

export type PartyDecision = Result<readonly PartyEvent[], Refusal>

export const registerParty = (
  id: PartyId,
  roles: readonly PartyRole[],
  number: string | undefined,
  customerClass: string | undefined,
  addresses: readonly AddressId[],
): readonly PartyEvent[] => [
  {
    type: 'PartyRegistered',
    id,
    roles,
    ...(number !== undefined && { number }),
    ...(customerClass !== undefined && { class: customerClass }),
    addresses,
  },
]

/** An erased party is refused like one that never was; only erasing it once more does no harm, and changes nothing. */
export const decideParty = (party: Party, command: PartyCommand): PartyDecision => {
  switch (command.type) {
    case 'ChangeContact':
      return party.status === 'erased'
        ? refuse('unknown_party', { party: party.id })
        : ok([{ type: 'PartyContactChanged', fields: command.fields, addresses: command.addresses }])
    case 'ClassifyParty':
      if (party.status === 'erased') return refuse('unknown_party', { party: party.id })
      return ok(
        command.class === (party.class ?? null) ? [] : [{ type: 'PartyClassified', class: command.class }],
      )
    case 'AgreeTerms':
      if (party.status === 'erased') return refuse('unknown_party', { party: party.id })
      return ok(
        command.termsName === (party.termsName ?? null)
          ? []
          : [{ type: 'PartyTermsAgreed', termsName: command.termsName }],
      )
    case 'DeclareTaxes': {
      if (party.status === 'erased') return refuse('unknown_party', { party: party.id })
      const { registrations, exemptions, withholdings } = command
      const declared: PartyEvent = { type: 'PartyTaxesDeclared', registrations, exemptions }
      return ok([withholdings.length === 0 ? declared : { ...declared, withholdings }])
    }
    case 'StopOrders':
      return party.status === 'erased'
        ? refuse('unknown_party', { party: party.id })
        : ok([{ type: 'PartyOrdersStopped', stop: command.stop }])
    case 'AllowOrders':
      return ok(party.stop === undefined ? [] : [{ type: 'PartyOrdersAllowed', reason: command.reason }])
    case 'EraseParty':
      return ok(party.status === 'erased' ? [] : [{ type: 'PartyErased' }])
  }
}
