import type { LocationId } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { ZoneId } from '../time/zone.js'
import type { Coordinates } from './great-circle.js'
import type { LocationKindName } from './location-kind-name.js'
import type { SourcingCosts } from './sourcing-problem.js'

/** Where stock lies, as far as the choice among several needs to know. A location that nobody has defined is a plain name. */
export interface Location extends LocationFacts {
  readonly id: LocationId
  readonly status: 'active' | 'closed'
}

/** What is said of a location when it is defined; what is left out is not known. */
export interface LocationFacts {
  readonly name: string
  readonly kind: LocationKindName
  readonly coordinates?: Coordinates
  /** ISO 3166-1, two capital letters. */
  readonly country?: string
  /** Lower comes first; 100 when nothing was said. */
  readonly priority: number
  /** Whether buyers can pick up their orders here. */
  readonly pickup: boolean
  readonly costs?: SourcingCosts
  /** Where its days begin and end; `UTC` when left out. */
  readonly zone?: ZoneId
  /** Sourced orders it takes on one day of its own. */
  readonly ordersPerDay?: number
  /** Base units it takes on one day of its own for sourced orders. */
  readonly unitsPerDay?: number
}

export type LocationEvent =
  | { readonly type: 'LocationDefined'; readonly id: LocationId; readonly facts: LocationFacts }
  | { readonly type: 'LocationClosed' }
  | { readonly type: 'LocationOpened' }

const evolve = (known: Location | undefined, event: LocationEvent): Location => {
  const location = known as Location
  switch (event.type) {
    case 'LocationDefined':
      return { id: event.id, ...event.facts, status: known?.status ?? 'active' }
    case 'LocationClosed':
      return { ...location, status: 'closed' }
    case 'LocationOpened':
      return { ...location, status: 'active' }
  }
}

export const locationKind: RecordKind<Location, LocationEvent> = {
  name: 'location',
  evolve,
  entries: (location) => ({ status: location.status, kind: location.kind }),
}
