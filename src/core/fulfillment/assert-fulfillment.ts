import type { Fulfillment } from './fulfillment.js'
import { assertWork } from './assert-work.js'

/** What must be true of every fulfillment that a command leaves behind (ST14), whatever led there. */
export const assertFulfillment = ({ status, lines }: Fulfillment): void => {
  assertWork(lines, status === 'packed' || status === 'handed_over')
}
