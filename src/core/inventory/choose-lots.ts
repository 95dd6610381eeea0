import type { ShelfLife } from '../catalog/product.js'
import type { LotNumber } from '../ids/ids.js'
import { daysBetween, type LocalDate } from '../time/local-date.js'
import { freeOf, type LotShare, type StockLot } from './stock-lots.js'

/** Why units of a lot that are there cannot be had. */
export interface LotPassedOver {
  readonly lot: LotNumber
  readonly quantity: number
  readonly because: 'expired' | 'shelf_life' | 'allocated' | 'quarantined'
  readonly expiresOn?: LocalDate
}

/** Units that are too old for a day. */
export interface LateLot extends LotPassedOver {
  readonly because: 'expired' | 'shelf_life'
  readonly expiresOn: LocalDate
}

/** Expired goods never leave, nor do goods whose remaining life on that day is shorter than what customers are promised. */
export const mayLeave = (
  lot: Pick<StockLot, 'expiresOn'>,
  day: LocalDate,
  shelfLife: ShelfLife | undefined,
): boolean =>
  lot.expiresOn === undefined || daysBetween(day, lot.expiresOn) >= (shelfLife?.minimumDaysAtShipping ?? 0)

/**
 * Takes the wanted units from the lots that are to leave first (`lots` stand in that order: first expired first out, then first in first out), or says
 * how many there are and why the others cannot be had.
 */
export const chooseLots = (
  lots: readonly StockLot[],
  wanted: number,
  day: LocalDate,
  shelfLife: ShelfLife | undefined,
):
  | { readonly enough: true; readonly shares: readonly LotShare[] }
  | { readonly enough: false; readonly available: number; readonly passedOver: readonly LotPassedOver[] } => {
  const shares: LotShare[] = []
  let missing = wanted
  for (const lot of lots) {
    if (missing === 0) break
    const quantity = mayLeave(lot, day, shelfLife) ? Math.min(missing, freeOf(lot)) : 0
    if (quantity === 0) continue
    shares.push({ lot: lot.lot, quantity })
    missing -= quantity
  }
  return missing === 0
    ? { enough: true, shares }
    : {
        enough: false,
        available: wanted - missing,
        passedOver: lots.flatMap((lot) => passedOver(lot, day, shelfLife)),
      }
}

/** Lots with units that nobody has set aside and that must not leave on that day: no promise for it can rest on them. */
export const lateLots = (
  lots: readonly StockLot[],
  day: LocalDate,
  shelfLife: ShelfLife | undefined,
): readonly LateLot[] =>
  lots.flatMap((lot) => {
    const { expiresOn } = lot
    const quantity = freeOf(lot)
    if (quantity === 0 || expiresOn === undefined || mayLeave(lot, day, shelfLife)) return []
    return [{ lot: lot.lot, quantity, because: day > expiresOn ? 'expired' : 'shelf_life', expiresOn }]
  })

const passedOver = (
  lot: StockLot,
  day: LocalDate,
  shelfLife: ShelfLife | undefined,
): readonly LotPassedOver[] => [
  ...lateLots([lot], day, shelfLife),
  ...unitsPassedOver(lot, 'allocated', lot.allocated),
  ...unitsPassedOver(lot, 'quarantined', lot.quarantined),
]

const unitsPassedOver = (
  { lot, expiresOn }: StockLot,
  because: LotPassedOver['because'],
  quantity: number,
): readonly LotPassedOver[] =>
  quantity === 0 ? [] : [{ lot, quantity, because, ...(expiresOn !== undefined && { expiresOn }) }]
