import type { Unit } from '../catalog/quantity.js'
import { currencyDigits } from '../money/currency.js'
import { powerOfTen, readDecimal } from '../money/decimal-string.js'
import { fromMinor, type Money } from '../money/money.js'
import { divideRounded, type RoundingMode } from '../money/rounding.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { ListedPrice } from './listed-price.js'

/** So many base units of a quantity, and the tier they cost the price of. */
export interface TierShare {
  readonly from: number
  readonly quantity: number
  readonly price: UnitPrice
}

/** Which tier prices how much of a quantity (base units, 1 or more); none where the quantity is below the first tier. The shares add up to the quantity. */
export const tierShares = (price: ListedPrice, quantity: number): readonly TierShare[] => {
  const reached = price.tiers.filter((tier) => tier.from <= quantity)
  if (price.tiering === 'volume') return reached.slice(-1).map((tier) => ({ ...tier, quantity }))
  return reached.map((tier, index) => ({
    ...tier,
    quantity: (reached[index + 1]?.from ?? quantity + 1) - tier.from,
  }))
}

/**
 * What the shares cost together, rounded once: rounding each tier would make the sum depend on where tiers begin. At least one share, all of one currency.
 */
export const extendShares = (shares: readonly TierShare[], unit: Unit, mode: RoundingMode): Money => {
  const { currency } = (shares[0] as TierShare).price
  const prices = shares.map(({ price, quantity }) => ({
    ...readDecimal(price.amount),
    per: BigInt(price.per ?? 1),
    units: BigInt(quantity),
  }))
  const scale = Math.max(...prices.map((price) => price.scale))
  const per = prices.reduce((product, price) => product * price.per, 1n)
  const sum = prices.reduce(
    (total, price) =>
      total + price.digits * powerOfTen(scale - price.scale) * price.units * (per / price.per),
    0n,
  )
  const numerator = sum * powerOfTen(currencyDigits(currency))
  return fromMinor(divideRounded(numerator, per * powerOfTen(scale + unit.digits), mode), currency)
}
