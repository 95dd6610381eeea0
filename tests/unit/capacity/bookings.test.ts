import { describe, expect, it } from 'vitest'
import { bookingKind } from '../../../src/core/capacity/booking.js'
import { resourceDayKind } from '../../../src/core/capacity/resource-day.js'
import type { Answer } from '../../../src/app/answer.js'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { chair, define, press, team, workWeek, always } from '../../support/capacity.js'
import { newKey, openShop } from '../../support/shop.js'

// The clock stands at 2026-03-01T09:00Z, a Sunday; Berlin is an hour ahead.
const friday = '2026-03-06'
const at = (time: string, date = friday) => ({ local: { time: `${date}T${time}` } })

const refusal = (answer: Answer<unknown>) =>
  answer.ok ? answer.value : [answer.error.code, answer.error.details]

const salon = async () => {
  const shop = openShop()
  for (const resource of [chair, press, team]) await define(shop.oms, resource)
  const { capacity } = shop.oms
  const book = (...lines: Parameters<typeof capacity.book>[0]['lines'] & object) =>
    capacity.book({ lines, reference: 'job' }, newKey())
  const hold = (...lines: Parameters<typeof capacity.hold>[0]['lines']) =>
    capacity.hold({ owner: 'cart', lines, seconds: 600 }, newKey())
  return { ...shop, capacity, book, hold }
}

