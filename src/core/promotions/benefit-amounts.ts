import { toMinor } from '../money/money.js'
import { readDecimal, powerOfTen } from '../money/decimal-string.js'
import { percentOf } from '../money/percent.js'
import { divideRounded, type RoundingMode } from '../money/rounding.js'
import { settleShares } from '../totals/settle-shares.js'
import type { BasketLine } from './basket.js'
import type { Benefit } from './promotion.js'

type GoodsBenefit = Exclude<Benefit, { readonly kind: 'free_shipping' }>

/**
 * What a benefit takes from each line, in minor units: never more than its amount. A percentage of several lines is rounded once, and an amount is not more than
 * they come to; both are shared out in proportion, odd units to the largest remainders, so the shares add up to what was promised.
 */
export const benefitAmounts = (
  benefit: GoodsBenefit,
  lines: readonly BasketLine[],
  rounding: RoundingMode,
): readonly bigint[] => {
  if (benefit.kind === 'buy_get') return discountedPieces(benefit, lines, rounding)
  const parts = lines.map((line) => (isAbout(benefit.skus, line) ? line.amount : 0n))
  const whole = sumOf(parts)
  const wanted =
    benefit.kind === 'percentage' ? percentOf(whole, benefit.percent, rounding) : toMinor(benefit.amount)
  return sharesOf(wanted < whole ? wanted : whole, parts)
}

/** Shares of an amount that is no more than the parts come to: none is more than its part. */
export const sharesOf = (amount: bigint, parts: readonly bigint[]): readonly bigint[] => {
  const whole = sumOf(parts)
  return whole === 0n ? parts : settleShares(amount, parts, whole)
}

export const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

/** The cheapest pieces are discounted first, of equal ones those of the first line; what is weighed or measured is neither bought nor got. */
const discountedPieces = (
  { buy, get }: Extract<Benefit, { readonly kind: 'buy_get' }>,
  lines: readonly BasketLine[],
  rounding: RoundingMode,
): readonly bigint[] => {
  const wanted = get.skus ?? buy.skus
  let left = piecesToDiscount({ buy, get }, lines)
  const discounts = lines.map(() => 0n)
  const cheapest = lines
    .map((line, index) => ({ ...line, index }))
    .filter((line) => line.isPieces && line.quantity > 0 && isAbout(wanted, line))
    .sort((one, other) => compareEach(one, other) || one.index - other.index)
  const { digits, scale } = readDecimal(get.percent)
  for (const { index, amount, quantity } of cheapest) {
    const pieces = Math.min(left, quantity)
    left -= pieces
    const denominator = BigInt(quantity) * powerOfTen(scale + 2)
    discounts[index] = divideRounded(amount * BigInt(pieces) * digits, denominator, rounding)
  }
  return discounts
}

const piecesToDiscount = (
  { buy, get }: Pick<Extract<Benefit, { readonly kind: 'buy_get' }>, 'buy' | 'get'>,
  lines: readonly BasketLine[],
): number => {
  const bought = countPieces(lines, buy.skus)
  return get.skus === undefined
    ? Math.floor(bought / (buy.quantity + get.quantity)) * get.quantity
    : Math.floor(bought / buy.quantity) * get.quantity
}

const countPieces = (lines: readonly BasketLine[], skus: readonly string[] | undefined): number =>
  lines.reduce((sum, line) => (line.isPieces && isAbout(skus, line) ? sum + line.quantity : sum), 0)

/** By what one piece costs, without dividing. */
const compareEach = (one: BasketLine, other: BasketLine): number => {
  const [left, right] = [one.amount * BigInt(other.quantity), other.amount * BigInt(one.quantity)]
  return left < right ? -1 : left > right ? 1 : 0
}

const isAbout = (skus: readonly string[] | undefined, { sku }: BasketLine): boolean =>
  skus === undefined || skus.includes(sku)
