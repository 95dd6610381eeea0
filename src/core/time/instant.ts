import { addMilliseconds } from 'date-fns/addMilliseconds'
import { UTCDate } from '@date-fns/utc'
import type { Branded } from '../ids/ids.js'

/** A moment as ISO 8601 in UTC with milliseconds, `2026-03-01T09:30:00.000Z`. Two of them compare as texts. */
export type Instant = Branded<'Instant'>

/** A span of time in whole milliseconds. */
export type Milliseconds = number

export const plus = (instant: Instant, span: Milliseconds): Instant =>
  addMilliseconds(new UTCDate(instant), span).toISOString() as Instant

export const isAtOrAfter = (instant: Instant, mark: Instant): boolean => instant >= mark
