import type { FulfillmentId, LineId, LocationId, OrderId, ShipmentId, Sku } from '../ids/ids.js'
import type { Component } from '../catalog/product.js'
import type { AllocatedGoods } from '../inventory/allocate-goods.js'
import type { RecordKind } from '../record-kind.js'
import type { FulfillmentStatus } from '../../state-machines/fulfillment.machine.js'

/** What is to be picked of an order's line, in base units. */
export interface WorkLine {
  readonly line: LineId
  readonly sku: Sku
  readonly quantity: number
  /** What one unit of a kit consists of: these are picked, while the line counts kits (ST13). */
  readonly components?: readonly Component[]
  /** There is nothing to pick of it: it is not stocked. */
  readonly stocked?: false
  /** Which lots or pieces, for each SKU of the line whose goods are told apart. */
  readonly goods?: readonly AllocatedGoods[]
}

/** The work of one location on one order: pick, pack, hand over. */
export interface Fulfillment {
  readonly id: FulfillmentId
  readonly order: OrderId
  readonly location: LocationId
  readonly status: FulfillmentStatus
  readonly lines: readonly WorkLine[]
  readonly shipment?: ShipmentId
  readonly cancellation?: string
}

export type FulfillmentEvent =
  | {
      readonly type: 'FulfillmentPlanned'
      readonly id: FulfillmentId
      readonly order: OrderId
      readonly location: LocationId
      readonly lines: readonly WorkLine[]
    }
  | { readonly type: 'PickingStarted' }
  /** The lots or pieces that are packed are not those that were planned. */
  | { readonly type: 'GoodsScanned'; readonly lines: readonly WorkLine[] }
  | { readonly type: 'GoodsPacked'; readonly shipment: ShipmentId }
  | { readonly type: 'GoodsHandedOver' }
  | { readonly type: 'FulfillmentCanceled'; readonly reason: string }

const evolve = (known: Fulfillment | undefined, event: FulfillmentEvent): Fulfillment => {
  const fulfillment = known as Fulfillment
  switch (event.type) {
    case 'FulfillmentPlanned': {
      const { type: _type, ...planned } = event
      return { ...planned, status: 'planned' }
    }
    case 'PickingStarted':
      return { ...fulfillment, status: 'picking' }
    case 'GoodsScanned':
      return { ...fulfillment, lines: event.lines }
    case 'GoodsPacked':
      return { ...fulfillment, status: 'packed', shipment: event.shipment }
    case 'GoodsHandedOver':
      return { ...fulfillment, status: 'handed_over' }
    case 'FulfillmentCanceled':
      return { ...fulfillment, status: 'canceled', cancellation: event.reason }
  }
}

export const fulfillmentKind: RecordKind<Fulfillment, FulfillmentEvent> = {
  name: 'fulfillment',
  evolve,
  entries: (fulfillment) => ({
    status: fulfillment.status,
    order: fulfillment.order,
    location: fulfillment.location,
  }),
}
