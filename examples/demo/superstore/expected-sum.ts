import { add, parse, print, roundHalfUp, zero } from '../data/exact-decimal.js'
import { superstoreSums, type SuperstoreOrder } from '../data/superstore.js'

/** What the orders have to come to, computed apart from the library. */
export interface ExpectedSum {
  /** Each line rounded half up to cents, then added. */
  readonly roundedByLine: string
  /** Added without any rounding. */
  readonly exact: string
}

/** For the whole file straight from its text, for a slice from the orders in it. */
export const expectedSum = (
  orders: readonly SuperstoreOrder[],
  isWhole: boolean,
): Promise<ExpectedSum> | ExpectedSum => (isWhole ? superstoreSums() : sumOfLines(orders))

const sumOfLines = (orders: readonly SuperstoreOrder[]): ExpectedSum => {
  const sales = orders.flatMap(({ lines }) => lines.map((line) => parse(line.sales) ?? zero))
  const rounded = sales.map((amount) => roundHalfUp(amount, 2))
  return { roundedByLine: print(rounded.reduce(add, zero)), exact: print(sales.reduce(add, zero)) }
}
