import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedClock } from 'orderwright/testing'
import type { OrderManagementFor } from '../../src/app/order-management.js'
import { bookingKind, type Booking } from '../../src/core/capacity/booking.js'
import { freeOf, type Capacity } from '../../src/core/capacity/capacity.js'
import { fits, giveBackOfDay, takeOfDay } from '../../src/core/capacity/resource-day-decider.js'
import { placesFreeDuring } from '../../src/core/capacity/free-runs.js'
import {
  emptyDay,
  minutesOf,
  resourceDayKind,
  type ResourceDay,
  type Scheduled,
} from '../../src/core/capacity/resource-day.js'
import { decideSeats } from '../../src/core/capacity/seat-pool-decider.js'
import { seatPoolKind, type SeatCount } from '../../src/core/capacity/seat-pool.js'
import type { BookingId, LocationId, ResourceId, Sku } from '../../src/core/ids/ids.js'
import { decideStock } from '../../src/core/inventory/stock-level-decider.js'
import { availableOf, stockKind, type StockLevel } from '../../src/core/inventory/stock-level.js'
import { trustHost } from '../../src/core/ports/policy.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import { plus, type Instant } from '../../src/core/time/instant.js'
import { plusDays, weekdayOf, type LocalDate } from '../../src/core/time/local-date.js'
import {
  dayAt,
  reaching,
  resolveLocal,
  startOfDay,
  type LocalDateTime,
  type LocalTime,
  type ZoneId,
} from '../../src/core/time/zone.js'
import { always, press, chair, desk, define } from '../support/capacity.js'
import { checkCapacity, checkDay } from '../support/capacity-checks.js'
import { moveArbitrary, openTrade, playInTurn, type Move } from '../support/random-trade.js'
import { openMemory, openSqliteFile } from '../support/stores-under-test.js'
import { checkHistories, statesOf } from '../support/trade-checks.js'

/** Something that can be promised, as its own decider and its own events make it. */
interface Account {
  readonly capacity: () => Capacity
  /** Takes so much under a number, or refuses. */
  readonly take: (amount: number, under: number) => boolean
  readonly giveBack: (amount: number, under: number) => void
}

const source = { kind: 'booking', id: 'b-1' }
const date = '2026-03-02' as LocalDate
const zone = 'Europe/Berlin' as ZoneId

const stockLevel = (supply: number): Account => {
  const opened = { type: 'StockLevelOpened', sku: 'mug' as Sku, location: 'main' as LocationId } as const
  let level: StockLevel = stockKind.evolve(stockKind.evolve(undefined, opened), {
    type: 'StockReceived',
    quantity: supply,
    source,
  })
  const move = (command: Parameters<typeof decideStock>[1]): boolean => {
    const decided = decideStock(level, command)
    if (decided.ok) level = decided.value.reduce(stockKind.evolve, level)
    return decided.ok
  }
  return {
    capacity: () => ({ supply: level.onHand, promised: level.onHand - availableOf(level) }),
    take: (quantity) => quantity <= availableOf(level) && move({ type: 'ReserveStock', quantity, source }),
    giveBack: (quantity) => void move({ type: 'ReleaseStock', quantity, source, reason: 'released' }),
  }
}

const seatPool = (supply: number): Account => {
  const opened = { type: 'SeatPoolOpened', resource: 'editor' as ResourceId, seats: supply } as const
  let pool: SeatCount = seatPoolKind.evolve(undefined, opened)
  const move = (command: Parameters<typeof decideSeats>[1]): boolean => {
    const decided = decideSeats(pool, command)
    if (decided.ok) pool = decided.value.reduce(seatPoolKind.evolve, pool)
    return decided.ok
  }
  return {
    capacity: () => pool,
    take: (seats) => move({ type: 'TakeSeats', seats, source }),
    giveBack: (seats) => void move({ type: 'GiveSeatsBack', seats, source, reason: 'released' }),
  }
}

const calendar = {
  zone,
  weekly: { monday: [{ from: '09:00' as LocalTime, to: '10:00' as LocalTime }] },
  exceptions: [],
}
const machine = (places: number): Scheduled => ({
  kind: 'machine',
  id: 'press' as ResourceId,
  name: 'Press',
  skills: [],
  calendar,
  places,
  bufferMinutes: 0,
})

