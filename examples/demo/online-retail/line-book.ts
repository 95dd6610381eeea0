import { add, negate, parse, zero, type Decimal } from '../data/exact-decimal.js'
import type { RetailRule } from '../data/online-retail-rules.js'
import type { RetailInvoice } from '../data/online-retail.js'
import { treatmentOf, type Treatment } from './treatment.js'

/** What lines come to, exactly and with each line rounded half up to pence. */
export interface LineSum {
  readonly lines: number
  readonly exact: Decimal
  readonly rounded: Decimal
}

/** Keeps account of every line of the file, apart from the library. */
export interface LineBook {
  add(invoice: RetailInvoice): void
  byRule(): readonly (readonly [RetailRule, LineSum])[]
  of(treatment: Treatment): LineSum
}

const nothing: LineSum = { lines: 0, exact: zero, rounded: zero }

export const lineBook = (): LineBook => {
  const rules = new Map<RetailRule, LineSum>()
  return {
    add: ({ lines }) => {
      for (const { rule, amount, roundedAmount } of lines) {
        const known = rules.get(rule) ?? nothing
        rules.set(rule, {
          lines: known.lines + 1,
          exact: add(known.exact, parse(amount) ?? zero),
          rounded: add(known.rounded, parse(roundedAmount) ?? zero),
        })
      }
    },
    byRule: () => [...rules].sort(([, left], [, right]) => right.lines - left.lines),
    of: (treatment) =>
      [...rules]
        .filter(([rule]) => treatmentOf(rule) === treatment)
        .reduce((sum, [, one]) => joined(sum, one), nothing),
  }
}

const joined = (left: LineSum, right: LineSum): LineSum => ({
  lines: left.lines + right.lines,
  exact: add(left.exact, right.exact),
  rounded: add(left.rounded, right.rounded),
})

/** What rounding leaves out of these lines. */
export const roundingOf = ({ exact, rounded }: LineSum): Decimal => add(exact, negate(rounded))
