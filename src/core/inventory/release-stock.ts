import type { Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { demandByLevel, move, type Demand } from './reserve-stock.js'
import type { MovementSource } from './stock-level.js'

/** Gives reserved stock back, with one movement per level (ST10). */
export const releaseStock = (
  work: Work,
  demands: readonly Demand[],
  source: MovementSource,
  reason: string,
): Result<void, Refusal> => {
  for (const demand of demandByLevel(demands)) {
    const released = move(work, demand, { type: 'ReleaseStock', quantity: demand.quantity, source, reason })
    if (!released.ok) return released
  }
  return ok(undefined)
}
