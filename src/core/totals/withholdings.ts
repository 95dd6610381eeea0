import type { CurrencyCode } from '../money/currency.js'
import { add, fromMinor, sumOf, toMinor, type Money } from '../money/money.js'
import { percentOf } from '../money/percent.js'
import { divideRounded, type RoundingMode } from '../money/rounding.js'
import type { AgreedWithholding } from '../parties/agreed-withholding.js'
import type { Calculation, DocumentAmounts } from './calculation.js'

/** What the buyer keeps back of a document, and what it is a share of. */
export interface Withholding extends AgreedWithholding {
  readonly base: Money
  readonly amount: Money
}

/** What is withheld of several documents together. */
export interface Withheld extends AgreedWithholding {
  readonly amount: Money
}

/** What withholdings are shares of, in minor units. */
export interface WithholdingBases {
  readonly net: bigint
  readonly tax: bigint
}

/** The bases of a document. Where nothing is taxed, discounted or charged, all of its total is without tax. */
export const withholdingBases = (total: Money, totals: DocumentAmounts | undefined): WithholdingBases =>
  totals === undefined
    ? { net: toMinor(total), tax: 0n }
    : { net: toMinor(totals.net), tax: toMinor(totals.tax) }

/** Withholdings are rounded as all else of their document; half up where it has no amounts but its lines. */
export const withholdingMode = (calculation: Calculation | undefined): RoundingMode =>
  calculation?.rounding ?? 'half_up'

/**
 * What is withheld of a part between two sums: of all up to `after`, rounded once, less what was withheld of all up to `before`. So any partition into
 * parts adds up exactly to what is withheld of the whole. What has no base is left out.
 */
export const withheldBetween = (
  agreed: readonly AgreedWithholding[],
  before: WithholdingBases,
  after: WithholdingBases,
  currency: CurrencyCode,
  calculation: Calculation | undefined,
): readonly Withholding[] => {
  const mode = withholdingMode(calculation)
  return agreed.flatMap(({ name, percent, on }): readonly Withholding[] => {
    const base = after[on] - before[on]
    if (base === 0n) return []
    const amount = percentOf(after[on], percent, mode) - percentOf(before[on], percent, mode)
    return [{ name, percent, on, base: fromMinor(base, currency), amount: fromMinor(amount, currency) }]
  })
}

/** What of a document's withholdings goes when so much of it is credited: of each its share, rounded once, and all of it with the last of its base. */
export const withheldOfCredited = (
  withholdings: readonly Withholding[],
  credited: WithholdingBases,
  calculation: Calculation | undefined,
): readonly Withholding[] => {
  const mode = withholdingMode(calculation)
  return withholdings.map((withholding) => {
    const { on, base, amount } = withholding
    const share = divideRounded(toMinor(amount) * credited[on], toMinor(base), mode)
    const { currency } = base
    return { ...withholding, base: fromMinor(credited[on], currency), amount: fromMinor(share, currency) }
  })
}

/** Whether two are the same withholding, of whatever amounts. */
export const isSameWithholding =
  ({ name, percent, on }: AgreedWithholding) =>
  (other: AgreedWithholding): boolean =>
    other.name === name && other.percent === percent && other.on === on

export const addWithholdings = (
  known: readonly Withholding[],
  more: readonly Withholding[],
): readonly Withholding[] => [
  ...known.map((one) => {
    const other = more.find(isSameWithholding(one))
    return other === undefined
      ? one
      : { ...one, base: add(one.base, other.base), amount: add(one.amount, other.amount) }
  }),
  ...more.filter((one) => !known.some(isSameWithholding(one))),
]

export const sumOfWithholdings = (withholdings: readonly Withholding[], currency: CurrencyCode): Money =>
  sumOf(
    withholdings.map(({ amount }) => amount),
    currency,
  )
