import type { Sku } from '../ids/ids.js'
import { cheapestFlow } from './cheapest-flow.js'
import type { OpenSet, Priced } from './open-set.js'
import type { SourcingModel } from './sourcing-model.js'

/** Units by item and place. */
export type Units = readonly ReadonlyMap<number, number>[]

export interface Assigned extends Priced {
  readonly units: Units
}

/** What is left to try of a whole decision, shared by all calls of it. */
export interface Patience {
  steps: number
}

/**
 * Assigns items that compete for stock or capacity to open candidates: whole items by depth-first search, the one with the fewest candidates first; what may
 * be taken apart by the cheapest flow of what is left. `gave_up` when the patience ends before all was tried.
 */
export const assignTogether = (
  model: SourcingModel,
  open: OpenSet,
  patience: Patience,
): Assigned | 'gave_up' | undefined => {
  const { items, units, fixed, score, candidates } = model
  const size = fixed.length
  const stock = open.map((place) => new Map<Sku, number>(candidates[place]?.stock))
  const room = open.map((place) => candidates[place]?.capacityLeft ?? Number.POSITIVE_INFINITY)
  const servable = (index: number, at: number): number => units[index * size + (open[at] as number)] as number
  const costOf = (index: number, at: number): number =>
    (items[index]?.weight ?? 1) * (score[open[at] as number] as number)

  const all = items.map((item, index) => ({
    index,
    item,
    options: open.flatMap((_place, at) => (servable(index, at) > 0 ? [at] : [])),
  }))
  const whole = all
    .filter(({ item }) => item.whole)
    .sort((one, other) => one.options.length - other.options.length || one.index - other.index)
  const loose = all.filter(({ item }) => !item.whole)
  const chosen = items.map(() => -1)
  let best:
    | {
        readonly cost: number
        readonly chosen: readonly number[]
        readonly flow: readonly (readonly number[])[]
      }
    | undefined
  let gaveUp = false

  /** The least that the items from `depth` on can cost, each for itself. */
  const least = whole.map(({ index, item, options }) =>
    options.reduce((low, at) => Math.min(low, costOf(index, at) * item.quantity), Number.POSITIVE_INFINITY),
  )
  const rest = (depth: number): number => least.slice(depth).reduce((sum, each) => sum + each, 0)

  const flowOfLoose = () =>
    cheapestFlow({
      wanted: loose.map(({ item }) => item.quantity),
      room,
      limit: (source, at) => {
        const sku = loose[source]?.item.needs[0]?.sku
        return sku === undefined ? 0 : Math.min(loose[source]?.item.quantity ?? 0, stock[at]?.get(sku) ?? 0)
      },
      cost: (source, at) => costOf(loose[source]?.index ?? 0, at),
    })

  const take = (depth: number, at: number, sign: 1 | -1): boolean => {
    const entry = whole[depth]
    if (entry === undefined) return false
    const { item } = entry
    const shelf = stock[at] as Map<Sku, number>
    const fits =
      (room[at] as number) >= sign * item.quantity &&
      item.needs.every(({ sku, quantity }) => (shelf.get(sku) ?? 0) >= sign * quantity * item.quantity)
    if (!fits) return false
    room[at] = (room[at] as number) - sign * item.quantity
    for (const { sku, quantity } of item.needs) {
      shelf.set(sku, (shelf.get(sku) ?? 0) - sign * quantity * item.quantity)
    }
    return true
  }

  const place = (depth: number, cost: number): void => {
    patience.steps -= 1
    if (patience.steps < 0) {
      gaveUp = true
      return
    }
    if (best !== undefined && cost + rest(depth) >= best.cost) return
    const entry = whole[depth]
    if (entry === undefined) {
      const flow = flowOfLoose()
      patience.steps -= loose.length * open.length
      if (flow === undefined) return
      let total = cost
      for (const [source, row] of flow.entries()) {
        for (const [at, amount] of row.entries()) total += amount * costOf(loose[source]?.index ?? 0, at)
      }
      if (best === undefined || total < best.cost) best = { cost: total, chosen: [...chosen], flow }
      return
    }
    for (const at of entry.options) {
      if (gaveUp) return
      if (!take(depth, at, 1)) continue
      chosen[entry.index] = at
      place(depth + 1, cost + costOf(entry.index, at) * entry.item.quantity)
      take(depth, at, -1)
    }
  }

  place(0, 0)
  if (best === undefined) return gaveUp ? 'gave_up' : undefined
  const found: {
    readonly cost: number
    readonly chosen: readonly number[]
    readonly flow: readonly (readonly number[])[]
  } = best
  const assigned = items.map(() => new Map<number, number>())
  for (const { index, item } of whole) {
    assigned[index]?.set(open[found.chosen[index] as number] as number, item.quantity)
  }
  for (const [source, row] of found.flow.entries()) {
    for (const [at, amount] of row.entries()) {
      if (amount > 0) assigned[loose[source]?.index ?? 0]?.set(open[at] as number, amount)
    }
  }
  const used = open.filter((each) => assigned.some((map) => map.has(each)))
  const cost = used.reduce((sum, each) => sum + (fixed[each] as number), found.cost)
  return { cost, ofUnits: found.cost, used, units: assigned }
}
