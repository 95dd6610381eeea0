import { serversOf, type SourcingModel } from './sourcing-model.js'

/** When as few senders as the bound says cannot serve everything, it takes one more: the least that so many cost. Else the bound that was known. */
export const boundBySenders = (model: SourcingModel, lowerBound: number, steps: number): number => {
  if (model.measure !== 'shipments') return lowerBound
  const least = model.leastShipments(lowerBound)
  if (coveredByFew(model, least, steps) !== false) return lowerBound
  return [...model.fixed]
    .sort((one, other) => one - other)
    .slice(0, least + 1)
    .reduce((sum, each) => sum + each, 0)
}

/**
 * Whether so many candidates can serve everything, found out by trying them all: of a missing item one of its servers must be among them, and who was tried need not
 * be tried again beside another. Undefined when the steps end before that is certain.
 */
export const coveredByFew = (model: SourcingModel, most: number, steps: number): boolean | undefined => {
  const { items, units, fixed, starts, cellItems } = model
  const size = fixed.length
  const servers = serversOf(model)
  const shut = new Uint8Array(size)
  /** What is missing of each item with so many more candidates to come. */
  const missing = Array.from({ length: most + 1 }, () => new Float64Array(items.length))
  let patience = steps

  const scarcest = (left: Float64Array): number => {
    let found = -1
    let fewest = Number.POSITIVE_INFINITY
    for (let index = 0; index < left.length; index += 1) {
      const many = (servers[index] as readonly number[]).length
      if ((left[index] as number) <= 0 || many >= fewest) continue
      found = index
      fewest = many
    }
    return found
  }

  const servesAll = (place: number, left: Float64Array): boolean => {
    for (let index = 0; index < left.length; index += 1) {
      if ((left[index] as number) > (units[index * size + place] as number)) return false
    }
    return true
  }

  const take = (place: number, left: Float64Array, rest: Float64Array): void => {
    rest.set(left)
    for (let cell = starts[place] as number; cell < (starts[place + 1] as number); cell += 1) {
      const index = cellItems[cell] as number
      rest[index] = (rest[index] as number) - (units[index * size + place] as number)
    }
  }

  const search = (room: number): boolean => {
    const left = missing[room] as Float64Array
    const item = scarcest(left)
    patience -= left.length
    if (item < 0) return true
    const tried: number[] = []
    let covered = false
    for (const place of servers[item] as readonly number[]) {
      if (shut[place] === 1) continue
      if ((patience -= 1) < 0) break
      shut[place] = 1
      tried.push(place)
      if (room > 1) take(place, left, missing[room - 1] as Float64Array)
      covered = room === 1 ? servesAll(place, left) : search(room - 1)
      if (covered) break
    }
    for (const place of tried) shut[place] = 0
    return covered
  }

  ;(missing[most] as Float64Array).set(items.map(({ quantity }) => quantity))
  const covered = search(most)
  return patience < 0 ? undefined : covered
}
