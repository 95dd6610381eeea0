import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/app/answer.js'
import type { QueryAnswer } from '../../../src/app/run-query.js'
import { bookingKind } from '../../../src/core/capacity/booking.js'
import { resourceKind } from '../../../src/core/capacity/resource.js'
import { always, chair, define, desk, press, team, workWeek } from '../../support/capacity.js'
import { newKey, openShop } from '../../support/shop.js'

const friday = '2026-03-06'
const at = (time: string, date = friday) => ({ local: { time: `${date}T${time}` } })
const refusal = (answer: Answer<unknown> | QueryAnswer<unknown>) =>
  answer.ok ? answer.value : [answer.error.code, answer.error.details]
const rules = (answer: Answer<unknown> | QueryAnswer<unknown>) =>
  answer.ok ? [] : (answer.error.issues ?? []).map(({ path, rule }) => `${path.join('.')} ${rule}`)

const open = async (...resources: Parameters<typeof define>[1][]) => {
  const shop = openShop()
  for (const resource of resources) await define(shop.oms, resource)
  const { capacity } = shop.oms
  const book = (...lines: Parameters<typeof capacity.book>[0]['lines'] & object) =>
    capacity.book({ lines }, newKey())
  return { ...shop, capacity, book }
}

describe('a local time at a clock change', () => {
  const night = { ...press, calendar: always() }
  const job = (time: string, strict?: boolean) => ({
    resource: 'press',
    minutes: 15,
    local: { time, ...(strict !== undefined && { strict }) },
  })

  it('TM4 row 67: is the later one where the clock jumps over it, and the answer says so', async () => {
    const { book } = await open(night)
    expect(await book(job('2026-03-29T02:30'))).toMatchObject({
      ok: true,
      value: {
        lines: [{ startsAt: '2026-03-29T01:30:00.000Z' }],
        clockChanges: [{ line: 0, clockChange: 'skipped', startsAt: '2026-03-29T01:30:00.000Z' }],
      },
    })
    expect(refusal(await book(job('2026-03-29T02:30', true)))).toEqual([
      'time_nonexistent',
      { line: 0, local: '2026-03-29T02:30', zone: 'Europe/Berlin', wouldBe: '2026-03-29T01:30:00.000Z' },
    ])
  })

  it('TM4 row 68: is the first of two where the clock shows it twice, and the answer says so', async () => {
    const { book } = await open(night)
    expect(await book(job('2026-10-25T02:30'))).toMatchObject({
      ok: true,
      value: { clockChanges: [{ clockChange: 'repeated', startsAt: '2026-10-25T00:30:00.000Z' }] },
    })
    // The second half past two is free, and can be named by its offset.
    expect((await book({ resource: 'press', minutes: 15, startsAt: '2026-10-25T02:30:00+01:00' })).ok).toBe(
      true,
    )
    expect(refusal(await book(job('2026-10-25T02:30', true)))).toMatchObject([
      'time_ambiguous',
      { wouldBe: '2026-10-25T00:30:00.000Z' },
    ])
  })

  it('says nothing of other times', async () => {
    const { book } = await open(night)
    const booked = await book(job('2026-03-29T03:30', true))
    expect(booked.ok && 'clockChanges' in booked.value).toBe(false)
  })

  it('is told in the zone that is named', async () => {
    const { book } = await open(night)
    const local = { time: '2026-03-08T02:30', zone: 'America/New_York' }
    expect(await book({ resource: 'press', minutes: 15, local })).toMatchObject({
      value: { clockChanges: [{ startsAt: '2026-03-08T07:30:00.000Z' }] },
    })
  })
})

