import type { LocalDate } from '../time/local-date.js'

/** An event as the books see it: with the state before it, where there was one, the version it gave, and the day it was recorded. */
export interface Posted<State, Event> {
  readonly before: State | undefined
  readonly event: Event
  readonly version: number
  readonly recordedOn: LocalDate
}
