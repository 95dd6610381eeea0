import type { Priced } from './open-set.js'
import type { SourcingItem, SourcingModel } from './sourcing-model.js'

/**
 * A bound for strategies whose units weigh more than their senders: whatever costs less than `upper` sends every unit from where it is cheapest, so only what is equal
 * there is left to choose. Who is the only one to have cheapest units must send; of items whose cheapest senders have none in common, each takes one more.
 * Answers the least cost of anything below `upper`. `everywhere` is what it costs with all candidates open. Not for items that compete.
 */
export const boundByUnits = (model: SourcingModel, everywhere: Priced, upper: number): number => {
  const { items, fixed } = model
  if (everywhere.ofUnits + leastDifference(model) < upper) return everywhere.ofUnits
  const sends = new Uint8Array(fixed.length)
  const choices = items.flatMap((item, index) => cheapestOf(model, item, index, sends))
  let bound = everywhere.ofUnits
  for (let place = 0; place < fixed.length; place += 1)
    if (sends[place] === 1) bound += fixed[place] as number
  for (const choice of choices.sort((one, other) => one.length - other.length)) {
    if (choice.some((place) => sends[place] === 1)) continue
    let least = Number.POSITIVE_INFINITY
    for (const place of choice) {
      sends[place] = 1
      least = Math.min(least, fixed[place] as number)
    }
    bound += least
  }
  return bound
}

/** What it costs at least to send a unit from elsewhere than where it is cheapest. */
const leastDifference = ({ items, score }: SourcingModel): number => {
  let least = Number.POSITIVE_INFINITY
  for (let place = 1; place < score.length; place += 1) {
    const difference = (score[place] as number) - (score[place - 1] as number)
    if (difference > 0 && difference < least) least = difference
  }
  return items.reduce((low, { weight }) => Math.min(low, weight), Number.POSITIVE_INFINITY) * least
}

/** Marks who must send some of the item, and answers the places of which one must: all at the same score. */
const cheapestOf = (
  { units, fixed, score }: SourcingModel,
  item: SourcingItem,
  index: number,
  sends: Uint8Array,
): readonly (readonly number[])[] => {
  const size = fixed.length
  let left = item.quantity
  for (let place = 0; place < size && left > 0;) {
    const among: number[] = []
    let possible = 0
    for (const level = score[place]; place < size && score[place] === level; place += 1) {
      const servable = units[index * size + place] as number
      if (servable === 0) continue
      among.push(place)
      possible += servable
    }
    if (possible > left && among.length > 1) return [among]
    for (const each of among) sends[each] = 1
    left -= possible
  }
  return []
}
