import { monthsFrom } from '../days.js'
import type { Cents } from '../exact-money.js'
import type { RevenueFigures } from '../report/report-data.js'

/** Adds up by month and group. */
export interface RevenueCounter {
  add(month: string, group: string, amount: Cents): void
  /** The largest groups by name, all others together. */
  figures(by: string): RevenueFigures
}

const mostGroups = 5
const otherGroups = 'all others'

export const revenueCounter = (): RevenueCounter => {
  const months = new Map<string, Map<string, Cents>>()
  const groups = new Map<string, Cents>()
  return {
    add: (month, group, amount) => {
      const known = months.get(month) ?? new Map<string, Cents>()
      months.set(month, known)
      known.set(group, (known.get(group) ?? 0n) + amount)
      groups.set(group, (groups.get(group) ?? 0n) + amount)
    },
    figures: (by) => {
      const bySize = [...groups]
        .sort(([, left], [, right]) => (left > right ? -1 : left < right ? 1 : 0))
        .map(([name]) => name)
      const named = bySize.length <= mostGroups ? bySize : bySize.slice(0, mostGroups - 1)
      const rest = bySize.slice(named.length)
      const sumOf = (month: string, names: readonly string[]): Cents =>
        names.reduce((sum, name) => sum + (months.get(month)?.get(name) ?? 0n), 0n)
      const known = [...months.keys()].sort()
      return {
        by,
        groups: rest.length === 0 ? named : [...named, otherGroups],
        months: monthsFrom(known[0] ?? '', known.at(-1) ?? '').map((month) => ({
          month,
          amounts: [
            ...named.map((name) => sumOf(month, [name])),
            ...(rest.length === 0 ? [] : [sumOf(month, rest)]),
          ],
        })),
      }
    },
  }
}
