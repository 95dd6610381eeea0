import { z } from 'zod'
import { readInput } from '../app/read-input.js'
import type { QueryAnswer } from '../app/run-query.js'
import { moneySchema } from '../core/money/money-schema.js'
import type { Money } from '../core/money/money.js'
import { prorate } from '../core/pricing/prorate.js'
import { ok } from '../core/result.js'
import { defaultLimits } from '../core/settings.js'
import type { InputOf } from '../core/input-of.js'
import type { Instant } from '../core/time/instant.js'
import { earlierOf, plusDays, type LocalDate } from '../core/time/local-date.js'
import { periodAt, type RecurringPeriod } from '../core/time/recurrence.js'
import {
  calendarRule,
  countRule,
  countsItsDays,
  keepsToCalendar,
  recurrenceShape,
} from '../core/time/recurrence-schema.js'
import { startOfDay, type ZoneId } from '../core/time/zone.js'
import { planDateSchema, zoneSchema } from '../core/time/zone-schema.js'

const periodsSchema = z
  .strictObject({
    ...recurrenceShape,
    /** The price of one whole period. */
    price: moneySchema,
    /** The last day, where there is one: the period it falls into ends with it. */
    endsOn: planDateSchema.optional(),
    /** How many periods to plan at most, 1 to 1,200. */
    periods: z.int('type').min(1, 'periods.range').max(1_200, 'periods.range'),
    /** Where the days begin and end, for `begins` and `ends`. */
    zone: zoneSchema.optional(),
  })
  .refine(keepsToCalendar, calendarRule)
  .refine(countsItsDays, countRule)

export type PeriodsInput = InputOf<typeof periodsSchema>

export interface PricedPeriod {
  readonly index: number
  readonly from: LocalDate
  /** The day after its last one, and the first of the next. */
  readonly until: LocalDate
  /** The period price, or its share where the period is a part of one. */
  readonly price: Money
  /** The moments at which it begins and ends, where a zone was given: the end of each is the beginning of the next. */
  readonly begins?: Instant
  readonly ends?: Instant
}

/**
 * The periods of something that recurs and what each costs (F153, F154): counted from the anchor, or aligned to the calendar with a first period that
 * is a part. Parts of one period add up to its price to the cent.
 *
 * Answers `validation_failed` for a recurrence that cannot be.
 */
export const planPeriods = (input: PeriodsInput): QueryAnswer<readonly PricedPeriod[]> => {
  const read = readInput(periodsSchema, input, defaultLimits)
  if (!read.ok) return read
  const { price, endsOn, periods, zone, count, ...recurrence } = read.value
  const end = endsOn === undefined ? undefined : plusDays(endsOn, 1)
  const planned: PricedPeriod[] = []
  for (let index = 0; index < periods; index += 1) {
    const period = cut(periodAt(recurrence, index), end)
    if (period.from >= period.until) break
    planned.push({
      index,
      from: period.from,
      until: period.until,
      price: prorate(price, period.whole, period, count),
      ...(zone !== undefined && moments(zone, period)),
    })
  }
  return ok(planned)
}

const cut = (period: RecurringPeriod, end: LocalDate | undefined): RecurringPeriod =>
  end === undefined ? period : { ...period, until: earlierOf(period.until, end) }

const moments = (zone: ZoneId, { from, until }: RecurringPeriod) => ({
  begins: startOfDay(zone, from),
  ends: startOfDay(zone, until),
})