describe('a day at a clock change', () => {
  it.each([
    ['a day of 23 hours', 'Europe/Berlin', '2026-03-29', '00:00', '24:00', 1_380],
    ['a day of 25 hours', 'Europe/Berlin', '2026-10-25', '00:00', '24:00', 1_500],
    ['a night that loses an hour', 'America/New_York', '2026-03-08', '00:00', '06:00', 300],
    ['a night that gains an hour', 'America/New_York', '2026-11-01', '00:00', '06:00', 420],
    ['hours the clock jumps over', 'Europe/Berlin', '2026-03-29', '02:00', '03:00', 0],
    ['hours that begin in the jump', 'Europe/Berlin', '2026-03-29', '02:30', '04:00', 60],
    ['half an hour, on Lord Howe', 'Australia/Lord_Howe', '2026-10-04', '00:00', '24:00', 1_410],
    ['a jump at midnight', 'America/Santiago', '2026-09-06', '00:00', '24:00', 1_380],
  ])('has as many working minutes as it has: %s', async (_what, zone, date, from, to, minutes) => {
    const weekly = { sunday: [{ from, to }] }
    const { oms, book } = await open({ ...team, places: 1, calendar: { zone, weekly } })
    const { items } = await oms.orThrow.capacity.load({ resource: 'team', from: date, to: date })
    expect(items[0]?.minutes).toBe(minutes)
    expect((await book({ resource: 'team', date, minutes: minutes + 1 })).ok).toBe(false)
    if (minutes > 0) expect((await book({ resource: 'team', date, minutes })).ok).toBe(true)
  })

  it('keeps hours apart that are apart on the wall', async () => {
    const weekly = {
      sunday: [
        { from: '02:00', to: '02:30' },
        { from: '02:45', to: '04:00' },
      ],
    }
    const { oms } = await open({ ...press, calendar: { zone: 'Europe/Berlin', weekly } })
    const { items } = await oms.orThrow.capacity.load({
      resource: 'press',
      from: '2026-03-29',
      to: '2026-03-29',
    })
    expect(items[0]?.open).toEqual([
      { startsAt: '2026-03-29T01:00:00.000Z', endsAt: '2026-03-29T02:00:00.000Z' },
    ])
  })
})

