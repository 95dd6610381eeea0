import { elementAt } from '../../invariant.js'
import { allocateBy, type AllocationPolicy } from '../../money/allocate.js'
import { currencyDigits, type CurrencyCode } from '../../money/currency.js'
import { formatDecimal, powerOfTen, readDecimal } from '../../money/decimal-string.js'
import { exactQuotient, printExact, writeExact, type Exact } from '../../money/exact-decimal.js'
import { toMinor } from '../../money/money.js'
import { divideRounded, type RoundingMode } from '../../money/rounding.js'
import { settleAt, settleShares } from '../settle-shares.js'
import type { GivenAmount, Trace } from './trace.js'

/** What a share is of, and how it is written. */
export interface ShareOf {
  /** The amount with its trace, or a price or amount that needs none. */
  readonly of: Trace | string
  readonly times: string
  readonly over?: string
  /** `19% of 100.05`; the multiplication where it is left out. */
  readonly words?: string
  readonly rounding: RoundingMode
  /** The smallest coin in minor units, where it is rounded to coins. */
  readonly step?: bigint
  readonly source?: string
  /** The traces of `times` and of `over`, where they are amounts. */
  readonly by?: readonly Trace[]
}

export interface Weight {
  readonly name: string
  /** A decimal, or a whole number. */
  readonly weight: string
}

/** How an amount is spread. */
export interface SpreadBy {
  /** For what is not spread as discounts are, whose weights may be below zero. */
  readonly policy?: AllocationPolicy
  /** Which of equal remainders comes first. */
  readonly compare?: (one: number, other: number) => number
  /** What is spread is itself a rounded part of an amount: each share is the one it has in that, by the sum of all weights. */
  readonly part?: { readonly of: Trace; readonly whole: string }
}

/**
 * Puts traces of one currency together. Each computes its amount from what it is from, so a trace cannot say one thing and its arithmetic another; whether it says what
 * the document says is for whoever asks to see.
 */
