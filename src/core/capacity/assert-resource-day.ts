import { invariant } from '../invariant.js'
import { minutesIn } from './calendar.js'
import type { ResourceDay } from './resource-day.js'

/**
 * What must be true of every day of a resource that a command leaves behind, whatever led there. Times may stand side by side on fewer places than they
 * take: what is over stays where it was when a calendar changes.
 */
export const assertResourceDay = ({ startsAt, endsAt, open, places, taken }: ResourceDay): void => {
  let last = startsAt
  for (const hours of open) {
    invariant(
      last <= hours.startsAt && hours.startsAt < hours.endsAt && hours.endsAt <= endsAt,
      'hours follow each other within their day',
    )
    last = hours.endsAt
  }
  // They stand in the order in which they were booked, and whatever was there before has been asked before.
  const newest = taken.at(-1)
  let minutes = 0
  for (const taking of taken) {
    const isTwice = taking !== newest && taking.booking === newest?.booking && taking.line === newest.line
    invariant(!isTwice, 'a booking counts once a day')
    if ('minutes' in taking) minutes += taking.minutes
    else {
      const { startsAt: from, endsAt: to, blockedUntil } = taking
      invariant(
        taking.places > 0 && startsAt <= from && from <= to && to <= blockedUntil && blockedUntil <= endsAt,
        'a time lies within its day',
      )
    }
  }
  invariant(minutes === 0 || minutes <= minutesIn(open) * places, 'no more minutes are taken than worked')
}
