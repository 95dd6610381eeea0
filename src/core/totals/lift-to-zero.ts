import { elementAt, present } from '../invariant.js'
import { largestFirst } from './settle-shares.js'

/** What each discount and charge takes from or adds to each line, signed; a row for each that is spread. */
export type ShareRows = readonly bigint[][]

/**
 * Each discount is spread by itself, and several together may round a unit more away from a part than it has. As long as all of them leave no less than
 * nothing, such units move to the part with most left, so that no part ends below zero. Every row keeps its sum. A part is several lines, such as those
 * of one tax; of equal ones the first is taken. Parts that give back, and documents of which more is taken than there is, stay as they are.
 */
export const liftToZero = (
  parts: readonly (readonly number[])[],
  amounts: readonly bigint[],
  rows: ShareRows,
): void => {
  const sign = sumAt(amounts, parts.flat()) < 0n ? -1n : 1n
  const leftOf = (lines: readonly number[]): bigint =>
    rows.reduce((sum, row) => sum + sign * sumAt(row, lines), sign * sumAt(amounts, lines))
  const left = parts.map(leftOf)
  if (!left.some((amount) => amount < 0n) || left.reduce((sum, amount) => sum + amount, 0n) < 0n) return
  // Of lines that are able alike the largest is taken, whichever stands first.
  const ordered = parts.map((lines) => lines.toSorted(largestFirst(amounts, sign)))
  ordered.forEach((part, at) => {
    if (sign * sumAt(amounts, part) < 0n) return
    while (elementAt(left, at) < 0n) {
      const to = indexOfMost(left)
      const taking = rows.findLast((each) => sign * sumAt(each, part) < 0n)
      const row = present(taking, 'what brings a part below zero is a discount or charge')
      // Within a part the line that is least able to bear the unit gives it up, and the one that is most able takes it.
      const givers = part.filter((line) => sign * elementAt(row, line) < 0n)
      const from = elementAt(givers, indexOfMost(givers.map((line) => -leftOf([line]))))
      const takers = elementAt(ordered, to)
      const into = elementAt(takers, indexOfMost(takers.map((line) => leftOf([line]))))
      row[from] = elementAt(row, from) + sign
      row[into] = elementAt(row, into) - sign
      left[at] = elementAt(left, at) + 1n
      left[to] = elementAt(left, to) - 1n
    }
  })
}

/** The same for the lines of one part, the largest first. */
export const liftLines = (lines: readonly number[], amounts: readonly bigint[], rows: ShareRows): void => {
  const whole = sumAt(amounts, lines)
  const isBelow = (line: number): boolean => {
    let left = elementAt(amounts, line)
    for (const row of rows) left += elementAt(row, line)
    return whole < 0n ? left > 0n : left < 0n
  }
  if (rows.length === 0 || !lines.some(isBelow)) return
  const ordered = lines.toSorted(largestFirst(amounts, whole))
  liftToZero(
    ordered.map((line) => [line]),
    amounts,
    rows,
  )
}

export const sumAt = (amounts: readonly bigint[], lines: readonly number[]): bigint =>
  lines.reduce((sum, line) => sum + elementAt(amounts, line), 0n)

const indexOfMost = (amounts: readonly bigint[]): number =>
  amounts.reduce((most, amount, index) => (amount > elementAt(amounts, most) ? index : most), 0)
