import type { Cents } from '../exact-money.js'
import type { Share } from '../report/report-data.js'

/** Counts and adds up by name. */
export interface ShareCounter {
  add(name: string, amount: Cents): void
  /** The most frequent first, or in the order of the names given. */
  shares(order?: readonly string[]): readonly Share[]
}

export const shareCounter = (): ShareCounter => {
  const known = new Map<string, { count: number; amount: Cents }>()
  return {
    add: (name, amount) => {
      const share = known.get(name) ?? { count: 0, amount: 0n }
      known.set(name, share)
      share.count += 1
      share.amount += amount
    },
    shares: (order) => {
      const all = [...known].map(([name, share]) => ({ name, ...share }))
      return order === undefined
        ? all.sort((left, right) => right.count - left.count || (left.name < right.name ? -1 : 1))
        : order.flatMap((name) => all.find((share) => share.name === name) ?? [])
    },
  }
}
