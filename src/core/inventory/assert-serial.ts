import { invariant } from '../invariant.js'
import type { Serial } from './serial.js'

/** What must be true of every piece that a command leaves behind (ST14), whatever led there. */
export const assertSerial = ({ status, location, allocation, shipment }: Serial): void => {
  const isHere = status === 'in_stock' || status === 'allocated' || status === 'quarantined'
  invariant(
    (location !== undefined) === isHere &&
      (allocation !== undefined) === (status === 'allocated') &&
      (shipment !== undefined) === (status === 'shipped'),
    'ST14 a piece is where its status says',
  )
}
