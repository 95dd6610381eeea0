import type { Unit } from '../catalog/quantity.js'
import type { CurrencyCode } from '../money/currency.js'
import type { Money } from '../money/money.js'
import type { RoundingMode } from '../money/rounding.js'
import { compareTexts } from '../text/compare-texts.js'
import { outsideAudience, type Buyer, type OutsideAudience } from './audience.js'
import { extendShares, tierShares, type TierShare } from './extend-tiers.js'
import type { ListedPrice } from './listed-price.js'

/** Who asks for how much of a SKU, where and when. The quantity is in base units, 1 or more. */
export interface PriceQuestion extends Buyer {
  readonly quantity: number
  readonly unit: Unit
  readonly currency: CurrencyCode
  /** Whether the prices of the document contain the tax. */
  readonly prices: 'net' | 'gross'
  readonly rounding: RoundingMode
}

export type PassedOverReason =
  'other_currency' | 'with_tax' | 'without_tax' | OutsideAudience | 'below_first_tier' | 'outranked'

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
 * for customer classes, then one for channels, then the one that began last, then the lowest list id. The amount never decides, so a
 * higher price for a class is as possible as a lower one.
 */
export const choosePrice = (prices: readonly ListedPrice[], question: PriceQuestion): PriceChoice => {
  const chosen = prices.filter((price) => whyNot(price, question) === undefined).sort(byRank)[0]
  const passedOver = prices
    .filter((price) => price !== chosen)
    .map((price) => ({ list: price.list, reason: whyNot(price, question) ?? ('outranked' as const) }))
    .sort((left, right) => compareTexts(left.list, right.list))
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
  const outside = outsideAudience(price, question)
  if (outside !== undefined) return outside
  return tierShares(price, question.quantity).length === 0 ? 'below_first_tier' : undefined
}

const byRank = (left: ListedPrice, right: ListedPrice): number =>
  right.priority - left.priority ||
  namedFirst(left.customerClasses, right.customerClasses) ||
  namedFirst(left.channels, right.channels) ||
  compareTexts(right.validFrom ?? '', left.validFrom ?? '') ||
  compareTexts(left.list, right.list)

const namedFirst = (left: readonly string[] | undefined, right: readonly string[] | undefined): number =>
  Number(left === undefined) - Number(right === undefined)
