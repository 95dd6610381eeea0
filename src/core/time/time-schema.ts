import { z } from 'zod'
import type { LocalDate } from './local-date.js'

const dateShape = /^(\d{4})-(\d{2})-(\d{2})$/

/** A calendar day `YYYY-MM-DD` from year 0001 to 9999 that exists; `2023-02-29` is refused instead of becoming March. */
export const localDateSchema = z.string('type').transform((text, context): LocalDate => {
  const rule = brokenDateRule(text)
  if (rule === undefined) return text as LocalDate
  context.issues.push({ code: 'custom', message: rule, input: text })
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
