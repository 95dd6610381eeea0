import { add, zero, type Money } from '../money/money.js'
import type { CurrencyCode } from '../money/currency.js'
import { daysBetween, type LocalDate } from '../time/local-date.js'
import type { DuePart } from './due-dates.js'

/** What is open, by the days since it was due. */
export interface Aging {
  readonly currency: CurrencyCode
  /** Due today or later. */
  readonly notDue: Money
  readonly days1to30: Money
  readonly days31to60: Money
  readonly days61to90: Money
  readonly over90: Money
  /** All but what is not due. */
  readonly overdue: Money
}

/** The open parts of invoices in one currency, counted by their age on a day; the columns add up to all that is open. */
export const agingOf = (parts: readonly DuePart[], currency: CurrencyCode, on: LocalDate): Aging => {
  const nothing = zero(currency)
  const sums = {
    notDue: nothing,
    days1to30: nothing,
    days31to60: nothing,
    days61to90: nothing,
    over90: nothing,
  }
  let overdue = nothing
  for (const { dueOn, amount } of parts) {
    const days = daysBetween(dueOn, on)
    const column = columnOf(days)
    sums[column] = add(sums[column], amount)
    if (days > 0) overdue = add(overdue, amount)
  }
  return { currency, ...sums, overdue }
}

const columnOf = (days: number): Exclude<keyof Aging, 'currency' | 'overdue'> => {
  if (days <= 0) return 'notDue'
  if (days <= 30) return 'days1to30'
  if (days <= 60) return 'days31to60'
  return days <= 90 ? 'days61to90' : 'over90'
}
