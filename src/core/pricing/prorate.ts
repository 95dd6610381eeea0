import { fromMinor, toMinor, type Money } from '../money/money.js'
import { divideRounded } from '../money/rounding.js'
import { countDays, type DayCount } from '../time/day-count.js'
import { earlierOf, laterOf, type LocalDate } from '../time/local-date.js'
import type { DateRange } from '../time/recurrence.js'

/**
 * What of the price of a whole period falls on a part of it. Each part costs what all days up to its end cost, less what those before it cost, so
 * parts that make up the period cost its price to the cent, whatever the cuts (TM7). Days outside the period cost nothing.
 */
export const prorate = (price: Money, whole: DateRange, part: DateRange, count: DayCount): Money => {
  const minor = toMinor(price)
  return fromMinor(
    amountUpTo(minor, whole, part.until, count) - amountUpTo(minor, whole, part.from, count),
    price.currency,
  )
}

/** What of an amount for a whole period has accrued when a day begins, in minor units, rounded half up once. */
export const amountUpTo = (minor: bigint, whole: DateRange, date: LocalDate, count: DayCount): bigint => {
  if (date >= whole.until) return minor
  const done = countDays(count, whole.from, earlierOf(whole.until, laterOf(whole.from, date)))
  const days = countDays(count, whole.from, whole.until)
  return done === 0 ? 0n : divideRounded(minor * BigInt(done), BigInt(days), 'half_up')
}
