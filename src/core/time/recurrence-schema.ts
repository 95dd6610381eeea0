import { z } from 'zod'
import type { DayCount } from './day-count.js'
import type { Recurrence } from './recurrence.js'
import { planDateSchema } from './zone-schema.js'

/** How something recurs, and how the days of a part of a period are counted. */
export const recurrenceShape = {
  /** The first day of the first period. */
  anchor: planDateSchema,
  /** So many units are one period. */
  every: z.int('type').min(1, 'every.range').max(1_000, 'every.range').default(1),
  unit: z.enum(['day', 'week', 'month', 'year']),
  /** Whether periods begin on the anchor's day, or on Mondays, firsts of months, and 1 January. */
  align: z.enum(['anchor', 'calendar']).default('anchor'),
  /** What a part of a period is measured in: the days of the calendar, or thirty for every month. */
  count: z.enum(['actual_days', 'thirty_day_months']).default('actual_days'),
} as const

type Counted = Recurrence & { readonly count: DayCount }

/** Calendar periods that would drift through the year. */
export const calendarRule = { path: ['every'], message: 'recurrence.calendar' }
export const keepsToCalendar = ({ align, unit, every }: Counted): boolean =>
  align === 'anchor' || (unit === 'month' ? 12 % every === 0 : unit === 'day' || every === 1)

/** Months of thirty days where there are no months. */
export const countRule = { path: ['count'], message: 'recurrence.count' }
export const countsItsDays = ({ count, unit }: Counted): boolean =>
  count === 'actual_days' || unit === 'month' || unit === 'year'
