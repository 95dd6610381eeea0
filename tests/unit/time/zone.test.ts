import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../src/core/time/instant.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'
import {
  dayAt,
  isKnownZone,
  reaching,
  resolveLocal,
  startOfDay,
  type LocalDateTime,
  type LocalTime,
  type ZoneId,
} from '../../../src/core/time/zone.js'

const resolved = (zone: string, local: string) => {
  const { instant, clockChange } = resolveLocal(zone as ZoneId, local as LocalDateTime)
  return clockChange === undefined ? instant : `${instant} ${clockChange}`
}

const hoursOf = (zone: string, date: string): number => {
  const start = Date.parse(startOfDay(zone as ZoneId, date as LocalDate))
  return (Date.parse(reaching(zone as ZoneId, date as LocalDate, '24:00' as LocalTime)) - start) / 3_600_000
}

// Transitions as the time zone database has them.
describe('local times', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15T09:00', '2026-01-15T08:00:00.000Z'],
    ['Europe/Berlin', '2026-07-15T09:00', '2026-07-15T07:00:00.000Z'],
    ['Asia/Kolkata', '2026-07-15T09:00', '2026-07-15T03:30:00.000Z'],
    ['America/New_York', '2026-12-31T23:59', '2027-01-01T04:59:00.000Z'],
    ['Pacific/Apia', '2026-03-01T00:00', '2026-02-28T11:00:00.000Z'],
    ['Pacific/Chatham', '2026-06-01T12:00', '2026-05-31T23:15:00.000Z'],
    ['UTC', '2026-03-29T02:30', '2026-03-29T02:30:00.000Z'],
    ['Etc/GMT+5', '2026-03-29T02:30', '2026-03-29T07:30:00.000Z'],
  ])('TM1 are moments in %s: %s is %s', (zone, local, instant) => {
    expect(resolved(zone, local)).toBe(instant)
  })

  it.each([
    ['Europe/Berlin', '2026-03-29T02:00', '2026-03-29T01:00:00.000Z skipped'],
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z skipped'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '2026-03-08T02:15', '2026-03-08T07:15:00.000Z skipped'],
    ['Australia/Lord_Howe', '2026-10-04T02:10', '2026-10-03T15:40:00.000Z skipped'],
    ['America/Santiago', '2026-09-06T00:30', '2026-09-06T04:30:00.000Z skipped'],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00.000Z skipped'],
  ])('TM4 move on where the clock of %s jumps over %s', (zone, local, instant) => {
    expect(resolved(zone, local)).toBe(instant)
  })

  it.each([
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z repeated'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z repeated'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z repeated'],
    ['America/Havana', '2026-11-01T00:30', '2026-11-01T04:30:00.000Z repeated'],
  ])('TM4 are the first of two where the clock of %s shows %s twice', (zone, local, instant) => {
    expect(resolved(zone, local)).toBe(instant)
  })

  it('are reached at the jump, when the clock jumps over them', () => {
    const zone = 'Europe/Berlin' as ZoneId
    for (const time of ['02:00', '02:30', '02:59', '03:00'])
      expect(reaching(zone, '2026-03-29' as LocalDate, time as LocalTime)).toBe('2026-03-29T01:00:00.000Z')
    expect(reaching('Pacific/Apia' as ZoneId, '2011-12-30' as LocalDate, '09:00' as LocalTime)).toBe(
      '2011-12-30T10:00:00.000Z',
    )
  })
})

describe('days', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28', 24],
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['America/Santiago', '2026-09-06', 23],
    ['America/Havana', '2026-11-01', 25],
    ['America/Santiago', '2026-04-04', 25],
    ['America/St_Johns', '2010-11-06', 24],
    ['America/St_Johns', '2010-11-07', 25],
    ['Pacific/Apia', '2011-12-30', 0],
    ['Pacific/Apia', '2011-12-31', 24],
  ])('of %s have their own length: %s has %s hours', (zone, date, hours) => {
    expect(hoursOf(zone, date)).toBe(hours)
  })

  it('go on when the clock is set back over midnight and shows the old date once more', () => {
    const zone = 'America/St_Johns' as ZoneId
    expect(dayAt(zone, '2010-11-07T02:29:59.999Z' as Instant)).toBe('2010-11-06')
    for (const time of ['02:30', '03:00', '03:31', '05:00']) {
      expect(dayAt(zone, `2010-11-07T${time}:00.000Z` as Instant), time).toBe('2010-11-07')
    }
  })

  it('hold every moment exactly once', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/Havana',
      'America/Santiago',
      'Pacific/Apia',
      'America/Scoresbysund',
    ]) {
      for (const date of [
        '2026-03-29',
        '2026-10-25',
        '2026-11-01',
        '2011-12-29',
        '2011-12-31',
        '2024-03-31',
      ]) {
        const start = startOfDay(zone as ZoneId, date as LocalDate)
        const before = new Date(Date.parse(start) - 1).toISOString() as Instant
        expect(dayAt(zone as ZoneId, start), `${zone} ${date}`).toBe(date)
        expect(dayAt(zone as ZoneId, before) < date, `${zone} ${date}`).toBe(true)
      }
    }
  })
})

describe('a zone', () => {
  it.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'UTC', 'Etc/GMT-14'])(
    'is known: %s',
    (name) => {
      expect(isKnownZone(name)).toBe(true)
    },
  )

  it.each([
    'Mars/Phobos',
    'Mars/Phobos+02',
    '+02:00',
    'Etc/GMT+13',
    'europe berlin',
    '',
    'constructor',
    'toString',
    'Z',
  ])('is refused when nobody has it: %s', (name) => {
    expect(isKnownZone(name)).toBe(false)
  })
})
