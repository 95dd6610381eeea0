import { tzOffset } from '@date-fns/tz/tzOffset'
import { UTCDate } from '@date-fns/utc'
import type { Branded } from '../ids/ids.js'
import { epochOf, instantAt, type Instant, type Milliseconds } from './instant.js'
import { dateOf, plusDays, startOf, type LocalDate } from './local-date.js'

/** A time zone by its IANA name, such as `Europe/Berlin`. */
export type ZoneId = Branded<'ZoneId'>

/** What a clock on the wall shows, `09:30`; `24:00` ends a day. */
export type LocalTime = Branded<'LocalTime'>

/** What a clock and a calendar on the wall show, `2026-03-29T02:30`: no moment yet, since it needs a zone. */
export type LocalDateTime = Branded<'LocalDateTime'>

/** The clock jumped over this local time (`skipped`), or showed it twice (`repeated`). */
export type ClockChange = 'skipped' | 'repeated'

export interface ResolvedTime {
  readonly instant: Instant
  readonly clockChange?: ClockChange
}

const day: Milliseconds = 86_400_000
const minute: Milliseconds = 60_000

const namedZone = /^[A-Z][A-Za-z0-9_]*(?:[/-][A-Za-z_][A-Za-z0-9_]*)*$/
const fixedZone = /^Etc\/GMT(?:[+](?:\d|1[0-2])|-(?:\d|1[0-4]))$/

/** The calendar library falls back to reading any digits behind a sign as an offset, so names are looked at before it is asked. */
export const isKnownZone = (name: string): boolean =>
  name.length <= 64 &&
  (namedZone.test(name) || fixedZone.test(name)) &&
  Number.isFinite(tzOffset(name, new UTCDate(0)))

/**
 * The moment of a local time in a zone, decided here and nowhere else (TM4): a time that was skipped moves on by as much as the clock did, of one
 * that was repeated the first counts.
 */
export const resolveLocal = (zone: ZoneId, local: LocalDateTime): ResolvedTime => {
  const wall = epochOf(`${local}:00.000Z` as Instant)
  const [first, second] = momentsShowing(zone, wall)
  if (first === undefined) {
    return { instant: instantAt(wall - offsetAt(zone, wall - day)), clockChange: 'skipped' }
  }
  return second === undefined
    ? { instant: instantAt(first) }
    : { instant: instantAt(first), clockChange: 'repeated' }
}

/**
 * The first moment at which the clock has reached a time of a day: where the clock jumps over it, the moment of the jump. Later times are never
 * reached earlier, so hours that do not overlap on the wall do not overlap in fact.
 */
export const reaching = (zone: ZoneId, date: LocalDate, time: LocalTime): Instant =>
  time === '24:00'
    ? startOfDay(zone, plusDays(date, 1))
    : firstReaching(zone, epochOf(`${date}T${time}:00.000Z` as Instant))

/** The moment at which a day begins in a zone. Days follow each other without gap or overlap; they have 23, 24 or 25 hours, and rarely none. */
export const startOfDay = (zone: ZoneId, date: LocalDate): Instant =>
  firstReaching(zone, epochOf(startOf(date)))

/** The day of a zone to which a moment belongs. */
export const dayAt = (zone: ZoneId, instant: Instant): LocalDate => {
  const epoch = epochOf(instant)
  let date = dateOf(instantAt(epoch + offsetAt(zone, epoch)))
  // A clock set back over midnight shows the old date again, but the new day has begun.
  while (startOfDay(zone, plusDays(date, 1)) <= instant) date = plusDays(date, 1)
  return date
}

const firstReaching = (zone: ZoneId, wall: number): Instant => {
  const [first] = momentsShowing(zone, wall)
  return instantAt(first ?? jumpOver(zone, wall))
}

/** No zone changes its clock twice within two days, so the offsets a day before and a day after are the only ones in question. */
const momentsShowing = (zone: ZoneId, wall: number): readonly number[] => {
  const before = offsetAt(zone, wall - day)
  const after = offsetAt(zone, wall + day)
  const offsets = before === after ? [before] : [before, after]
  return offsets
    .map((offset) => wall - offset)
    .filter((epoch) => epoch + offsetAt(zone, epoch) === wall)
    .sort((left, right) => left - right)
}

/** The moment at which the clock jumps over a local time, to the second. */
const jumpOver = (zone: ZoneId, wall: number): number => {
  const after = offsetAt(zone, wall + day)
  let early = wall - after
  let late = wall - offsetAt(zone, wall - day)
  while (late - early > 1_000) {
    const middle = early + Math.floor((late - early) / 2_000) * 1_000
    if (offsetAt(zone, middle) === after) late = middle
    else early = middle
  }
  return late
}

const offsetAt = (zone: ZoneId, epoch: number): Milliseconds =>
  Math.round(tzOffset(zone, new UTCDate(epoch)) * minute)
