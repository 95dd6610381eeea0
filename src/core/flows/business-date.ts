import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Instant } from '../time/instant.js'
import { dateOf, plusDays, type LocalDate } from '../time/local-date.js'

/**
 * The day of a fact in the business's books: the one given, or the store's. Facts lie behind us: a date after tomorrow (which it may already be
 * somewhere) is a slip of the pen, and in a number series it would date every later document.
 */
export const businessDate = (
  given: LocalDate | undefined,
  field: string,
  now: Instant,
): Result<LocalDate, Refusal> => {
  const today = dateOf(now)
  if (given === undefined) return ok(today)
  return given > plusDays(today, 1)
    ? refuse('validation_failed', { issues: [{ path: [field], rule: 'date.future' }] })
    : ok(given)
}
