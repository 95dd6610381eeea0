import { elementAt } from '../invariant.js'
import { liftLines, sumAt } from './lift-to-zero.js'
import { largestFirst, settleAt, settleShares } from './settle-shares.js'
import type { TaxGroup } from './tax-group.js'

/** What the lines and adjustments under one tax come to without it; `shares` of its lines in one that is spread. */
export interface GroupNets {
  readonly lines: readonly bigint[]
  readonly adjustments: readonly AdjustmentNet[]
}

interface AdjustmentNet {
  readonly index: number
  readonly net: bigint
  readonly shares?: readonly bigint[]
}

/**
 * Shares the net amount of a tax, where prices contain it, among its lines as one sum and its discounts and charges, and then each of them among the
 * lines. So the sum of the lines and each discount depend neither on the order of the lines nor on their number.
 */
export const settleNets = (
  { lineAmount, adjustments, amount }: TaxGroup,
  /** Of its lines. */
  parts: readonly bigint[],
  net: bigint,
  isSpread: (index: number) => boolean,
): GroupNets => {
  const settled = settleGroup(
    net,
    [lineAmount, ...adjustments.map((one) => one.amount)],
    amount,
    adjustments.map(({ index }) => isSpread(index)),
  )
  const share = (of: bigint): bigint[] => settleShares(of, parts, lineAmount, largestFirst(parts, lineAmount))
  const lines = share(elementAt(settled, 0))
  const nets = adjustments.map(({ index }, at): { index: number; net: bigint; shares?: bigint[] } => {
    const own = elementAt(settled, at + 1)
    return isSpread(index) ? { index, net: own, shares: share(own) } : { index, net: own }
  })
  liftLines(
    parts.map((_, index) => index),
    lines,
    nets.flatMap(({ shares }) => (shares === undefined ? [] : [shares])),
  )
  return { lines, adjustments: nets }
}

/** The lines and what is spread over them are settled together first, so that a discount of all that they cost leaves nothing of them beside freight. */
const settleGroup = (
  net: bigint,
  parts: readonly bigint[],
  whole: bigint,
  spread: readonly boolean[],
): readonly bigint[] => {
  if (!spread.includes(false) || whole === 0n) return settleShares(net, parts, whole)
  const places = parts.map((_, place) => place)
  const goods = places.filter((place) => place === 0 || spread[place - 1] === true)
  const others = places.filter((place) => !goods.includes(place))
  const [ofGoods = 0n, ...ofOthers] = settleShares(
    net,
    [sumAt(parts, goods), ...others.map((place) => elementAt(parts, place))],
    whole,
  )
  const settled = parts.map(() => 0n)
  settleAt(settled, goods, ofGoods, { total: net, parts, whole })
  others.forEach((place, at) => {
    settled[place] = elementAt(ofOthers, at)
  })
  return settled
}
