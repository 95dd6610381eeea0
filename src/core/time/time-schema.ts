import { z } from 'zod'
import { plus, type Instant } from './instant.js'
import type { LocalDate } from './local-date.js'

const dateShape = /^(\d{4})-(\d{2})-(\d{2})$/
const instantShape = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(Z|[+-]\d{2}:\d{2})?$/

/** A calendar day `YYYY-MM-DD` from year 0001 to 9999 that exists; `2023-02-29` is refused instead of becoming March. */
export const localDateSchema = z.string('type').transform((text, context): LocalDate => {
  const rule = brokenDateRule(text)
  if (rule === undefined) return text as LocalDate
  context.issues.push({ code: 'custom', message: rule, input: text })
  return z.NEVER
})

/** An ISO 8601 instant with an offset (`Z` or `+02:00`), normalized to UTC with milliseconds. */
export const instantSchema = z.string('type').transform((text, context): Instant => {
  const read = readInstant(text)
  if (read.rule === undefined) return read.instant
  context.issues.push({ code: 'custom', message: read.rule, input: text })
  return z.NEVER
})

const brokenDateRule = (text: string): string | undefined => {
  const parts = text.length === 10 ? dateShape.exec(text) : null
  if (parts === null) return /^\d{5,}-/.test(text) ? 'date.range' : 'date.format'
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (year === 0) return 'date.range'
  return day >= 1 && day <= daysInMonth(year, month) ? undefined : 'date.invalid'
}

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

const readInstant = (
  text: string,
): { readonly rule: string } | { readonly rule: undefined; readonly instant: Instant } => {
  const parts = text.length <= 30 ? instantShape.exec(text) : null
  if (parts === null) return { rule: /^[+-]?\d{5,}-/.test(text) ? 'date.range' : 'date.format' }
  const [, date = '', hour = '', minute = '', second = '', fraction = '', offset] = parts
  const dateRule = brokenDateRule(date)
  if (dateRule !== undefined) return { rule: dateRule }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return { rule: 'time.invalid' }
  if (offset === undefined) return { rule: 'offset.missing' }
  const local = `${date}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}Z` as Instant
  if (offset === 'Z') return { rule: undefined, instant: local }
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(4, 6))
  // The widest offset in use is +14:00; ISO 8601 itself would allow more.
  if (hours > 14 || minutes > 59 || (hours === 14 && minutes > 0)) return { rule: 'offset.range' }
  const away = (hours * 60 + minutes) * 60_000
  const instant = plus(local, offset.startsWith('+') ? -away : away)
  return /^\d{4}-/.test(instant) && !instant.startsWith('0000')
    ? { rule: undefined, instant }
    : { rule: 'date.range' }
}
