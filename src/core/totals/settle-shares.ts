import { giveOddUnits } from '../money/odd-units.js'

/**
 * Shares of `total` in proportion to `parts` of `whole`, which add up to it exactly, signs included: a document may have lines that give back.
 * Each is within one of its exact share; the largest remainders get the odd units, of equal ones the first, so every reprint shows the same.
 * Without a whole to share by, all of it goes to the first part.
 */
export const settleShares = (total: bigint, parts: readonly bigint[], whole: bigint): bigint[] => {
  if (whole === 0n) return parts.map((_, index) => (index === 0 ? total : 0n))
  // A negative amount is split like its positive twin, so a credit note mirrors the invoice share by share.
  const size = total < 0n ? -total : total
  const [factor, divisor] = whole < 0n ? [-size, -whole] : [size, whole]
  const shares: bigint[] = []
  const remainders: bigint[] = []
  let left = size
  for (const part of parts) {
    const exact = factor * part
    let share = exact / divisor
    let remainder = exact - share * divisor
    if (remainder < 0n) {
      share -= 1n
      remainder += divisor
    }
    shares.push(share)
    remainders.push(remainder)
    left -= share
  }
  giveOddUnits(shares, remainders, Number(left))
  return total < 0n ? shares.map((share) => -share) : shares
}
