import type { LocationId, PartyId, Sku } from '../ids/ids.js'
import { joinedId } from '../ids/joined-id.js'
import type { RecordKind } from '../record-kind.js'
import type { Instant } from '../time/instant.js'
import { stockLevelId } from './stock-level.js'

/**
 * A customer's wish to hear when a stock level has goods again (F46): one record per level and customer, which is asked, told, and asked again. A record
 * of its own for each, so that a message that cannot be delivered holds up nobody else's.
 */
export interface BackInStockRequest {
  readonly sku: Sku
  readonly location: LocationId
  readonly party: PartyId
  readonly status: 'waiting' | 'told'
  readonly since: Instant
}

export type BackInStockEvent =
  | {
      readonly type: 'BackInStockAwaited'
      readonly sku: Sku
      readonly location: LocationId
      readonly party: PartyId
      readonly since: Instant
    }
  | { readonly type: 'BackInStockTold' }

export const backInStockId = (level: string, party: PartyId): string => joinedId(level, party)

const evolve = (known: BackInStockRequest | undefined, event: BackInStockEvent): BackInStockRequest => {
  switch (event.type) {
    case 'BackInStockAwaited': {
      const { type: _type, ...awaited } = event
      return { ...awaited, status: 'waiting' }
    }
    case 'BackInStockTold':
      return { ...(known as BackInStockRequest), status: 'told' }
  }
}

export const backInStockKind: RecordKind<BackInStockRequest, BackInStockEvent> = {
  name: 'back_in_stock_request',
  evolve,
  entries: ({ sku, location, party, status, since }) => ({
    party,
    status,
    since,
    ...(status === 'waiting' && { waitingFor: stockLevelId(location, sku) }),
  }),
}
