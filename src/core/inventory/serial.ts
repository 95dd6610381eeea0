import { joinedId } from '../ids/joined-id.js'
import { present } from '../invariant.js'
import type { FulfillmentId, LocationId, OrderId, SerialNumber, ShipmentId, Sku } from '../ids/ids.js'
import type { RecordKind } from '../record-kind.js'
import type { SerialStatus } from '../../state-machines/serial.machine.js'
import type { MovementSource } from './stock-level.js'

/** One piece with a serial number. Its events are its whole life: where it came from, whom it was set aside for, with what it left. */
export interface Serial {
  readonly sku: Sku
  readonly serial: SerialNumber
  readonly status: SerialStatus
  /** Where it is; absent once it has left or is missing. */
  readonly location?: LocationId
  /** The one fulfillment that has it (ST14); only while it is allocated. */
  readonly allocation?: { readonly order: OrderId; readonly fulfillment: FulfillmentId }
  /** With what it left; only while it is shipped. */
  readonly shipment?: { readonly order: OrderId; readonly shipment: ShipmentId }
}

interface Moved {
  readonly source: MovementSource
  readonly reason: string
}

export type SerialEvent =
  | {
      readonly type: 'SerialReceived'
      readonly sku: Sku
      readonly serial: SerialNumber
      readonly location: LocationId
      readonly source: MovementSource
    }
  | { readonly type: 'SerialAllocated'; readonly order: OrderId; readonly fulfillment: FulfillmentId }
  | { readonly type: 'SerialReleased'; readonly reason: string }
  | { readonly type: 'SerialShipped'; readonly order: OrderId; readonly shipment: ShipmentId }
  | ({ readonly type: 'SerialQuarantined' } & Moved)
  | ({ readonly type: 'SerialReleasedFromQuarantine' } & Moved)
  | { readonly type: 'SerialDispatched'; readonly source: MovementSource }
  | { readonly type: 'SerialArrived'; readonly location: LocationId; readonly source: MovementSource }
  | ({ readonly type: 'SerialMissing' } & Moved)
  | ({ readonly type: 'SerialScrapped' } & Moved)

const evolve = (known: Serial | undefined, event: SerialEvent): Serial => {
  if (event.type === 'SerialReceived') return at(event, 'in_stock', event.location)
  const serial = known as Serial
  const { sku, location } = serial
  switch (event.type) {
    case 'SerialAllocated': {
      const allocation = { order: event.order, fulfillment: event.fulfillment }
      return { ...at(serial, 'allocated', location), allocation }
    }
    case 'SerialReleased':
    case 'SerialReleasedFromQuarantine':
      return at(serial, 'in_stock', location)
    case 'SerialShipped': {
      const shipment = { order: event.order, shipment: event.shipment }
      return { sku, serial: serial.serial, status: 'shipped', shipment }
    }
    case 'SerialQuarantined':
      return at(serial, 'quarantined', location)
    case 'SerialDispatched':
      return { sku, serial: serial.serial, status: 'in_transit' }
    case 'SerialArrived':
      return at(serial, 'in_stock', event.location)
    case 'SerialMissing':
      return { sku, serial: serial.serial, status: 'missing' }
    case 'SerialScrapped':
      return { sku, serial: serial.serial, status: 'scrapped' }
  }
}

const at = (
  { sku, serial }: Pick<Serial, 'sku' | 'serial'>,
  status: SerialStatus,
  location: LocationId | undefined,
): Serial => ({
  sku,
  serial,
  status,
  location: present(location, 'ST14 a piece that is here is at a place'),
})

export const serialKind: RecordKind<Serial, SerialEvent> = {
  name: 'serial',
  evolve,
  entries: ({ sku, status, location, shipment }) => ({
    sku,
    status,
    ...(location !== undefined && { location }),
    ...(shipment !== undefined && { order: shipment.order }),
  }),
}

/** Two makers may use the same number: a serial number is one within its SKU. */
export const serialId = (sku: Sku, serial: SerialNumber): string => joinedId(serial, sku)

export const serialKey = (sku: Sku, serial: SerialNumber) => ({
  kind: serialKind.name,
  id: serialId(sku, serial),
})