const dayAccount = (
  places: number,
  measure: (day: ResourceDay) => Capacity,
  wish: (amount: number) => Wish,
): Account => {
  let day = emptyDay(machine(places), date)
  return {
    capacity: () => measure(day),
    take: (amount, line) => {
      const wanted = wish(amount)
      if (!fits([day], { ...wanted, bufferMinutes: 0 })) return false
      day = takeOfDay(day, { ...wanted, booking: 'b-1' as BookingId, line }).reduce(
        resourceDayKind.evolve,
        day,
      )
      return true
    },
    giveBack: (_amount, line) => {
      day = giveBackOfDay(day, 'b-1' as BookingId, line, 'released').reduce(resourceDayKind.evolve, day)
    },
  }
}

type Wish =
  | { readonly minutes: number }
  | {
      readonly startsAt: Instant
      readonly endsAt: Instant
      readonly blockedUntil: Instant
      readonly places: number
    }

/** A day with an hour of work for each place. */
const minutesOfDay = (hours: number): Account => dayAccount(hours, minutesOf, (minutes) => ({ minutes }))

const slot = {
  startsAt: '2026-03-02T08:30:00.000Z' as Instant,
  endsAt: '2026-03-02T09:00:00.000Z' as Instant,
}
const placesOfSlot = (supply: number): Account =>
  dayAccount(
    supply,
    (day) => ({ supply, promised: supply - placesFreeDuring([day], slot) }),
    (places) => ({ ...slot, blockedUntil: slot.endsAt, places }),
  )

const steps = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 9 }), undo: fc.nat({ max: 20 }) }), {
  maxLength: 40,
})

describe.each([
  ['a stock level', stockLevel, 1],
  ['a pool of seats', seatPool, 1],
  ['the minutes of a day', minutesOfDay, 60],
  ['the places of a slot', placesOfSlot, 1],
])('the one algebra of capacity: %s', (_what, open, per) => {
  it('F59 promises exactly what is free, never more and never less than nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), steps, (supply, list) => {
        const account = open(supply)
        expect(account.capacity()).toMatchObject({ supply: supply * per, promised: 0 })
        const held: { readonly amount: number; readonly under: number }[] = []
        for (const [under, { amount, undo }] of list.entries()) {
          const before = account.capacity()
          const wanted = amount * per
          strictEqual(account.take(wanted, under), wanted <= freeOf(before))
          const promised = before.promised + (wanted <= freeOf(before) ? wanted : 0)
          expect(account.capacity()).toMatchObject({ supply: before.supply, promised })
          if (wanted <= freeOf(before)) held.push({ amount: wanted, under })
          const [back] = undo < held.length ? held.splice(undo, 1) : []
          if (back === undefined) continue
          account.giveBack(back.amount, back.under)
          strictEqual(account.capacity().promised, promised - back.amount)
        }
        for (const { amount, under } of held.toReversed()) account.giveBack(amount, under)
        expect(account.capacity(), 'all that was taken came back').toMatchObject({ promised: 0 })
      }),
    )
  })
})

const capacityCommands = [
  'defineResource',
  'holdCapacity',
  'extendCapacity',
  'releaseCapacity',
  'expireCapacity',
  'bookCapacity',
  'bookHeld',
  'releaseBooking',
  'completeBooking',
  'reschedule',
  'assignSeat',
  'releaseSeat',
  'transferSeat',
  'placeBooked',
  'cancel',
] as const satisfies readonly Move['command'][]

const capacityMoves = fc.array(
  fc
    .record({ move: moveArbitrary, command: fc.constantFrom(...capacityCommands) })
    .map(({ move, command }) => ({ ...move, command })),
  { minLength: 1, maxLength: 40, size: 'max' },
)

