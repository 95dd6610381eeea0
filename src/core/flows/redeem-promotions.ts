import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import type { Order } from '../orders/order.js'
import type { Work } from '../plan.js'
import { mostUsesOf, promotionUsesKind } from '../promotions/promotion-uses.js'
import { promotionKind } from '../promotions/promotion.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

type Promoted = Pick<Order, 'promotions' | 'customer'>

/** The promotions of an order whose uses are limited, and their counts. */
export const redeemedKeys = ({ promotions = [] }: Promoted): readonly Key[] =>
  promotions.flatMap(({ promotion, counts = [] }) =>
    counts.length === 0
      ? []
      : [
          { kind: promotionKind.name, id: promotion },
          ...counts.map((count) => ({ kind: promotionUsesKind.name, id: count })),
        ],
  )

/**
 * Counts the uses of a placed order's promotions on the locked counts. A draft holds none: one whose promotion was used up meanwhile is refused as
 * `promotion_unavailable`. Its other terms hold as they were agreed.
 */
export const redeemPromotions = (
  work: Work,
  { promotions = [], customer }: Promoted,
): Result<void, Refusal> => {
  for (const { promotion: id, counts = [] } of promotions) {
    for (const count of counts) {
      const promotion = present(work.find(promotionKind, id)?.state, 'a promotion that was applied exists')
      const uses = work.find(promotionUsesKind, count)?.state.uses ?? 0
      const most = mostUsesOf(promotion, count)
      if (most !== undefined && uses >= most) {
        return refuse('promotion_unavailable', { promotion: id, reason: 'used_up' })
      }
      work.put(promotionUsesKind, count, {
        promotion: id,
        ...(count !== id && customer !== undefined && { customer }),
        uses: uses + 1,
      })
    }
  }
  return ok(undefined)
}

/** The counts that canceling an order lowers. */
export const returnedKeys = ({ promotions = [] }: Promoted): readonly Key[] =>
  promotions.flatMap(({ counts = [], returnsUses }) =>
    returnsUses === true ? counts.map((count) => ({ kind: promotionUsesKind.name, id: count })) : [],
  )

/** Gives the uses of a canceled order back, where its promotions say so. */
export const returnUses = (work: Work, order: Promoted): void => {
  for (const { id } of returnedKeys(order)) {
    const counted = present(work.find(promotionUsesKind, id)?.state, 'uses that come back were counted')
    work.put(promotionUsesKind, id, { ...counted, uses: counted.uses - 1 })
  }
}
