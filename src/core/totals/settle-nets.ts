import { elementAt, present } from '../invariant.js'
import { magnitude } from '../money/magnitude.js'
import { liftLines, sumAt } from './lift-to-zero.js'
import { largestFirst, settleAt, settleShares } from './settle-shares.js'
import { withAndWithout } from './tax-amounts.js'
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
  group: TaxGroup,
  /** Of its lines. */
  parts: readonly bigint[],
  net: bigint,
  isSpread: (index: number) => boolean,
): GroupNets => {
  const { lineAmount, adjustments } = group
  const settled = settleGroup(
    net,
    netProportion(group, net),
    partsOf(group),
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

/** What parts with tax come to without: of each, `without` of `whole`. */
export interface NetProportion {
  readonly without: bigint
  readonly whole: bigint
}

/**
 * Parts share the net amount in proportion. Where discounts leave little of lines, or nothing, a rounding of that little would weigh on all of them, so there each part is
 * what the rates leave of it, unless the net amount was rounded line by line and is a unit or more from what the rates leave of all of them.
 */
export const netProportion = (group: TaxGroup, net: bigint): NetProportion => {
  const { amount, read } = group
  const parts = partsOf(group)
  const inProportion = { without: net, whole: amount }
  if (!parts.some((part) => part < 0n) || !parts.some((part) => part > 0n)) return inProportion
  const { without, whole } = withAndWithout(read.rates)
  if (magnitude(net * whole - amount * without) >= whole) return inProportion
  const first = present(
    parts.find((part) => part !== 0n),
    'some are above zero and some below',
  )
  return first < 0n ? { without: -without, whole: -whole } : { without, whole }
}

const partsOf = ({ lineAmount, adjustments }: TaxGroup): readonly bigint[] => [
  lineAmount,
  ...adjustments.map(({ amount }) => amount),
]

/** The lines and what is spread over them are settled together first, so that a discount of all that they cost leaves nothing of them beside freight. */
const settleGroup = (
  net: bigint,
  { without, whole }: NetProportion,
  parts: readonly bigint[],
  spread: readonly boolean[],
): bigint[] => {
  if (whole === 0n) return settleShares(net, parts, whole)
  const settled = parts.map(() => 0n)
  const places = parts.map((_, place) => place)
  const goods = places.filter((place) => place === 0 || spread[place - 1] === true)
  const others = places.filter((place) => !goods.includes(place))
  const together = [sumAt(parts, goods), ...others.map((place) => elementAt(parts, place))]
  const settledTogether = together.map(() => 0n)
  settleAt(
    settledTogether,
    together.map((_, place) => place),
    net,
    { total: without, parts: together, whole },
  )
  const [ofGoods = 0n, ...ofOthers] = settledTogether
  settleAt(settled, goods, ofGoods, { total: without, parts, whole })
  others.forEach((place, at) => {
    settled[place] = elementAt(ofOthers, at)
  })
  return settled
}
