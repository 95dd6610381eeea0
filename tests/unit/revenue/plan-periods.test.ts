import { describe, expect, it } from 'vitest'
import { planPeriods, type PeriodsInput, type PricedPeriod } from '../../../src/revenue/index.js'

const monthly: PeriodsInput = {
  anchor: '2024-01-31',
  unit: 'month',
  price: { amount: '30.00', currency: 'EUR' },
  periods: 4,
}

const planned = (input: PeriodsInput): readonly PricedPeriod[] => {
  const answer = planPeriods(input)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}
const written = (input: PeriodsInput) =>
  planned(input).map(({ from, until, price }) => `${from} ${until} ${price.amount}`)

describe('planPeriods', () => {
  it('TM2 counts months from the anchor: 31 January, 29 February, 31 March, 30 April', () => {
    expect(written(monthly)).toEqual([
      '2024-01-31 2024-02-29 30.00',
      '2024-02-29 2024-03-31 30.00',
      '2024-03-31 2024-04-30 30.00',
      '2024-04-30 2024-05-31 30.00',
    ])
  })

  it('row 72 TM2 keeps 29 February as the anchor of years: the day is back in every leap year', () => {
    const yearly = written({ ...monthly, anchor: '2024-02-29', unit: 'year', periods: 5 })
    expect(yearly.map((line) => line.slice(0, 10))).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ])
  })

  it('M92 charges a first period aligned to the calendar for its days: 12 of the 31 of January', () => {
    expect(written({ ...monthly, anchor: '2026-01-20', align: 'calendar', periods: 2 })).toEqual([
      '2026-01-20 2026-02-01 11.61',
      '2026-02-01 2026-03-01 30.00',
    ])
  })

  it('F154 charges 11 thirtieths of the same month where all months have thirty days', () => {
    const input = { ...monthly, anchor: '2026-01-20', align: 'calendar', count: 'thirty_day_months' } as const
    expect(written({ ...input, periods: 1 })).toEqual(['2026-01-20 2026-02-01 11.00'])
  })

  it('aligns to quarters, half-years, weeks and years', () => {
    const first = (more: Partial<PeriodsInput>) =>
      planned({ ...monthly, anchor: '2026-05-20', align: 'calendar', periods: 1, ...more })[0]?.until
    expect(first({ every: 3 })).toBe('2026-07-01')
    expect(first({ every: 6 })).toBe('2026-07-01')
    expect(first({ unit: 'week' })).toBe('2026-05-25')
    expect(first({ unit: 'year' })).toBe('2027-01-01')
  })

  it('F154 ends with the last day, and charges the last period for its days', () => {
    expect(written({ ...monthly, anchor: '2026-04-01', endsOn: '2026-05-15', periods: 12 })).toEqual([
      '2026-04-01 2026-05-01 30.00',
      '2026-05-01 2026-05-16 14.52',
    ])
  })

  it('TM3 says at which moments a period begins and ends: the month with the change to summer time has an hour less', () => {
    const [march] = planned({ ...monthly, anchor: '2026-03-01', periods: 1, zone: 'Europe/Berlin' })
    expect([march?.begins, march?.ends]).toEqual(['2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'])
  })

  it('plans nothing where the end lies before the beginning', () => {
    expect(planned({ ...monthly, endsOn: '2024-01-30' })).toEqual([])
  })

  it.each<[string, object, readonly (string | number)[], string]>([
    ['a day that does not exist', { anchor: '2026-02-30' }, ['anchor'], 'date.invalid'],
    ['a period of nothing', { every: 0 }, ['every'], 'every.range'],
    ['half a period', { every: 1.5 }, ['every'], 'type'],
    ['five months of the calendar', { every: 5, align: 'calendar' }, ['every'], 'recurrence.calendar'],
    [
      'two weeks of the calendar',
      { every: 2, unit: 'week', align: 'calendar' },
      ['every'],
      'recurrence.calendar',
    ],
    [
      'weeks in months of thirty days',
      { unit: 'week', count: 'thirty_day_months' },
      ['count'],
      'recurrence.count',
    ],
    ['no periods', { periods: 0 }, ['periods'], 'periods.range'],
    ['more periods than a hundred years of months', { periods: 1_201 }, ['periods'], 'periods.range'],
    ['a price as a number', { price: 30 }, ['price'], 'money.type'],
    ['a zone nobody knows', { zone: 'Mars/Olympus' }, ['zone'], 'zone.unknown'],
    ['a misspelt field', { alignment: 'calendar' }, ['alignment'], 'unknownField'],
  ])('refuses %s', (_name, more, path, rule) => {
    const answer = planPeriods({ ...monthly, ...more })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path, rule }] },
    })
  })
})
