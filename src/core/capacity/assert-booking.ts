import { invariant } from '../invariant.js'
import type { BookedLine, Booking } from './booking.js'

/** What must be true of every booking that a command leaves behind (RS2), whatever led there. */
export const assertBooking = ({ status, lines, owner, promisedAt, expiresAt }: Booking): void => {
  invariant(
    (owner !== undefined) === (expiresAt !== undefined) &&
      (status !== 'held' || expiresAt !== undefined) &&
      (expiresAt === undefined || promisedAt < expiresAt),
    'RS2 a hold has an owner and an end',
  )
  for (const line of lines) assertLine(line)
}

const assertLine = (line: BookedLine): void => {
  if (line.by === 'seats') {
    const { seats, assigned = 0 } = line
    invariant(seats > 0 && assigned >= 0 && assigned <= seats, 'no more seats are assigned than booked')
  } else if (line.by === 'time') {
    const { places, startsAt, endsAt, blockedUntil } = line
    invariant(places > 0 && startsAt < endsAt && endsAt <= blockedUntil, 'a booking ends after it begins')
  }
}
