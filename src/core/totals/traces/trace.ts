import type { CreditNoteId, InvoiceId, PaymentId } from '../../ids/ids.js'
import type { AllocationPolicy } from '../../money/allocate.js'
import type { RoundingMode } from '../../money/rounding.js'

/**
 * How an amount came about: what it is called, what it is, by which rule, and from what. Amounts are decimal strings of the currency. The rule says in words of
 * arithmetic what `arithmetic` says as data, from which the amount can be computed again.
 */
export interface Trace {
  readonly name: string
  readonly amount: string
  /** `19% of 100.05 = 19.0095, rounded half even`. */
  readonly rule: string
  /** The rule of EN 16931 behind it, where there is one. */
  readonly source?: string
  readonly arithmetic: Arithmetic
  readonly from: readonly Trace[]
}

export type Arithmetic = GivenAmount | SummedAmount | RoundedShare | SpreadShare | LimitedAmount

/** Nothing was computed: it was agreed, asked for, or stands so on another document. */
export interface GivenAmount {
  readonly by: 'given'
  /** The invoice that says more, and by which path, where it stands there. */
  readonly document?: { readonly invoice: InvoiceId; readonly amount?: string }
  /** The payment, or the credit note, that it is the amount of. */
  readonly payment?: PaymentId
  readonly creditNote?: CreditNoteId
}

/** The amounts of `from` added up, but for those at the places in `subtracted`, which are taken away. */
export interface SummedAmount {
  readonly by: 'sum'
  readonly subtracted?: readonly number[]
}

/**
 * `of` × `times` ÷ `over`, rounded once. Where `of` is an amount that has a trace of its own, that is the first of `from`; an amount that it is multiplied by is the
 * second, one that it is divided by the third.
 */
export interface RoundedShare {
  readonly by: 'share'
  readonly of: string
  readonly times: string
  readonly over: string
  /** Before it was rounded: a decimal where it ends, a fraction such as `20/3` where it does not. */
  readonly unrounded: string
  readonly rounding: RoundingMode
  /** It was rounded to a multiple of this, as where the smallest coin is 0.05; to the currency's smallest unit where absent. */
  readonly step?: string
}

/**
 * One of several shares that add up to the first of `from`, in proportion to their weights: each is rounded down, and the units that are left go to the largest
 * remainders; or as the policy says.
 */
export interface SpreadShare {
  readonly by: 'spread'
  readonly policy: AllocationPolicy
  /** Where what is spread is itself a rounded part of an amount, such as what of it falls under a tax: that amount, and the sum of all weights that share in it. */
  readonly of?: string
  readonly whole?: string
  /** All shares, with what each is exactly, what it came to, and whether a unit that was left went to it. */
  readonly shares: readonly {
    readonly name: string
    readonly weight: string
    readonly unrounded: string
    readonly amount: string
    readonly gotUnit: boolean
  }[]
  /** Which of them it is. */
  readonly place: number
}

/** Of `from`, the amount that is nearest to zero, and nothing where one is below zero and another above; or the greatest. */
export interface LimitedAmount {
  readonly by: 'least' | 'greatest'
}

/** The trace as an indented tree, one amount a line, as an accountant reads it. */
export const printTrace = (trace: Trace): string => lines(trace, 0, '').join('\n')

const lines = (trace: Trace, depth: number, sign: string): readonly string[] => {
  const { name, amount, rule, source, arithmetic, from } = trace
  const subtracted = arithmetic.by === 'sum' ? (arithmetic.subtracted ?? []) : []
  return [
    `${'  '.repeat(depth)}${sign}${name} ${amount} = ${rule}${source === undefined ? '' : ` [${source}]`}`,
    ...from.flatMap((part, at) => lines(part, depth + 1, subtracted.includes(at) ? 'less ' : '')),
  ]
}
