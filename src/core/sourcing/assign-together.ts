import type { Sku } from '../ids/ids.js'
import { cheapestFlow, type Move } from './cheapest-flow.js'
import type { OpenSet, Priced } from './open-set.js'
import type { SourcingItem, SourcingModel } from './sourcing-model.js'
import type { SourcingCandidate } from './sourcing-problem.js'

/** Units by item and place. */
export type Units = readonly ReadonlyMap<number, number>[]

export interface Assigned extends Priced {
  readonly units: Units
}

/** What is left to try of a whole decision, shared by all calls of it. */
export interface Patience {
  steps: number
}

/** What an open candidate still has. */
interface Shelf {
  readonly place: number
  readonly score: number
  readonly stock: Map<Sku, number>
  room: number
}

interface Task {
  readonly item: SourcingItem
  readonly options: readonly Shelf[]
  /** By place, of the best that was found. */
  readonly units: Map<number, number>
}

interface Found {
  readonly cost: number
  /** Where the whole items go, in the order in which they were tried. */
  readonly chosen: readonly Shelf[]
  readonly flow: readonly Move<Task, Shelf>[]
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
  const shelves = open.map((place): Shelf => {
    const { stock, capacityLeft = Number.POSITIVE_INFINITY } = candidates[place] as SourcingCandidate
    return { place, score: score[place] as number, stock: new Map(stock), room: capacityLeft }
  })
  const tasks = items.map((item, index): Task => ({
    item,
    options: shelves.filter(({ place }) => (units[index * fixed.length + place] as number) > 0),
    units: new Map(),
  }))
  // A sort is stable: among items with as many candidates the first one stays first.
  const whole = tasks
    .filter(({ item }) => item.whole)
    .sort((one, other) => one.options.length - other.options.length)
  const loose = tasks.filter(({ item }) => !item.whole)
  /** The least that the whole items from `depth` on can cost, each for itself. */
  const least = whole.map(({ item, options }) =>
    options.reduce((low, shelf) => Math.min(low, costOf(item, shelf)), Number.POSITIVE_INFINITY),
  )
  const rest = (depth: number): number => least.slice(depth).reduce((sum, each) => sum + each, 0)
  const chosen: Shelf[] = []
  let best: Found | undefined
  let gaveUp = false

  const place = (depth: number, cost: number): void => {
    patience.steps -= 1
    if (patience.steps < 0) {
      gaveUp = true
      return
    }
    if (best !== undefined && cost + rest(depth) >= best.cost) return
    const task = whole[depth]
    if (task === undefined) {
      patience.steps -= loose.length * open.length
      const flow = flowOf(loose, shelves)
      if (flow === undefined) return
      const total = flow.reduce(
        (sum, { source, sink, units: moved }) => sum + moved * unitCostOf(source.item, sink),
        cost,
      )
      if (best === undefined || total < best.cost) best = { cost: total, chosen: [...chosen], flow }
      return
    }
    for (const shelf of task.options) {
      if (!fits(task.item, shelf)) continue
      chosen[depth] = shelf
      take(task.item, shelf, 1)
      place(depth + 1, cost + costOf(task.item, shelf))
      take(task.item, shelf, -1)
    }
  }

  place(0, 0)
  if (best === undefined) return gaveUp ? 'gave_up' : undefined
  const found: Found = best
  for (const [depth, shelf] of found.chosen.entries()) {
    const { item, units: taken } = whole[depth] as Task
    taken.set(shelf.place, item.quantity)
  }
  for (const { source, sink, units: moved } of found.flow) source.units.set(sink.place, moved)
  const used = open.filter((each) => tasks.some(({ units: taken }) => taken.has(each)))
  const cost = used.reduce((sum, each) => sum + (fixed[each] as number), found.cost)
  return { cost, ofUnits: found.cost, used, units: tasks.map(({ units: taken }) => taken) }
}

const unitCostOf = ({ weight }: SourcingItem, { score }: Shelf): number => weight * score

const costOf = (item: SourcingItem, shelf: Shelf): number => unitCostOf(item, shelf) * item.quantity

const flowOf = (loose: readonly Task[], shelves: readonly Shelf[]) =>
  cheapestFlow({
    sources: loose,
    sinks: shelves,
    wanted: ({ item }) => item.quantity,
    room: ({ room }) => room,
    // What may be taken apart is a SKU of which a unit needs itself.
    limit: ({ item }, { stock }) =>
      item.needs.reduce((most, { sku }) => Math.min(most, stock.get(sku) ?? 0), item.quantity),
    cost: ({ item }, shelf) => unitCostOf(item, shelf),
  })

/** On one of its options, which have had some of each SKU that the item needs. */
const fits = ({ quantity, needs }: SourcingItem, { stock, room }: Shelf): boolean =>
  room >= quantity && needs.every((need) => (stock.get(need.sku) as number) >= need.quantity * quantity)

const take = ({ quantity, needs }: SourcingItem, shelf: Shelf, sign: 1 | -1): void => {
  shelf.room -= sign * quantity
  for (const need of needs) {
    shelf.stock.set(need.sku, (shelf.stock.get(need.sku) as number) - sign * need.quantity * quantity)
  }
}
