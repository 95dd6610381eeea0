import type { InvoiceId } from '../ids/ids.js'
import { elementAt } from '../invariant.js'
import type { CurrencyCode } from '../money/currency.js'
import { fromMinor, toMinor, type Money } from '../money/money.js'
import { readTreatment, treatmentKey } from '../tax/tax-treatment.js'
import type { LocalDate } from '../time/local-date.js'
import type { TaxAmount } from './calculation.js'
import type { TaxTotals } from './document-totals.js'
import { settleShares } from './settle-shares.js'
import { readTaxes } from './stored-totals.js'
import { compareLevies } from './tax-amounts.js'
import { isSameWithholding, type Withholding } from './withholdings.js'

/** A part of a price that is claimed before anything is delivered, with its tax. */
export interface DepositAmounts {
  /** With tax, rounded to coins where they are. */
  readonly amount: Money
  readonly net: Money
  readonly tax: Money
  /** Net and tax under each tax treatment; one outside the scope of tax where nothing is taxed. */
  readonly taxes: readonly TaxAmount[]
}

/** What of a deposit invoice is not deducted yet, or what an invoice deducts of it (the earlier invoice of EN 16931 BG-3). */
export interface DepositPart extends DepositAmounts {
  readonly invoice: InvoiceId
  readonly number: string
  readonly issuedOn: LocalDate
  /** What the buyer withholds of it; absent where nothing is. */
  readonly withholdings?: readonly Withholding[]
}

/** An amount with tax as a share of what is left to be claimed: of each tax treatment in proportion, and of net and taxes within it; never more than there is of any. */
export const shareOfTaxes = (amount: bigint, left: readonly TaxTotals[]): readonly TaxTotals[] => {
  const grosses = left.map(({ base, tax }) => base + tax)
  const shares = settleShares(amount, grosses, sum(grosses), byTreatment(left))
  return left.flatMap((one, at): readonly TaxTotals[] => {
    const gross = elementAt(grosses, at)
    const [base = 0n, ...amounts] = settleShares(elementAt(shares, at), [one.base, ...one.amounts], gross)
    const tax = sum(amounts)
    return base === 0n && tax === 0n ? [] : [{ treatment: one.treatment, base, amounts, tax }]
  })
}

/** Of equal remainders the odd unit goes as that of a discount does: by the taxes, and not by which is written first. */
export const byTreatment = (
  taxes: readonly Pick<TaxTotals, 'treatment'>[],
): ((one: number, other: number) => number) => {
  const read = taxes.map(({ treatment }) => readTreatment(treatment))
  return (one, other) => compareLevies(elementAt(read, one), elementAt(read, other))
}

/**
 * What an invoice of these amounts deducts of the deposits that stand, oldest first: as much as there is of either under each tax treatment. So a deposit
 * is deducted to the cent by the time all is billed, whatever is billed when (F101), and no invoice deducts more tax than it has.
 */
export const deductDeposits = (
  standing: readonly DepositPart[],
  billed: readonly TaxTotals[],
  currency: CurrencyCode,
): readonly DepositPart[] => {
  let room = billed
  return standing.flatMap((deposit): readonly DepositPart[] => {
    const own = readTaxes(deposit)
    const taken = withinTaxes(own, room)
    if (taken.length === 0) return []
    room = lessTaxes(room, taken)
    const { invoice, number, issuedOn } = deposit
    // What the deposit was rounded to coins by goes with the last of it.
    const amounts = isNothing(lessTaxes(own, taken))
      ? { ...amountsOf(taken, currency), amount: deposit.amount }
      : amountsOf(taken, currency)
    return [{ invoice, number, issuedOn, ...amounts }]
  })
}

