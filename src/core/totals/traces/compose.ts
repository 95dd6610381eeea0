import { currencyDigits, type CurrencyCode } from '../../money/currency.js'
import { formatDecimal, powerOfTen } from '../../money/decimal-string.js'
import { exactQuotient, writeExact, type Exact } from '../../money/exact-decimal.js'
import { magnitude } from '../../money/magnitude.js'
import { toMinor } from '../../money/money.js'
import { divideRounded, type RoundingMode } from '../../money/rounding.js'
import { roundedWords } from './rule-words.js'
import { traceSpread, type SpreadBy, type Weight } from './spread.js'
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

  const spread = (of: Trace, weights: readonly Weight[], by?: SpreadBy): readonly Trace[] =>
    traceSpread(currency, of, weights, by)

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

const nearestToZero = (amounts: readonly bigint[]): bigint => {
  if (amounts.some((amount) => amount > 0n) && amounts.some((amount) => amount < 0n)) return 0n
  return amounts.reduce((a, b) => (magnitude(a) <= magnitude(b) ? a : b))
}
