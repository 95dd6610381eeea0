import { elementAt } from '../../invariant.js'
import { allocateBy, type AllocationPolicy } from '../../money/allocate.js'
import { currencyDigits, type CurrencyCode } from '../../money/currency.js'
import { formatDecimal, powerOfTen, readDecimal } from '../../money/decimal-string.js'
import { writeExact, type Exact } from '../../money/exact-decimal.js'
import { toMinor } from '../../money/money.js'
import { settleAt, settleShares } from '../settle-shares.js'
import { exactWords, sharedWords } from './rule-words.js'
import type { Trace } from './trace.js'

export interface Weight {
  readonly name: string
  /** A decimal, or a whole number. */
  readonly weight: string
}

/** How an amount is spread. */
export interface SpreadBy {
  /** For what is not spread as discounts are, whose weights may be nothing or below: each weight is above zero then. */
  readonly policy?: AllocationPolicy
  /** Which of equal remainders comes first. */
  readonly compare?: (one: number, other: number) => number
  /** What is spread is itself a rounded part of an amount: each share is the one it has in that, by the sum of all weights. */
  readonly part?: { readonly of: Trace; readonly whole: string }
}

/** All shares of an amount. */
export const traceSpread = (
  currency: CurrencyCode,
  of: Trace,
  weights: readonly Weight[],
  { policy, compare, part }: SpreadBy = {},
): readonly Trace[] => {
  const digits = currencyDigits(currency)
  const write = (minor: bigint): string => formatDecimal(minor, digits)
  const minorOf = (trace: Trace): bigint => toMinor({ amount: trace.amount, currency })
  const inUnits = ({ numerator, denominator }: Exact): Exact => ({
    numerator,
    denominator: denominator * powerOfTen(digits),
  })
  const total = minorOf(part?.of ?? of)
  const scale = Math.max(
    0,
    ...[...weights, ...(part === undefined ? [] : [{ weight: part.whole }])].map(
      ({ weight }) => readDecimal(weight).scale,
    ),
  )
  const sizeOf = (weight: string): bigint => {
    const { digits: read, scale: own } = readDecimal(weight)
    return read * powerOfTen(scale - own)
  }
  const sizes = weights.map(({ weight }) => sizeOf(weight))
  const whole = part === undefined ? sizes.reduce((all, size) => all + size, 0n) : sizeOf(part.whole)
  const amounts = settled({ of: minorOf(of), total, sizes, whole, policy, compare })
  const exacts = sizes.map((size) =>
    policy === 'equal' ? exactShare(total, 1n, BigInt(sizes.length)) : exactShare(total, size, whole),
  )
  const rows = weights.map(({ name, weight }, at) => {
    const amount = elementAt(amounts, at)
    const { numerator, denominator } = elementAt(exacts, at)
    const over = amount * denominator - numerator
    return {
      name,
      weight,
      unrounded: writeExact(inUnits(elementAt(exacts, at))),
      amount: write(amount),
      gotUnit: total < 0n ? over < 0n : over > 0n,
    }
  })
  const got = rows.filter(({ gotUnit }) => gotUnit).map(({ name }) => name)
  return rows.map((row, place) => ({
    name: `share of ${row.name}`,
    amount: row.amount,
    rule:
      whole === 0n
        ? 'nothing to share it by, so all of it goes to one'
        : `${row.weight} of ${formatDecimal(whole, scale)} of ${write(total)}${sharedWords(exactWords(inUnits(elementAt(exacts, place)), row.amount), row.gotUnit, got, policy)}`,
    arithmetic: {
      by: 'spread',
      policy: policy ?? 'largest_remainder',
      ...(part !== undefined && { of: part.of.amount, whole: part.whole }),
      shares: rows,
      place,
    },
    from: [of],
  }))
}

/** In minor units. */
const exactShare = (total: bigint, size: bigint, whole: bigint): Exact => {
  if (whole === 0n) return { numerator: 0n, denominator: 1n }
  const sign = whole < 0n ? -1n : 1n
  return { numerator: sign * total * size, denominator: sign * whole }
}

interface Settled {
  readonly policy: SpreadBy['policy'] | undefined
  readonly compare: SpreadBy['compare'] | undefined
  readonly of: bigint
  readonly total: bigint
  readonly sizes: readonly bigint[]
  readonly whole: bigint
}

const settled = ({ of, total, sizes, whole, policy, compare }: Settled): readonly bigint[] => {
  if (policy !== undefined) return allocateBy(policy, of, sizes)
  if (whole === 0n) return settleShares(of, sizes, whole, compare)
  const shares = sizes.map(() => 0n)
  const places = sizes.map((_, place) => place)
  settleAt(shares, places, of, { total, parts: sizes, whole, ...(compare !== undefined && { compare }) })
  return shares
}
