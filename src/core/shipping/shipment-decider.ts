import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { shipmentLifecycle, type ShipmentStep } from '../../state-machines/shipment.machine.js'
import type { LocalDate } from '../time/local-date.js'
import type { Shipment, ShipmentEvent, Transport } from './shipment.js'

export type ShipmentCommand =
  | { readonly type: 'HandOverShipment'; readonly transport: Transport }
  | { readonly type: 'DeliverShipment'; readonly deliveredOn: LocalDate }
  | { readonly type: 'ReportShipmentLost'; readonly reason: string }
  | { readonly type: 'ReportShipmentFound' }
  | { readonly type: 'GiveUpShipment' }
  | { readonly type: 'CancelShipment' }

export const decideShipment = (
  shipment: Shipment,
  command: ShipmentCommand,
): Result<readonly ShipmentEvent[], Refusal> => {
  switch (command.type) {
    case 'HandOverShipment':
      return step(shipment, 'hand_over', { type: 'ShipmentHandedOver', transport: command.transport })
    case 'DeliverShipment':
      return deliver(shipment, command.deliveredOn)
    case 'ReportShipmentLost':
      return step(shipment, 'report_lost', { type: 'ShipmentLost', reason: command.reason })
    case 'ReportShipmentFound':
      return step(shipment, 'find', { type: 'ShipmentFound' })
    case 'GiveUpShipment':
      return step(shipment, 'give_up', { type: 'ShipmentGivenUp' })
    case 'CancelShipment':
      return step(shipment, 'cancel', { type: 'ShipmentCanceled' })
  }
}

const deliver = (shipment: Shipment, deliveredOn: LocalDate): Result<readonly ShipmentEvent[], Refusal> =>
  shipment.transport !== undefined && deliveredOn < shipment.transport.shippedOn
    ? refuse('validation_failed', { issues: [{ path: ['deliveredOn'], rule: 'range.order' }] })
    : step(shipment, 'deliver', { type: 'ShipmentDelivered', deliveredOn })

const step = (
  shipment: Shipment,
  wanted: ShipmentStep,
  event: ShipmentEvent,
): Result<readonly ShipmentEvent[], Refusal> =>
  shipmentLifecycle.allows(shipment.status, wanted)
    ? ok([event])
    : refuse('invalid_state', {
        status: shipment.status,
        allowed: shipmentLifecycle.allowed(shipment.status),
      })
