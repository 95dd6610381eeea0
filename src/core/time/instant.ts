import { addMilliseconds } from 'date-fns/addMilliseconds'
import { differenceInMilliseconds } from 'date-fns/differenceInMilliseconds'
import { UTCDate } from '@date-fns/utc'
import type { Branded } from '../ids/ids.js'

/** A moment as ISO 8601 in UTC with milliseconds, `2026-03-01T09:30:00.000Z`. Two of them compare as texts. */
export type Instant = Branded<'Instant'>

/** A span of time in whole milliseconds. */
export type Milliseconds = number

export const plus = (instant: Instant, span: Milliseconds): Instant =>
  addMilliseconds(new UTCDate(instant), span).toISOString() as Instant

/** Milliseconds from `earlier` to `later`; negative when they are the other way round. */
export const between = (earlier: Instant, later: Instant): Milliseconds =>
  differenceInMilliseconds(new UTCDate(later), new UTCDate(earlier))

export const isAtOrAfter = (instant: Instant, mark: Instant): boolean => instant >= mark