describe('a calendar that changes under its bookings', () => {
  const shorter = {
    ...press,
    calendar: { ...workWeek, exceptions: [{ date: friday, hours: [{ from: '09:00', to: '12:00' }] }] },
  }
  const withBookings = async () => {
    const shop = await open(press)
    const bookings: string[] = []
    for (const time of ['10:00', '11:30', '14:00']) {
      const booked = await shop.book({ resource: 'press', minutes: 60, ...at(time) })
      if (booked.ok) bookings.push(booked.value.booking)
    }
    return { ...shop, bookings }
  }

  it('ST9 is refused while bookings do not fit, and names them', async () => {
    const { capacity, bookings, stored } = await withBookings()
    expect(refusal(await capacity.defineResource(shorter))).toEqual([
      'capacity_below_promised',
      {
        resource: 'press',
        conflicts: [
          { booking: bookings[1], line: 0, date: friday, startsAt: '2026-03-06T10:30:00.000Z' },
          { booking: bookings[2], line: 0, date: friday, startsAt: '2026-03-06T13:00:00.000Z' },
        ],
      },
    ])
    expect(await stored(resourceKind, 'press')).toMatchObject({ calendar: workWeek })
  })

  it('ST9 takes their place when told to, never their promise, and names them', async () => {
    const { oms, capacity, bookings, stored, book } = await withBookings()
    const changed = await capacity.defineResource({ ...shorter, whenBooked: 'displace' })
    expect(changed.ok && changed.value.conflicts.map(({ booking }) => booking)).toEqual(bookings.slice(1))
    const displaced = await oms.orThrow.capacity.bookings({ displaced: 'yes', status: 'committed' })
    expect(displaced.items.map(({ id }) => id)).toEqual(expect.arrayContaining(bookings.slice(1)))
    expect((await book({ resource: 'press', minutes: 60, ...at('11:00') })).ok).toBe(true)
    // One is moved to another day, the other given up; neither frees what it does not have.
    const [, moved = '', given = ''] = bookings
    const monday = at('10:00', '2026-03-09')
    const lines = [{ resource: 'press', minutes: 60, ...monday }]
    expect((await capacity.reschedule({ booking: moved, lines }, newKey())).ok).toBe(true)
    expect((await capacity.release({ booking: given, reason: 'no-date' })).ok).toBe(true)
    const after = await stored(bookingKind, moved)
    expect(after.lines[0]).not.toHaveProperty('displaced')
    const { items } = await oms.orThrow.capacity.load({ resource: 'press', from: friday, to: friday })
    expect(items[0]?.booked).toBe(120)
  })

  it('takes the place of one line of a booking and leaves that of another', async () => {
    const { capacity, book, stored } = await open(press)
    const both = await book(
      { resource: 'press', minutes: 60, ...at('10:00') },
      { resource: 'press', minutes: 60, ...at('15:00') },
    )
    if (!both.ok) throw new Error(both.error.code)
    const { booking } = both.value
    const changed = await capacity.defineResource({ ...shorter, whenBooked: 'displace' })
    expect(changed.ok && changed.value.conflicts).toMatchObject([{ booking, line: 1 }])
    const { lines } = await stored(bookingKind, booking)
    expect(lines.map((line) => 'displaced' in line)).toEqual([false, true])
  })

  it('keeps whoever booked first when places are lost', async () => {
    const { capacity, book } = await open({ ...press, places: 3 })
    const booked = []
    for (const time of ['10:00', '10:30', '10:15']) {
      booked.push(await book({ resource: 'press', minutes: 60, ...at(time) }))
    }
    const ids = booked.map((answer) => answer.ok && answer.value.booking)
    const changed = await capacity.defineResource({ ...press, places: 2, whenBooked: 'displace' })
    expect(changed.ok && changed.value.conflicts.map(({ booking }) => booking)).toEqual([ids[2]])
  })

  it('counts labor likewise', async () => {
    const { capacity, book } = await open(team)
    await book({ resource: 'team', date: friday, minutes: 480 })
    await book({ resource: 'team', date: friday, minutes: 1 })
    expect(refusal(await capacity.defineResource({ ...team, places: 1 }))).toMatchObject([
      'capacity_below_promised',
      { conflicts: [{ date: friday, minutes: 1 }] },
    ])
  })

  it('takes a booking over midnight off both days', async () => {
    const { oms, capacity, book } = await open({ ...press, calendar: always() })
    await book({ resource: 'press', minutes: 120, ...at('23:00') })
    const calendar = { ...always(), exceptions: [{ date: '2026-03-07' }] }
    const changed = await capacity.defineResource({ ...press, calendar, whenBooked: 'displace' })
    expect(changed.ok && changed.value.conflicts).toHaveLength(1)
    const { items } = await oms.orThrow.capacity.load({ resource: 'press', from: friday, to: '2026-03-07' })
    expect(items.map(({ booked }) => booked)).toEqual([0, 0])
  })

  it('takes a booking over midnight once when neither day has room for it any more', async () => {
    const { oms, capacity, book } = await open({ ...press, calendar: always() })
    await book({ resource: 'press', minutes: 120, ...at('23:00') })
    const calendar = { ...always(), exceptions: [{ date: friday }, { date: '2026-03-07' }] }
    const changed = await capacity.defineResource({ ...press, calendar, whenBooked: 'displace' })
    expect(changed.ok && changed.value.conflicts.map(({ date }) => date)).toEqual([friday, '2026-03-07'])
    const { items } = await oms.orThrow.capacity.load({ resource: 'press', from: friday, to: '2026-03-07' })
    expect(items.map(({ booked }) => booked)).toEqual([0, 0])
  })

  it('leaves labor of yesterday where it was', async () => {
    const { capacity, clock, book } = await open(team)
    await book({ resource: 'team', date: friday, minutes: 60 })
    clock.advance(135 * 3_600_000)
    expect(
      await capacity.defineResource({ ...team, calendar: { ...workWeek, to: '2026-03-05' } }),
    ).toMatchObject({
      value: { conflicts: [] },
    })
  })

  it('leaves what has happened where it was', async () => {
    const { capacity, clock, book } = await open(press)
    await book({ resource: 'press', minutes: 60, ...at('10:00') })
    clock.advance(121 * 3_600_000)
    expect(
      await capacity.defineResource({ ...press, calendar: { ...workWeek, to: '2026-03-05' } }),
    ).toMatchObject({
      ok: true,
      value: { conflicts: [] },
    })
  })

  it('keeps its kind and its zone', async () => {
    const { capacity } = await open(press)
    expect(refusal(await capacity.defineResource({ ...chair, resource: 'press' }))).toEqual([
      'invalid_state',
      { resource: 'press', kind: 'machine' },
    ])
    expect(refusal(await capacity.defineResource({ ...press, calendar: always('Asia/Tokyo') }))).toEqual([
      'invalid_state',
      { resource: 'press', zone: 'Europe/Berlin' },
    ])
  })

  it('writes nothing when nothing changes', async () => {
    const { capacity } = await open(press)
    expect((await capacity.defineResource(press)).ok).toBe(true)
    const again = await capacity.resource({ resource: 'press' })
    expect(again.ok && again.version).toBe(1)
  })
})

