import type { FulfillmentId, LocationId, OrderId, ShipmentId } from '../ids/ids.js'
import type { WorkLine } from '../fulfillment/fulfillment.js'
import type { RecordKind } from '../record-kind.js'
import type { ShipmentStatus } from '../../state-machines/shipment.machine.js'
import type { LocalDate } from '../time/local-date.js'

/** A consignment on its way to the customer. */
export interface Shipment {
  readonly id: ShipmentId
  readonly order: OrderId
  readonly fulfillment: FulfillmentId
  readonly location: LocationId
  readonly status: ShipmentStatus
  readonly lines: readonly WorkLine[]
  readonly transport?: Transport
  readonly deliveredOn?: LocalDate
  readonly lostBecause?: string
}

/** Who carries it and how it can be followed. */
export interface Transport {
  readonly carrier: string
  readonly tracking?: string
  readonly trackingUrl?: string
  readonly shippedOn: LocalDate
}

export type ShipmentEvent =
  | {
      readonly type: 'ShipmentPacked'
      readonly id: ShipmentId
      readonly order: OrderId
      readonly fulfillment: FulfillmentId
      readonly location: LocationId
      readonly lines: readonly WorkLine[]
    }
  | { readonly type: 'ShipmentHandedOver'; readonly transport: Transport }
  | { readonly type: 'ShipmentDelivered'; readonly deliveredOn: LocalDate }
  | { readonly type: 'ShipmentLost'; readonly reason: string }
  | { readonly type: 'ShipmentFound' }
  | { readonly type: 'ShipmentGivenUp' }
  | { readonly type: 'ShipmentCanceled' }

const evolve = (known: Shipment | undefined, event: ShipmentEvent): Shipment => {
  const shipment = known as Shipment
  switch (event.type) {
    case 'ShipmentPacked': {
      const { type: _type, ...packed } = event
      return { ...packed, status: 'planned' }
    }
    case 'ShipmentHandedOver':
      return { ...shipment, status: 'in_transit', transport: event.transport }
    case 'ShipmentDelivered':
      return { ...shipment, status: 'delivered', deliveredOn: event.deliveredOn }
    case 'ShipmentLost':
      return { ...shipment, status: 'lost', lostBecause: event.reason }
    case 'ShipmentFound':
      return { ...shipment, status: 'in_transit' }
    case 'ShipmentGivenUp':
      return { ...shipment, status: 'given_up' }
    case 'ShipmentCanceled':
      return { ...shipment, status: 'canceled' }
  }
}

export const shipmentKind: RecordKind<Shipment, ShipmentEvent> = {
  name: 'shipment',
  evolve,
  entries: (shipment) => ({
    status: shipment.status,
    order: shipment.order,
    location: shipment.location,
    ...(shipment.transport?.tracking !== undefined && { tracking: shipment.transport.tracking }),
  }),
}
