import { invariant } from '../invariant.js'
import type { StockLevel } from './stock-level.js'

/** What must be true of every stock level that a command leaves behind (ST3, ST8, ST9), whatever led there. */
export const assertStockLevel = (level: StockLevel): void => {
  const { onHand, reserved, quarantined, backorderAllowance, incoming, shorted = 0, backordered = 0 } = level
  invariant(onHand >= 0, 'ST3 on hand is never negative')
  invariant(quarantined >= 0 && quarantined <= onHand, 'ST3 what is in quarantine is on hand')
  invariant(
    reserved >= 0 && reserved <= onHand + backorderAllowance,
    'ST3 no more is reserved than is on hand and may be backordered',
  )
  invariant(shorted >= 0 && backordered >= 0, 'ST9 what is owed is never negative')
  invariant(
    reserved + shorted - backordered <= onHand - quarantined,
    'ST9 no more promises have goods than there are goods for them',
  )
  invariant(backordered <= reserved + shorted, 'ST9 no more waits than was promised')
  invariant(incoming >= 0, 'ST8 incoming is never negative')
}