describe('capacity.book', () => {
  it('F59 books a time, and refuses it to the next with the reason and what is free then', async () => {
    const { book } = await salon()
    expect(await book({ resource: 'chair', ...at('10:00') })).toMatchObject({
      ok: true,
      value: {
        status: 'committed',
        lines: [{ by: 'time', startsAt: '2026-03-06T09:00:00.000Z', endsAt: '2026-03-06T09:30:00.000Z' }],
      },
    })
    expect(refusal(await book({ resource: 'chair', ...at('10:00') }))).toEqual([
      'capacity_unavailable',
      {
        line: 0,
        resource: 'chair',
        reason: 'taken',
        versions: [2],
        next: { startsAt: '2026-03-06T09:30:00.000Z' },
      },
    ])
  })

  it('books times that meet: a booking is over at its end', async () => {
    const { book } = await salon()
    for (const time of ['10:00', '11:00', '10:30', '09:30']) {
      expect((await book({ resource: 'chair', ...at(time) })).ok, time).toBe(true)
    }
  })

  it.each([
    ['before it opens', '08:30', '2026-03-06T08:00:00.000Z'],
    ['over its end', '16:45', '2026-03-09T08:00:00.000Z'],
    ['after it has closed', '18:00', '2026-03-09T08:00:00.000Z'],
  ])('refuses a job %s and names the next free time', async (_when, time, next) => {
    const { book } = await salon()
    expect(refusal(await book({ resource: 'press', minutes: 30, ...at(time) }))).toMatchObject([
      'capacity_unavailable',
      { reason: 'outside_working_hours', next: { startsAt: next } },
    ])
  })

  it('refuses a holiday, and days outside of the calendar', async () => {
    const { oms, book } = await salon()
    const calendar = {
      ...workWeek,
      exceptions: [
        { date: friday, name: 'Closed' },
        { date: '2026-03-14', hours: [{ from: '10:00', to: '12:00' }] },
      ],
      to: '2026-03-24',
    }
    await define(oms, { ...press, calendar })
    const refused = await book({ resource: 'press', minutes: 60, ...at('10:00') })
    expect(refusal(refused)).toMatchObject([
      'capacity_unavailable',
      { reason: 'outside_working_hours', next: { startsAt: '2026-03-09T08:00:00.000Z' } },
    ])
    expect((await book({ resource: 'press', minutes: 60, ...at('11:00', '2026-03-14') })).ok).toBe(true)
    expect(refusal(await book({ resource: 'press', minutes: 60, ...at('10:00', '2026-03-25') }))).toEqual([
      'capacity_unavailable',
      { line: 0, resource: 'press', reason: 'outside_working_hours' },
    ])
  })

  it('refuses appointments beside the grid of slots', async () => {
    const { book } = await salon()
    for (const wish of [at('10:15'), { ...at('10:00'), minutes: 45 }]) {
      expect(refusal(await book({ resource: 'chair', ...wish }))).toMatchObject([
        'capacity_unavailable',
        { reason: 'off_grid' },
      ])
    }
    expect((await book({ resource: 'chair', ...at('10:30'), minutes: 60 })).ok).toBe(true)
  })

  it('counts the grid of slots from the beginning of each opening', async () => {
    const { oms, book } = await salon()
    const friday = [
      { from: '09:00', to: '12:00' },
      { from: '12:30', to: '17:00' },
    ]
    const calendar = { ...workWeek, weekly: { friday } }
    await define(oms, { ...chair, resource: 'couch', slotMinutes: 60, calendar })
    expect(refusal(await book({ resource: 'couch', ...at('13:00') }))).toMatchObject([
      'capacity_unavailable',
      { reason: 'off_grid', next: { startsAt: '2026-03-06T12:30:00.000Z' } },
    ])
    expect((await book({ resource: 'couch', ...at('12:30') })).ok).toBe(true)
    expect((await book({ resource: 'couch', ...at('11:00') })).ok).toBe(true)
  })

  it('refuses more than there is at all, and says so', async () => {
    const { book } = await salon()
    expect(refusal(await book({ resource: 'chair', places: 2, ...at('10:00') }))).toEqual([
      'capacity_unavailable',
      { line: 0, resource: 'chair', reason: 'too_much' },
    ])
    expect(refusal(await book({ resource: 'team', date: friday, minutes: 961 }))).toMatchObject([
      'capacity_unavailable',
      { reason: 'too_much', free: 960 },
    ])
  })

  it('names a next time that can be booked: whole slots, when slots were asked for', async () => {
    const { book, capacity } = await salon()
    await book({ resource: 'chair', ...at('10:30') })
    const wish = { resource: 'chair', minutes: 45 }
    expect(refusal(await book({ ...wish, ...at('10:00') }))).toMatchObject([
      'capacity_unavailable',
      { reason: 'off_grid', next: { startsAt: '2026-03-06T10:00:00.000Z' } },
    ])
    const free = await capacity.free({ ...wish, from: friday, to: friday, limit: 2 })
    expect(free.ok && free.value.items).toMatchObject([
      { startsAt: '2026-03-06T08:00:00.000Z', endsAt: '2026-03-06T09:00:00.000Z' },
      { startsAt: '2026-03-06T08:30:00.000Z', endsAt: '2026-03-06T09:30:00.000Z' },
    ])
  })

  it('refuses what has begun already', async () => {
    const { book, clock } = await salon()
    clock.advance(123 * 3_600_000)
    expect(refusal(await book({ resource: 'chair', ...at('12:30') }))).toEqual([
      'capacity_unavailable',
      { line: 0, resource: 'chair', reason: 'past' },
    ])
    expect(refusal(await book({ resource: 'team', date: '2026-03-05', minutes: 5 }))).toMatchObject([
      'capacity_unavailable',
      { reason: 'past' },
    ])
    expect((await book({ resource: 'team', date: friday, minutes: 5 })).ok).toBe(true)
  })

  it('keeps the buffer free behind each booking and in front of the next', async () => {
    const { oms, book } = await salon()
    await define(oms, { ...press, bufferMinutes: 30 })
    expect((await book({ resource: 'press', minutes: 60, ...at('11:00') })).ok).toBe(true)
    for (const time of ['10:00', '09:45', '12:00', '12:29']) {
      const refused = await book({ resource: 'press', minutes: 60, ...at(time) })
      expect(refusal(refused), time).toMatchObject(['capacity_unavailable', { reason: 'taken' }])
    }
    expect((await book({ resource: 'press', minutes: 60, ...at('09:30') })).ok).toBe(true)
    expect((await book({ resource: 'press', minutes: 60, ...at('12:30') })).ok).toBe(true)
    // The way home is not working time.
    expect((await book({ resource: 'press', minutes: 60, ...at('16:00') })).ok).toBe(true)
  })

  it('F59 takes minutes of a day until the people of that day have no more', async () => {
    const { book } = await salon()
    expect((await book({ resource: 'team', date: friday, minutes: 900 })).ok).toBe(true)
    expect(refusal(await book({ resource: 'team', date: friday, minutes: 61 }))).toEqual([
      'capacity_unavailable',
      { line: 0, resource: 'team', reason: 'taken', free: 60, versions: [2], next: { date: '2026-03-09' } },
    ])
    expect((await book({ resource: 'team', date: friday, minutes: 60 })).ok).toBe(true)
    expect(refusal(await book({ resource: 'team', date: '2026-03-07', minutes: 1 }))).toMatchObject([
      'capacity_unavailable',
      { reason: 'outside_working_hours', free: 0 },
    ])
  })

  it('M48 ST6 takes all lines or none, and counts what its own lines take', async () => {
    const { book, stored } = await salon()
    const twice = await book(
      { resource: 'team', date: friday, minutes: 600 },
      { resource: 'team', date: friday, minutes: 400 },
    )
    expect(refusal(twice)).toMatchObject(['capacity_unavailable', { line: 1, reason: 'taken', free: 360 }])
    await expect(stored(resourceDayKind, `team/${friday}`)).rejects.toThrow('there is no resource_day')
    const both = await book(
      { resource: 'chair', ...at('10:00') },
      { resource: 'press', minutes: 60, ...at('10:00') },
    )
    expect(both.ok && both.value.lines.map(({ resource }) => resource)).toEqual(['chair', 'press'])
  })

  it('works over midnight where the working time does', async () => {
    const { oms, book, capacity } = await salon()
    await define(oms, { ...press, resource: 'kiln', calendar: always(), bufferMinutes: 60 })
    const night = await book({ resource: 'kiln', minutes: 480, ...at('22:00') })
    expect(night.ok && night.value.lines).toMatchObject([{ dates: [friday, '2026-03-07'] }])
    for (const [time, free] of [
      ['21:30', false],
      ['23:00', false],
      ['06:59', false],
      ['07:00', true],
    ] as const) {
      const date = time.startsWith('0') ? '2026-03-07' : friday
      expect((await book({ resource: 'kiln', minutes: 60, ...at(time, date) })).ok, time).toBe(free)
    }
    if (!night.ok) return
    await oms.orThrow.capacity.release({ booking: night.value.booking, reason: 'broken' })
    expect((await book({ resource: 'kiln', minutes: 60, ...at('23:30') })).ok).toBe(true)
    const load = await capacity.load({ resource: 'kiln', from: friday, to: '2026-03-07' })
    expect(load.ok && load.value.items.map(({ booked }) => booked)).toEqual([30, 90])
  })

  it('F59 does not choose a pool of seats for its skill, whatever it is called', async () => {
    const { oms, book } = await salon()
    await define(oms, { kind: 'seats', resource: 'rooms', name: 'Rooms', seats: 3, skills: ['massage'] })
    const job = { skill: 'massage', minutes: 60, startsAt: '2026-03-06T10:00:00+01:00' }
    expect(refusal(await book(job))).toEqual(['unknown_resource', { line: 0, skill: 'massage' }])
  })

  it('F59 chooses nobody for a skill that they no longer have', async () => {
    const { oms, book } = await salon()
    const job = (skill: string, time: string) =>
      book({ skill, minutes: 60, startsAt: `2026-03-06T${time}:00+01:00` })
    await define(oms, { ...press, skills: ['plumbing', 'welding'] })
    await define(oms, { ...press, skills: ['plumbing'] })
    expect(refusal(await job('welding', '10:00'))).toMatchObject(['unknown_resource', { skill: 'welding' }])
    expect((await job('plumbing', '10:00')).ok).toBe(true)
  })

  it('F59 chooses, of all who have a skill, whoever is free and has least to do', async () => {
    const { oms, book } = await salon()
    for (const name of ['ada', 'bea']) {
      await define(oms, { ...press, resource: name, name, skills: ['plumbing'] })
    }
    const job = { skill: 'plumbing', minutes: 60, startsAt: '2026-03-06T10:00:00+01:00' }
    // The first by name has most to do.
    await book({ resource: 'ada', minutes: 60, ...at('15:00') })
    const answers = [await book(job), await book(job), await book(job)]
    expect(
      answers.map((answer) => (answer.ok ? answer.value.lines[0]?.resource : answer.error.details)),
    ).toEqual([
      'bea',
      'ada',
      {
        line: 0,
        skill: 'plumbing',
        reason: 'nobody_free',
        candidates: [
          { resource: 'ada', reason: 'taken', versions: [3] },
          { resource: 'bea', reason: 'taken', versions: [2] },
        ],
      },
    ])
    const byDay = await book({ skill: 'plumbing', date: friday, minutes: 60 })
    expect(byDay).toMatchObject({
      error: { issues: [{ path: ['lines', 0, 'startsAt'], rule: 'capacity.when' }] },
    })
    expect(refusal(await book({ ...job, skill: 'magic' }))).toEqual([
      'unknown_resource',
      { line: 0, skill: 'magic' },
    ])
  })

  it('M32 books for an order and a line of it, and refuses orders that are over', async () => {
    const { oms, capacity } = await salon()
    const { order } = (await ordered(oms, {}, ['visit'])).value
    const lines = [{ resource: 'chair', ...at('10:00') }]
    expect(refusal(await capacity.book({ order, line: 'L2', lines }, newKey()))).toEqual([
      'unknown_line',
      { line: 'L2' },
    ])
    expect((await capacity.book({ order, line: 'L1', lines }, newKey())).ok).toBe(true)
    expect((await oms.orThrow.capacity.bookings({ order })).items).toMatchObject([{ order, line: 'L1' }])
    await oms.orThrow.orders.cancel({ order, reason: 'changed-mind' }, newKey())
    expect(refusal(await capacity.book({ order, lines }, newKey()))).toEqual([
      'invalid_state',
      { status: 'canceled' },
    ])
    expect(refusal(await capacity.book({ order: 'nothing', lines }, newKey()))).toMatchObject([
      'unknown_order',
      {},
    ])
  })
})

