import { expect, it } from 'vitest'
import { agingOf } from '../../../src/core/invoicing/aging.js'
import type { CurrencyCode } from '../../../src/core/money/currency.js'
import { plusDays, type LocalDate } from '../../../src/core/time/local-date.js'

const euro = 'EUR' as CurrencyCode
const today = '2026-06-30' as LocalDate
const nothing = { amount: '0.00', currency: euro }
const one = { amount: '1.00', currency: euro }
const owedFor = (days: number) => agingOf([{ dueOn: plusDays(today, -days), amount: one }], euro, today)

const columns = {
  currency: euro,
  notDue: nothing,
  days1to30: nothing,
  days31to60: nothing,
  days61to90: nothing,
  over90: nothing,
  overdue: nothing,
}

it.each([
  ['not due before its day and on it', 'notDue', [-1, 0]],
  ['in the first column up to 30 days after', 'days1to30', [1, 30]],
  ['in the second from 31 to 60', 'days31to60', [31, 60]],
  ['in the third from 61 to 90', 'days61to90', [61, 90]],
  ['in the last beyond', 'over90', [91, 400]],
] as const)('what is open is %s', (_text, column, days) => {
  for (const day of days) {
    const overdue = column === 'notDue' ? nothing : one
    expect(owedFor(day), `${day} days`).toEqual({ ...columns, overdue, [column]: one })
  }
})

it('parts of one age are added up, and all but what is not due is overdue', () => {
  const parts = [-5, 1, 2, 31, 61, 91].map((days) => ({ dueOn: plusDays(today, -days), amount: one }))
  expect(agingOf(parts, euro, today)).toEqual({
    ...columns,
    notDue: one,
    days1to30: { amount: '2.00', currency: euro },
    days31to60: one,
    days61to90: one,
    over90: one,
    overdue: { amount: '5.00', currency: euro },
  })
})
