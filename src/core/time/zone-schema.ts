import { z } from 'zod'
import { err, ok, type Result } from '../result.js'
import { epochOf, instantAt, type Instant } from './instant.js'
import type { LocalDate } from './local-date.js'
import { localDateSchema } from './time-schema.js'
import { isKnownZone, type LocalDateTime, type LocalTime, type ZoneId } from './zone.js'

/** An IANA time zone that this machine's time-zone data knows. */
export const zoneSchema = z.string('type').transform((text, context): ZoneId => {
  if (isKnownZone(text)) return text as ZoneId
  context.issues.push({ code: 'custom', message: 'zone.unknown', input: text })
  return z.NEVER
})

/** A day of a plan: from 1970 to 9998, so that the day after it can be written as well. */
export const planDateSchema = localDateSchema.refine(isPlannable, 'date.range')

/** A local time `HH:MM` at which something begins, `00:00` to `23:59`. */
export const beginningTimeSchema = z
  .string('type')
  .transform((text, context) => localTime(text, /^(?:[01]\d|2[0-3]):[0-5]\d$/, context))

/** A local time `HH:MM` at which something ends, `00:01` to `24:00`. */
export const endingTimeSchema = z
  .string('type')
  .transform((text, context) => localTime(text, /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, context))

const localTime = (text: string, shape: RegExp, context: z.core.$RefinementCtx): LocalTime => {
  if (shape.test(text)) return text as LocalTime
  const rule = /^\d\d:\d\d$/.test(text) ? 'time.invalid' : 'time.format'
  context.issues.push({ code: 'custom', message: rule, input: text })
  return z.NEVER
}

/** A local time of a day, `2026-03-29T02:30`. */
export const localDateTimeSchema = z.string('type').transform((text, context): LocalDateTime => {
  const [date = '', time = '', more] = text.split('T')
  const rule =
    more !== undefined || !text.includes('T')
      ? 'time.format'
      : (brokenDate(date) ?? (/^\d\d:\d\d$/.test(time) ? brokenClock(time) : 'time.format'))
  if (rule === undefined) return text as LocalDateTime
  context.issues.push({ code: 'custom', message: rule, input: text })
  return z.NEVER
})

const moment = /^([^T]{1,12})T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(.*)$/
const offset = /^[+-]\d\d:\d\d$/

/** A moment as ISO 8601 with `Z` or an offset, to the millisecond: `2026-03-01T09:30:00+01:00`. */
export const instantSchema = z.string('type').transform((text, context): Instant => {
  const read = readInstant(text)
  if (read.ok) return read.value
  context.issues.push({ code: 'custom', message: read.error, input: text })
  return z.NEVER
})

const readInstant = (text: string): Result<Instant, string> => {
  const parts = text.length <= 40 ? moment.exec(text) : null
  if (parts === null) return err('time.format')
  const [, date = '', clock = '', seconds = '00', fraction = '0', zone = ''] = parts
  const rule =
    brokenDate(date) ?? brokenClock(clock) ?? (seconds > '59' ? 'time.invalid' : brokenOffset(zone))
  if (rule !== undefined) return err(rule)
  const local = epochOf(`${date}T${clock}:${seconds}.${fraction.padEnd(3, '0')}Z` as Instant)
  return ok(instantAt(local - offsetMinutes(zone) * 60_000))
}

const brokenDate = (date: string): string | undefined =>
  planDateSchema.safeParse(date).error?.issues[0]?.message

const brokenClock = (clock: string): string | undefined =>
  clock <= '23:59' && clock.slice(3) <= '59' ? undefined : 'time.invalid'

const brokenOffset = (zone: string): string | undefined => {
  if (zone === 'Z') return undefined
  if (zone === '') return 'offset.missing'
  if (!offset.test(zone)) return 'time.format'
  return zone.slice(1, 3) <= '18' && zone.slice(4) <= '59' ? undefined : 'offset.range'
}

const offsetMinutes = (zone: string): number => {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  return zone.startsWith('-') ? -minutes : minutes
}

function isPlannable(date: LocalDate): boolean {
  return date >= '1970-01-02' && date <= '9998-12-30'
}
