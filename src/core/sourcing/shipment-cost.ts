import type { CurrencyCode } from '../money/currency.js'
import { currencyDigits } from '../money/currency.js'
import { powerOfTen, readDecimal, type DecimalParts } from '../money/decimal-string.js'
import { fromMinor, type Money } from '../money/money.js'
import { divideRounded } from '../money/rounding.js'
import type { SourcingCosts } from './sourcing-problem.js'

/** A cost that is not rounded yet: `digits` divided by ten to the power of `scale`. */
export type ExactCost = DecimalParts

const nothing: ExactCost = { digits: 0n, scale: 0 }

/** What a shipment costs before anything is in it: its flat part and its way. */
export const costOfWay = (costs: SourcingCosts, meters: number): ExactCost => {
  const perKilometer = exact(costs.perKilometer)
  return addCosts(exact(costs.perShipment), {
    digits: perKilometer.digits * BigInt(meters),
    scale: perKilometer.scale + metersPerKilometerDigits,
  })
}

const metersPerKilometerDigits = 3

/** What units cost to send, for a quantity in base units of so many decimals. */
export const costOfUnits = (costs: SourcingCosts, quantity: number, digits: number): ExactCost => {
  const perUnit = exact(costs.perUnit)
  return { digits: perUnit.digits * BigInt(quantity), scale: perUnit.scale + digits }
}

export const addCosts = (one: ExactCost, other: ExactCost): ExactCost => {
  const scale = Math.max(one.scale, other.scale)
  return { digits: atScale(one, scale) + atScale(other, scale), scale }
}

export const sumOfCosts = (costs: readonly ExactCost[]): ExactCost => costs.reduce(addCosts, nothing)

/** The same number with that many decimals, which must be no fewer than it has. */
export const atScale = ({ digits, scale }: ExactCost, wanted: number): bigint =>
  digits * powerOfTen(wanted - scale)

/** The one place where the cost of a decision is rounded: half up, to the digits of its currency. */
export const roundedCost = ({ digits, scale }: ExactCost, currency: CurrencyCode): Money => {
  const surplus = scale - currencyDigits(currency)
  const minor =
    surplus <= 0 ? digits * powerOfTen(-surplus) : divideRounded(digits, powerOfTen(surplus), 'half_up')
  return fromMinor(minor, currency)
}

const exact = (text: string | undefined): ExactCost => (text === undefined ? nothing : readDecimal(text))
