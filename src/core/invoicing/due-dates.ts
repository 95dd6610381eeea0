import { allocateMoney } from '../money/allocate.js'
import { fromMinor, isPositive, minimum, subtract, toMinor, type Money } from '../money/money.js'
import { percentOf } from '../money/percent.js'
import { dayOfMonthAfter, endOfMonth, plusDays, type LocalDate } from '../time/local-date.js'
import type { DueRule, PaymentTerms } from '../pricing/payment-terms.js'

/** A part of an invoice and the day on which it is due. */
export interface DuePart {
  readonly dueOn: LocalDate
  readonly amount: Money
}

/** What may be kept when all else is paid in time. */
export interface OfferedDiscount {
  readonly percent: string
  /** The last day on which the money may come. */
  readonly until: LocalDate
  /** Of the whole invoice. */
  readonly amount: Money
}

export interface DueDates {
  /** In the order of their days; they add up to the amount exactly. */
  readonly parts: readonly DuePart[]
  readonly discount?: OfferedDiscount
}

/**
 * When an amount is due under terms. Instalments are shared by the policy of the terms, by largest remainder where they name none; the discount is rounded once, half up, on the whole amount.
 *
 * @example 2/10 net 30 of 100.00 EUR, issued 2026-03-01: all of it on 2026-03-31, 2.00 less until 2026-03-11
 */
export const dueDates = (terms: PaymentTerms, issuedOn: LocalDate, amount: Money): DueDates => {
  if ('instalments' in terms) {
    const shares = allocateMoney(
      amount,
      terms.instalments.map(({ share }) => BigInt(share)),
      terms.allocation,
    )
    const parts = terms.instalments.map(({ due }, index) => ({
      dueOn: dayOf(due, issuedOn),
      amount: shares[index] as Money,
    }))
    return {
      parts: parts.toSorted((left, right) =>
        left.dueOn < right.dueOn ? -1 : left.dueOn > right.dueOn ? 1 : 0,
      ),
    }
  }
  const dueOn = dayOf(terms.due, issuedOn)
  const parts = [{ dueOn, amount }]
  if (terms.discount === undefined) return { parts }
  const { percent, days } = terms.discount
  const until = plusDays(issuedOn, days)
  return {
    parts,
    discount: { percent, until: until < dueOn ? until : dueOn, amount: discountOf(amount, percent) },
  }
}

/** What a percentage of early-payment discount comes to. */
export const discountOf = (amount: Money, percent: string): Money =>
  fromMinor(percentOf(toMinor(amount), percent, 'half_up'), amount.currency)

/** What is still open of each part when so much is covered: what is due first is covered first. Parts that are covered are left out. */
export const openOf = (parts: readonly DuePart[], covered: Money): readonly DuePart[] => {
  let left = covered
  return parts.flatMap(({ dueOn, amount }) => {
    const taken = minimum(left, amount)
    left = subtract(left, taken)
    const open = subtract(amount, taken)
    return isPositive(open) ? [{ dueOn, amount: open }] : []
  })
}

const dayOf = (due: DueRule, issuedOn: LocalDate): LocalDate => {
  switch (due.rule) {
    case 'days':
      return plusDays(issuedOn, due.days)
    case 'end_of_month':
      return plusDays(endOfMonth(issuedOn), due.days)
    case 'day_of_month':
      return dayOfMonthAfter(issuedOn, due.months, due.day)
  }
}