/** What stands after parts of deposits were given back to them, or taken from them; those of which nothing is left stay in their place. */
export const addDeposits = (
  standing: readonly DepositPart[],
  parts: readonly DepositPart[],
  sign: 1 | -1,
): readonly DepositPart[] =>
  standing.map((deposit) => {
    const part = parts.find(({ invoice }) => invoice === deposit.invoice)
    if (part === undefined) return deposit
    const currency = deposit.amount.currency
    const changed = BigInt(sign)
    const moved = (money: Money, other: Money | undefined): Money =>
      other === undefined ? money : fromMinor(toMinor(money) + changed * toMinor(other), currency)
    return {
      ...deposit,
      amount: moved(deposit.amount, part.amount),
      net: moved(deposit.net, part.net),
      tax: moved(deposit.tax, part.tax),
      ...(deposit.withholdings !== undefined && {
        withholdings: deposit.withholdings.map((one) => {
          const other = part.withholdings?.find(isSameWithholding(one))
          return { ...one, base: moved(one.base, other?.base), amount: moved(one.amount, other?.amount) }
        }),
      }),
      taxes: deposit.taxes.map((tax) => {
        const key = treatmentKey(tax.treatment)
        const other = part.taxes.find(({ treatment }) => treatmentKey(treatment) === key)
        return {
          treatment: tax.treatment,
          base: moved(tax.base, other?.base),
          amounts: tax.amounts.map((amount, at) => moved(amount, other?.amounts[at])),
          tax: moved(tax.tax, other?.tax),
        }
      }),
    }
  })

export const amountsOf = (taxes: readonly TaxTotals[], currency: CurrencyCode): DepositAmounts => {
  const money = (minor: bigint): Money => fromMinor(minor, currency)
  const net = sum(taxes.map(({ base }) => base))
  const tax = sum(taxes.map((one) => one.tax))
  return {
    amount: money(net + tax),
    net: money(net),
    tax: money(tax),
    taxes: taxes.map(({ treatment, base, amounts, tax: own }) => ({
      treatment,
      base: money(base),
      amounts: amounts.map(money),
      tax: money(own),
    })),
  }
}

/** What is left of `taxes` without `part`, whose treatments are among them. */
export const lessTaxes = (taxes: readonly TaxTotals[], part: readonly TaxTotals[]): readonly TaxTotals[] =>
  taxes.map((one) => {
    const less = under(part, one)
    if (less === undefined) return one
    const amounts = one.amounts.map((amount, at) => amount - elementAt(less.amounts, at))
    return { treatment: one.treatment, base: one.base - less.base, amounts, tax: sum(amounts) }
  })

/** As much of `taxes` as there is room for under each treatment, in net and in each tax. */
const withinTaxes = (taxes: readonly TaxTotals[], room: readonly TaxTotals[]): readonly TaxTotals[] =>
  taxes.flatMap((one): readonly TaxTotals[] => {
    const most = under(room, one)
    if (most === undefined) return []
    const base = within(one.base, most.base)
    const amounts = one.amounts.map((amount, at) => within(amount, elementAt(most.amounts, at)))
    const taken = { treatment: one.treatment, base, amounts, tax: sum(amounts) }
    return isNothing([taken]) ? [] : [taken]
  })

/** Whether each net and each tax of `part` is at most that of `taxes`. */
export const areWithin = (part: readonly TaxTotals[], taxes: readonly TaxTotals[]): boolean =>
  part.every((one) => {
    const whole = under(taxes, one)
    return (
      isNothing([one]) ||
      (whole !== undefined &&
        within(one.base, whole.base) === one.base &&
        one.amounts.every((amount, at) => within(amount, elementAt(whole.amounts, at)) === amount))
    )
  })

/** The smaller size of two amounts of one sign; nothing where their signs differ. */
const within = (amount: bigint, most: bigint): bigint => {
  if (amount > 0n) return most < 0n ? 0n : amount < most ? amount : most
  return most > 0n ? 0n : amount > most ? amount : most
}

const under = (taxes: readonly TaxTotals[], { treatment }: TaxTotals): TaxTotals | undefined => {
  const key = treatmentKey(treatment)
  return taxes.find((one) => treatmentKey(one.treatment) === key)
}

export const isNothing = (taxes: readonly TaxTotals[]): boolean =>
  taxes.every(({ base, amounts }) => base === 0n && amounts.every((amount) => amount === 0n))

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
