import type { CurrencyCode } from '../money/currency.js'
import { present } from '../invariant.js'
import { fromMinor, toMinor, type Money } from '../money/money.js'
import { monthOf, plusMonths, type LocalDate } from '../time/local-date.js'
import type { Earnings } from './contract.js'

/** An invoice, or with a negative amount a credit note. Amounts without tax. */
export interface Billed {
  readonly on: LocalDate
  readonly amount: Money
}

/** A month of the roll-forward: opening + billed − recognized = closing, to the cent. */
export interface RevenueMonth {
  /** `2026-03` */
  readonly month: string
  /** Billed and not earned: deferred revenue (a contract liability); below zero earned and not billed (a contract asset; IFRS 15.105). */
  readonly opening: Money
  readonly billed: Money
  readonly recognized: Money
  readonly closing: Money
  /** What of `recognized` is of which obligation, where it is not zero. */
  readonly obligations: readonly { readonly obligation: string; readonly recognized: Money }[]
}

/** Every month from that of `first` to that of `last`. */
export const rollForward = (
  earnings: Pick<Earnings, 'upTo'>,
  billings: readonly Billed[],
  { first, last }: { readonly first: LocalDate; readonly last: LocalDate },
  currency: CurrencyCode,
): readonly RevenueMonth[] => {
  const billedIn = new Map<string, bigint>()
  for (const { on, amount } of billings) {
    const month = monthOf(on)
    billedIn.set(month, (billedIn.get(month) ?? 0n) + toMinor(amount))
  }
  const months: RevenueMonth[] = []
  const money = (minor: bigint): Money => fromMinor(minor, currency)
  let opening = 0n
  let earlier = earnings.upTo(monthOf(first))
  for (let month = monthOf(first); month <= last; month = plusMonths(month, 1)) {
    const earned = earnings.upTo(plusMonths(month, 1))
    const obligations = [...earned].flatMap(([obligation, amount]) => {
      const recognized =
        amount - present(earlier.get(obligation), 'an obligation is there from the first month on')
      return recognized === 0n ? [] : [{ obligation, recognized }]
    })
    const recognized = obligations.reduce((sum, each) => sum + each.recognized, 0n)
    const billed = billedIn.get(month) ?? 0n
    const closing = opening + billed - recognized
    months.push({
      month: month.slice(0, 7),
      opening: money(opening),
      billed: money(billed),
      recognized: money(recognized),
      closing: money(closing),
      obligations: obligations.map((each) => ({ ...each, recognized: money(each.recognized) })),
    })
    opening = closing
    earlier = earned
  }
  return months
}
