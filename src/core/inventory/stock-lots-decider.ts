import { invariant } from '../invariant.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { MovementSource } from './stock-level.js'
import {
  freeOf,
  type IncomingLot,
  type LotShare,
  type ReasonedShares,
  type StockLot,
  type StockLots,
  type StockLotsEvent,
} from './stock-lots.js'

interface SharesOf {
  readonly lots: readonly LotShare[]
  readonly source: MovementSource
}

export type StockLotsCommand =
  | {
      readonly type: 'ReceiveLots'
      readonly lots: readonly IncomingLot[]
      readonly source: MovementSource
      /** The shelf life in days that the product must have, where it must. */
      readonly minimumDays?: number
      /** Most lots one level may have at once. */
      readonly mostLots: number
    }
  | ({ readonly type: 'AllocateLots' } & SharesOf)
  | ({ readonly type: 'ReleaseLots' } & ReasonedShares)
  | ({ readonly type: 'ShipLots' } & SharesOf)
  | ({ readonly type: 'RemoveLots' } & ReasonedShares)
  | ({ readonly type: 'QuarantineLots' } & ReasonedShares)
  | ({ readonly type: 'ReleaseLotsFromQuarantine' } & ReasonedShares)
  | ({ readonly type: 'ScrapLots' } & ReasonedShares)

type LotsDecision = Result<readonly StockLotsEvent[], Refusal>

/** Each lot is named at most once in a command. */
export const decideLots = (stock: StockLots, command: StockLotsCommand): LotsDecision => {
  switch (command.type) {
    case 'ReceiveLots':
      return receive(stock, command)
    case 'AllocateLots':
      return within(stock, freeOf, { ...command, type: 'LotsAllocated' })
    case 'ReleaseLots':
      return promised(stock, { ...command, type: 'LotsReleased' })
    case 'ShipLots':
      return promised(stock, { ...command, type: 'LotsShipped' })
    case 'RemoveLots':
      return within(stock, freeOf, { ...command, type: 'LotsRemoved' })
    case 'QuarantineLots':
      return within(stock, freeOf, { ...command, type: 'LotsQuarantined' })
    case 'ReleaseLotsFromQuarantine':
      return within(stock, quarantinedOf, { ...command, type: 'LotsReleasedFromQuarantine' })
    case 'ScrapLots':
      return within(stock, quarantinedOf, { ...command, type: 'LotsScrapped' })
  }
}

/** One lot has one expiry date: a second one is a misread label, or another lot. */
const receive = (
  stock: StockLots,
  command: Extract<StockLotsCommand, { readonly type: 'ReceiveLots' }>,
): LotsDecision => {
  const { sku, location } = stock
  let opened = 0
  for (const { lot, expiresOn } of command.lots) {
    const known = stock.lots.find((candidate) => candidate.lot === lot)
    if (known === undefined) opened += 1
    else if (known.expiresOn !== expiresOn) {
      return refuse('lot_conflict', { sku, location, lot, expiresOn: known.expiresOn ?? 'never' })
    }
  }
  const { mostLots, lots, source, minimumDays } = command
  return stock.lots.length + opened > mostLots
    ? refuse('limit_exceeded', { limit: 'lotsPerStockLevel', most: mostLots, sku, location })
    : ok([{ type: 'LotsReceived', lots, source, ...(minimumDays !== undefined && { minimumDays }) }])
}

const quarantinedOf = (lot: StockLot): number => lot.quarantined

type SharesEvent = Exclude<
  StockLotsEvent,
  { readonly type: 'StockLotsOpened' | 'LotsReceived' | 'ShelfLifeNoted' }
>

/** No more of a lot than there is of it in the sense asked for: what fulfillments or the quarantine have is nobody else's. */
const within = (stock: StockLots, limitOf: (lot: StockLot) => number, event: SharesEvent): LotsDecision => {
  const { sku, location } = stock
  for (const { lot, quantity } of event.lots) {
    const known = stock.lots.find((candidate) => candidate.lot === lot)
    if (known === undefined) return refuse('unknown_lot', { sku, location, lot })
    const limit = limitOf(known)
    if (quantity <= limit) continue
    const { onHand, allocated, quarantined } = known
    const counts = { onHand, allocated, quarantined }
    return refuse('quantity_exceeded', { sku, location, lot, wanted: quantity, limit, ...counts })
  }
  return ok([event])
}

/** What a fulfillment has set aside is there until it ships it or gives it back. */
const promised = (stock: StockLots, event: SharesEvent): LotsDecision => {
  for (const { lot, quantity } of event.lots) {
    const known = stock.lots.find((candidate) => candidate.lot === lot)
    invariant(
      known !== undefined && quantity <= known.allocated,
      'ST14 units of a lot that are set aside stay until they are shipped or given back',
    )
  }
  return ok([event])
}
