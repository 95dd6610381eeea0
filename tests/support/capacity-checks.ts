import { strictEqual } from 'node:assert/strict'
import { expect } from 'vitest'
import { bookingKind, datesOf, type Booking } from '../../src/core/capacity/booking.js'
import { isSound } from '../../src/core/capacity/capacity.js'
import {
  minutesOf,
  openedDaysKind,
  resourceDayId,
  resourceDayKind,
  type OpenedDays,
  type ResourceDay,
  type TimeTaken,
} from '../../src/core/capacity/resource-day.js'
import { isTaken, seatKind, type Seat } from '../../src/core/capacity/seat.js'
import { seatPoolKind, type SeatCount } from '../../src/core/capacity/seat-pool.js'
import { statesOf } from './trade-checks.js'
import type { WatchedStorage } from './watched-storage.js'

/** What is taken of days and pools is what bookings and holders have, no less and no more, and never more than there is. */
export const checkCapacity = async (storage: WatchedStorage): Promise<void> => {
  const bookings = await statesOf<Booking>(storage, bookingKind.name)
  await checkDays(storage, bookings)
  await checkSeats(storage, bookings)
}

const checkDays = async (storage: WatchedStorage, bookings: readonly Booking[]): Promise<void> => {
  const promised = bookings.flatMap(({ id, status, lines }) =>
    ['held', 'committed', 'shipped'].includes(status)
      ? lines.flatMap((line, place) =>
          line.by === 'seats' || line.displaced === true
            ? []
            : datesOf(line).map((date) => `${resourceDayId(line.resource, date)} ${id} ${place}`),
        )
      : [],
  )
  const days = await statesOf<ResourceDay>(storage, resourceDayKind.name)
  const taken = days.flatMap((day) =>
    day.taken.map(({ booking, line }) => `${resourceDayId(day.resource, day.date)} ${booking} ${line}`),
  )
  expect(taken.toSorted(), 'every booking has what it was promised').toEqual(promised.toSorted())
  const opened = await statesOf<OpenedDays>(storage, openedDaysKind.name)
  const dates = opened.reduce((sum, one) => sum + one.dates.length, 0)
  strictEqual(dates, days.length, 'every opened day is on the list')
  for (const day of days) checkDay(day)
}

/** Seats whoever comes first on the first place that is free: as many places are needed as overlap at the fullest moment. */
export const checkDay = (day: ResourceDay): void => {
  const name = resourceDayId(day.resource, day.date)
  strictEqual(isSound(minutesOf(day)), true, `minutes of ${name}`)
  const times = day.taken.filter((taking): taking is TimeTaken => !('minutes' in taking))
  const freeFrom: string[] = Array.from({ length: day.places }, () => '')
  for (const time of times.toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))) {
    for (let count = 0; count < time.places; count += 1) {
      const place = freeFrom.findIndex((free) => free <= time.startsAt)
      expect(place, `no two bookings of a place overlap on ${name}`).toBeGreaterThanOrEqual(0)
      freeFrom[place] = time.blockedUntil
    }
    if (time.startsAt === time.endsAt) continue
    const isOpen = day.open.some(({ startsAt, endsAt }) => startsAt <= time.startsAt && time.endsAt <= endsAt)
    strictEqual(isOpen, true, `${name} is worked on while it is open`)
  }
}

const checkSeats = async (storage: WatchedStorage, bookings: readonly Booking[]): Promise<void> => {
  const seats = await statesOf<Seat>(storage, seatKind.name)
  const bookingOf = new Map(bookings.map((booking) => [booking.id, booking]))
  const seated = seats.filter((seat) =>
    isTaken(seat, seat.booking === undefined ? undefined : bookingOf.get(seat.booking)),
  )
  for (const pool of await statesOf<SeatCount>(storage, seatPoolKind.name)) {
    strictEqual(isSound(pool), true, `seats of ${pool.resource}`)
    const free = seated.filter((seat) => seat.pool === pool.resource && seat.booking === undefined).length
    const booked = bookings.flatMap(({ status, lines }) =>
      status === 'held' || status === 'committed'
        ? lines.map((line) => (line.by === 'seats' && line.resource === pool.resource ? line.seats : 0))
        : [],
    )
    strictEqual(
      pool.promised,
      booked.reduce((sum, count) => sum + count, free),
      `promised of ${pool.resource}`,
    )
  }
  for (const { id, status, lines } of bookings) {
    if (status !== 'committed') continue
    for (const [place, line] of lines.entries()) {
      if (line.by !== 'seats') continue
      const sitting = seated.filter((seat) => seat.booking === id && seat.line === place).length
      strictEqual(sitting, line.assigned ?? 0, `M33 seats of ${id}`)
      expect(sitting).toBeLessThanOrEqual(line.seats)
    }
  }
}
