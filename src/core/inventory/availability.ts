import type { Component } from '../catalog/product.js'
import type { LocalDate } from '../time/local-date.js'
import { keptFromAsker, type Asker } from './keep-back.js'
import { promisable } from './reserve-stock.js'
import { kitAvailability } from './stock-demand.js'
import type { Preorder, StockLevel } from './stock-level.js'

/**
 * What a shop window says.
 *
 * - `in_stock`: there are goods, and more than the threshold for low stock.
 * - `low`: there are goods, but not more than that.
 * - `backorder`: no goods, but orders are taken within the backorder allowance.
 * - `preorder`: not here yet for the first time, and orders are taken ahead.
 * - `out_of_stock`: nothing can be ordered now.
 */
export type StockStatus = 'in_stock' | 'low' | 'backorder' | 'preorder' | 'out_of_stock'

/** What one asker may order now, in base units: never below zero, and added up over levels where it is about several. */
export interface Orderable {
  /** With goods that lie there. */
  readonly goods: number
  /** Beyond the goods: on backorder, or ahead. */
  readonly ahead: number
  /** The threshold for low stock; 0 where none is set. */
  readonly lowStock: number
  readonly preorder?: Preorder
}

/** What of a level may be ordered by whoever asks: the same figures that placing an order compares (ST4). */
export const orderableAt = (level: StockLevel, asker: Asker, today: LocalDate): Orderable => {
  const goods = Math.max(0, promisable(level, { today, asker, goodsOnly: true }))
  const all = Math.max(0, promisable(level, { today, asker }))
  const isPreorder = level.preorder !== undefined && today <= level.preorder.until
  return {
    goods,
    ahead: all - goods,
    lowStock: level.lowStock ?? 0,
    ...(isPreorder && { preorder: level.preorder }),
  }
}

/** What of the available units is kept from whoever asks. */
export const keptAt = (level: StockLevel, asker: Asker): number =>
  level.keepBack === undefined ? 0 : keptFromAsker(level.keepBack, asker)

/** Several levels together. Each line is served by one location, but different orders by different ones. */
export const orderableTogether = (levels: readonly Orderable[]): Orderable => {
  const preorder = levels.find((level) => level.preorder !== undefined)?.preorder
  const sum = (of: 'goods' | 'ahead' | 'lowStock') => levels.reduce((total, level) => total + level[of], 0)
  return {
    goods: sum('goods'),
    ahead: sum('ahead'),
    lowStock: sum('lowStock'),
    ...(preorder !== undefined && { preorder }),
  }
}

/** What of a kit may be ordered at one location (ST13): whatever its components suffice for, and low as soon as one of them makes it so. */
export const orderableKit = (
  components: readonly Component[],
  partOf: (component: Component) => Orderable,
): Orderable => {
  const kits = (of: (part: Orderable) => number) =>
    kitAvailability(components, (sku) => of(partOf(components.find((part) => part.sku === sku) as Component)))
  const goods = kits((part) => part.goods)
  const isLow = components.some((component) => {
    const { goods: units, lowStock } = partOf(component)
    return units <= lowStock
  })
  const preorder = components
    .map(partOf)
    .find((part) => part.goods === 0 && part.preorder !== undefined)?.preorder
  return {
    goods,
    ahead: kits((part) => part.goods + part.ahead) - goods,
    lowStock: isLow ? goods : 0,
    ...(preorder !== undefined && { preorder }),
  }
}

export const stockStatusOf = ({ goods, ahead, lowStock, preorder }: Orderable): StockStatus => {
  if (goods > 0) return goods > lowStock ? 'in_stock' : 'low'
  if (ahead === 0) return 'out_of_stock'
  return preorder === undefined ? 'backorder' : 'preorder'
}