describe('any sequence of commands about capacity', () => {
  it('F59 M33 never books a place twice, and keeps what is taken equal to what is promised', async () => {
    await fc.assert(
      fc.asyncProperty(capacityMoves, async (moves) => {
        const trade = await openTrade()
        await playInTurn(trade, moves, () => checkCapacity(trade.storage))
        await checkHistories(trade.storage)
      }),
      { numRuns: 25 },
    )
  })

  it('F59 holds as well when commands arrive at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(capacityMoves, { maxLength: 3 }), async (bursts) => {
        const trade = await openTrade()
        for (const [turn, burst] of bursts.entries()) {
          await Promise.all(burst.map((move, place) => trade.play(move, `turn-${turn}-${place}`)))
          await checkCapacity(trade.storage)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('gives back all that was taken when every booking ends', async () => {
    await fc.assert(
      fc.asyncProperty(capacityMoves, async (moves) => {
        const trade = await openTrade()
        const { orThrow } = trade.oms
        await playInTurn(
          trade,
          moves.filter(({ command }) => command !== 'completeBooking'),
        )
        const { items } = await orThrow.capacity.bookings({ limit: 200 })
        for (const { id, status, owner = '' } of items) {
          if (status === 'held') await orThrow.capacity.releaseHold({ booking: id, owner })
          if (status === 'committed') await orThrow.capacity.release({ booking: id, reason: 'closing' })
        }
        await checkCapacity(trade.storage)
        const ids = trade.storage
          .idsOf(resourceDayKind.name)
          .map((id) => ({ kind: resourceDayKind.name, id }))
        for (const { state } of await trade.storage.read('main' as never, ids)) {
          expect((state as ResourceDay).taken).toEqual([])
        }
      }),
      { numRuns: 15 },
    )
  })
})

describe('the random commands about capacity', () => {
  it('reach every command and every kind of refusal, so that the properties above mean something', async () => {
    const reached = new Set<string>()
    for (const moves of fc.sample(capacityMoves, { numRuns: 60, seed: 7 })) {
      const trade = await openTrade()
      await playInTurn(trade, moves, ({ command }, answer) => {
        reached.add(answer.ok ? command : answer.error.code)
      })
      const bookings = await statesOf<Booking>(trade.storage, bookingKind.name)
      const lines = bookings.flatMap((booking) => booking.lines)
      if (lines.some((line) => line.displaced)) reached.add('a displaced booking')
      if (lines.some((line) => line.by === 'time' && line.dates.length > 1)) reached.add('a night')
      if (lines.some((line) => line.by === 'seats' && line.assigned === 1)) reached.add('seats of a booking')
    }
    const wanted = [
      ...capacityCommands,
      'capacity_unavailable',
      'capacity_below_promised',
      'seat_taken',
      'unknown_seat',
      'invalid_state',
      'reservation_expired',
      'reservation_owned_by_another',
      'a displaced booking',
      'a night',
      'seats of a booking',
    ]
    expect(wanted.filter((name) => !reached.has(name))).toEqual([])
  })
})

describe('racing for the last place', () => {
  it.each([
    ['memory', openMemory],
    ['SQLite', openSqliteFile('libsql')],
  ])('F59 M33 gives as many as there are, over two connections: %s', async (_store, open) => {
    const opened = await open()
    const shops = [opened.storage, opened.another ?? opened.storage].map((storage): OrderManagementFor =>
      createOrderManagement({ storage, policy: trustHost, clock: fixedClock() }).as({
        actor: { kind: 'user', id: 'ada' },
      }),
    )
    const [shop, other] = shops
    if (shop === undefined || other === undefined) throw new Error('no shop')
    for (const resource of [
      { ...chair, places: 3 },
      { ...press, calendar: always() },
      { ...desk, seats: 2 },
    ])
      await define(shop, resource)
    const ask = async (lines: Parameters<typeof shop.capacity.book>[0]['lines'] & object) => {
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, turn) =>
          (turn % 2 === 0 ? shop : other).capacity.book(
            { lines },
            { idempotencyKey: `${JSON.stringify(lines)} ${turn}` },
          ),
        ),
      )
      const codes = answers.map((answer) => (answer.ok ? 'booked' : answer.error.code))
      expect(new Set(codes)).toEqual(new Set(['booked', 'capacity_unavailable']))
      return codes.filter((code) => code === 'booked').length
    }
    expect(await ask([{ resource: 'chair', startsAt: '2026-03-02T10:00:00Z' }])).toBe(3)
    expect(await ask([{ resource: 'press', startsAt: '2026-03-02T22:30:00Z', minutes: 60 }])).toBe(1)
    expect(await ask([{ resource: 'editor', seats: 1 }])).toBe(2)
    await opened.close?.()
  })
})

