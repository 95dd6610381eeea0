import type { PartyId } from '../ids/ids.js'
import { partyKind } from '../parties/party.js'
import type { Work } from '../plan.js'
import type { KeepBack } from './stock-level.js'

/** Who asks for stock, as far as thresholds know it. The class of a customer is looked up only where it matters. */
export interface Asker {
  readonly channel?: string | undefined
  readonly customerClass: () => string | undefined
}

/** The channel that an order or hold comes from, and the class of its customer. */
export const askerOf = (
  work: Work,
  { channel, customer }: { readonly channel?: string | undefined; readonly customer?: PartyId | undefined },
): Asker => ({
  channel,
  customerClass: () => (customer === undefined ? undefined : work.find(partyKind, customer)?.state.class),
})

/** What of the available stock is kept from a channel and a customer class: where both are limited, the stricter limit holds. */
export const keptFrom = (
  keepBack: KeepBack,
  channel: string | undefined,
  customerClass: string | undefined,
): number => {
  const byChannel = keepBack.channels.find((kept) => kept.channel === channel)?.quantity ?? 0
  const byClass = keepBack.customerClasses.find((kept) => kept.customerClass === customerClass)?.quantity ?? 0
  return Math.max(byChannel, byClass)
}

export const keptFromAsker = (keepBack: KeepBack, { channel, customerClass }: Asker): number =>
  keptFrom(keepBack, channel, keepBack.customerClasses.length === 0 ? undefined : customerClass())
