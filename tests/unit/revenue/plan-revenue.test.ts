import { describe, expect, it } from 'vitest'
import { planRevenue, type RevenueInput, type RevenueSchedule } from '../../../src/revenue/index.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const usd = (amount: string) => ({ amount, currency: 'USD' })

const scheduled = (input: RevenueInput): RevenueSchedule => {
  const answer = planRevenue(input)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}
const written = ({ months }: RevenueSchedule) =>
  months.map(
    ({ month, opening, billed, recognized, closing }) =>
      `${month} ${opening.amount} + ${billed.amount} - ${recognized.amount} = ${closing.amount}`,
  )

/** A device and its support for a year, sold together for 900: 600 and 400 apart. */
const bundle: RevenueInput = {
  transactionPrice: eur('900.00'),
  obligations: [
    { id: 'device', standAlonePrice: eur('600.00'), recognition: { at: 'point', on: '2026-01-10' } },
    {
      id: 'support',
      standAlonePrice: eur('400.00'),
      recognition: { at: 'over_time', from: '2026-01-01', until: '2027-01-01', by: 'month' },
    },
  ],
  billed: [{ on: '2026-01-05', amount: eur('900.00') }],
}

describe('planRevenue', () => {
  it('M96 shares the price by stand-alone prices: 540 for the device at once, 360 for the support at 30 a month', () => {
    const schedule = scheduled(bundle)
    expect(schedule.allocations.map(({ obligation, allocated }) => [obligation, allocated.amount])).toEqual([
      ['device', '540.00'],
      ['support', '360.00'],
    ])
    expect(written(schedule).slice(0, 3)).toEqual([
      '2026-01 0.00 + 900.00 - 570.00 = 330.00',
      '2026-02 330.00 + 0.00 - 30.00 = 300.00',
      '2026-03 300.00 + 0.00 - 30.00 = 270.00',
    ])
    expect(schedule.months[11]?.closing).toEqual(eur('0.00'))
  })

  it('gives the odd cent of 100.00 over 50, 25 and 75 to the largest remainder: 33.33, 16.67, 50.00', () => {
    const parts = ['50.00', '25.00', '75.00'].map((price, index) => ({
      id: `product ${index}`,
      standAlonePrice: eur(price),
      recognition: { at: 'point' as const },
    }))
    const schedule = scheduled({ transactionPrice: eur('100.00'), obligations: parts })
    expect(schedule.allocations.map(({ allocated }) => allocated.amount)).toEqual(['33.33', '16.67', '50.00'])
    expect(schedule.unscheduled).toEqual(eur('100.00'))
  })

  it('recognizes by days where every day is the same: 31, 28 and 31 ninetieths of a quarter', () => {
    const schedule = scheduled({
      transactionPrice: eur('900.00'),
      obligations: [
        {
          id: 'rent',
          standAlonePrice: eur('1'),
          recognition: { at: 'over_time', from: '2026-01-01', until: '2026-04-01', by: 'day' },
        },
      ],
    })
    expect(schedule.months.slice(0, 3).map(({ recognized }) => recognized.amount)).toEqual([
      '310.00',
      '280.00',
      '310.00',
    ])
  })

  it('shows what was earned before it was billed as a balance below zero (a contract asset)', () => {
    const schedule = scheduled({
      ...bundle,
      billed: [{ on: '2026-02-05', amount: eur('900.00') }],
    })
    expect(written(schedule).slice(0, 2)).toEqual([
      '2026-01 0.00 + 0.00 - 570.00 = -570.00',
      '2026-02 -570.00 + 900.00 - 30.00 = 300.00',
    ])
  })

  // Three years of service at 100,000 a year. After the second the third costs 80,000, and three more years 200,000: the 280,000 that are left are earned over
  // four years, 70,000 a year.
  it('changes a contract prospectively: 80,000 and 200,000 over four years are 70,000 a year (ASC 606-10-25-13(a))', () => {
    const service = (from: string, until: string) => ({
      id: 'service',
      standAlonePrice: usd('100000'),
      recognition: { at: 'over_time' as const, from, until, by: 'month' as const },
    })
    const schedule = scheduled({
      transactionPrice: usd('300000'),
      obligations: [service('2024-01-01', '2027-01-01')],
      changes: [
        {
          on: '2026-01-01',
          as: 'prospective',
          price: usd('180000'),
          obligations: [service('2026-01-01', '2030-01-01')],
        },
      ],
    })
    const inYear = (year: string) =>
      schedule.months
        .filter(({ month }) => month.startsWith(year))
        .reduce((sum, { recognized }) => sum + BigInt(recognized.amount.replace('.', '')), 0n)
    expect(['2024', '2025', '2026', '2027', '2028', '2029'].map(inYear)).toEqual([
      10_000_000n,
      10_000_000n,
      7_000_000n,
      7_000_000n,
      7_000_000n,
      7_000_000n,
    ])
    expect(schedule.transactionPrice).toEqual(usd('480000.00'))
    expect(schedule.changes).toEqual([{ on: '2026-01-01', as: 'prospective', price: usd('180000.00') }])
  })

  // A building for 1,000,000, done to 60 %: 600,000 recognized. The price rises by 350,000 and the work with it, of which 51.2 % is done:
  // 51.2 % of 1,350,000 are 691,200, of which 91,200 are recognized on the day of the change.
  it('changes a contract with a cumulative catch-up: 51.2 % of 1,350,000 less 600,000 is 91,200 (ASC 606-10-25-13(b))', () => {
    const building = (steps: { on: string; percent: string }[]) => ({
      id: 'building',
      standAlonePrice: usd('1000000'),
      recognition: { at: 'progress' as const, steps },
    })
    const schedule = scheduled({
      transactionPrice: usd('1000000'),
      obligations: [building([{ on: '2026-12-31', percent: '60' }])],
      changes: [
        {
          on: '2027-02-01',
          as: 'catch_up',
          price: usd('350000'),
          obligations: [
            building([
              { on: '2026-12-31', percent: '51.2' },
              { on: '2027-12-31', percent: '100' },
            ]),
          ],
        },
      ],
    })
    expect(schedule.changes).toEqual([
      { on: '2027-02-01', as: 'catch_up', price: usd('350000.00'), catchUp: usd('91200.00') },
    ])
    expect(
      schedule.months.flatMap(({ month, recognized }) =>
        recognized.amount === '0.00' ? [] : [[month, recognized.amount]],
      ),
    ).toEqual([
      ['2026-12', '600000.00'],
      ['2027-02', '91200.00'],
      ['2027-12', '658800.00'],
    ])
    expect(schedule.unscheduled).toEqual(usd('0.00'))
  })

  it('ends a contract: what was not recognized is taken off the price, and nothing more is earned', () => {
    const schedule = scheduled({
      ...bundle,
      changes: [{ on: '2026-04-01', as: 'prospective', price: eur('-270.00'), obligations: [] }],
      billed: [
        { on: '2026-01-05', amount: eur('900.00') },
        { on: '2026-04-02', amount: eur('-270.00') },
      ],
    })
    expect(written(schedule).slice(2, 5)).toEqual([
      '2026-03 300.00 + 0.00 - 30.00 = 270.00',
      '2026-04 270.00 + -270.00 - 0.00 = 0.00',
      '2026-05 0.00 + 0.00 - 0.00 = 0.00',
    ])
    expect(schedule.transactionPrice).toEqual(eur('630.00'))
  })

  const device = bundle.obligations[0]
  const support = bundle.obligations[1]
  const change = (more: object) => ({
    changes: [{ on: '2026-04-01', as: 'prospective', price: eur('0.00'), obligations: [], ...more }],
  })

  it.each<[string, object, readonly (string | number)[], string]>([
    ['a contract without obligations', { obligations: [] }, ['obligations'], 'obligations.min'],
    [
      'an obligation named twice',
      { obligations: [device, device] },
      ['obligations'],
      'obligations.duplicate',
    ],
    [
      'a price that nothing shares',
      { obligations: [{ ...device, standAlonePrice: eur('0.00') }] },
      ['obligations'],
      'obligations.standAlone',
    ],
    ['a price below zero', { transactionPrice: eur('-1.00') }, ['transactionPrice', 'amount'], 'money.min'],
    [
      'two currencies',
      { billed: [{ on: '2026-01-01', amount: usd('1.00') }] },
      ['billed', 0, 'amount'],
      'currency.one',
    ],
    [
      'a service that ends before it begins',
      {
        obligations: [
          {
            ...support,
            recognition: { at: 'over_time', from: '2026-02-01', until: '2026-02-01', by: 'day' },
          },
        ],
      },
      ['obligations', 0, 'recognition', 'until'],
      'range.order',
    ],
    [
      'work that is undone',
      {
        obligations: [
          {
            ...device,
            recognition: {
              at: 'progress',
              steps: [
                { on: '2026-01-01', percent: '50' },
                { on: '2026-02-01', percent: '40' },
              ],
            },
          },
        ],
      },
      ['obligations', 0, 'recognition', 'steps'],
      'steps.order',
    ],
    [
      'two changes of one day',
      { changes: [...change({}).changes, ...change({}).changes] },
      ['changes'],
      'changes.order',
    ],
    [
      'a price below what was recognized',
      change({ price: eur('-270.01'), obligations: [] }),
      ['changes', 0, 'price'],
      'revenue.belowRecognized',
    ],
    ['an amount left to nobody', change({}), ['changes', 0, 'obligations'], 'obligations.standAlone'],
    [
      'a remainder earned before',
      change({ obligations: [support] }),
      ['changes', 0, 'obligations'],
      'obligation.past',
    ],
    [
      'a catch-up that forgets what was recognized',
      change({ as: 'catch_up', obligations: [support] }),
      ['changes', 0, 'obligations'],
      'obligation.missing',
    ],
    [
      'a schedule of more than a hundred years',
      { billed: [{ on: '2126-02-02', amount: eur('1.00') }] },
      [],
      'range.months',
    ],
  ])('refuses %s', (_name, more, path, rule) => {
    const answer = planRevenue({ ...bundle, ...more })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'validation_failed', issues: [{ path, rule }] },
    })
  })
})
