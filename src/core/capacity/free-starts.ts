import { epochOf, instantAt, minutesBetween, plus, type Instant } from '../time/instant.js'
import type { Period } from './calendar.js'
import { freeRuns } from './free-runs.js'
import type { Machine, SlotCalendar } from './resource.js'
import type { ResourceDay } from './resource-day.js'

export interface SoughtTime {
  readonly minutes: number
  readonly places: number
  readonly notBefore: Instant
}

/**
 * Where a time of some minutes can begin, on days that follow each other, earliest first. Of slots every beginning on their grid, with as many whole
 * slots as the minutes need; of a machine each stretch in which the job fits, as long as it is.
 */
export const freeTimes = (
  resource: SlotCalendar | Machine,
  days: readonly ResourceDay[],
  sought: SoughtTime,
): readonly Period[] => {
  const runs = freeRuns(days, sought.places, resource.bufferMinutes)
  if (resource.kind === 'machine') return runs.flatMap((run) => stretchIn(run, sought))
  const { slotMinutes } = resource
  const length = Math.ceil(sought.minutes / slotMinutes) * slotMinutes * 60_000
  const beginnings = days.flatMap((day) => gridOf(day, slotMinutes))
  return runs.flatMap((run) =>
    beginnings
      .map((startsAt) => ({ startsAt, endsAt: plus(startsAt, length) }))
      .filter(
        ({ startsAt, endsAt }) =>
          startsAt >= sought.notBefore && startsAt >= run.startsAt && endsAt <= run.endsAt,
      ),
  )
}

const stretchIn = (run: Period, { minutes, notBefore }: SoughtTime): readonly Period[] => {
  const startsAt = run.startsAt > notBefore ? run.startsAt : notBefore
  return plus(startsAt, minutes * 60_000) <= run.endsAt ? [{ startsAt, endsAt: run.endsAt }] : []
}

/** Appointments of a whole number of slots begin on the grid of the working hours they lie in. */
export const isOnGrid = (
  days: readonly ResourceDay[],
  { slotMinutes }: SlotCalendar,
  { startsAt, endsAt }: Period,
): boolean =>
  minutesBetween(startsAt, endsAt) % slotMinutes === 0 &&
  days.some((day) =>
    day.open.some(
      (period) =>
        period.startsAt <= startsAt &&
        startsAt < period.endsAt &&
        minutesBetween(period.startsAt, startsAt) % slotMinutes === 0,
    ),
  )

const gridOf = (day: ResourceDay, slotMinutes: number): readonly Instant[] =>
  day.open.flatMap(({ startsAt, endsAt }) => {
    const beginnings: Instant[] = []
    const last = epochOf(endsAt)
    for (let epoch = epochOf(startsAt); epoch < last; epoch += slotMinutes * 60_000) {
      beginnings.push(instantAt(epoch))
    }
    return beginnings
  })
