import type { Chance } from './chance.js'

/** Somebody who waits to go on: which task, and where it stands. */
export interface SchedulingPoint {
  readonly task: string
  readonly place: string
}

/** Chooses who goes next, by its place in the list of those who wait. */
export type Strategy = (waiting: readonly SchedulingPoint[], step: number) => number

export const strategyNames = ['uniform', 'pct-2', 'pct-3', 'starve', 'bursts'] as const

export type StrategyName = (typeof strategyNames)[number]

export const strategyCalled = (name: StrategyName, chance: Chance): Strategy => {
  switch (name) {
    case 'uniform':
      return (waiting) => chance.below(waiting.length)
    case 'pct-2':
      return byPriority(chance, 2)
    case 'pct-3':
      return byPriority(chance, 3)
    case 'starve':
      return starving(chance)
    case 'bursts':
      return inBursts(chance)
  }
}

/** About as many steps as a run has: change points are drawn below it. */
const expectedSteps = 200

/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): every task has a random priority, the highest always goes; at
 * `depth` - 1 drawn steps whoever is first falls behind all others. Finds an error of that depth with probability at least 1 / (n · k^(depth-1)).
 */
const byPriority = (chance: Chance, depth: number): Strategy => {
  const priorities = new Map<string, number>()
  const changes = new Set(Array.from({ length: depth - 1 }, () => chance.below(expectedSteps)))
  let lowest = 0
  const priorityOf = (task: string): number => {
    let known = priorities.get(task)
    if (known === undefined) {
      known = 1 + chance.below(1_000_000)
      priorities.set(task, known)
    }
    return known
  }
  const first = (waiting: readonly SchedulingPoint[]): number => {
    let best = 0
    let highest = -Infinity
    for (const [place, { task }] of waiting.entries()) {
      const priority = priorityOf(task)
      if (priority <= highest) continue
      highest = priority
      best = place
    }
    return best
  }
  return (waiting, step) => {
    const best = first(waiting)
    if (!changes.has(step)) return best
    const fallen = waiting[best]
    if (fallen !== undefined) priorities.set(fallen.task, (lowest -= 1))
    return first(waiting)
  }
}

/** One task goes only when nobody else can. */
const starving = (chance: Chance): Strategy => {
  let victim: string | undefined
  return (waiting, step) => {
    if (victim === undefined || (step % 100 === 0 && chance.oneIn(2))) victim = chance.of(waiting).task
    const others = waiting.flatMap(({ task }, place) => (task === victim ? [] : [place]))
    return others.length === 0 ? chance.below(waiting.length) : chance.of(others)
  }
}

/** One task goes on for a while, then the next has its turn. */
const inBursts = (chance: Chance): Strategy => {
  let current: string | undefined
  let left = 0
  return (waiting) => {
    const place = waiting.findIndex(({ task }) => task === current)
    if (place >= 0 && left > 0) {
      left -= 1
      return place
    }
    left = chance.below(12)
    const next = place >= 0 ? (place + 1) % waiting.length : 0
    current = waiting[next]?.task
    return next
  }
}