/** Places an order of services, which lie on no shelf. */
const ordered = async (oms: OrderManagementFor, more: object, skus = ['visit', 'course']) => {
  for (const sku of skus) {
    await oms.orThrow.catalog.define({
      sku,
      name: sku,
      price: { amount: '80.00', currency: 'EUR' },
      stocked: false,
    })
  }
  const lines = skus.map((sku) => ({ sku, quantity: 1 }))
  const answer = await oms.orders.place({ channel: 'web', currency: 'EUR', lines, ...more }, newKey())
  return { answer, value: answer.ok ? answer.value : { order: '', bookings: [] } }
}

describe('an order of services', () => {
  const visit = { line: 'L1', lines: [{ resource: 'chair', ...at('10:00') }] }
  const course = { line: 'L2', lines: [{ resource: 'team', date: friday, minutes: 60 }] }
  const bookedOn = async ({ orThrow }: OrderManagementFor, resource: string) =>
    (await orThrow.capacity.load({ resource, from: friday, to: friday })).items[0]?.booked

  it('M32 M50 is placed with its capacity, in one commit', async () => {
    const { oms } = await salon()
    const { value } = await ordered(oms, { bookings: [visit, course] })
    expect(value.bookings).toMatchObject([{ line: 'L1' }, { line: 'L2' }])
    expect((await oms.orThrow.capacity.bookings({ order: value.order })).items).toMatchObject([
      { status: 'committed', order: value.order },
      { status: 'committed', order: value.order },
    ])
    expect([await bookedOn(oms, 'chair'), await bookedOn(oms, 'team')]).toEqual([30, 60])
  })

  it('M32 is not placed when any of it is taken, and nothing of it is', async () => {
    const { oms, book } = await salon()
    await book({ resource: 'team', date: friday, minutes: 960 })
    const { answer } = await ordered(oms, { bookings: [visit, course] })
    expect(refusal(answer)).toMatchObject([
      'capacity_unavailable',
      { bookingAt: 1, line: 0, resource: 'team' },
    ])
    expect(await bookedOn(oms, 'chair')).toBe(0)
    expect((await oms.orThrow.orders.list({})).items).toEqual([])
  })

  it('turns a hold into its own, and only for its owner', async () => {
    const { oms, hold } = await salon()
    const held = await hold({ resource: 'chair', ...at('10:00') })
    if (!held.ok) throw new Error(held.error.code)
    const { booking } = held.value
    const wrong = await ordered(oms, { bookings: [{ held: { booking, owner: 'another' } }] })
    expect(refusal(wrong.answer)).toMatchObject(['reservation_owned_by_another', { bookingAt: 0 }])
    const { value } = await ordered(oms, { bookings: [{ held: { booking, owner: 'cart' } }] })
    expect(value.bookings).toEqual([{ booking }])
    expect(await bookedOn(oms, 'chair')).toBe(30)
  })

  it('M50 gives its capacity back when it is canceled, line by line or as a whole; what was completed stays', async () => {
    const { oms, capacity } = await salon()
    const { value } = await ordered(oms, { bookings: [visit, course] })
    const { order } = value
    await oms.orThrow.orders.cancel({ order, lines: [{ line: 'L1', quantity: 1 }], reason: 'ill' }, newKey())
    expect([await bookedOn(oms, 'chair'), await bookedOn(oms, 'team')]).toEqual([0, 60])
    const later = await capacity.book(
      { order, lines: [{ resource: 'press', minutes: 30, ...at('10:00') }] },
      newKey(),
    )
    if (!later.ok) throw new Error(later.error.code)
    await capacity.complete({ booking: later.value.booking })
    await capacity.book({ order, lines: [{ resource: 'press', minutes: 45, ...at('12:00') }] }, newKey())
    await oms.orThrow.orders.cancel({ order, reason: 'ill' }, newKey())
    expect([await bookedOn(oms, 'team'), await bookedOn(oms, 'press')]).toEqual([0, 30])
    const { items } = await oms.orThrow.capacity.bookings({ order })
    expect(items.map(({ status }) => status).toSorted()).toEqual([
      'canceled',
      'canceled',
      'canceled',
      'shipped',
    ])
  })

  it('is refused for lines it does not have and for wishes that say nothing', async () => {
    const { oms } = await salon()
    expect(refusal((await ordered(oms, { bookings: [{ ...visit, line: 'L9' }] })).answer)).toEqual([
      'unknown_line',
      { line: 'L9' },
    ])
    const { answer } = await ordered(oms, { bookings: [{ lines: [{ resource: 'press', ...at('10:00') }] }] })
    expect(answer).toMatchObject({
      ok: false,
      error: { issues: [{ path: ['bookings', 0, 'lines', 0, 'minutes'], rule: 'capacity.when' }] },
    })
  })

  it('M50 keeps drafts from being booked for', async () => {
    const { oms, capacity } = await salon()
    await ordered(oms, {})
    const lines = [{ sku: 'visit', quantity: 1 }]
    const { order } = await oms.orThrow.orders.capture({ channel: 'web', currency: 'EUR', lines }, newKey())
    expect(refusal(await capacity.book({ order, lines: visit.lines }, newKey()))).toEqual([
      'invalid_state',
      { status: 'draft' },
    ])
    expect(await oms.orders.placeDraft({ order, bookings: [visit] })).toMatchObject({ ok: true })
    expect(await bookedOn(oms, 'chair')).toBe(30)
  })
})

