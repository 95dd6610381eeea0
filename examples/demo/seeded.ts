/**
 * Made facts that can be made again: every choice depends on the seed and on the names it is asked under, never on the order of asking. So a
 * slice of the data makes the same choices as the whole, and a second run the same as the first.
 */
export interface Seeded {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number, ...names: readonly string[]): number
  /** A whole number from `first` to `last`. */
  between(first: number, last: number, ...names: readonly string[]): number
  /** True for so many of a hundred. */
  chance(percent: number, ...names: readonly string[]): boolean
  /** One of the choices, each as often as its weight says. */
  pick<Choice>(
    choices: readonly (readonly [choice: Choice, weight: number])[],
    ...names: readonly string[]
  ): Choice
}

export const seeded = (seed: string): Seeded => {
  const below = (limit: number, ...names: readonly string[]): number =>
    mixed(hashOf([seed, ...names].join('\u0000'))) % limit
  return {
    below,
    between: (first, last, ...names) => first + below(last - first + 1, ...names),
    chance: (percent, ...names) => below(100, ...names) < percent,
    pick: (choices, ...names) => {
      let place = below(
        choices.reduce((sum, [, weight]) => sum + weight, 0),
        ...names,
      )
      for (const [choice, weight] of choices) {
        if (place < weight) return choice
        place -= weight
      }
      throw new RangeError('nothing to pick from')
    },
  }
}

/** FNV-1a, 32 bits. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** The finalizer of MurmurHash3: names that differ in one letter give numbers that have nothing in common. */
const mixed = (hash: number): number => {
  let mix = hash
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return (mix ^ (mix >>> 16)) >>> 0
}
