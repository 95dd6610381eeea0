import { divideRounded } from '../money/rounding.js'

/**
 * Shares of `total` in proportion to `parts` of `whole`, which add up to it exactly, signs included: a document may have lines that give back.
 * Each is within one of its exact share; the largest remainders get the odd units, of equal ones the first, so every reprint shows the same.
 * Without a whole to share by, all of it goes to the first part.
 */
export const settleShares = (total: bigint, parts: readonly bigint[], whole: bigint): bigint[] => {
  if (whole === 0n) return parts.map((_, index) => (index === 0 ? total : 0n))
  // A negative amount is split like its positive twin, so a credit note mirrors the invoice share by share.
  if (total < 0n) return settleShares(-total, parts, whole).map((share) => -share)
  const sign = whole < 0n ? -1n : 1n
  const shares: bigint[] = []
  const remainders: bigint[] = []
  let left = total
  for (const part of parts) {
    const exact = total * part * sign
    const share = divideRounded(exact, whole * sign, 'floor')
    shares.push(share)
    remainders.push(exact - share * whole * sign)
    left -= share
  }
  if (left > 0n) giveOddUnits(shares, remainders, Number(left))
  return shares
}

const giveOddUnits = (shares: bigint[], remainders: readonly bigint[], units: number): void => {
  const order = remainders.map((_, index) => index)
  order.sort((a, b) => {
    const [one, other] = [remainders[a] ?? 0n, remainders[b] ?? 0n]
    return one === other ? a - b : one < other ? 1 : -1
  })
  for (const index of order.slice(0, units)) shares[index] = (shares[index] ?? 0n) + 1n
}
