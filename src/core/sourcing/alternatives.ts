import { exchangeInto, priceUnits, type OpenSet } from './open-set.js'
import type { SourcingModel } from './sourcing-model.js'

/** What an assignment that was found comes to. */
export interface Alternative {
  readonly cost: number
  readonly shipments: number
}

/**
 * Finds the best with a candidate that is not used: it serves what it can, and of the used ones those that are still needed serve the rest. It is an assignment like
 * any other, so it is never better than a proven decision. All candidates are tried on the same few arrays.
 */
export const alternativesTo = (model: SourcingModel, used: OpenSet): ((place: number) => Alternative) => {
  const { fixed } = model
  const open: number[] = [...used, 0]
  const sends = new Uint8Array(open.length)
  let cost = 0
  let shipments = 0

  const price = (count: number): boolean => {
    cost = priceUnits(model, open, count, sends)
    if (cost < 0) return false
    shipments = 0
    for (let at = 0; at < count; at += 1) {
      if (sends[at] === 0) continue
      shipments += 1
      cost += fixed[open[at] as number] as number
    }
    return true
  }

  /** Nobody would choose it as long as the others are open: then it goes first. */
  const priceFirst = (place: number): void => {
    open[0] = place
    for (let at = 0; at < used.length; at += 1) open[at + 1] = used[at] as number
    price(open.length)
  }

  return (place) => {
    let lowest = Number.POSITIVE_INFINITY
    let fewest = 0
    for (let at = -1; at < used.length; at += 1) {
      const added = exchangeInto(open, used, at < 0 ? -1 : (used[at] as number), place)
      if (!price(at < 0 ? open.length : used.length) || sends[added] === 0 || cost >= lowest) continue
      lowest = cost
      fewest = shipments
    }
    if (fewest > 0) return { cost: lowest, shipments: fewest }
    priceFirst(place)
    return { cost, shipments }
  }
}
