import { z } from 'zod'
import {
  calendarRule,
  countRule,
  countsItsDays,
  keepsToCalendar,
  recurrenceShape,
} from '../time/recurrence-schema.js'
import { planDateSchema } from '../time/zone-schema.js'
import { mostPeriods, periodTriggers } from './recurring.js'

/** That a line is sold by the period: its quantity and price are those of one whole period. */
export const recurringSchema = z
  .strictObject({
    ...recurrenceShape,
    /** `period_start` bills each period with its first day, `period_end` when it is over. */
    billed: z.enum(periodTriggers).default('period_start'),
    /** How many periods are sold, 1 to 1,200; the first one may be a part. */
    periods: z.int('type').min(1, 'periods.range').max(mostPeriods, 'periods.range').optional(),
    /** The last day, instead of a number of periods: the period it falls into ends with it. */
    endsOn: planDateSchema.optional(),
  })
  .refine(keepsToCalendar, calendarRule)
  .refine(countsItsDays, countRule)
  .refine(({ periods, endsOn }) => (periods === undefined) !== (endsOn === undefined), {
    message: 'recurrence.end',
    path: ['endsOn'],
  })
  .refine(({ anchor, endsOn }) => endsOn === undefined || endsOn >= anchor, {
    message: 'range.order',
    path: ['endsOn'],
  })
