import { invariant } from '../invariant.js'
import { unitsIn } from '../inventory/transit-goods.js'
import type { WorkLine } from './fulfillment.js'

/** What must be true of the lines of all work, before it is packed and after (ST14). */
export const assertWork = (lines: readonly WorkLine[], isPacked: boolean): void => {
  for (const { quantity, goods = [] } of lines) {
    invariant(quantity > 0, 'work is about some units')
    for (const own of goods) {
      const isOpen = !isPacked && (own.lots ?? own.serials) === undefined
      invariant(isOpen || unitsIn(own) === own.quantity, 'ST14 lots or pieces add up')
    }
  }
}
