import type { Component, Tracking } from '../catalog/product.js'
import type { LocationId, Sku } from '../ids/ids.js'
import type { Demand } from './reserve-stock.js'
import type { TrackedSku } from './tracked-goods.js'

/** What an order's line, a fulfillment's line or a hold's line says about the goods it is made of. */
export interface StockedLine {
  readonly sku: Sku
  readonly location: LocationId
  /** What one kit consists of, as it was when the line was placed; absent for a product that is sold as it lies on the shelf. */
  readonly components?: readonly Component[]
  /** Nothing of it is kept in stock, as it was when the line was placed. */
  readonly stocked?: false
  /** How its goods are told apart; that of a kit's goods stands in its components. */
  readonly tracking?: Tracking
}

/**
 * What so many base units of a line take from stock: the line's own SKU, the components of a kit, or nothing. Placing, canceling, planning and
 * shipping all ask here, so they can never disagree about it (ST13).
 */
export const stockDemandOf = (line: StockedLine, quantity: number): readonly Demand[] => {
  if (line.stocked === false) return []
  const { location, components } = line
  if (components === undefined) return [{ sku: line.sku, location, quantity }]
  return components.map((component) => ({
    sku: component.sku,
    location,
    quantity: component.quantity * quantity,
  }))
}

/** What of it are goods that are told apart: their lots or pieces are set aside when the work on them is planned. */
export const trackedDemandOf = (
  line: StockedLine,
  quantity: number,
): readonly (TrackedSku & { readonly quantity: number })[] => {
  if (line.tracking !== undefined) return [{ sku: line.sku, tracking: line.tracking, quantity }]
  return (line.components ?? []).flatMap((part) =>
    part.tracking === undefined
      ? []
      : [{ sku: part.sku, tracking: part.tracking, quantity: part.quantity * quantity }],
  )
}

/**
 * How many of a kit the components suffice for (ST13): the least of what each of them suffices for alone. A kit of nothing that is stocked is
 * as available as anything that is not.
 */
export const kitAvailability = (
  components: readonly Component[],
  availableOf: (sku: Sku) => number,
): number => {
  let kits = Number.POSITIVE_INFINITY
  for (const { sku, quantity } of components)
    kits = Math.min(kits, Math.floor(Math.max(0, availableOf(sku)) / quantity))
  return kits
}
