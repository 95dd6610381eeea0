import { invariant } from '../invariant.js'
import type { PromotionUses } from './promotion-uses.js'

/** What must be true of the uses of every promotion that a command leaves behind, whatever led there: its limit may have been lowered since. */
export const assertPromotionUses = ({ uses }: PromotionUses): void => {
  invariant(uses >= 0, 'no more uses come back than were counted')
}
