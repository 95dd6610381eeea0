import type { CurrencyCode } from '../money/currency.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { LocalDate } from '../time/local-date.js'

/** A price that begins at a quantity, in base units, 1 or more. It holds until the next tier begins. */
export interface PriceTier {
  readonly from: number
  readonly price: UnitPrice
}

/**
 * What one price list asks for one SKU, and of whom. A condition left out holds for everybody.
 * `volume`: all units cost what the tier of the whole quantity says. `graduated`: each base unit costs what the tier it falls into says.
 */
export interface ListedPrice {
  /** The price list, unique among the lists that are compared. */
  readonly list: string
  readonly currency: CurrencyCode
  readonly customerClass?: string
  readonly channel?: string
  /** The first day on which it holds. */
  readonly validFrom?: LocalDate
  /** The last day on which it holds. */
  readonly validUntil?: LocalDate
  readonly tiering: 'volume' | 'graduated'
  /** In the order in which they begin. The first of a `volume` price may begin above 1: fewer units are not sold at it. */
  readonly tiers: readonly PriceTier[]
}

export type ListedPriceRule =
  'validity.order' | 'tiers.min' | 'tiers.from' | 'tiers.first' | 'tiers.overlap' | 'currency.mixed'

/** The first rule that a price breaks, of those its fields cannot tell one by one. */
export const brokenListedPrice = (price: ListedPrice): ListedPriceRule | undefined => {
  const { validFrom, validUntil, tiers } = price
  if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom) return 'validity.order'
  const first = tiers[0]
  if (first === undefined) return 'tiers.min'
  if (tiers.some(({ from }) => !Number.isSafeInteger(from) || from < 1)) return 'tiers.from'
  if (price.tiering === 'graduated' && first.from !== 1) return 'tiers.first'
  if (tiers.some(({ from }, index) => index > 0 && from <= (tiers[index - 1] as PriceTier).from)) {
    return 'tiers.overlap'
  }
  return tiers.some((tier) => tier.price.currency !== price.currency) ? 'currency.mixed' : undefined
}