describe('a hold of capacity', () => {
  it('RS2 RS3 RS4 is over at its end by the clock of the store, and frees its time once', async () => {
    const { oms, capacity, hold, book, clock } = await salon()
    const held = await hold({ resource: 'chair', ...at('10:00') })
    if (!held.ok) throw new Error(held.error.code)
    const { booking } = held.value
    expect(refusal(await book({ resource: 'chair', ...at('10:00') }))).toMatchObject([
      'capacity_unavailable',
      {},
    ])
    expect(refusal(await capacity.expireHold({ booking }))).toMatchObject([
      'invalid_state',
      { status: 'held' },
    ])
    clock.advance(600_000)
    expect(refusal(await capacity.book({ held: { booking, owner: 'cart' } }, newKey()))).toMatchObject([
      'reservation_expired',
      { booking },
    ])
    expect(refusal(await capacity.extendHold({ booking, owner: 'cart', seconds: 60 }))).toMatchObject([
      'reservation_expired',
      {},
    ])
    const expired = await Promise.all([capacity.expireHold({ booking }), capacity.expireHold({ booking })])
    expect(expired.map((answer) => answer.ok)).toEqual([true, false])
    expect(
      (await oms.orThrow.capacity.load({ resource: 'chair', from: friday, to: friday })).items[0]?.booked,
    ).toBe(0)
    expect((await book({ resource: 'chair', ...at('10:00') })).ok).toBe(true)
  })

  it('RS1 RS10 turns into a booking of its owner alone, once, and then never expires', async () => {
    const { capacity, hold, clock } = await salon()
    const held = await hold({ resource: 'chair', ...at('10:00') })
    if (!held.ok) throw new Error(held.error.code)
    const { booking } = held.value
    const commit = (owner: string) => capacity.book({ held: { booking, owner }, reference: 'R-1' }, newKey())
    expect(refusal(await commit('another'))).toEqual(['reservation_owned_by_another', { booking }])
    expect(refusal(await capacity.releaseHold({ booking, owner: 'another' }))).toEqual([
      'reservation_owned_by_another',
      { booking },
    ])
    expect(await commit('cart')).toMatchObject({ ok: true, value: { status: 'committed' } })
    expect(refusal(await commit('cart'))).toEqual(['reservation_already_committed', { booking }])
    clock.advance(600_000)
    expect(refusal(await capacity.expireHold({ booking }))).toMatchObject([
      'invalid_state',
      { status: 'committed' },
    ])
    expect(refusal(await capacity.releaseHold({ booking, owner: 'cart' }))).toMatchObject([
      'invalid_state',
      {},
    ])
  })

  it('RS9 is extended while it lives, never beyond the longest life and never to less', async () => {
    const { capacity, hold, clock } = await salon()
    const held = await hold({ resource: 'chair', ...at('10:00') })
    if (!held.ok) throw new Error(held.error.code)
    const { booking } = held.value
    const extend = async (seconds: number) => {
      const answer = await capacity.extendHold({ booking, owner: 'cart', seconds })
      return answer.ok ? answer.value.expiresAt : answer.error.code
    }
    expect(await extend(60)).toBe('2026-03-01T09:10:00.000Z')
    clock.advance(60_000)
    expect(await extend(600)).toBe('2026-03-01T09:11:00.000Z')
    expect(await extend(86_400)).toBe('2026-03-02T09:00:00.000Z')
    expect(await extend(86_401)).toBe('validation_failed')
  })

  it('is released by its owner and swept when it is over', async () => {
    const { oms, capacity, hold, clock, storage, stored } = await salon()
    const [one, other] = [
      await hold({ resource: 'chair', ...at('10:00') }),
      await hold({ resource: 'team', date: friday, minutes: 960 }),
    ]
    if (!one.ok || !other.ok) throw new Error('not held')
    await oms.orThrow.capacity.releaseHold({ booking: one.value.booking, owner: 'cart', reason: 'left' })
    expect(await stored(bookingKind, one.value.booking)).toMatchObject({
      status: 'released',
      releasedBecause: 'left',
    })
    const late = { held: { booking: one.value.booking, owner: 'cart' }, reference: 'R-1' }
    expect(refusal(await capacity.book(late, newKey()))).toEqual([
      'reservation_released',
      { booking: one.value.booking, because: 'left' },
    ])
    clock.advance(600_000)
    const lines = [{ resource: 'team', date: friday, minutes: 1 }]
    const early = await capacity.hold({ owner: 'cart', lines, seconds: 1 }, newKey())
    expect(refusal(early)).toMatchObject(['capacity_unavailable', {}])
    const root = createOrderManagement({ storage, clock, policy: trustHost })
    expect(await Promise.all([root.sweep(), root.sweep()])).toEqual(
      expect.arrayContaining([{ expired: 1, refused: 0 }]),
    )
    expect((await capacity.hold({ owner: 'cart', lines, seconds: 1 }, newKey())).ok).toBe(true)
  })
})

