import { invariant } from '../invariant.js'
import { plus, type Instant } from '../time/instant.js'
import { freeOf, type Capacity } from './capacity.js'
import type { Period } from './calendar.js'
import type { ResourceDay } from './resource-day.js'

/** The days cut at every moment at which something begins or ends: what there is of places in between, and whether anybody works. */
interface Segment extends Period {
  readonly isOpen: boolean
  readonly capacity: Capacity
}

/**
 * The stretches of working time in which so many places are free all the while, on days that follow each other. A booking fits exactly when it lies
 * within one: each ends early enough to keep `bufferMinutes` free before the next booking. Bookings side by side are not told apart: as long as no
 * moment has more of them than places, they can be seated so that no two of a place overlap.
 */
export const freeRuns = (
  days: readonly ResourceDay[],
  places: number,
  bufferMinutes: number,
): readonly Period[] => {
  const segments = segmentsOf(days)
  const fullFrom = nextFullFrom(segments, places)
  const runs: Period[] = []
  let run: { startsAt: Instant; endsAt: Instant } | undefined
  const close = (nextFull: Instant | undefined): void => {
    if (run === undefined) return
    const { startsAt } = run
    const endsAt =
      nextFull === undefined ? run.endsAt : earlier(run.endsAt, plus(nextFull, -bufferMinutes * 60_000))
    if (endsAt > startsAt) runs.push({ startsAt, endsAt })
    run = undefined
  }
  for (const [place, { startsAt, endsAt, isOpen, capacity }] of segments.entries()) {
    if (!isOpen || freeOf(capacity) < places) close(fullFrom[place])
    else if (run === undefined) run = { startsAt, endsAt }
    else run.endsAt = endsAt
  }
  close(undefined)
  return runs
}

/** The fewest places that are free at any moment of a stretch within working time. */
export const placesFreeDuring = (days: readonly ResourceDay[], during: Period): number => {
  const free = segmentsOf(days)
    .filter(({ startsAt, endsAt }) => endsAt > during.startsAt && startsAt < during.endsAt)
    .map(({ capacity }) => freeOf(capacity))
  return Math.min(...free)
}

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other)

/** For each segment, where from it on the first one begins that bookings have filled so far, open or closed. */
const nextFullFrom = (segments: readonly Segment[], places: number): readonly (Instant | undefined)[] => {
  let next: Instant | undefined
  return segments
    .toReversed()
    .map(({ startsAt, capacity }) => {
      if (capacity.promised > 0 && freeOf(capacity) < places) next = startsAt
      return next
    })
    .toReversed()
}

interface Step {
  promised: number
  open: number
  supply?: number
}

const segmentsOf = (days: readonly ResourceDay[]): readonly Segment[] => {
  const steps = new Map<Instant, Step>()
  const at = (instant: Instant): Step => {
    const step = steps.get(instant) ?? { promised: 0, open: 0 }
    steps.set(instant, step)
    return step
  }
  for (const day of days) {
    at(day.startsAt).supply = day.places
    at(day.endsAt)
    for (const { startsAt, endsAt } of day.open) {
      at(startsAt).open += 1
      at(endsAt).open -= 1
    }
    for (const taking of day.taken) {
      invariant(!('minutes' in taking), 'minutes of a day have no time')
      at(taking.startsAt).promised += taking.places
      at(taking.blockedUntil).promised -= taking.places
    }
  }
  const moments = [...steps.keys()].sort()
  let [supply, promised, open] = [0, 0, 0]
  return moments.slice(0, -1).map((startsAt, place) => {
    const step = at(startsAt)
    supply = step.supply ?? supply
    promised += step.promised
    open += step.open
    return {
      startsAt,
      endsAt: moments[place + 1] as Instant,
      isOpen: open > 0,
      capacity: { supply, promised },
    }
  })
}
