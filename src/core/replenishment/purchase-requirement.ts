import type { ReorderRule } from '../inventory/reorder-rule.js'
import { plusDays, type LocalDate } from '../time/local-date.js'
import type { DatedQuantity } from './available-to-promise.js'
import { quantityToOrder } from './order-quantity.js'

/** What is known of a level that may have to be ordered for, in base units. */
export interface RequirementFacts {
  readonly today: LocalDate
  /** Days ahead that orders are planned for; 0: only what is due today. */
  readonly horizonDays: number
  readonly rule: ReorderRule
  /** On hand and usable, less what is promised, plus what is on its way. */
  readonly position: number
  /** On hand and usable, less what is promised. */
  readonly free: number
  /** What is on its way and when it comes. */
  readonly incoming: readonly DatedQuantity[]
  /** Expected demand of each coming day, today first; the last goes on. */
  readonly dailyDemand: readonly number[]
}

/** What to order, when, and why. */
export interface PurchaseRequirement {
  readonly reason: 'at_reorder_point' | 'forecast_reaches_reorder_point'
  readonly orderOn: LocalDate
  /** `orderOn` and the lead time. */
  readonly arrivesOn: LocalDate
  /** In base units; a multiple of what the vendor sells. */
  readonly quantity: number
  /** The position on that day, demand until then taken off and rounded down. */
  readonly position: number
  /** The first day on which what is there and comes in time will not do, if it is before the goods arrive (M37). */
  readonly shortOn?: LocalDate
}

/** What a rule and a forecast ask for within the horizon; `undefined` when there is nothing to order (M53, F163). */
export const purchaseRequirement = (facts: RequirementFacts): PurchaseRequirement | undefined => {
  const { today, horizonDays, rule, position: now } = facts
  let expected = now
  for (let ahead = 0; ahead <= horizonDays; ahead += 1) {
    // Rounded down: part of a unit of demand takes a unit. What floats add to a whole number is no demand.
    const position = Math.floor(expected + 1e-9)
    const quantity = quantityToOrder(position, policyOf(rule), rule)
    if (quantity > 0) {
      const orderOn = plusDays(today, ahead)
      const arrivesOn = plusDays(orderOn, rule.leadTimeDays ?? 0)
      const shortOn = firstShortDay(facts, arrivesOn)
      return {
        reason: ahead === 0 ? 'at_reorder_point' : 'forecast_reaches_reorder_point',
        orderOn,
        arrivesOn,
        quantity,
        position,
        ...(shortOn !== undefined && { shortOn }),
      }
    }
    expected -= demandOf(facts.dailyDemand, ahead)
  }
  return undefined
}

const policyOf = ({ point, orderQuantity, upTo }: ReorderRule) =>
  upTo === undefined
    ? ({ kind: 'fixed', point, orderQuantity: orderQuantity ?? 1 } as const)
    : ({ kind: 'up_to', point, upTo } as const)

const demandOf = (dailyDemand: readonly number[], ahead: number): number =>
  dailyDemand[ahead] ?? dailyDemand.at(-1) ?? 0

/** Goods of a day come before its demand. */
const firstShortDay = (facts: RequirementFacts, arrivesOn: LocalDate): LocalDate | undefined => {
  let stock = facts.free
  for (let ahead = 0; ; ahead += 1) {
    const day = plusDays(facts.today, ahead)
    if (day >= arrivesOn) return undefined
    for (const { on, quantity } of facts.incoming) if (on === day) stock += quantity
    stock -= demandOf(facts.dailyDemand, ahead)
    if (stock < -1e-9) return day
  }
}
