import type { DerivedKind } from '../record-kind.js'
import { noEntries } from '../record-kind.js'
import type { Instant } from '../time/instant.js'
import type { LocalDate } from '../time/local-date.js'
import { dayAt } from '../time/zone.js'
import type { Location } from './location.js'
import { utc } from './schedule.js'

/** What a location has taken of sourced orders on its newest day. What is canceled later stays counted: the work was planned for. */
export interface LocationLoad {
  readonly day: LocalDate
  readonly orders: number
  /** Base units. */
  readonly units: number
}

/** A limit rests on what was taken before, so that count is a record and is locked. Its id is that of the location. */
export const locationLoadKind: DerivedKind<LocationLoad> = {
  name: 'location_load',
  entries: noEntries,
  derived: true,
}

/** The load of the location's own day; a new day begins with nothing. */
export const loadOn = (location: Location, load: LocationLoad | undefined, now: Instant): LocationLoad => {
  const day = dayAt(location.zone ?? utc, now)
  return load?.day === day ? load : { day, orders: 0, units: 0 }
}