describe('capacity.reschedule', () => {
  it('F59 moves a booking in one commit, over its own old time as well', async () => {
    const { capacity, book, oms } = await salon()
    const booked = await book({ resource: 'press', minutes: 120, ...at('10:00') })
    if (!booked.ok) throw new Error(booked.error.code)
    const { booking } = booked.value
    const move = (time: string) =>
      capacity.reschedule({ booking, lines: [{ resource: 'press', minutes: 120, ...at(time) }] }, newKey())
    expect(await move('11:00')).toMatchObject({
      ok: true,
      value: { lines: [{ startsAt: '2026-03-06T10:00:00.000Z' }] },
    })
    expect((await book({ resource: 'press', minutes: 60, ...at('10:00') })).ok).toBe(true)
    expect(refusal(await move('09:30'))).toMatchObject(['capacity_unavailable', { reason: 'taken' }])
    const [load] = (await oms.orThrow.capacity.load({ resource: 'press', from: friday, to: friday })).items
    expect(load?.booked).toBe(180)
  })

  it('refuses what is over, and holds of others', async () => {
    const { capacity, book, hold } = await salon()
    const lines = [{ resource: 'press', minutes: 60, ...at('12:00') }]
    const booked = await book({ resource: 'press', minutes: 60, ...at('10:00') })
    const held = await hold({ resource: 'press', minutes: 60, ...at('11:00') })
    if (!booked.ok || !held.ok) throw new Error('not booked')
    expect(
      refusal(await capacity.reschedule({ booking: held.value.booking, owner: 'another', lines }, newKey())),
    ).toMatchObject(['reservation_owned_by_another', {}])
    expect(
      (await capacity.reschedule({ booking: held.value.booking, owner: 'cart', lines }, newKey())).ok,
    ).toBe(true)
    await capacity.complete({ booking: booked.value.booking })
    expect(
      refusal(await capacity.reschedule({ booking: booked.value.booking, lines }, newKey())),
    ).toMatchObject(['invalid_state', { status: 'shipped' }])
  })
})

