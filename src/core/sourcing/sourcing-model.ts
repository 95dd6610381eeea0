import type { Sku } from '../ids/ids.js'
import type { Scores } from './score-candidates.js'
import type { SourcingCandidate, SourcingLine } from './sourcing-problem.js'
import type { SourcingSplits } from './sourcing-rule.js'

/** What is shared out as one: a line that stays whole, or all lines of one SKU that may be taken apart. */
export interface SourcingItem {
  readonly lines: readonly SourcingLine[]
  readonly quantity: number
  /** Decimals of the unit. */
  readonly digits: number
  /** Quantity times this is the quantity in the smallest part of any unit of the order, so that units of different precision weigh the same. */
  readonly weight: number
  readonly whole: boolean
  readonly needs: readonly { readonly sku: Sku; readonly quantity: number }[]
}

/**
 * The decision as numbers: an open candidate costs `fixed`, each weighted unit it sends `score`, all of them whole numbers below 2^53. Candidates stand
 * in the order in which units prefer them.
 */
export interface SourcingModel extends Scores {
  readonly items: readonly SourcingItem[]
  /** Weight times quantity of each item. */
  readonly wholeWeights: Float64Array
  /** The largest objective there can be. */
  readonly largest: number
  /** What candidate c alone could serve of item i, at `i * candidates + c`. */
  readonly units: Float64Array
  /** The cells above zero, candidate by candidate: those of candidate c are at `starts[c]` to `starts[c + 1]`. */
  readonly starts: Int32Array
  readonly cellItems: Int32Array
  readonly cellShares: Float64Array
  /** What the whole item costs there, by its units alone. */
  readonly cellScores: Float64Array
  /** Items compete for the same stock or the same capacity somewhere, so that serving each for itself may promise too much. */
  readonly coupled: boolean
  readonly mostShipments: number
}

/** The items of an order, in the order of SKU and line id, whatever order the lines came in. */
export const itemsOf = (lines: readonly SourcingLine[], splits: SourcingSplits): readonly SourcingItem[] => {
  const mostDigits = lines.reduce((most, line) => Math.max(most, line.digits ?? 0), 0)
  const bySku = new Map<Sku, { readonly lines: SourcingLine[]; quantity: number }>()
  const items: SourcingItem[] = []
  for (const line of [...lines].sort(byLine)) {
    const { digits = 0 } = line
    const weight = 10 ** (mostDigits - digits)
    if (splits === 'within_line' && line.parts === undefined) {
      const known = bySku.get(line.sku)
      if (known !== undefined) {
        known.lines.push(line)
        known.quantity += line.quantity
        continue
      }
      const together = {
        lines: [line],
        quantity: line.quantity,
        digits,
        weight,
        whole: false,
        needs: [{ sku: line.sku, quantity: 1 }],
      }
      bySku.set(line.sku, together)
      items.push(together)
    } else {
      items.push({
        lines: [line],
        quantity: line.quantity,
        digits,
        weight,
        whole: true,
        needs: needsOf(line),
      })
    }
  }
  return items
}

/** A part that a kit lists twice is needed as often as both say. */
const needsOf = (line: SourcingLine): SourcingItem['needs'] => {
  if (line.parts === undefined) return [{ sku: line.sku, quantity: 1 }]
  const sums = new Map<Sku, number>()
  for (const { sku, quantity } of line.parts) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  return [...sums].map(([sku, quantity]) => ({ sku, quantity }))
}

const byLine = (one: SourcingLine, other: SourcingLine): number =>
  one.sku < other.sku ? -1 : one.sku > other.sku ? 1 : one.line < other.line ? -1 : 1

/** What one candidate alone could serve of one item. */
const servableUnits = (candidate: SourcingCandidate, item: SourcingItem): number => {
  const { needs } = item
  let units = Math.min(item.quantity, candidate.capacityLeft ?? item.quantity)
  for (let at = 0; at < needs.length && units > 0; at += 1) {
    const { sku, quantity } = needs[at] as SourcingItem['needs'][number]
    const stock = candidate.stock.get(sku) ?? 0
    units = Math.min(units, quantity === 1 ? Math.floor(stock) : Math.floor(stock / quantity))
  }
  return item.whole && units < item.quantity ? 0 : Math.max(0, units)
}

export const modelOf = (
  items: readonly SourcingItem[],
  scores: Scores,
  mostShipments = Number.MAX_SAFE_INTEGER,
): SourcingModel => {
  const { candidates } = scores
  const size = candidates.length
  const units = new Float64Array(items.length * size)
  const wholeWeights = new Float64Array(items.length)
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] as SourcingItem
    wholeWeights[index] = item.weight * item.quantity
    for (let place = 0; place < size; place += 1) {
      units[index * size + place] = servableUnits(candidates[place] as SourcingCandidate, item)
    }
  }
  return modelFrom(scores, items, wholeWeights, units, {
    largest: sumOf(wholeWeights) * largestOf(scores.score) + sumOf(scores.fixed),
    coupled: competes(items, candidates, units),
    mostShipments,
  })
}

