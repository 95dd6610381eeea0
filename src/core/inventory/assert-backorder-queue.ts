import { invariant } from '../invariant.js'
import type { BackorderQueue } from './backorder-queue.js'

/** What must be true of every queue that a command leaves behind, whatever led there. */
export const assertBackorderQueue = ({ promises }: BackorderQueue): void => {
  let last = ''
  for (const { quantity, since } of promises) {
    invariant(quantity > 0 && last <= since, 'whoever waits longest is first')
    last = since
  }
}
