import type { Product, ShelfLife } from '../catalog/product.js'
import { invariant } from '../invariant.js'
import type { LocationId } from '../ids/ids.js'
import type { Work } from '../plan.js'
import type { LocalDate } from '../time/local-date.js'
import { mayLeave } from './choose-lots.js'
import { backedOf, usableOf } from './promised-stock.js'
import { move } from './reserve-stock.js'
import { stockKind, stockLevelId } from './stock-level.js'
import { decideLots } from './stock-lots-decider.js'
import { freeOf, stockLotsKind, type LotShare, type StockLots } from './stock-lots.js'

/** How many units nobody has set aside may no longer leave, in base units. */
export const unsellableOf = (
  stock: Pick<StockLots, 'lots'>,
  shelfLife: ShelfLife | undefined,
  today: LocalDate,
): number => stock.lots.reduce((sum, lot) => (mayLeave(lot, today, shelfLife) ? sum : sum + freeOf(lot)), 0)

/** What became of units that can no longer be sold, in base units. */
export interface Unsellable {
  /** Went into quarantine now: no longer available. */
  readonly quarantined: number
  /** Stays, because orders and holds have been promised as many units and nothing else is there for them. */
  readonly stillPromised: number
}

/**
 * Moves what may no longer leave (expired, or with less shelf life left than the product must have) into quarantine, so that it is not available any
 * more. What fulfillments have set aside stays theirs, and promises are kept (ST9): no more goes than nobody has been promised.
 */
export const quarantineUnsellable = (
  work: Work,
  product: Product,
  location: LocationId,
  today: LocalDate,
): Unsellable => {
  const id = stockLevelId(location, product.sku)
  const level = work.find(stockKind, id)?.state
  const stock = work.find(stockLotsKind, id)?.state
  if (level === undefined || stock === undefined) return { quarantined: 0, stillPromised: 0 }
  let left = Math.max(0, usableOf(level) - backedOf(level))
  let [quarantined, stillPromised] = [0, 0]
  const byReason = new Map<'expired' | 'shelf_life', LotShare[]>()
  for (const lot of stock.lots) {
    if (mayLeave(lot, today, product.shelfLife)) continue
    const quantity = Math.min(left, freeOf(lot))
    stillPromised += freeOf(lot) - quantity
    if (quantity === 0) continue
    left -= quantity
    quarantined += quantity
    const reason = mayLeave(lot, today, undefined) ? 'shelf_life' : 'expired'
    byReason.set(reason, [...(byReason.get(reason) ?? []), { lot: lot.lot, quantity }])
  }
  for (const [reason, lots] of byReason) {
    const quantity = lots.reduce((sum, lot) => sum + lot.quantity, 0)
    const source = { kind: stockLotsKind.name, id }
    const moved = move(
      work,
      { sku: product.sku, location, quantity },
      { type: 'QuarantineStock', quantity, source, reason },
    )
    const current = work.find(stockLotsKind, id)?.state
    invariant(current !== undefined, 'lots that are looked at are there')
    const decided = decideLots(current, { type: 'QuarantineLots', lots, source, reason })
    invariant(moved.ok && decided.ok, 'ST9 what nobody was promised can be quarantined')
    work.append(stockLotsKind, id, decided.value)
  }
  return { quarantined, stillPromised }
}
