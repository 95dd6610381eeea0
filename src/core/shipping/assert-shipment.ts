import { assertWork } from '../fulfillment/assert-work.js'
import { invariant } from '../invariant.js'
import type { Shipment } from './shipment.js'

/** What must be true of every shipment that a command leaves behind (OQ2, ST14), whatever led there. */
export const assertShipment = ({ status, lines, transport, deliveredOn }: Shipment): void => {
  assertWork(lines, true)
  invariant(
    (transport !== undefined) === (status !== 'planned' && status !== 'canceled') &&
      (deliveredOn !== undefined) === (status === 'delivered'),
    'OQ2 a shipment is where its status says',
  )
  invariant(
    deliveredOn === undefined || (transport !== undefined && transport.shippedOn <= deliveredOn),
    'OQ2 goods leave before they arrive',
  )
}
