import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { serialLifecycle, type SerialStep } from '../../state-machines/serial.machine.js'
import type { LocationId } from '../ids/ids.js'
import type { Serial, SerialEvent } from './serial.js'

const stepOf: Readonly<Record<SerialEvent['type'], SerialStep>> = {
  SerialReceived: 'receive',
  SerialAllocated: 'allocate',
  SerialReleased: 'release',
  SerialShipped: 'ship',
  SerialQuarantined: 'quarantine',
  SerialReleasedFromQuarantine: 'release_quarantine',
  SerialDispatched: 'dispatch',
  SerialArrived: 'arrive',
  SerialMissing: 'remove',
  SerialScrapped: 'scrap',
}

/**
 * Whether a piece can take the step that `wanted` tells. A piece is at one place and set aside for one fulfillment at a time (ST14): one that is not
 * where it is said to be, or not free, is refused by name with what is known of it.
 */
export const decideSerial = (
  serial: Serial,
  wanted: SerialEvent,
  at: LocationId | undefined,
): Result<readonly SerialEvent[], Refusal> =>
  serialLifecycle.allows(serial.status, stepOf[wanted.type]) && isThere(serial, wanted, at)
    ? ok([wanted])
    : refuse('serial_unavailable', {
        sku: serial.sku,
        serial: serial.serial,
        status: serial.status,
        ...(serial.location !== undefined && { location: serial.location }),
        ...(serial.allocation !== undefined && { ...serial.allocation }),
        ...(serial.shipment !== undefined && { ...serial.shipment }),
        allowed: serialLifecycle.allowed(serial.status),
      })

/** What comes in is at no place before; what is moved or missed at a place is there, and not on its way to another. */
const isThere = ({ location }: Serial, wanted: SerialEvent, at: LocationId | undefined): boolean =>
  at === undefined ||
  location === at ||
  (location === undefined && (wanted.type === 'SerialReceived' || wanted.type === 'SerialArrived'))
