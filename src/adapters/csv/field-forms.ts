import { parseDecimal } from '../../core/money/decimal-string.js'
import { err, ok, type Result } from '../../core/result.js'
import type { LocalDate } from '../../core/time/local-date.js'
import { localDateSchema } from '../../core/time/time-schema.js'

/** How a file writes days. Named, because 03/04 alone could be either. */
export type DateForm = (typeof dateForms)[number]
export const dateForms = ['YYYY-MM-DD', 'DD.MM.YYYY', 'MM/DD/YYYY'] as const

/** Which of the two marks off the decimals. Named, because 1,234 alone could be either. */
export type DecimalMark = (typeof decimalMarks)[number]
export const decimalMarks = ['point', 'comma'] as const

const dateShapes: Readonly<Record<DateForm, RegExp>> = {
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/,
  'DD.MM.YYYY': /^(?<day>\d\d)\.(?<month>\d\d)\.(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d\d)\/(?<day>\d\d)\/(?<year>\d{4})$/,
}

/** The day, or the rule it breaks: `date.format`, `date.invalid`, `date.range`. Spaces around it are dropped. */
export const readDate = (text: string, form: DateForm): Result<LocalDate, string> => {
  const parts = text.length <= 64 ? dateShapes[form].exec(text.trim())?.groups : undefined
  if (parts === undefined) return err('date.format')
  const date = localDateSchema.safeParse(`${parts['year']}-${parts['month']}-${parts['day']}`)
  return date.success ? ok(date.data) : err(date.error.issues[0]?.message ?? 'date.invalid')
}

/**
 * The number as a plain decimal with a point, or the rule it breaks: `money.decimalMark` where the other mark stands in it (`1,234.50` has
 * both), else `money.format`. No grouping, plus sign or exponent. Spaces around it are dropped.
 */
export const readDecimalText = (text: string, mark: DecimalMark): Result<string, string> => {
  const written = text.length <= 64 ? text.trim() : ''
  if (written.includes(mark === 'point' ? ',' : '.')) return err('money.decimalMark')
  const plain = mark === 'point' ? written : written.replace(',', '.')
  return parseDecimal(plain) === undefined ? err('money.format') : ok(plain)
}