describe('capacity.free', () => {
  it('lists the slots that are free, from now on', async () => {
    const { capacity, book } = await open({ ...chair, places: 2 })
    await book({ resource: 'chair', ...at('09:30') })
    const free = await capacity.free({ resource: 'chair', from: friday, to: friday, limit: 3 })
    expect(free).toMatchObject({
      ok: true,
      value: {
        more: true,
        items: [
          {
            resource: 'chair',
            startsAt: '2026-03-06T08:00:00.000Z',
            endsAt: '2026-03-06T08:30:00.000Z',
            places: 2,
          },
          { startsAt: '2026-03-06T08:30:00.000Z', places: 1 },
          { startsAt: '2026-03-06T09:00:00.000Z', places: 2 },
        ],
      },
    })
    const long = await capacity.free({ resource: 'chair', from: friday, to: friday, minutes: 480, places: 2 })
    expect(long.ok && long.value.items).toEqual([])
  })

  it('lists the stretches in which a job fits a machine, with room for the buffer', async () => {
    const { capacity, book } = await open({ ...press, bufferMinutes: 15 })
    await book({ resource: 'press', minutes: 60, ...at('11:00') })
    const free = await capacity.free({ resource: 'press', from: friday, to: friday, minutes: 120 })
    expect(free.ok && free.value.items).toEqual([
      {
        resource: 'press',
        startsAt: '2026-03-06T11:15:00.000Z',
        endsAt: '2026-03-06T16:00:00.000Z',
        places: 1,
      },
    ])
    const short = await capacity.free({ resource: 'press', from: friday, to: friday, minutes: 105 })
    expect(short.ok && short.value.items).toHaveLength(2)
  })

  it('lists the minutes left of days, and the seats left of a pool', async () => {
    const { capacity, book } = await open(team, desk)
    await book({ resource: 'team', date: friday, minutes: 900 }, { resource: 'editor', seats: 2 })
    const days = await capacity.free({ resource: 'team', from: friday, to: '2026-03-09', minutes: 30 })
    expect(days.ok && days.value.items).toEqual([
      { resource: 'team', date: friday, minutes: 60 },
      { resource: 'team', date: '2026-03-09', minutes: 960 },
    ])
    const seats = await capacity.free({ resource: 'editor', from: friday, to: friday })
    expect(seats.ok && seats.value.items).toEqual([{ resource: 'editor', seats: 1 }])
  })

  it('lists nothing of days that are over, nor of spans that are', async () => {
    const { capacity, clock } = await open(team, press)
    clock.advance(72 * 3_600_000)
    const from = '2026-03-02'
    const days = await capacity.free({ resource: 'team', from, to: '2026-03-05' })
    expect(days.ok && days.value.items.map((item) => 'date' in item && item.date)).toEqual([
      '2026-03-04',
      '2026-03-05',
    ])
    const times = await capacity.free({ resource: 'press', from, to: '2026-03-04', minutes: 30 })
    expect(times.ok && times.value.items).toMatchObject([{ startsAt: '2026-03-04T09:00:00.000Z' }])
    for (const resource of ['team', 'press']) {
      const past = await capacity.free({ resource, from, to: '2026-03-03' })
      expect(past.ok && past.value.items).toEqual([])
    }
  })

  it('finds the earliest of all who have a skill', async () => {
    const { capacity, book } = await open(
      { ...press, resource: 'ada', skills: ['plumbing'], calendar: { ...workWeek, from: '2026-03-10' } },
      { ...press, resource: 'bea', skills: ['plumbing'] },
    )
    const earliest = () => capacity.earliest({ skill: 'plumbing', minutes: 300 })
    expect(await earliest()).toMatchObject({
      value: { resource: 'bea', startsAt: '2026-03-02T08:00:00.000Z' },
    })
    for (const day of ['02', '03', '04', '05', '06', '09', '10']) {
      await book({ resource: 'bea', minutes: 240, ...at('11:00', `2026-03-${day}`) })
    }
    expect(await earliest()).toMatchObject({
      value: { resource: 'ada', startsAt: '2026-03-10T08:00:00.000Z' },
    })
    expect(refusal(await capacity.earliest({ skill: 'plumbing', minutes: 481 }))).toMatchObject([
      'capacity_unavailable',
      { skill: 'plumbing' },
    ])
  })

  it('refuses spans that end before they begin or have no end', async () => {
    const { capacity } = await open(press)
    expect(rules(await capacity.free({ resource: 'press', from: friday, to: '2026-03-05' }))).toEqual([
      'to range.order',
    ])
    expect(refusal(await capacity.free({ resource: 'press', from: friday, to: '2027-03-05' }))).toMatchObject(
      ['limit_exceeded', { most: 62 }],
    )
  })
})