describe('capacity.complete', () => {
  it('keeps the time that was worked taken', async () => {
    const { capacity, book } = await salon()
    const booked = await book({ resource: 'chair', ...at('10:00') })
    if (!booked.ok) throw new Error(booked.error.code)
    expect(await capacity.complete({ booking: booked.value.booking })).toMatchObject({
      value: { status: 'shipped' },
    })
    expect(refusal(await book({ resource: 'chair', ...at('10:00') }))).toMatchObject([
      'capacity_unavailable',
      {},
    ])
    expect(refusal(await capacity.release({ booking: booked.value.booking, reason: 'late' }))).toMatchObject([
      'invalid_state',
      {},
    ])
  })
})

describe('explain', () => {
  it('F12 says of a booking what can be done with it, and what not', async () => {
    const { oms, capacity, hold } = await salon()
    const held = await hold({ resource: 'chair', ...at('10:00') })
    if (!held.ok) throw new Error(held.error.code)
    const { booking } = held.value
    const explained = () => oms.orThrow.explain({ kind: 'booking', id: booking })
    expect((await explained()).allowed).toEqual([
      'capacity.book',
      'capacity.extendHold',
      'capacity.releaseHold',
      'capacity.reschedule',
    ])
    expect((await explained()).blocked).toMatchObject([
      { command: 'capacity.expireHold', because: [{ unblockedBy: ['the time 2026-03-01T09:10:00.000Z'] }] },
      { command: 'capacity.complete', because: [{ code: 'invalid_state', unblockedBy: ['capacity.book'] }] },
      { command: 'capacity.release' },
    ])
    await capacity.book({ held: { booking, owner: 'cart' } }, newKey())
    expect((await explained()).allowed).toEqual([
      'capacity.reschedule',
      'capacity.complete',
      'capacity.release',
    ])
  })
})
