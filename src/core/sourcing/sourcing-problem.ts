import type { LineId, LocationId, LotNumber, Sku } from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import type { Coordinates } from './great-circle.js'
import type { LocalDate } from '../time/local-date.js'
import type { LocationKindName } from './location-kind-name.js'

/** A line that wants stock, in base units of its SKU. */
export interface SourcingLine {
  readonly line: LineId
  readonly sku: Sku
  readonly quantity: number
  /** Decimals of the unit, 0 when left out: costs and distances count whole units. */
  readonly digits?: number
  /** What one unit takes of which stock, for a kit; the SKU itself when left out. The line is then served whole from one location. */
  readonly parts?: readonly SourcingPart[]
}

export interface SourcingPart {
  readonly sku: Sku
  /** Base units per base unit of the line. */
  readonly quantity: number
}

export interface SourcingDestination {
  readonly coordinates?: Coordinates
  /** ISO 3166-1, two capital letters. */
  readonly country?: string
  /** The pickup point the buyer has chosen. */
  readonly pickup?: LocationId
}

/** What sending something costs, as plain decimal texts of up to 8 decimals. What is left out costs nothing. */
export interface SourcingCosts {
  readonly currency: CurrencyCode
  readonly perShipment?: string
  /** Per whole unit: a piece, a kilogram. */
  readonly perUnit?: string
  /** Per kilometer of the shipment, however much is in it. */
  readonly perKilometer?: string
}

/** A location that could serve lines, with all that the decision rests on. */
export interface SourcingCandidate {
  readonly location: LocationId
  readonly kind: LocationKindName
  readonly coordinates?: Coordinates
  readonly country?: string
  /** Lower comes first. */
  readonly priority: number
  readonly pickup: boolean
  readonly costs?: SourcingCosts
  /** What can be promised of each SKU, in base units. A SKU that is not in it is not there. */
  readonly stock: ReadonlyMap<Sku, number>
  /** Goods that lie there and are not in `stock`, because they are too old for the day on which they are wanted. */
  readonly tooOld?: readonly TooOldGoods[]
  /** Orders the location has taken today, and how many it may take in a day. */
  readonly ordersToday?: number
  readonly ordersPerDay?: number
  /** Base units it may still be given today. */
  readonly capacityLeft?: number
}

/** Units of a lot, in base units, that have expired by the wanted day or have less life left than the product must have when it leaves. */
export interface TooOldGoods {
  readonly sku: Sku
  readonly lot: LotNumber
  readonly quantity: number
  readonly because: 'expired' | 'shelf_life'
  readonly expiresOn: LocalDate
}

export interface SourcingProblem {
  readonly lines: readonly SourcingLine[]
  readonly destination: SourcingDestination
  readonly candidates: readonly SourcingCandidate[]
}
