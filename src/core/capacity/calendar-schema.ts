import { z } from 'zod'
import { lineSchema } from '../text/text-schema.js'
import { beginningTimeSchema, endingTimeSchema, planDateSchema, zoneSchema } from '../time/zone-schema.js'
import type { Calendar, WorkingHours } from './calendar.js'

const workingHoursSchema = z
  .strictObject({ from: beginningTimeSchema, to: endingTimeSchema })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'range.order' })

const hoursOfDaySchema = z
  .array(workingHoursSchema)
  .max(24, 'hours.max')
  .superRefine((hours, context) => {
    const sorted = hours.toSorted((left, right) => (left.from < right.from ? -1 : 1))
    const at = sorted.findIndex((one, place) => overlaps(sorted[place - 1], one))
    if (at < 0) return
    context.addIssue({
      code: 'custom',
      message: 'hours.overlap',
      path: [hours.findIndex((one) => one === sorted[at])],
    })
  })

const overlaps = (before: WorkingHours | undefined, after: WorkingHours): boolean =>
  before !== undefined && after.from < before.to

/** Working hours as local times of an IANA zone, days that differ, and the first and last day. */
export const calendarSchema = z
  .strictObject({
    zone: zoneSchema,
    /** Hours by day of the week; days that are left out are free. */
    weekly: z.strictObject({
      monday: hoursOfDaySchema.optional(),
      tuesday: hoursOfDaySchema.optional(),
      wednesday: hoursOfDaySchema.optional(),
      thursday: hoursOfDaySchema.optional(),
      friday: hoursOfDaySchema.optional(),
      saturday: hoursOfDaySchema.optional(),
      sunday: hoursOfDaySchema.optional(),
    }),
    /** Days with hours of their own; no hours: closed. */
    exceptions: z
      .array(
        z.strictObject({
          date: planDateSchema,
          hours: hoursOfDaySchema.optional(),
          name: lineSchema(100).optional(),
        }),
      )
      .max(1_000, 'calendar.max')
      .superRefine((exceptions, context) => {
        const dates = new Set<string>()
        for (const [place, { date }] of exceptions.entries()) {
          if (dates.has(date)) {
            context.addIssue({ code: 'custom', message: 'calendar.duplicateDate', path: [place, 'date'] })
          }
          dates.add(date)
        }
      })
      .optional(),
    /** First and last day, both included. */
    from: planDateSchema.optional(),
    to: planDateSchema.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'range.order',
  }) satisfies z.ZodType<Calendar>
