import type { PartyId } from '../ids/ids.js'

/** When a stock level is replenished, and by how much: base units throughout. */
export interface ReorderRule {
  /** Ordered when the inventory position falls to this or below. */
  readonly point: number
  /** Always so many; or `upTo`. */
  readonly orderQuantity?: number
  /** As many as it takes to reach this position. */
  readonly upTo?: number
  /** The vendor sells so many or a multiple of them. */
  readonly multiple?: number
  /** The vendor sells no fewer. */
  readonly minimum?: number
  readonly vendor?: PartyId
  /** Days from the order to the goods. */
  readonly leadTimeDays?: number
}

/** The rule of a level, and whether its present crossing of the point has been told. */
export interface Reorder extends ReorderRule {
  readonly due: boolean
}

/**
 * What a level has to go on with: on hand and usable, less what is promised, plus what is on its way. It is what a reorder point is compared with
 * (Silver, Pyke and Thomas: the inventory position). Neither the safety stock nor the backorder allowance of the level has a part in it: the one
 * is contained in the point, the other is no stock.
 */
export const inventoryPosition = (level: {
  readonly onHand: number
  readonly quarantined: number
  readonly reserved: number
  readonly shorted?: number
  readonly incoming: number
}): number => level.onHand - level.quarantined - level.reserved - (level.shorted ?? 0) + level.incoming

export type ReorderEvent =
  | { readonly type: 'ReorderRuleSet'; readonly rule: ReorderRule }
  | { readonly type: 'ReorderRuleRemoved' }
  /** The position has fallen to the point or below; said once until it has risen above. */
  | { readonly type: 'RestockDue'; readonly position: number; readonly point: number }
  | { readonly type: 'RestockCovered'; readonly position: number; readonly point: number }

/** The rule after an event, or none. */
export const reorderAfter = (known: Reorder | undefined, event: ReorderEvent): Reorder | undefined => {
  switch (event.type) {
    case 'ReorderRuleSet':
      return { ...event.rule, due: known?.due ?? false }
    case 'ReorderRuleRemoved':
      return undefined
    case 'RestockDue':
      return known === undefined ? undefined : { ...known, due: true }
    case 'RestockCovered':
      return known === undefined ? undefined : { ...known, due: false }
  }
}
