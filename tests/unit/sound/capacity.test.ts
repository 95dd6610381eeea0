import { describe } from 'vitest'
import type { Booking } from '../../../src/core/capacity/booking.js'
import type { OpenedDays, ResourceDay } from '../../../src/core/capacity/resource-day.js'
import type { SeatCount } from '../../../src/core/capacity/seat-pool.js'
import type { Skill } from '../../../src/core/capacity/skill.js'
import type { Instant } from '../../../src/core/time/instant.js'
import { chair, define, desk, team } from '../../support/capacity.js'
import { newKey, openShop } from '../../support/shop.js'
import { newestOf, plantedIn, withFirst } from '../../support/soundness.js'

const friday = '2026-03-06'
const dawn = '2026-03-06T05:00:00.000Z' as Instant

/** A chair with two appointments of one job on Friday, a team with three hours of it, and a desk of three seats. */
const openSalon = async () => {
  const shop = openShop()
  await define(shop.oms, { ...chair, skills: ['cut'] })
  await define(shop.oms, { ...team, skills: ['cut'] })
  await define(shop.oms, desk)
  const { capacity } = shop.oms.orThrow
  const at = (time: string) => ({ resource: 'chair', local: { time: `${friday}T${time}` } })
  await capacity.book({ lines: [at('10:00'), at('11:00')], reference: 'job' }, newKey())
  const day = { resource: 'team', date: friday, minutes: 180 }
  await capacity.book({ lines: [day, day], reference: 'job' }, newKey())
  const { booking } = await capacity.book(
    { lines: [{ resource: 'editor', seats: 2 }], reference: 'seats' },
    newKey(),
  )
  await capacity.assignSeat({ resource: 'editor', holder: 'bea', booking })
  await capacity.hold({ owner: 'cart', lines: [{ resource: 'editor', seats: 1 }], seconds: 60 }, newKey())
  return shop.storage
}

const bookedBy = async (by: string, status = 'committed') =>
  newestOf<Booking>(
    await openSalon(),
    'booking',
    (booking) => booking.status === status && booking.lines[0]?.by === by,
  )

const line = (change: object) => (booking: Booking) => ({
  lines: withFirst(booking.lines, () => change),
})

describe('a booking', () => {
  plantedIn<Booking>('booking', () => bookedBy('seats', 'held'), [
    ['it is held by nobody', { owner: undefined as never }, 'RS2 a hold has an owner and an end'],
    [
      'it is held for ever',
      { owner: undefined as never, expiresAt: undefined as never },
      'RS2 a hold has an owner and an end',
    ],
    [
      'it ended before it began',
      ({ promisedAt }) => ({ expiresAt: promisedAt }),
      'RS2 a hold has an owner and an end',
    ],
  ])

  plantedIn<Booking>('booking', () => bookedBy('seats'), [
    ['it is of no seats', line({ seats: 0, assigned: 0 }), 'no more seats are assigned than booked'],
    ['more sit on its seats than it has', line({ assigned: 3 }), 'no more seats are assigned than booked'],
    ['less than nobody sits there', line({ assigned: -1 }), 'no more seats are assigned than booked'],
  ])

  plantedIn<Booking>('booking', () => bookedBy('time'), [
    ['it is of no places', line({ places: 0 }), 'a booking ends after it begins'],
    ['it is over before it begins', line({ endsAt: dawn }), 'a booking ends after it begins'],
    ['its buffer is over before it', line({ blockedUntil: dawn }), 'a booking ends after it begins'],
  ])
})

const dayOf = async (resource: string) =>
  newestOf<ResourceDay>(await openSalon(), 'resource_day', (day) => day.resource === resource)

const taking = (change: object) => (day: ResourceDay) => ({
  taken: withFirst(day.taken, () => change) as never,
})

describe('a day of a resource', () => {
  plantedIn<ResourceDay>('resource_day', () => dayOf('team'), [
    ['a line counts twice', taking({ line: 1 }), 'a booking counts once a day'],
    ['more is taken than anybody works', taking({ minutes: 900 }), 'no more minutes are taken than worked'],
    ['nobody works there any more', { open: [] }, 'no more minutes are taken than worked'],
    [
      'its hours end before they begin',
      ({ open }) => ({ open: withFirst(open, () => ({ endsAt: dawn })) }),
      'hours follow each other within their day',
    ],
    [
      'its hours count twice',
      ({ open }) => ({ open: [...open, ...open] }),
      'hours follow each other within their day',
    ],
    [
      'its hours begin before it',
      ({ open }) => ({ startsAt: open[0]?.endsAt as Instant }),
      'hours follow each other within their day',
    ],
    [
      'its hours end after it',
      ({ open }) => ({ endsAt: open[0]?.startsAt as Instant }),
      'hours follow each other within their day',
    ],
  ])

  plantedIn<ResourceDay>('resource_day', () => dayOf('chair'), [
    ['a time counts twice', taking({ line: 1 }), 'a booking counts once a day'],
    ['no place of it is taken', taking({ places: 0 }), 'a time lies within its day'],
    ['a time is over before it begins', taking({ endsAt: dawn }), 'a time lies within its day'],
    ['a buffer is over before its time', taking({ blockedUntil: dawn }), 'a time lies within its day'],
    [
      'a time begins the day before',
      taking({ startsAt: '2026-03-05T10:00:00.000Z' }),
      'a time lies within its day',
    ],
    [
      'a buffer ends the day after',
      taking({ blockedUntil: '2026-03-07T10:00:00.000Z' }),
      'a time lies within its day',
    ],
  ])
})

describe('seats', () => {
  plantedIn<SeatCount>('seat_pool', async () => newestOf(await openSalon(), 'seat_pool'), [
    ['more are promised than there are', { supply: 2 }, 'no more seats are promised than there are'],
    ['less than none are promised', { promised: -1 }, 'no more seats are promised than there are'],
  ])
})

describe('the sets that capacity is looked for in', () => {
  plantedIn<Skill>('skill', async () => newestOf(await openSalon(), 'skill'), [
    [
      'somebody has a skill twice',
      ({ resources }) => ({ resources: [...resources, ...resources] }),
      'a set has each name once',
    ],
    [
      'they stand in another order',
      ({ resources }) => ({ resources: resources.toReversed() }),
      'a set has each name once',
    ],
  ])

  plantedIn<OpenedDays>('opened_days', async () => newestOf(await openSalon(), 'opened_days'), [
    ['a day was opened twice', ({ dates }) => ({ dates: [...dates, ...dates] }), 'a set has each name once'],
  ])
})
