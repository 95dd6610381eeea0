import { invariant } from '../invariant.js'
import { equals, sumOf, toMinor, type Money } from '../money/money.js'
import type { DocumentAmounts } from './calculation.js'

interface Amounted {
  readonly lines: readonly { readonly net: Money }[]
  readonly totals?: DocumentAmounts
  readonly total: Money
}

/** A document is the sum of what is printed on it (MO3), whether or not it is taxed, and all of it in one currency (MO2). */
export const assertAmounts = ({ lines, totals, total }: Amounted): void => {
  const nets = lines.map(({ net }) => net)
  invariant(
    equals(sumOf(nets, total.currency), totals?.lineNet ?? total),
    'MO3 the lines of a document add up',
  )
  if (totals !== undefined) assertTotals(totals, toMinor(total))
}

const assertTotals = (totals: DocumentAmounts, total: bigint): void => {
  const [net, tax, gross] = [toMinor(totals.net), toMinor(totals.tax), toMinor(totals.gross)]
  let [bases, taxes] = [0n, 0n]
  for (const part of totals.taxes) {
    bases += toMinor(part.base)
    taxes += toMinor(part.tax)
  }
  invariant(
    toMinor(totals.lineNet) - toMinor(totals.discounts) + toMinor(totals.charges) === net &&
      bases === net &&
      taxes === tax &&
      net + tax === gross &&
      gross + toMinor(totals.rounding) === total,
    'MO3 the totals of a document add up',
  )
}