describe('capacity.defineResource', () => {
  const broken = (calendar: object, more: object = {}) => ({
    ...press,
    calendar: { ...workWeek, ...calendar },
    ...more,
  })

  it.each([
    ['row 69: an unknown zone', broken({ zone: 'Mars/Phobos' }), 'calendar.zone zone.unknown'],
    ['row 69: an offset for a zone', broken({ zone: '+02:00' }), 'calendar.zone zone.unknown'],
    [
      'row 71: a calendar that ends before it begins',
      broken({ from: '2026-03-02', to: '2026-03-01' }),
      'calendar.to range.order',
    ],
    ['row 61: a day that does not exist', broken({ from: '2023-02-29' }), 'calendar.from date.invalid'],
    ['row 70: a year out of range', broken({ to: '9999-12-31' }), 'calendar.to date.range'],
    [
      'hours that end before they begin',
      broken({ weekly: { monday: [{ from: '22:00', to: '06:00' }] } }),
      'calendar.weekly.monday.0.to range.order',
    ],
    [
      'hours without length',
      broken({ weekly: { monday: [{ from: '09:00', to: '09:00' }] } }),
      'calendar.weekly.monday.0.to range.order',
    ],
    [
      'hours that overlap',
      broken({
        weekly: {
          friday: [
            { from: '12:00', to: '17:00' },
            { from: '09:00', to: '12:01' },
          ],
        },
      }),
      'calendar.weekly.friday.0 hours.overlap',
    ],
    [
      'row 63: a time that no clock shows',
      broken({ weekly: { monday: [{ from: '24:00', to: '25:00' }] } }),
      'calendar.weekly.monday.0.from time.invalid',
    ],
    [
      'a time that is none',
      broken({ weekly: { monday: [{ from: '9am', to: '17:00' }] } }),
      'calendar.weekly.monday.0.from time.format',
    ],
    [
      'two exceptions for one day',
      broken({ exceptions: [{ date: friday }, { date: friday }] }),
      'calendar.exceptions.1.date calendar.duplicateDate',
    ],
    ['a day nobody knows', broken({ weekly: { funday: [] } }), 'calendar.weekly.funday unknownField'],
    ['no places', broken({}, { places: 0 }), 'places capacity.range'],
    ['no calendar', { kind: 'hours', resource: 'team', name: 'Team' }, 'calendar required'],
    ['slots of no length', broken({}, { kind: 'slots' }), 'slotMinutes required'],
    ['seats of a machine', broken({}, { seats: 3 }), 'seats capacity.kind'],
    ['a calendar for seats', { ...desk, calendar: workWeek }, 'calendar capacity.kind'],
    ['a pool without seats', { kind: 'seats', resource: 'editor', name: 'Editor' }, 'seats required'],
    ['a kind nobody knows', broken({}, { kind: 'robot' }), 'kind choice'],
    ['half a place', broken({}, { places: '2' }), 'places type'],
    ['a negative buffer', broken({}, { bufferMinutes: -1 }), 'bufferMinutes minutes.range'],
  ])('refuses %s', async (_what, input, rule) => {
    const { capacity } = await open()
    expect(rules(await capacity.defineResource(input as typeof press))).toContain(rule)
  })

  it('takes hours that meet', async () => {
    const { oms } = await open({
      ...press,
      calendar: {
        ...workWeek,
        weekly: {
          friday: [
            { from: '12:00', to: '24:00' },
            { from: '09:00', to: '12:00' },
          ],
        },
      },
    })
    const { items } = await oms.orThrow.capacity.load({ resource: 'press', from: friday, to: friday })
    expect(items[0]?.open).toHaveLength(1)
  })
})

