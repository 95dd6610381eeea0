import type { LocationId } from '../ids/ids.js'
import type { LocalTime, ZoneId } from '../time/zone.js'
import type { LocationKindName } from './location-kind-name.js'

/**
 * What a rule makes as small as it can. What still ties goes to fewer shipments, then to the candidate that comes first by the rule's sorters, then by id.
 *
 * - `fewest_shipments`: the number of locations that send something; then the distance of all shipments together.
 * - `nearest`: the way of all units together.
 * - `lowest_cost`: cost per shipment, per unit and per kilometer of all shipments together.
 * - `priority_list`: the places of the senders on the list of priorities, summed over all units.
 * - `even_load`: how busy the senders are today, summed over all units.
 * - `pickup_point`: the units that the point named by the buyer cannot hand over itself; then shipments, then distance from the point.
 * - `drop_ship`: the same as `lowest_cost`, by vendors only.
 */
export type SourcingStrategy =
  | 'fewest_shipments'
  | 'nearest'
  | 'lowest_cost'
  | 'priority_list'
  | 'even_load'
  | 'pickup_point'
  | 'drop_ship'

/** How far an order may be taken apart: not at all; each line whole; units of one line too. A kit line always stays whole. */
export type SourcingSplits = 'none' | 'by_line' | 'within_line'

/** Who is a candidate at all. A candidate must pass all filters. */
export type SourcingFilter =
  | { readonly by: 'kind'; readonly kinds: readonly LocationKindName[] }
  | { readonly by: 'location'; readonly locations: readonly LocationId[] }
  | { readonly by: 'not_location'; readonly locations: readonly LocationId[] }
  | { readonly by: 'same_country' }
  | { readonly by: 'within'; readonly kilometers: number }
  | { readonly by: 'pickup' }

/** In which order equal candidates stand; the next one decides what the one before leaves equal. */
export type SourcingSorter = 'priority' | 'distance' | 'load'

/** When a rule is in force, by the store's clock on the wall of a zone. `until` is not in it; a span over midnight is allowed. */
export interface SourcingSchedule {
  /** `UTC` when left out. */
  readonly zone?: ZoneId
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly weekdays?: readonly number[]
  readonly from?: LocalTime
  readonly until?: LocalTime
}

/** How an order finds its locations: filters, then sorters, then one strategy. */
export interface SourcingRule {
  readonly name: string
  readonly strategy: SourcingStrategy
  /** `within_line` when left out. */
  readonly splits?: SourcingSplits
  readonly filters?: readonly SourcingFilter[]
  readonly sorters?: readonly SourcingSorter[]
  readonly schedule?: SourcingSchedule
  /** Assignments of more shipments than this are not looked at. */
  readonly mostShipments?: number
}
