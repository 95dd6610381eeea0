import { elementAt, invariant } from '../invariant.js'
import { allocate } from '../money/allocate.js'
import { fromMinor, toMinor, type Money } from '../money/money.js'
import { err, ok, type Result } from '../result.js'
import type { LocalDate } from '../time/local-date.js'
import { daysOf, earnedUpTo, type Obligation } from './obligation.js'

/** A contract with a customer and what became of it. All amounts in one currency. */
export interface Contract {
  readonly transactionPrice: Money
  readonly obligations: readonly Obligation[]
  /** Each on a later day than the one before. */
  readonly changes: readonly ContractChange[]
}

/**
 * A change of scope, price or both, in force from the beginning of a day. Goods or services that are distinct and sold at their stand-alone price are
 * no change but a contract of their own (ASC 606-10-25-12, IFRS 15.20).
 */
export interface ContractChange {
  readonly on: LocalDate
  /**
   * `prospective`: what remains is distinct from what was done. The contract ends and a new one begins: what was not recognized yet, and the change of the
   * price, are shared by `obligations`, which are what remains (ASC 606-10-25-13(a), IFRS 15.21(a)).
   * `catch_up`: what remains is part of one promise with what was done. The new price is shared by `obligations` as if it had been so from the start, and
   * the difference to what was recognized is booked on the day of the change (ASC 606-10-25-13(b), IFRS 15.21(b)).
   */
  readonly as: 'prospective' | 'catch_up'
  /** By how much the transaction price rises; negative where it falls. */
  readonly price: Money
  readonly obligations: readonly Obligation[]
}

/** One sharing of a price, at the start or by a change. */
export interface Allocation {
  readonly obligation: string
  readonly standAlonePrice: Money
  readonly allocated: Money
  /** The day of the change that it follows; absent for the first. */
  readonly since?: LocalDate
}

/** What became of a change: the correction that a catch-up books on its day. */
export interface ChangeEffect {
  readonly on: LocalDate
  readonly as: ContractChange['as']
  readonly price: Money
  readonly catchUp?: Money
}

/** An amount that is earned as its obligation is, within the life of one sharing of the price. */
interface Portion {
  readonly obligation: Obligation
  readonly minor: bigint
  readonly since?: LocalDate
  ended?: { readonly on: LocalDate; readonly keeps: boolean }
}

export interface Earnings {
  readonly allocations: readonly Allocation[]
  readonly effects: readonly ChangeEffect[]
  /** What of the transaction price is earned when a day begins, by obligation, in minor units. */
  readonly upTo: (date: LocalDate) => ReadonlyMap<string, bigint>
  readonly transactionPrice: bigint
}

/** Where in the contract which rule is broken. */
export interface ContractProblem {
  readonly path: readonly (string | number)[]
  readonly rule: string
}

/**
 * Shares the transaction price among the obligations by stand-alone price, the odd cents to the largest remainders, and shares anew with every change.
 * What is earned in the end is the transaction price with all changes, to the cent: a change moves revenue, it makes none.
 */
export const earn = (contract: Contract): Result<Earnings, ContractProblem> => {
  const portions: Portion[] = []
  const effects: ChangeEffect[] = []
  const first = share(toMinor(contract.transactionPrice), contract.obligations)
  if (first === undefined) return problem(['obligations'], 'obligations.standAlone')
  portions.push(...first)
  for (const [index, change] of contract.changes.entries()) {
    const path = ['changes', index]
    const live = portions.filter((portion) => portion.ended === undefined)
    const broken = brokenRule(live, change)
    if (broken !== undefined) return problem([...path, 'obligations'], broken)
    const before = sum(live.map((portion) => earnedOf(portion, change.on)))
    const left =
      sum(live.map((portion) => portion.minor)) +
      toMinor(change.price) -
      (change.as === 'prospective' ? before : 0n)
    if (left < 0n) return problem([...path, 'price'], 'revenue.belowRecognized')
    const shared = share(left, change.obligations)
    if (shared === undefined) return problem([...path, 'obligations'], 'obligations.standAlone')
    for (const portion of live) portion.ended = { on: change.on, keeps: change.as === 'prospective' }
    const begun = shared.map((portion): Portion => ({ ...portion, since: change.on }))
    portions.push(...begun)
    effects.push(effectOf(change, before, begun))
  }
  const transactionPrice =
    toMinor(contract.transactionPrice) + sum(contract.changes.map(({ price }) => toMinor(price)))
  invariant(sum(portions.map(inTheEnd)) === transactionPrice, 'a change moves revenue, it makes none')
  return ok({
    allocations: portions.map(allocationOf),
    effects,
    upTo: (date) => earnedBy(portions, date),
    transactionPrice,
  })
}

/** Nothing where an amount is left and no obligation has a price to share it by. */
const share = (minor: bigint, obligations: readonly Obligation[]): readonly Portion[] | undefined => {
  const weights = obligations.map((obligation) => toMinor(obligation.standAlonePrice))
  if (minor !== 0n && sum(weights) === 0n) return undefined
  const shares = allocate(minor, weights)
  return obligations.map((obligation, index) => ({ obligation, minor: elementAt(shares, index) }))
}

/** What remains after a prospective change lies ahead of it; a catch-up leaves out nothing of which something was recognized. */
const brokenRule = (
  live: readonly Portion[],
  { as, on, obligations }: ContractChange,
): string | undefined => {
  if (as === 'prospective') {
    return obligations.some(({ recognition }) => daysOf(recognition).some((day) => day < on))
      ? 'obligation.past'
      : undefined
  }
  const kept = new Set(obligations.map(({ id }) => id))
  return live.some((portion) => earnedOf(portion, on) !== 0n && !kept.has(portion.obligation.id))
    ? 'obligation.missing'
    : undefined
}

const effectOf = (change: ContractChange, before: bigint, begun: readonly Portion[]): ChangeEffect => {
  const { on, as, price } = change
  if (as === 'prospective') return { on, as, price }
  const after = sum(begun.map(({ minor, obligation }) => earnedUpTo(minor, obligation.recognition, on)))
  return { on, as, price, catchUp: fromMinor(after - before, price.currency) }
}

const allocationOf = ({ obligation, minor, since }: Portion): Allocation => ({
  obligation: obligation.id,
  standAlonePrice: obligation.standAlonePrice,
  allocated: fromMinor(minor, obligation.standAlonePrice.currency),
  ...(since !== undefined && { since }),
})

const earnedBy = (portions: readonly Portion[], date: LocalDate): ReadonlyMap<string, bigint> => {
  const earned = new Map<string, bigint>()
  for (const portion of portions) {
    const { id } = portion.obligation
    earned.set(id, (earned.get(id) ?? 0n) + earnedOf(portion, date))
  }
  return earned
}

/** A portion counts from the day of its change on, and up to the next change: then it stays as it was, or is replaced. */
const earnedOf = ({ obligation, minor, since, ended }: Portion, date: LocalDate): bigint => {
  if (since !== undefined && date <= since) return 0n
  if (ended === undefined || date <= ended.on) return earnedUpTo(minor, obligation.recognition, date)
  return ended.keeps ? earnedUpTo(minor, obligation.recognition, ended.on) : 0n
}

/** What a portion comes to when all of the contract is done. */
const inTheEnd = (portion: Portion): bigint => {
  const { minor, ended } = portion
  if (ended === undefined) return minor
  return ended.keeps ? earnedOf(portion, ended.on) : 0n
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

const problem = (path: readonly (string | number)[], rule: string) => err({ path, rule })