export const tracesIn = (currency: CurrencyCode) => {
  const write = (minor: bigint): string => formatDecimal(minor, currencyDigits(currency))
  const minorOf = (trace: Trace): bigint => toMinor({ amount: trace.amount, currency })

  const given = (name: string, amount: bigint, rule: string, document?: GivenAmount['document']): Trace => ({
    name,
    amount: write(amount),
    rule,
    arithmetic: { by: 'given', ...(document !== undefined && { document }) },
    from: [],
  })

  /** The same of a decimal that has the currency's digits already, or more. */
  const agreed = (name: string, amount: string, rule: string): Trace => ({
    name,
    amount,
    rule,
    arithmetic: { by: 'given' },
    from: [],
  })

  const sum = (name: string, terms: readonly Term[], rule: string, source?: string): Trace => {
    const subtracted = terms.flatMap(({ sign }, at) => (sign === -1n ? [at] : []))
    return {
      name,
      amount: write(terms.reduce((total, { sign, trace }) => total + sign * minorOf(trace), 0n)),
      rule,
      ...(source !== undefined && { source }),
      arithmetic: { by: 'sum', ...(subtracted.length > 0 && { subtracted }) },
      from: terms.map(({ trace }) => trace),
    }
  }

  const share = (name: string, wanted: ShareOf): Trace => {
    const { of, times, over = '1', rounding, step, source, by = [] } = wanted
    const amount = typeof of === 'string' ? of : of.amount
    const exact = exactQuotient([amount, times], over)
    const rounded = write(inSteps(exact, currencyDigits(currency), step ?? 1n, rounding))
    const to = step === undefined ? '' : ` to a multiple of ${write(step)}`
    const {
      words = over !== '1' ? `${amount} x ${times} / ${over}` : times === '1' ? '' : `${amount} x ${times}`,
    } = wanted
    const exactly = roundedWords(exact, rounded, rounding, to)
    return {
      name,
      amount: rounded,
      rule: words === '' ? exactly.replace(/^ = /, '') || amount : `${words}${exactly}`,
      ...(source !== undefined && { source }),
      arithmetic: {
        by: 'share',
        of: amount,
        times,
        over,
        unrounded: writeExact(exact),
        rounding,
        ...(step !== undefined && { step: write(step) }),
      },
      from: typeof of === 'string' ? [] : [of, ...by],
    }
  }

  /** All shares of an amount. */
  const spread = (
    of: Trace,
    weights: readonly Weight[],
    { policy, compare, part }: SpreadBy = {},
  ): readonly Trace[] => {
    const total = minorOf(part?.of ?? of)
    const scale = Math.max(
      0,
      ...[...weights, ...(part === undefined ? [] : [{ weight: part.whole }])].map(
        ({ weight }) => readDecimal(weight).scale,
      ),
    )
    const sizeOf = (weight: string): bigint => {
      const { digits, scale: own } = readDecimal(weight)
      return digits * powerOfTen(scale - own)
    }
    const sizes = weights.map(({ weight }) => sizeOf(weight))
    const whole = part === undefined ? sizes.reduce((all, size) => all + size, 0n) : sizeOf(part.whole)
    const amounts = settled({ of: minorOf(of), total, sizes, whole, policy, compare })
    const exacts = sizes.map((size) =>
      policy === 'equal' && whole !== 0n
        ? exactShare(total, size === 0n ? 0n : 1n, BigInt(sizes.filter((one) => one > 0n).length))
        : exactShare(total, size, whole),
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

  const inUnits = ({ numerator, denominator }: Exact): Exact => ({
    numerator,
    denominator: denominator * powerOfTen(currencyDigits(currency)),
  })

  /** An amount that a unit was moved to or from, so that several discounts together leave nothing below zero. */
  const moved = (trace: Trace, amount: bigint): Trace => {
    const units = amount - minorOf(trace)
    return units === 0n
      ? trace
      : sum(
          trace.name,
          [
            plus(trace),
            plus(given('moved', units, 'so that all discounts together leave nothing below zero')),
          ],
          'with what was moved',
        )
  }

  /** An amount as it stands, whatever rules of sharing out odd units it was computed by. */
  const kept = (trace: Trace, amount: bigint): Trace =>
    amount === minorOf(trace)
      ? trace
      : given(trace.name, amount, `as it was agreed; by the rules of today it would be ${trace.amount}`)

  const limited = (name: string, by: 'least' | 'greatest', from: readonly Trace[], rule: string): Trace => {
    const amounts = from.map(minorOf)
    const amount = by === 'least' ? nearestToZero(amounts) : amounts.reduce((a, b) => (a > b ? a : b))
    return { name, amount: write(amount), rule, arithmetic: { by }, from }
  }

  return { currency, write, minorOf, given, agreed, sum, share, spread, moved, kept, limited }
}

export type TraceComposer = ReturnType<typeof tracesIn>

/** A part of a sum. */
export interface Term {
  readonly sign: 1n | -1n
  readonly trace: Trace
}

export const plus = (trace: Trace): Term => ({ sign: 1n, trace })
export const less = (trace: Trace): Term => ({ sign: -1n, trace })

/** The same amount under another name. */
export const named = (name: string, trace: Trace): Trace => ({ ...trace, name })

/** An amount that has its trace beside it. */
export const again = ({ name, amount }: Trace): Trace => ({
  name,
  amount,
  rule: 'as it is',
  arithmetic: { by: 'given' },
  from: [],
})

const inSteps = (
  { numerator, denominator }: Exact,
  digits: number,
  step: bigint,
  mode: RoundingMode,
): bigint => divideRounded(numerator * powerOfTen(digits), denominator * step, mode) * step

const roundedWords = (exact: Exact, rounded: string, mode: RoundingMode, to: string): string => {
  const words = exactWords(exact, rounded)
  return words === '' ? '' : `${words}, rounded ${modeWords[mode]}${to}`
}

/** Nothing where it was exact already. */
const exactWords = (exact: Exact, rounded: string): string =>
  writeExact(exact) === writeExact(exactQuotient([rounded], '1')) ? '' : ` = ${printExact(exact)}`

/** In minor units. */
const exactShare = (total: bigint, size: bigint, whole: bigint): Exact => {
  if (whole === 0n) return { numerator: 0n, denominator: 1n }
  const sign = whole < 0n ? -1n : 1n
  return { numerator: sign * total * size, denominator: sign * whole }
}

const sharedWords = (
  exactly: string,
  gotUnit: boolean,
  got: readonly string[],
  policy: AllocationPolicy | undefined,
): string => {
  const [first, ...others] = got
  if (first === undefined) return exactly === '' ? '' : `${exactly}, rounded down`
  const why = policy === 'first' || policy === 'last' ? `what is left to the ${policy}` : 'largest remainder'
  if (gotUnit) return `${exactly}, rounded up: ${why}`
  if (exactly === '') return ''
  return `${exactly}, rounded down: ${why} at ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`
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

const nearestToZero = (amounts: readonly bigint[]): bigint => {
  if (amounts.some((amount) => amount > 0n) && amounts.some((amount) => amount < 0n)) return 0n
  return amounts.reduce((a, b) => ((a < 0n ? -a : a) <= (b < 0n ? -b : b) ? a : b))
}

export const modeWords: Readonly<Record<RoundingMode, string>> = {
  half_up: 'half up',
  half_even: 'half even',
  half_down: 'half down',
  up: 'up',
  down: 'down',
  ceiling: 'up to the next',
  floor: 'down to the next',
}
