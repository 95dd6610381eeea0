import { describe, expect, it } from 'vitest'
import { createOrderManagement, memoryStorage, trustHost, type PaymentTerms } from 'orderwright'
import { currencyCode } from '../../../src/core/money/currency.js'
import { dueDates } from '../../../src/core/invoicing/due-dates.js'
import { termsProblem, type DueRule } from '../../../src/core/pricing/payment-terms.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const eur = (amount: string) => ({ amount, currency: currencyCode('EUR') })
const day = (text: string) => text as LocalDate
const due = (terms: PaymentTerms, issuedOn: string) =>
  dueDates(terms, day(issuedOn), eur('100.00')).parts.map(({ dueOn }) => dueOn)

describe('the day on which an invoice is due', () => {
  it.each([
    ['net 30', { rule: 'days', days: 30 }, '2026-03-01', '2026-03-31'],
    ['at once', { rule: 'days', days: 0 }, '2026-03-01', '2026-03-01'],
    ['end of month, in a leap year', { rule: 'end_of_month', days: 0 }, '2028-02-10', '2028-02-29'],
    ['end of month on its last day', { rule: 'end_of_month', days: 0 }, '2026-04-30', '2026-04-30'],
    ['30 days after the end of the month', { rule: 'end_of_month', days: 30 }, '2026-01-15', '2026-03-02'],
    ['the 15th of the next month', { rule: 'day_of_month', months: 1, day: 15 }, '2026-12-20', '2027-01-15'],
    ['the 31st of a short month', { rule: 'day_of_month', months: 1, day: 31 }, '2026-01-31', '2026-02-28'],
    [
      'two months on, counted from the 31st',
      { rule: 'day_of_month', months: 2, day: 10 },
      '2025-12-31',
      '2026-02-10',
    ],
  ] as const)('F100 TM1 %s', (_name, rule, issuedOn, expected) => {
    expect(due({ due: rule }, issuedOn)).toEqual([expected])
  })

  it('F102 gives each instalment its share and its day, the odd cents to the largest remainders, in the order of the days', () => {
    const terms: PaymentTerms = {
      instalments: [
        { share: 1, due: { rule: 'end_of_month', days: 30 } },
        { share: 1, due: { rule: 'days', days: 0 } },
        { share: 1, due: { rule: 'days', days: 30 } },
      ],
    }
    expect(dueDates(terms, day('2026-03-01'), eur('100.00')).parts).toEqual([
      { dueOn: '2026-03-01', amount: eur('33.33') },
      { dueOn: '2026-03-31', amount: eur('33.33') },
      { dueOn: '2026-04-30', amount: eur('33.34') },
    ])
  })

  it('F102 asks for instalments of one day in the order in which they were agreed', () => {
    const instalments = [
      { share: 2, due: { rule: 'days', days: 30 } },
      { share: 1, due: { rule: 'end_of_month', days: 0 } },
    ] as const
    expect(dueDates({ instalments }, day('2026-03-01'), eur('90.00')).parts).toEqual([
      { dueOn: '2026-03-31', amount: eur('60.00') },
      { dueOn: '2026-03-31', amount: eur('30.00') },
    ])
  })

  it.each([
    ['first', ['33.34', '33.33', '33.33']],
    ['last', ['33.33', '33.33', '33.34']],
    ['equal', ['33.34', '33.33', '33.33']],
    ['largest_remainder', ['33.34', '33.33', '33.33']],
  ] as const)('shares instalments by the policy that was agreed: %s', (allocation, amounts) => {
    const instalments = [
      { share: 1, due: { rule: 'days', days: 0 } },
      { share: 1, due: { rule: 'days', days: 30 } },
      { share: 1, due: { rule: 'days', days: 60 } },
    ] as const
    const { parts } = dueDates({ instalments, allocation }, day('2026-03-01'), eur('100.00'))
    expect(parts.map(({ amount }) => amount.amount)).toEqual(amounts)
  })

  it('offers a discount until the last of its days, never beyond the day on which the invoice is due', () => {
    const terms = (days: number): PaymentTerms => ({
      due: { rule: 'days', days: 30 },
      discount: { percent: '2.5', days },
    })
    expect(dueDates(terms(10), day('2026-03-01'), eur('99.99')).discount).toEqual({
      percent: '2.5',
      until: '2026-03-11',
      amount: eur('2.50'),
    })
    expect(dueDates(terms(45), day('2026-03-01'), eur('99.99')).discount?.until).toBe('2026-03-31')
  })
})

describe('terms that cannot be used', () => {
  const never = /never falls due/
  const net30 = { rule: 'days', days: 30 } as const
  const rows: readonly (readonly [string, unknown, RegExp])[] = [
    ['nothing', null, /no terms/],
    ['no rule', {}, never],
    ['an unknown rule', { due: { rule: 'someday' } }, never],
    ['no days', { due: { rule: 'days' } }, never],
    ['a day before the invoice', { due: { rule: 'days', days: -1 } }, never],
    ['infinitely many days', { due: { rule: 'days', days: Infinity } }, never],
    ['no number', { due: { rule: 'end_of_month', days: NaN } }, never],
    ['days as text', { due: { rule: 'days', days: '30' } }, never],
    ['more than ten years', { due: { rule: 'days', days: 3_651 } }, never],
    ['a 32nd', { due: { rule: 'day_of_month', months: 1, day: 32 } }, never],
    ['a day that may lie behind', { due: { rule: 'day_of_month', months: 0, day: 1 } }, never],
    ['an instalment that is never due', { instalments: [{ share: 1, due: net30 }, { share: 1 }] }, never],
    ['one instalment', { instalments: [{ share: 1, due: net30 }] }, /instalments/],
    [
      'a share of nothing',
      {
        instalments: [
          { share: 0, due: net30 },
          { share: 1, due: net30 },
        ],
      },
      /share/,
    ],
    [
      'an unknown way to share',
      {
        instalments: [
          { share: 1, due: net30 },
          { share: 1, due: net30 },
        ],
        allocation: 'by_mood',
      },
      /allocation is none of largest_remainder, first, last, equal/,
    ],
    ['a discount of everything', { due: net30, discount: { percent: '100', days: 10 } }, /discount/],
    ['a discount of nothing', { due: net30, discount: { percent: '0', days: 10 } }, /discount/],
    ['a discount as a number', { due: net30, discount: { percent: 2, days: 10 } }, /discount/],
    ['a discount without an end', { due: net30, discount: { percent: '2' } }, /discount/],
  ]

  it.each(rows)('names %s', (_name, terms, problem) => {
    expect(termsProblem(terms as PaymentTerms)).toMatch(problem)
  })

  it.each<DueRule>([
    { rule: 'days', days: 365 },
    { rule: 'end_of_month', days: 0 },
    { rule: 'day_of_month', months: 1, day: 31 },
  ])('hold for %j', (rule) => {
    expect(termsProblem({ due: rule })).toBeUndefined()
  })

  it('are refused when the host sets them, before anybody is billed', () => {
    const open = (paymentTerms: Record<string, PaymentTerms>) => () =>
      createOrderManagement({ storage: memoryStorage(), policy: trustHost, settings: { paymentTerms } })
    expect(open({ never: { due: { rule: 'days', days: -1 } } })).toThrow(
      expect.objectContaining({
        code: 'configuration',
        message: expect.stringMatching(/never.*never falls due/) as string,
      }),
    )
    expect(open({ 'no name': { due: net30 } })).toThrow(/are named by/)
    expect(open({ 'net-30': { due: net30 } })).not.toThrow()
  })
})
