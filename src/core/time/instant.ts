import type { Branded } from '../ids/ids.js'

/** A moment as ISO 8601 in UTC with milliseconds, `2026-03-01T09:30:00.000Z`. Two of them compare as texts. */
export type Instant = Branded<'Instant'>

/** A span of time in whole milliseconds. */
export type Milliseconds = number

export const plus = (instant: Instant, span: Milliseconds): Instant => {
  if (latest.instant !== instant || latest.span !== span) {
    latest = { instant, span, sum: instantAt(epochOf(instant) + span) }
  }
  return latest.sum
}

/** All commands of a batch have one `now`, and most holds one length: the sum they share is computed once. */
let latest: { readonly instant: Instant; readonly span: Milliseconds; readonly sum: Instant } = {
  instant: '' as Instant,
  span: 0,
  sum: '' as Instant,
}

export const isAtOrAfter = (instant: Instant, mark: Instant): boolean => instant >= mark

/** Milliseconds since 1970, for arithmetic; outside of it moments are texts. */
export const epochOf = (instant: Instant): Milliseconds => Date.parse(instant)

export const instantAt = (epoch: Milliseconds): Instant => new Date(epoch).toISOString() as Instant

export const minutesBetween = (earlier: Instant, later: Instant): number =>
  (epochOf(later) - epochOf(earlier)) / 60_000
