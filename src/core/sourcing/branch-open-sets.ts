import { ascending, priceUnits } from './open-set.js'
import {
  boundWhenOpen,
  boundWhenShut,
  FREE,
  OPEN,
  relax,
  relaxerOf,
  SHUT,
  type Relaxation,
} from './relax-sourcing.js'
import { floorOf, type Progress } from './search-progress.js'
import { serversOf, type SourcingModel } from './sourcing-model.js'

/** Where the tree begins. `least`: fewer candidates than this cannot serve everything. */
export interface Root {
  readonly bound: number
  readonly prices: Float64Array
  readonly least: number
}

/**
 * The tree: the missing item with the fewest free servers is taken, each of these is opened in turn and then shut for all that follows. Answers the least bound of what it had
 * to leave unexplored; above the best objective when it has seen all that matters.
 */
export const branch = (model: SourcingModel, root: Root, progress: Progress): number => {
  const { items, units, fixed } = model
  const size = fixed.length
  const count = items.length
  const { upper, accept, spend, exhausted } = progress
  const places = Array.from({ length: size }, (_, place) => place)
  const servers = serversOf(model)
  const relaxer = relaxerOf(model)
  const quantities = Float64Array.from(items, (item) => item.quantity)
  const state = new Uint8Array(size)
  const left = quantities.slice()
  /** What all candidates that are not shut could serve of each item. */
  const possible = new Float64Array(count)
  for (const place of places) addUnits(model, possible, place, 1)
  const opened: number[] = []
  let unexplored = Number.POSITIVE_INFINITY

  const open = (place: number): void => {
    state[place] = OPEN
    opened.push(place)
    addUnits(model, left, place, -1)
  }
  const reopen = (place: number): void => {
    state[place] = FREE
    opened.splice(opened.indexOf(place), 1)
    addUnits(model, left, place, 1)
  }
  const shut = (place: number): void => {
    state[place] = SHUT
    addUnits(model, possible, place, -1)
  }
  const unshut = (place: number): void => {
    state[place] = FREE
    addUnits(model, possible, place, 1)
  }

  const hopeless = (bound: number): boolean => floorOf(model, bound) >= upper()
  const enough = ({ bound }: Relaxation): boolean => hopeless(bound)
  const cheapest = fixed.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY)
  /** Whoever opens more than this has spent more than is known to do. */
  const most = (): number =>
    cheapest > 0 && Number.isFinite(upper())
      ? Math.min(model.mostShipments, Math.floor((upper() - 1) / cheapest))
      : model.mostShipments

  /** The missing item with the fewest free servers; -1 when nothing is missing, -2 when something can no longer be served. */
  const scarcest = (): number => {
    let found = -1
    let fewest = Number.POSITIVE_INFINITY
    for (let index = 0; index < count; index += 1) {
      if ((possible[index] as number) < (quantities[index] as number)) return -2
      if ((left[index] as number) <= 0) continue
      const servedBy = servers[index] as readonly number[]
      let free = 0
      for (let at = 0; at < servedBy.length && free < fewest; at += 1) {
        if (state[servedBy[at] as number] === FREE) free += 1
      }
      if (free < fewest) {
        fewest = free
        found = index
      }
    }
    return found
  }

  /** The free candidate that the relaxation likes best, among those that serve the item if there is one; -1 when there is none. */
  const choose = ({ reduced }: Relaxation, item: number): number => {
    const among = item < 0 ? places : (servers[item] as readonly number[])
    let chosen = -1
    for (let at = 0; at < among.length; at += 1) {
      const place = among[at] as number
      if (state[place] !== FREE) continue
      if (chosen < 0 || (reduced[place] as number) < (reduced[chosen] as number)) chosen = place
    }
    return chosen
  }

  /** With room for one more only, it must serve all that is missing. */
  const closeWithOne = (item: number): void => {
    const servedBy = servers[item] as readonly number[]
    spend(servedBy.length)
    let spent = 0
    for (let at = 0; at < opened.length; at += 1) spent += fixed[opened[at] as number] as number
    for (let at = 0; at < servedBy.length; at += 1) {
      const place = servedBy[at] as number
      if (state[place] !== FREE || spent + (fixed[place] as number) >= upper()) continue
      let serves = true
      for (let index = 0; index < count && serves; index += 1) {
        serves = (left[index] as number) <= (units[index * size + place] as number)
      }
      if (serves) accept(ascending([...opened, place]))
    }
  }

  /**
   * Whether opening one more makes what is open already, and serves everything, cheaper. Savings of several together are never more than the sum of their single savings
   * (each item fills a limited number of units from the best, which is submodular), so who saves nothing alone saves nothing in company.
   */
  const couldSave = (place: number): boolean => {
    if (model.coupled) return true
    spend(count * opened.length * 2)
    const more = ascending([...opened, place])
    const now = priceUnits(model, ascending(opened), opened.length, new Uint8Array(opened.length))
    const then = priceUnits(model, more, more.length, new Uint8Array(more.length))
    return now - then > (fixed[place] as number)
  }

  const search = (inherited: number, inheritedPrices: Float64Array, fresh: boolean): void => {
    const shutHere: number[] = []
    const openedHere: number[] = []
    let bound = inherited
    let prices = inheritedPrices
    let priced = !fresh
    let latest: Relaxation | undefined
    while (!hopeless(bound)) {
      spend(count * 4)
      if (exhausted()) {
        unexplored = Math.min(unexplored, floorOf(model, bound))
        break
      }
      let item = scarcest()
      if (item === -2) break
      if (item === -1 && !priced) {
        accept(ascending(opened))
        priced = true
        continue
      }
      const room = most() - opened.length
      if (room <= 0) break
      if (item >= 0 && room === 1) {
        closeWithOne(item)
        break
      }
      if (item >= 0 && room === 2) {
        // Two more: trying them is cheaper than asking the relaxation.
        for (const place of servers[item] as readonly number[]) {
          if (state[place] !== FREE) continue
          open(place)
          search(bound, prices, true)
          reopen(place)
          shut(place)
          shutHere.push(place)
        }
        break
      }
      spend((stepsPerNode * model.cellItems.length) >> 1)
      const range = { least: root.least, most: most() }
      const relaxation = relax(relaxer, state, range, prices, stepsPerNode, upper, enough)
      if (latest !== undefined) relaxer.spare.push(latest)
      latest = relaxation
      prices = relaxation.prices
      bound = Math.max(bound, relaxation.bound)
      if (hopeless(bound)) break
      for (let place = 0; place < size; place += 1) {
        if (state[place] !== FREE) continue
        if (hopeless(boundWhenOpen(relaxation, place))) {
          shut(place)
          shutHere.push(place)
        } else if (hopeless(boundWhenShut(relaxation, place))) {
          open(place)
          openedHere.push(place)
          priced = false
        }
      }
      item = scarcest()
      if (item === -2) break
      if (item === -1 && !priced) continue
      const place = choose(relaxation, item)
      if (place < 0 || opened.length >= most()) break
      if (item >= 0 || couldSave(place)) {
        open(place)
        search(Math.max(bound, boundWhenOpen(relaxation, place)), prices, true)
        reopen(place)
        bound = Math.max(bound, boundWhenShut(relaxation, place))
      }
      shut(place)
      shutHere.push(place)
    }
    if (latest !== undefined) relaxer.spare.push(latest)
    for (const place of shutHere) unshut(place)
    for (const place of openedHere) reopen(place)
  }

  search(root.bound, root.prices, false)
  return unexplored
}

const stepsPerNode = 6

const addUnits = ({ units, fixed }: SourcingModel, to: Float64Array, place: number, sign: 1 | -1): void => {
  const size = fixed.length
  for (let index = 0; index < to.length; index += 1) {
    to[index] = (to[index] as number) + sign * (units[index * size + place] as number)
  }
}
