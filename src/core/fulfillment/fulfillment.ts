import type { FulfillmentId, LineId, LocationId, OrderId, ShipmentId, Sku } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { FulfillmentStatus } from '../../state-machines/fulfillment.machine.js'

/** What is to be picked of an order's line, in base units. */
export interface WorkLine {
  readonly line: LineId
  readonly sku: Sku
  readonly quantity: number
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
