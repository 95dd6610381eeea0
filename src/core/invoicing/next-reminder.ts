import { moneySchema } from '../money/money-schema.js'
import { sumOf, type Money } from '../money/money.js'
import { simpleInterest, type InterestRate } from '../money/simple-interest.js'
import { daysBetween, laterOf, plusDays, type LocalDate } from '../time/local-date.js'
import type { DuePart } from './due-dates.js'
import type { DunningLadder, DunningLevel } from './dunning.js'
import type { Invoice } from './invoice.js'
import { openParts } from './invoice-amounts.js'
import type { ClaimedInterest, InterestPart, Reminder } from './reminder.js'

/** A step of the ladder that an invoice has reached, or when it will. */
export interface NextReminder {
  readonly part: DuePart
  /** 1 for the first level. */
  readonly number: number
  readonly level: DunningLevel
  readonly on: LocalDate
}

/**
 * The next reminder of an invoice. Levels are taken one by one and never twice; between two lie at least as many days as the ladder has between them,
 * so whoever was not reminded for long is not reminded three times in a day. `undefined` when nothing is open or all levels are taken.
 */
export const nextReminder = (invoice: Invoice, ladder: DunningLadder): NextReminder | undefined => {
  if (invoice.status !== 'issued') return undefined
  const next = openParts(invoice).flatMap((part): readonly NextReminder[] => {
    const taken = (invoice.reminders ?? []).filter((reminder) => reminder.dueOn === part.dueOn)
    const level = ladder[taken.length]
    if (level === undefined) return []
    const last = taken.at(-1)
    const reached = plusDays(part.dueOn, level.daysOverdue)
    const gap = level.daysOverdue - (ladder[taken.length - 1]?.daysOverdue ?? 0)
    const on = last === undefined ? reached : laterOf(reached, plusDays(last.on, gap))
    return [{ part, number: taken.length + 1, level, on }]
  })
  return next.reduce<NextReminder | undefined>(
    (first, one) => (first === undefined || one.on < first.on ? one : first),
    undefined,
  )
}

/** What a reminder says, with its fee and its interest. */
export const reminderOf = (
  invoice: Invoice,
  { part, number, level }: NextReminder,
  on: LocalDate,
): Reminder => {
  const overdue = openParts(invoice).filter(({ dueOn }) => dueOn < on)
  const fee = feeOf(level, invoice.currency)
  const interest = level.interest === undefined ? undefined : interestOf(invoice, overdue, level.interest, on)
  return {
    level: number,
    on,
    dueOn: part.dueOn,
    daysOverdue: daysBetween(part.dueOn, on),
    overdue: sumOf(
      overdue.map(({ amount }) => amount),
      invoice.currency,
    ),
    ...(fee !== undefined && { fee }),
    ...(interest !== undefined && { interest }),
  }
}

const feeOf = ({ fee = {} }: DunningLevel, currency: Money['currency']): Money | undefined =>
  Object.hasOwn(fee, currency) ? moneySchema.parse({ amount: fee[currency], currency }) : undefined

/** No day is charged twice: each part from its due day, or from the day up to which interest was claimed before. */
const interestOf = (
  { reminders = [], currency }: Invoice,
  overdue: readonly DuePart[],
  rate: InterestRate,
  until: LocalDate,
): ClaimedInterest | undefined => {
  const claimed = reminders.filter(({ interest }) => interest !== undefined).map(({ on }) => on)
  const parts = overdue.flatMap(({ dueOn, amount }): readonly InterestPart[] => {
    const from = claimed.reduce(laterOf, dueOn)
    const days = daysBetween(from, until)
    return days > 0 ? [{ principal: amount, from, until, days }] : []
  })
  if (parts.length === 0) return undefined
  const { percent, basis } = rate
  return { percent, basis, amount: simpleInterest(parts, rate, currency), parts }
}
