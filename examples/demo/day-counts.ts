/** How often each number of days occurred: all a median and a histogram need, however many there were. */
export interface DayCounts {
  add(days: number): void
  readonly size: number
  /** The smallest number of days that so many percent do not exceed; 50 is the median. */
  percentile(percent: number): number
  /** How many lie between two numbers of days, both included. */
  between(first: number, last: number): number
  readonly largest: number
}

export const dayCounts = (): DayCounts => {
  const counts = new Map<number, number>()
  let size = 0
  const sorted = (): readonly number[] => [...counts.keys()].sort((left, right) => left - right)
  return {
    add: (days) => {
      counts.set(days, (counts.get(days) ?? 0) + 1)
      size += 1
    },
    get size() {
      return size
    },
    percentile: (percent) => {
      const wanted = Math.ceil((size * percent) / 100)
      let reached = 0
      for (const days of sorted()) {
        reached += counts.get(days) ?? 0
        if (reached >= wanted) return days
      }
      return 0
    },
    between: (first, last) => {
      let count = 0
      for (const [days, often] of counts) if (days >= first && days <= last) count += often
      return count
    },
    get largest() {
      return Math.max(0, ...counts.keys())
    },
  }
}