/** Names every field: copying an object of so many by spreading costs more than all the numbers in it. */
const modelFrom = (
  scores: Scores,
  items: readonly SourcingItem[],
  wholeWeights: Float64Array,
  units: Float64Array,
  { largest, coupled, mostShipments }: Pick<SourcingModel, 'largest' | 'coupled' | 'mostShipments'>,
): SourcingModel => {
  const { starts, cellItems, cellShares, cellScores } = cellsOf(items, wholeWeights, units, scores.score)
  return {
    candidates: scores.candidates,
    ranks: scores.ranks,
    meters: scores.meters,
    fixed: scores.fixed,
    score: scores.score,
    measure: scores.measure,
    tighten: scores.tighten,
    leastShipments: scores.leastShipments,
    write: scores.write,
    coarse: scores.coarse,
    currency: scores.currency,
    items,
    wholeWeights,
    largest,
    units,
    starts,
    cellItems,
    cellShares,
    cellScores,
    coupled,
    mostShipments,
  }
}

const sumOf = (values: Float64Array): number => {
  let sum = 0
  for (let at = 0; at < values.length; at += 1) sum += values[at] as number
  return sum
}

const largestOf = (values: Float64Array): number => {
  let largest = 0
  for (let at = 0; at < values.length; at += 1) largest = Math.max(largest, values[at] as number)
  return largest
}

type Cells = Pick<SourcingModel, 'starts' | 'cellItems' | 'cellShares' | 'cellScores'>

const cellsOf = (
  items: readonly SourcingItem[],
  wholeWeights: Float64Array,
  units: Float64Array,
  score: Float64Array,
): Cells => {
  const size = score.length
  let count = 0
  for (let at = 0; at < units.length; at += 1) if (units[at] !== 0) count += 1
  const starts = new Int32Array(size + 1)
  const cellItems = new Int32Array(count)
  const cellShares = new Float64Array(count)
  const cellScores = new Float64Array(count)
  let cell = 0
  for (let place = 0; place < size; place += 1) {
    for (let index = 0; index < items.length; index += 1) {
      const servable = units[index * size + place] as number
      if (servable === 0) continue
      cellItems[cell] = index
      cellShares[cell] = servable / (items[index] as SourcingItem).quantity
      cellScores[cell] = (score[place] as number) * (wholeWeights[index] as number)
      cell += 1
    }
    starts[place + 1] = cell
  }
  return { starts, cellItems, cellShares, cellScores }
}

/** The candidates that could serve some of each item. */
export const serversOf = ({ items, starts, cellItems }: SourcingModel): readonly (readonly number[])[] => {
  const servers = items.map((): number[] => [])
  for (let place = 0; place + 1 < starts.length; place += 1) {
    for (let cell = starts[place] as number; cell < (starts[place + 1] as number); cell += 1) {
      servers[cellItems[cell] as number]?.push(place)
    }
  }
  return servers
}

/** The same decision among some of the candidates, given by their places in ascending order. */
export const restrictTo = (model: SourcingModel, places: readonly number[]): SourcingModel => {
  const { items, wholeWeights, candidates, ranks, meters, units } = model
  const fewer = new Float64Array(items.length * places.length)
  const fixed = new Float64Array(places.length)
  const score = new Float64Array(places.length)
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number
    fixed[at] = model.fixed[place] as number
    score[at] = model.score[place] as number
    for (let index = 0; index < items.length; index += 1) {
      fewer[index * places.length + at] = units[index * candidates.length + place] as number
    }
  }
  const scores: Scores = {
    candidates: places.map((place) => candidates[place] as SourcingCandidate),
    ranks: places.map((place) => ranks[place] as number),
    meters: places.map((place) => meters[place]),
    fixed,
    score,
    measure: model.measure,
    tighten: model.tighten,
    leastShipments: model.leastShipments,
    write: model.write,
    coarse: model.coarse,
    currency: model.currency,
  }
  return modelFrom(scores, items, wholeWeights, fewer, model)
}

const competes = (
  items: readonly SourcingItem[],
  candidates: readonly SourcingCandidate[],
  units: Float64Array,
): boolean => {
  const shared = sharedSkus(items)
  const size = candidates.length
  if (shared.length === 0 && candidates.every(({ capacityLeft }) => capacityLeft === undefined)) return false
  return candidates.some((candidate, place) => {
    const servable = (index: number): number => units[index * size + place] as number
    if (candidate.capacityLeft !== undefined) {
      const most = items.reduce((sum, _item, index) => sum + servable(index), 0)
      if (most > candidate.capacityLeft) return true
    }
    return shared.some(([sku, users]) => {
      const most = users.reduce((sum, { index, quantity }) => sum + servable(index) * quantity, 0)
      return most > (candidate.stock.get(sku) ?? 0)
    })
  })
}

const sharedSkus = (items: readonly SourcingItem[]) => {
  const users = new Map<Sku, { readonly index: number; readonly quantity: number }[]>()
  for (const [index, item] of items.entries()) {
    for (const { sku, quantity } of item.needs) {
      const known = users.get(sku)
      if (known === undefined) users.set(sku, [{ index, quantity }])
      else known.push({ index, quantity })
    }
  }
  return [...users].filter(([, list]) => list.length > 1)
}
