import type { Unit } from '../catalog/quantity.js'
import type { CurrencyCode } from '../money/currency.js'
import type { Money } from '../money/money.js'
import type { RoundingMode } from '../money/rounding.js'
import type { LocalDate } from '../time/local-date.js'
import { extendShares, tierShares, type TierShare } from './extend-tiers.js'
import type { ListedPrice } from './listed-price.js'

/** Who asks for how much of a SKU, where and when. The quantity is in base units, 1 or more. */
export interface PriceQuestion {
  readonly quantity: number
  readonly unit: Unit
  readonly currency: CurrencyCode
  /** Whether the prices of the document contain the tax. */
  readonly prices: 'net' | 'gross'
  readonly rounding: RoundingMode
  readonly channel: string
  readonly customerClass?: string
  readonly on: LocalDate
}

export type PassedOverReason =
  | 'other_currency'
  | 'with_tax'
  | 'without_tax'
  | 'other_customer_class'
  | 'other_channel'
  | 'not_yet_valid'
  | 'no_longer_valid'
  | 'below_first_tier'
  | 'outranked'

/** The price that holds and why the others do not. */
export interface PriceChoice {
  readonly chosen?: {
    readonly list: string
    readonly shares: readonly TierShare[]
    /** What all of it costs, rounded once; with tax where the prices contain it (MO5). */
    readonly amount: Money
  }
  /** By the id of the list. */
  readonly passedOver: readonly { readonly list: string; readonly reason: PassedOverReason }[]
}

/**
 * Chooses among the prices that lists ask for one SKU. Of those that hold, the one of the highest priority wins; of equal ones the more particular: first one
 * for customer classes, then one for channels, then the one that began last, then the lowest list id. The amount never decides, so a higher price for a class is as possible as a lower one.
 */
export const choosePrice = (prices: readonly ListedPrice[], question: PriceQuestion): PriceChoice => {
  const chosen = prices.filter((price) => whyNot(price, question) === undefined).sort(byRank)[0]
  const passedOver = prices
    .filter((price) => price !== chosen)
    .map((price) => ({ list: price.list, reason: whyNot(price, question) ?? ('outranked' as const) }))
    .sort((left, right) => compareText(left.list, right.list))
  if (chosen === undefined) return { passedOver }
  const shares = tierShares(chosen, question.quantity)
  return {
    chosen: { list: chosen.list, shares, amount: extendShares(shares, question.unit, question.rounding) },
    passedOver,
  }
}

const whyNot = (price: ListedPrice, question: PriceQuestion): PassedOverReason | undefined => {
  if (price.currency !== question.currency) return 'other_currency'
  if (price.prices !== question.prices) return price.prices === 'gross' ? 'with_tax' : 'without_tax'
  if (!isFor(price.customerClasses, question.customerClass)) return 'other_customer_class'
  if (!isFor(price.channels, question.channel)) return 'other_channel'
  if (price.validFrom !== undefined && question.on < price.validFrom) return 'not_yet_valid'
  if (price.validUntil !== undefined && question.on > price.validUntil) return 'no_longer_valid'
  return tierShares(price, question.quantity).length === 0 ? 'below_first_tier' : undefined
}

/** A condition that is left out holds for everybody, and for those too who are nobody in particular. */
const isFor = (names: readonly string[] | undefined, name: string | undefined): boolean =>
  names === undefined || (name !== undefined && names.includes(name))

const byRank = (left: ListedPrice, right: ListedPrice): number =>
  right.priority - left.priority ||
  namedFirst(left.customerClasses, right.customerClasses) ||
  namedFirst(left.channels, right.channels) ||
  compareText(right.validFrom ?? '', left.validFrom ?? '') ||
  compareText(left.list, right.list)

const namedFirst = (left: readonly string[] | undefined, right: readonly string[] | undefined): number =>
  Number(left === undefined) - Number(right === undefined)

// By code unit: the same on every machine, which a locale's order is not.
const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
