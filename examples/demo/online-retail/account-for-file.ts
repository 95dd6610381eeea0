import { add, negate, parse, zero, type Decimal } from '../data/exact-decimal.js'
import type { Cents } from '../exact-money.js'
import { roundingOf } from './line-book.js'
import type { RetailFigures } from './read-figures.js'
import type { RetailRun } from './run-online-retail.js'

/** The sum of the file in three parts. */
export interface FileAccount {
  /** Invoices less credit notes, as they stand in the store. */
  readonly taken: Decimal
  /** Lines that were left out, each under its rule. */
  readonly refused: Decimal
  /** What rounding to pence has left out of the taken lines. */
  readonly rounding: Decimal
  /** The three together. */
  readonly sum: Decimal
  /** The amounts of the file's lines, added. */
  readonly file: Decimal
}

/**
 * Accounts for every penny of the file. What is taken comes from the store alone; refused and rounding come from the lines of the file, but for
 * the credits against purchases: a partial credit shares out the line it corrects, so what it came to is asked.
 */
export const accountForFile = (
  { lines, totals, linkedCredits }: RetailRun,
  { invoices, creditNotes }: RetailFigures,
): FileAccount => {
  const taken = decimalOf(invoices.total - creditNotes.linked.total - creditNotes.unlinked.total)
  const unreadable = Object.values(totals.unreadable).reduce(
    (sum, { amount }) => add(sum, parse(amount) ?? zero),
    zero,
  )
  const refused = add(lines.of('refused').exact, unreadable)
  const rounding = [
    roundingOf(lines.of('invoiced')),
    roundingOf(lines.of('credited without invoice')),
    add(lines.of('credited').exact, decimalOf(linkedCredits)),
    lines.of('stock only').exact,
  ].reduce(add, zero)
  return {
    taken,
    refused,
    rounding,
    sum: [taken, refused, rounding].reduce(add, zero),
    file: parse(totals.file) ?? zero,
  }
}

export const decimalOf = (cents: Cents): Decimal => ({ digits: cents, scale: 2 })

export const sameDecimal = (left: Decimal, right: Decimal): boolean => add(left, negate(right)).digits === 0n
