import type { CurrencyCode } from '../money/currency.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { Audience } from './audience.js'

/** A price that begins at a quantity, in base units, 1 or more. It holds until the next tier begins. */
export interface PriceTier {
  readonly from: number
  readonly price: UnitPrice
}

/**
 * What a list asks for one SKU. `volume`: all units cost what the tier of the whole quantity says. `graduated`: each base unit costs what the tier it falls
 * into says.
 */
export interface TieredPrice {
  readonly tiering: 'volume' | 'graduated'
  /** In the order in which they begin. The first of a `volume` price may begin above 1: fewer units are not sold at it. */
  readonly tiers: readonly PriceTier[]
}

/** Of whom, where and when a price list asks its prices. */
export interface PriceListTerms extends Audience {
  readonly currency: CurrencyCode
  /** Whether its prices contain the tax: they hold for orders whose prices do, and are never converted. */
  readonly prices: 'net' | 'gross'
  /** The higher goes first, whatever else the lists say. */
  readonly priority: number
}

/** What one price list asks for one SKU, and of whom. */
export interface ListedPrice extends PriceListTerms, TieredPrice {
  /** The price list, unique among the lists that are compared. */
  readonly list: string
}

export type TiersRule = 'tiers.min' | 'tiers.from' | 'tiers.first' | 'tiers.overlap'

/** The first rule that the tiers of a price break, of those their fields cannot tell one by one. */
export const brokenTiers = ({ tiering, tiers }: TieredPrice): TiersRule | undefined => {
  const first = tiers[0]
  if (first === undefined) return 'tiers.min'
  if (tiers.some(({ from }) => !Number.isSafeInteger(from) || from < 1)) return 'tiers.from'
  if (tiering === 'graduated' && first.from !== 1) return 'tiers.first'
  const overlaps = tiers.some(({ from }, index) => index > 0 && from <= (tiers[index - 1] as PriceTier).from)
  return overlaps ? 'tiers.overlap' : undefined
}