describe('a wish for capacity', () => {
  const wish = (more: object) => ({ lines: [{ resource: 'press', minutes: 60, ...more }] })

  it.each([
    ['zero minutes', wish({ minutes: 0, ...at('10:00') }), 'lines.0.minutes minutes.range'],
    ['negative minutes', wish({ minutes: -60, ...at('10:00') }), 'lines.0.minutes minutes.range'],
    ['more than a week', wish({ minutes: 10_081, ...at('10:00') }), 'lines.0.minutes minutes.range'],
    ['a text for minutes', wish({ minutes: '60', ...at('10:00') }), 'lines.0.minutes type'],
    ['no time at all', wish({}), 'lines.0 capacity.when'],
    ['two times at once', wish({ date: friday, ...at('10:00') }), 'lines.0 capacity.when'],
    ['nobody', { lines: [{ minutes: 60, ...at('10:00') }] }, 'lines.0.resource capacity.resource'],
    [
      'somebody and a skill',
      wish({ skill: 'plumbing', startsAt: '2026-03-06T10:00Z' }),
      'lines.0.resource capacity.resource',
    ],
    [
      'row 65: a moment without an offset',
      wish({ startsAt: '2026-03-06T10:00:00' }),
      'lines.0.startsAt offset.missing',
    ],
    [
      'row 64: an offset that no zone has',
      wish({ startsAt: '2026-03-06T10:00:00+25:00' }),
      'lines.0.startsAt offset.range',
    ],
    ['row 63: 24 o’clock', wish({ startsAt: '2026-03-06T24:00:00Z' }), 'lines.0.startsAt time.invalid'],
    ['row 63: a leap second', wish({ startsAt: '2026-03-06T10:00:60Z' }), 'lines.0.startsAt time.invalid'],
    [
      'row 62: a day that does not exist',
      wish({ startsAt: '2026-02-31T10:00:00Z' }),
      'lines.0.startsAt date.invalid',
    ],
    ['row 66: a sloppy day', wish({ startsAt: '2026-3-6T10:00:00Z' }), 'lines.0.startsAt date.format'],
    [
      'row 70: a year out of range',
      wish({ startsAt: '9999-12-31T23:59:59Z' }),
      'lines.0.startsAt date.range',
    ],
    [
      'a local time with an offset',
      wish({ local: { time: '2026-03-06T10:00Z' } }),
      'lines.0.local.time time.format',
    ],
    [
      'row 69: an unknown zone',
      wish({ local: { time: '2026-03-06T10:00', zone: 'Mars/Phobos' } }),
      'lines.0.local.zone zone.unknown',
    ],
    ['no lines', { lines: [] }, 'lines lines.min'],
    ['neither lines nor a hold', {}, ' capacity.source'],
  ])('is refused for %s', async (_what, input, rule) => {
    const { capacity } = await open(press)
    expect(rules(await capacity.book(input as Parameters<typeof capacity.book>[0], newKey()))).toContain(rule)
  })

  it('is refused for what its resource is not booked by', async () => {
    const { book } = await open(press, team, desk, chair)
    expect(rules(await book({ resource: 'press', date: friday, minutes: 60 }))).toEqual([
      'lines.0.startsAt capacity.when',
    ])
    expect(rules(await book({ resource: 'press', ...at('10:00') }))).toEqual([
      'lines.0.minutes capacity.when',
    ])
    expect(rules(await book({ resource: 'team', minutes: 60, ...at('10:00') }))).toEqual([
      'lines.0.date capacity.when',
    ])
    expect(rules(await book({ resource: 'editor', date: friday, minutes: 60 }))).toEqual([
      'lines.0.seats capacity.when',
    ])
    expect(rules(await book({ resource: 'chair', seats: 1 }))).toEqual(['lines.0.startsAt capacity.when'])
    expect(refusal(await book({ resource: 'nobody', ...at('10:00') }))).toEqual([
      'unknown_resource',
      { line: 0, resource: 'nobody' },
    ])
  })
})