const zones = [
  'UTC',
  'Asia/Kolkata',
  'America/New_York',
  'Pacific/Apia',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Santiago',
]
const anyDate = fc.integer({ min: 0, max: 3_000 }).map((days) => plusDays('2020-01-01' as LocalDate, days))
const anyTime = fc
  .record({ hour: fc.nat({ max: 23 }), minute: fc.nat({ max: 59 }) })
  .map(
    ({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` as LocalTime,
  )
const anyZone = fc.constantFrom(...zones).map((name) => name as ZoneId)

/** What clocks show, asked of the runtime itself. */
const shownAt = (instant: Instant, timeZone: string): string => {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return shown.format(new Date(instant)).replace(' ', 'T')
}

describe('local times of any zone', () => {
  it('TM4 TM6 are what the clock there shows, and else the clock has skipped them', () => {
    fc.assert(
      fc.property(anyZone, anyDate, anyTime, (timeZone, day, time) => {
        const local = `${day}T${time}` as LocalDateTime
        const { instant, clockChange } = resolveLocal(timeZone, local)
        const shown = shownAt(instant, timeZone)
        if (clockChange === 'skipped') strictEqual(shown > local, true)
        else strictEqual(shown, local)
        const earlierTwin = [30, 60, 120].some(
          (minutes) => shownAt(plus(instant, -minutes * 60_000), timeZone) === local,
        )
        strictEqual(earlierTwin, false, 'the first of two')
        const laterTwin = [30, 60, 120].some(
          (minutes) => shownAt(plus(instant, minutes * 60_000), timeZone) === local,
        )
        strictEqual(clockChange === 'repeated', laterTwin)
      }),
      { numRuns: 2_000 },
    )
  })

  it('TM1 are reached one after the other, and days follow without gap or overlap', () => {
    fc.assert(
      fc.property(anyZone, anyDate, anyTime, anyTime, (timeZone, day, one, other) => {
        const [first, second] = one <= other ? [one, other] : [other, one]
        const moments = [
          startOfDay(timeZone, day),
          reaching(timeZone, day, first),
          reaching(timeZone, day, second),
          startOfDay(timeZone, plusDays(day, 1)),
        ]
        expect(moments.toSorted()).toEqual(moments)
        strictEqual(dayAt(timeZone, startOfDay(timeZone, day)), day)
        strictEqual(weekdayOf(day), ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('days of any calendar', () => {
  const jobs = fc.array(
    fc.record({
      at: fc.nat({ max: 47 }),
      quarters: fc.integer({ min: 1, max: 20 }),
      places: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 30 },
  )

  it('F59 never holds more at a moment than there are places, whatever is asked for in whatever order', () => {
    fc.assert(
      fc.property(
        jobs,
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(0, 15, 60),
        (list, places, bufferMinutes) => {
          const weekly = {
            monday: [
              { from: '00:00' as LocalTime, to: '11:00' as LocalTime },
              { from: '12:00' as LocalTime, to: '24:00' as LocalTime },
            ],
          }
          let day = emptyDay({ ...machine(places), calendar: { ...calendar, weekly } }, date)
          for (const [line, job] of list.entries()) {
            const startsAt = plus(day.startsAt, job.at * 1_800_000)
            const endsAt = plus(startsAt, job.quarters * 900_000)
            const wanted = { startsAt, endsAt, places: job.places, bufferMinutes }
            const blockedUntil = plus(endsAt, bufferMinutes * 60_000)
            const [free, blocked] = [
              fits([day], wanted),
              isBlocked(day, startsAt, endsAt, blockedUntil, job.places),
            ]
            strictEqual(free, !blocked)
            if (free)
              day = takeOfDay(day, { ...wanted, blockedUntil, booking: 'b-1' as BookingId, line }).reduce(
                resourceDayKind.evolve,
                day,
              )
          }
          checkDay(day)
        },
      ),
    )
  })
})

/** The same question asked minute by minute. */
const isBlocked = (
  day: ResourceDay,
  startsAt: Instant,
  endsAt: Instant,
  blockedUntil: Instant,
  wanted: number,
): boolean => {
  for (let at = startsAt; at < blockedUntil; at = plus(at, 900_000)) {
    const isOpen = day.open.some((period) => period.startsAt <= at && at < period.endsAt)
    if (at < endsAt && !isOpen) return true
    const there = day.taken.reduce(
      (sum, taking) =>
        'minutes' in taking || taking.startsAt > at || taking.blockedUntil <= at ? sum : sum + taking.places,
      0,
    )
    if (at < day.endsAt && there > 0 && there + wanted > day.places) return true
    if (at < endsAt && wanted > day.places) return true
  }
  return false
}
