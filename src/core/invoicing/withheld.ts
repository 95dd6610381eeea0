import { elementAt } from '../invariant.js'
import type { CurrencyCode } from '../money/currency.js'
import { add, isZero, subtract, sumOf, zero, type Money } from '../money/money.js'
import type { Calculation, DocumentAmounts } from '../totals/calculation.js'
import type { DepositPart } from '../totals/deposit.js'
import {
  isSameWithholding,
  sumOfWithholdings,
  withheldOfCredited,
  withholdingBases,
  type Withholding,
} from '../totals/withholdings.js'

/** What of an invoice tells what is withheld of it. */
export interface WithheldFrom {
  readonly kind?: 'deposit' | 'debit'
  readonly currency: CurrencyCode
  readonly calculation?: Calculation
  readonly withholdings?: readonly Withholding[]
  readonly credited: Money
  readonly creditedTotals?: DocumentAmounts
  readonly creditedWithholdings?: readonly Withholding[]
  readonly deducted?: readonly DepositPart[]
  readonly returnedWithheld?: Money
  /** Of a consolidated invoice, what tells it of each of its orders. */
  readonly parts?: readonly (Pick<WithheldFrom, 'withholdings' | 'credited' | 'creditedTotals'> & {
    readonly totals?: DocumentAmounts
  })[]
}

/** What the buyer withholds of what is left of an invoice after its credit notes: nothing once all of it is credited. */
export const withheldOf = (invoice: WithheldFrom): Money => {
  const { withholdings, currency, calculation, parts } = invoice
  if (withholdings === undefined) return zero(currency)
  if (parts !== undefined) {
    const ofEach = parts.map((part) => {
      const isCalculated = part.totals !== undefined && calculation !== undefined
      return withheldOf({ ...part, currency, ...(isCalculated && { calculation }) })
    })
    return sumOf(ofEach, currency)
  }
  const credited = sumOfWithholdings(creditedOf(withholdings, invoice), currency)
  return subtract(withheldOfClaim(invoice), credited)
}

/** What is withheld of what an invoice claims, before its credit notes: without what is withheld of the deposit invoices that it deducts, and of what was given back to them. */
export const withheldOfClaim = ({
  kind,
  currency,
  withholdings = [],
  deducted = [],
  returnedWithheld = zero(currency),
}: Pick<WithheldFrom, 'kind' | 'currency' | 'withholdings' | 'deducted' | 'returnedWithheld'>): Money => {
  const own = subtract(sumOfWithholdings(withholdings, currency), withheldOfDeducted(deducted, currency))
  return kind === 'deposit' ? subtract(own, returnedWithheld) : add(own, returnedWithheld)
}

const withheldOfDeducted = (deducted: readonly DepositPart[], currency: CurrencyCode): Money =>
  sumOfWithholdings(
    deducted.flatMap(({ withholdings = [] }) => withholdings),
    currency,
  )

/** What of its withholdings a credit note takes back: all that is credited of them with it, less what was before. */
export const withheldOfCredit = (before: WithheldFrom, after: WithheldFrom): readonly Withholding[] => {
  const { withholdings = [] } = before
  const earlier = creditedOf(withholdings, before)
  return creditedOf(withholdings, after).flatMap((withholding, at): readonly Withholding[] => {
    const known = elementAt(earlier, at)
    const base = subtract(withholding.base, known.base)
    return isZero(base) ? [] : [{ ...withholding, base, amount: subtract(withholding.amount, known.amount) }]
  })
}

const creditedOf = (
  withholdings: readonly Withholding[],
  { kind, credited, creditedTotals, creditedWithholdings = [], calculation }: WithheldFrom,
): readonly Withholding[] =>
  kind === 'deposit'
    ? withholdings.map((one) => creditedWithholdings.find(isSameWithholding(one)) ?? nothingOf(one))
    : withheldOfCredited(withholdings, withholdingBases(credited, creditedTotals), calculation)

const nothingOf = (withholding: Withholding): Withholding => {
  const nothing = zero(withholding.base.currency)
  return { ...withholding, base: nothing, amount: nothing }
}
