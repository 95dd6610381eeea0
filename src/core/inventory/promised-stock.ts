import type { StockEvent, StockLevel } from './stock-level.js'

// What of a level's promises has goods behind it. Every promise is either backed or waits in the level's queue:
// promised = backed + backordered, and backed never exceeds what is usable.

/** What lies there and could leave: on hand and not quarantined. */
export const usableOf = (level: StockLevel): number => level.onHand - level.quarantined

/** What orders and holds have been promised, with or without goods. */
export const promisedOf = (level: StockLevel): number => level.reserved + (level.shorted ?? 0)

/** What of the promises has goods. */
export const backedOf = (level: StockLevel): number => promisedOf(level) - (level.backordered ?? 0)

/** What of the waiting promises could be given goods now. Not zero only while a long queue is being filled page by page. */
export const fillableOf = (level: StockLevel): number =>
  level.backordered === undefined
    ? 0
    : Math.min(level.backordered, Math.max(0, usableOf(level) - backedOf(level)))

/**
 * How much of a further promise would have no goods. Goods that those who wait have not been given yet are theirs all the same: nobody
 * overtakes (F57).
 */
export const lackingFor = (level: StockLevel, quantity: number): number => {
  const free = level.onHand - level.quarantined - level.reserved - (level.shorted ?? 0)
  return free >= quantity ? 0 : quantity - Math.max(0, free)
}

/** What would be owed beside `reserved` if nothing could be promised beyond the goods. */
export const owedWithoutAllowance = (level: StockLevel): number =>
  Math.max(0, level.reserved - usableOf(level))

/**
 * What follows from a movement by itself: `reserved` holds what goods and allowance cover, the rest is owed beside it; and the first goods end a
 * preorder.
 */
export const followingEvents = (before: StockLevel, after: StockLevel): readonly StockEvent[] => {
  if (after.preorder !== undefined && after.onHand > before.onHand)
    return [{ type: 'PreorderClosed', shorted: owedWithoutAllowance(after) }]
  const room = usableOf(after) + after.backorderAllowance - after.reserved
  if (room < 0) return [{ type: 'StockShorted', quantity: -room }]
  const covered = Math.min(after.shorted ?? 0, room)
  return covered > 0 ? [{ type: 'ShortageCovered', quantity: covered }] : []
}
