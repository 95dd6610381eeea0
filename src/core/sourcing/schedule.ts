import type { Instant } from '../time/instant.js'
import { plusDays, weekdayOf, type LocalDate } from '../time/local-date.js'
import { dayAt, reaching, type LocalTime, type ZoneId } from '../time/zone.js'
import type { SourcingSchedule } from './sourcing-rule.js'

export const utc = 'UTC' as ZoneId

/** Whether a rule is in force at that moment. A span over midnight belongs to the weekday on which it began. */
export const inForce = (schedule: SourcingSchedule | undefined, at: Instant): boolean => {
  if (schedule === undefined) return true
  const zone = schedule.zone ?? utc
  const today = dayAt(zone, at)
  return [today, plusDays(today, -1)].some((day) => covers(schedule, zone, day, at))
}

const covers = (schedule: SourcingSchedule, zone: ZoneId, day: LocalDate, at: Instant): boolean => {
  const { from = '00:00' as LocalTime, until = '24:00' as LocalTime, weekdays } = schedule
  if (weekdays !== undefined && !weekdays.includes(weekdayOf(day))) return false
  const end = reaching(zone, until <= from ? plusDays(day, 1) : day, until)
  return reaching(zone, day, from) <= at && at < end
}
