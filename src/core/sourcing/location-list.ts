import type { LocationId } from '../ids/ids.js'
import type { DerivedKind } from '../record-kind.js'
import { noEntries } from '../record-kind.js'

/** All locations that were ever defined, in the order of their ids: whoever is not in it is no candidate. */
export interface LocationList {
  readonly locations: readonly LocationId[]
}

/** A decision rests on who is a candidate at all, so that list is a record and is locked. */
export const locationListKind: DerivedKind<LocationList> = {
  name: 'location_list',
  entries: noEntries,
  derived: true,
}

export const allLocations = 'all'

/** The most locations of one tenant. */
export const mostLocations = 1_000
