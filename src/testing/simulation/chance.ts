/** Chance out of a seed: the same seed draws the same numbers on every machine. */
export interface Chance {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number
  oneIn(times: number): boolean
  of<Item>(items: readonly Item[]): Item
  /** A stream of its own: what is drawn from it changes nothing here. */
  fork(): Chance
}

/** The generator sfc32, filled from the seed by splitmix32. Good enough to choose what a simulation does, and for nothing else. */
export const chanceFrom = (seed: number): Chance => {
  const fill = splitMix(seed)
  let a = fill()
  let b = fill()
  let c = fill()
  let counter = 1
  const next = (): number => {
    const drawn = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + drawn
    return drawn >>> 0
  }
  for (let warm = 0; warm < 12; warm += 1) next()
  const chance: Chance = {
    below: (limit) => next() % limit,
    oneIn: (times) => next() % times === 0,
    of: (items) => {
      if (items.length === 0) throw new Error('chance chooses among one thing or more')
      return items[next() % items.length] as (typeof items)[number]
    },
    fork: () => chanceFrom(next()),
  }
  return chance
}

const splitMix = (seed: number): (() => number) => {
  // Seeds above 2^32 differ in both halves.
  let state = (seed ^ Math.imul(Math.floor(seed / 4_294_967_296) | 0, 0x9e3779b1)) | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) | 0
  }
}
