import { fromMinor, toMinor, type Money } from '../money/money.js'
import { percentOf } from '../money/percent.js'
import { divideRounded } from '../money/rounding.js'
import type { AgreedWithholding } from '../parties/agreed-withholding.js'
import type { DocumentAmounts } from '../totals/calculation.js'
import type { DepositAmounts, DepositPart } from '../totals/deposit.js'
import {
  isSameWithholding,
  withholdingBases,
  withholdingMode,
  type Withheld,
  type Withholding,
} from '../totals/withholdings.js'
import type { Order } from './order.js'
import { standingDeposits } from './unclaimed.js'
import { basesUpTo } from './withheld.js'

/** What is withheld of a deposit invoice that claims so much; undefined where nothing is. */
export const withheldOfDeposit = (
  order: Order,
  claimed: Pick<DepositAmounts, 'net' | 'tax'>,
): readonly Withholding[] | undefined => {
  const own = { net: toMinor(claimed.net), tax: toMinor(claimed.tax) }
  const withheld = (order.withholdings ?? []).flatMap((agreed): readonly Withholding[] => {
    const base = own[agreed.on]
    return base === 0n ? [] : [withholding(order, agreed, base, withheldOfClaim(order, agreed, base))]
  })
  return withheld.length > 0 ? withheld : undefined
}

/** What is withheld of an invoice that deducts deposits, and of what it deducts. */
export interface WithheldWithDeposits {
  readonly withholdings?: readonly Withholding[]
  readonly deducted: readonly DepositPart[]
}

/**
 * The same of an invoice of an order with deposits. Of each deposit it deducts the share that is withheld of what it deducts, and all that is left with the last of it. What it
 * withholds beyond that is withheld of what it claims itself: an invoice of which all is deducted withholds nothing more.
 */
export const withheldWithDeposits = (
  order: Order,
  next: { readonly total: Money; readonly totals?: DocumentAmounts },
  deducted: readonly DepositPart[],
): WithheldWithDeposits => {
  const { withholdings: agreed = [] } = order
  if (agreed.length === 0) return { deducted }
  const parts = deducted.map((part) => withWithheld(order, part))
  const own = withholdingBases(next.total, next.totals)
  const withholdings = agreed.flatMap((one): readonly Withholding[] => {
    const base = own[one.on]
    if (base === 0n) return []
    const claim = parts.reduce((left, part) => left - toMinor(part[one.on]), base)
    const taken = parts.reduce((all, part) => all + withheldWith(part, one), 0n)
    return [withholding(order, one, base, taken + withheldOfClaim(order, one, claim))]
  })
  return { deducted: parts, ...(withholdings.length > 0 && { withholdings }) }
}

/** What is withheld of the documents of an order after one of them: with `sign` -1 after one that withholds nothing any more. */
export const withheldAfter = (
  order: Order,
  {
    withholdings = [],
    deducted = [],
  }: { readonly withholdings?: readonly Withholding[]; readonly deducted?: readonly DepositPart[] },
  sign: 1n | -1n = 1n,
): readonly Withheld[] | undefined => {
  const taken = deducted.flatMap((part) => part.withholdings ?? [])
  const sumOf = (of: readonly Withholding[], agreed: AgreedWithholding): bigint =>
    of.filter(isSameWithholding(agreed)).reduce((all, { amount }) => all + toMinor(amount), 0n)
  return order.withholdings?.map((agreed) => {
    const own = sumOf(withholdings, agreed) - sumOf(taken, agreed)
    return { ...agreed, amount: fromMinor(withheldSoFar(order, agreed) + sign * own, order.currency) }
  })
}

/**
 * What is withheld of a claim of an order: of all that is claimed with it, rounded once, less what is withheld already. What a credited deposit has left too much or too little
 * by is made up for with it, as far as the claim goes.
 */
const withheldOfClaim = (order: Order, agreed: AgreedWithholding, claim: bigint): bigint => {
  const { percent, on } = agreed
  const standing = standingDeposits(order).reduce((all, deposit) => all + toMinor(deposit[on]), 0n)
  const claimed = billedOf(order, agreed) + standing + claim
  const due = percentOf(claimed, percent, withholdingMode(order.calculation)) - withheldSoFar(order, agreed)
  return within(due, claim)
}

const withheldSoFar = (order: Order, agreed: AgreedWithholding): bigint => {
  const known = order.withheld?.find(isSameWithholding(agreed))
  if (known !== undefined) return toMinor(known.amount)
  return percentOf(billedOf(order, agreed), agreed.percent, withholdingMode(order.calculation))
}

const billedOf = (order: Order, { on }: AgreedWithholding): bigint =>
  basesUpTo(order, ({ invoiced }) => invoiced)[on]

/** What is deducted of a deposit, with its share of what is withheld of what stands of it. */
const withWithheld = (order: Order, part: DepositPart): DepositPart => {
  const standing = standingDeposits(order).find(({ invoice }) => invoice === part.invoice)
  const withholdings = (standing?.withholdings ?? []).flatMap((left): readonly Withholding[] => {
    const base = toMinor(part[left.on])
    if (base === 0n) return []
    const share = divideRounded(
      toMinor(left.amount) * base,
      toMinor(left.base),
      withholdingMode(order.calculation),
    )
    return [withholding(order, left, base, share)]
  })
  return withholdings.length === 0 ? part : { ...part, withholdings }
}

const withheldWith = ({ withholdings = [] }: DepositPart, agreed: AgreedWithholding): bigint => {
  const found = withholdings.find(isSameWithholding(agreed))
  return found === undefined ? 0n : toMinor(found.amount)
}

const withholding = (
  { currency }: Order,
  { name, percent, on }: AgreedWithholding,
  base: bigint,
  amount: bigint,
): Withholding => ({
  name,
  percent,
  on,
  base: fromMinor(base, currency),
  amount: fromMinor(amount, currency),
})

/** Between nothing and all of it, whatever its sign: orders of before may have an invoice that takes tax back. */
const within = (amount: bigint, most: bigint): bigint => {
  const [least, greatest] = most < 0n ? [most, 0n] : [0n, most]
  if (amount < least) return least
  return amount > greatest ? greatest : amount
}
