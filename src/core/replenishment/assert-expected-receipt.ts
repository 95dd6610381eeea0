import { invariant } from '../invariant.js'
import type { ExpectedReceipt } from './expected-receipt.js'

/** What must be true of all goods on order that a command leaves behind, whatever led there. */
export const assertExpectedReceipt = ({ status, quantity, received }: ExpectedReceipt): void => {
  invariant(
    received >= 0 &&
      (status === 'received') === received >= quantity &&
      (status !== 'expected' || received === 0) &&
      (status !== 'partly_received' || received > 0),
    'as much of an order has come as its status says',
  )
}
