import type { LocationId, LotNumber, Sku } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import { plusDays, type LocalDate } from '../time/local-date.js'
import { stockLevelId, type MovementSource } from './stock-level.js'

/** What is there of one lot at one location, in base units: 0 <= allocated + quarantined <= onHand. */
export interface StockLot {
  readonly lot: LotNumber
  /** The last day on which the goods may be used (GS1 AI 17); absent for goods that keep. */
  readonly expiresOn?: LocalDate
  /** The day its first units came in; a transfer keeps it. */
  readonly receivedOn: LocalDate
  readonly onHand: number
  /** Set aside for fulfillments that have not left yet. */
  readonly allocated: number
  readonly quarantined: number
}

/**
 * The lots behind one stock level, under the level's own id: the sum of their `onHand` is the level's, and of their `quarantined` the level's. In the
 * order in which they are to leave. A lot without units is gone from here; its history and its shipments tell where it went.
 */
export interface StockLots {
  readonly sku: Sku
  readonly location: LocationId
  readonly lots: readonly StockLot[]
  /** The shelf life in days that the product had to have when goods last came in or were looked through. Only a hint where to look for goods that have become too old. */
  readonly minimumDays?: number
}

/** Units of one lot, in base units above zero. */
export interface LotShare {
  readonly lot: LotNumber
  readonly quantity: number
}

/** Units that come into a lot, with what tells the lot's age. */
export interface IncomingLot extends LotShare {
  readonly expiresOn?: LocalDate
  readonly receivedOn: LocalDate
}

export type StockLotsEvent =
  | { readonly type: 'StockLotsOpened'; readonly sku: Sku; readonly location: LocationId }
  | {
      readonly type: 'LotsReceived'
      readonly lots: readonly IncomingLot[]
      readonly source: MovementSource
      readonly minimumDays?: number
    }
  /** Another shelf life is asked of the product now than when goods last came in. */
  | { readonly type: 'ShelfLifeNoted'; readonly minimumDays: number }
  | { readonly type: 'LotsAllocated'; readonly lots: readonly LotShare[]; readonly source: MovementSource }
  | ({ readonly type: 'LotsReleased' } & ReasonedShares)
  | { readonly type: 'LotsShipped'; readonly lots: readonly LotShare[]; readonly source: MovementSource }
  | ({ readonly type: 'LotsRemoved' } & ReasonedShares)
  | ({ readonly type: 'LotsQuarantined' } & ReasonedShares)
  | ({ readonly type: 'LotsReleasedFromQuarantine' } & ReasonedShares)
  | ({ readonly type: 'LotsScrapped' } & ReasonedShares)

/** Units of lots that move for a reason, with the document behind it. */
export interface ReasonedShares {
  readonly lots: readonly LotShare[]
  readonly source: MovementSource
  readonly reason: string
}

/** First expired, first out; among lots that expire together, and among those that never do, first in, first out. */
export const compareLots = (one: StockLot, other: StockLot): number =>
  compareTexts(one.expiresOn ?? never, other.expiresOn ?? never) ||
  compareTexts(one.receivedOn, other.receivedOn) ||
  compareTexts(one.lot, other.lot)

/** Later than every day of the calendar. */
const never = '~'

const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** What nobody has set aside and nobody keeps back. */
export const freeOf = (lot: StockLot): number => lot.onHand - lot.allocated - lot.quarantined

const evolve = (known: StockLots | undefined, event: StockLotsEvent): StockLots => {
  if (event.type === 'StockLotsOpened') return { sku: event.sku, location: event.location, lots: [] }
  const stock = known as StockLots
  if (event.type === 'LotsReceived') return received(stock, event)
  if (event.type === 'ShelfLifeNoted') return { ...stock, minimumDays: event.minimumDays }
  const [onHand, allocated, quarantined] = effects[event.type]
  return changed(stock, event.lots, (lot, quantity) => ({
    ...lot,
    onHand: lot.onHand + onHand * quantity,
    allocated: lot.allocated + allocated * quantity,
    quarantined: lot.quarantined + quarantined * quantity,
  }))
}

/** What one unit of each event does to on hand, allocated and quarantined. */
const effects: Readonly<
  Record<
    Exclude<StockLotsEvent['type'], 'StockLotsOpened' | 'LotsReceived' | 'ShelfLifeNoted'>,
    readonly [onHand: number, allocated: number, quarantined: number]
  >
> = {
  LotsAllocated: [0, 1, 0],
  LotsReleased: [0, -1, 0],
  LotsShipped: [-1, -1, 0],
  LotsRemoved: [-1, 0, 0],
  LotsQuarantined: [0, 0, 1],
  LotsReleasedFromQuarantine: [0, 0, -1],
  LotsScrapped: [-1, 0, -1],
}

const received = (
  stock: StockLots,
  { lots: incoming, minimumDays }: Extract<StockLotsEvent, { readonly type: 'LotsReceived' }>,
): StockLots => {
  const lots = new Map(stock.lots.map((lot) => [lot.lot, lot]))
  for (const { lot, quantity, expiresOn, receivedOn } of incoming) {
    const known = lots.get(lot)
    const fresh = { lot, receivedOn, onHand: quantity, allocated: 0, quarantined: 0 }
    if (known !== undefined) lots.set(lot, { ...known, onHand: known.onHand + quantity })
    else lots.set(lot, expiresOn === undefined ? fresh : { ...fresh, expiresOn })
  }
  const { sku, location } = stock
  const sorted = [...lots.values()].sort(compareLots)
  return minimumDays === undefined
    ? { sku, location, lots: sorted }
    : { sku, location, lots: sorted, minimumDays }
}

const changed = (
  stock: StockLots,
  shares: readonly LotShare[],
  change: (lot: StockLot, quantity: number) => StockLot,
): StockLots => {
  const quantities = new Map(shares.map(({ lot, quantity }) => [lot, quantity]))
  return {
    ...stock,
    lots: stock.lots.flatMap((lot) => {
      const quantity = quantities.get(lot.lot)
      if (quantity === undefined) return [lot]
      const after = change(lot, quantity)
      return after.onHand === 0 ? [] : [after]
    }),
  }
}

export const stockLotsKind: RecordKind<StockLots, StockLotsEvent> = {
  name: 'stock_lots',
  evolve,
  entries: (stock) => {
    const { sku, location } = stock
    const sellableUntil = firstTooOld(stock)
    return sellableUntil === undefined ? { sku, location } : { sku, location, sellableUntil }
  },
}

/** The last day on which all that nobody has set aside may leave, as far as is known here: after it a sweeper has something to do. */
const firstTooOld = ({ lots, minimumDays = 0 }: StockLots): LocalDate | undefined => {
  const first = lots.find((lot) => lot.expiresOn !== undefined && freeOf(lot) > 0)?.expiresOn
  // Whoever wrote a year before 1900 on a label meant another one; its goods are too old on every day there is.
  return first === undefined || first < '1900' ? first : plusDays(first, -minimumDays)
}

/** The lots of a stock level have the level's own id. */
export const stockLotsKey = (location: LocationId, sku: Sku) => ({
  kind: stockLotsKind.name,
  id: stockLevelId(location, sku),
})
