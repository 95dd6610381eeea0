import type { PlannedFault } from './fault-table.js'
import { packageVersion } from './package-version.js'
import type { SimulationReport, Simulator } from './simulate.js'
import type { SimulationPlan } from './simulation-plan.js'
import type { PlannedMove } from './workload.js'

/** A run that found something, cut down to what it takes, as plain JSON: `replay` makes it again. */
export interface RunArtifact {
  /** Of the package in which it was found. */
  readonly version: string
  readonly plan: SimulationPlan
  /** The steps in their order; behind the last, whoever is first in line goes on. */
  readonly choices: readonly number[]
  readonly violations: readonly string[]
  /** The run as it went, a line each, for people to read: who went on, what it asked of a port, what came of it, and which fault struck. */
  readonly trace: readonly string[]
}

/** The part of a violation that stays the same when ids and figures change. */
const ruleOf = (violation: string): string => violation.split(' ', 1)[0] ?? ''

/**
 * Looks for a smaller run that breaks the same rule: fewer faults, then fewer clients and commands, then smaller commands and quantities, then an
 * order of steps that is closer to one after another. What is kept is the list of choices, not the seed that made them.
 */
export const shrinkRun = async (
  simulator: Simulator,
  report: SimulationReport,
  mostRuns = 600,
): Promise<RunArtifact> => {
  const rule = ruleOf(report.violations[0] ?? '')
  let best: RunArtifact = {
    version: packageVersion,
    plan: report.plan,
    choices: report.choices,
    violations: report.violations,
    trace: [],
  }
  let runs = 0
  const holds = async (plan: SimulationPlan, choices: readonly number[]): Promise<boolean> => {
    if (runs >= mostRuns) return false
    runs += 1
    const again = await simulator.replay(plan, choices)
    if (!again.violations.some((violation) => ruleOf(violation) === rule)) return false
    best = { ...best, plan, choices: again.choices, violations: again.violations }
    return true
  }

  // Most errors do not need the order they were found in; without it all else shrinks far better.
  await holds(best.plan, [])
  await withoutStretches(best.plan.faults, (faults) => holds({ ...best.plan, faults }, best.choices))
  for (const [client, moves] of best.plan.clients.entries())
    await withoutStretches(moves, (left) =>
      holds({ ...best.plan, clients: best.plan.clients.with(client, left) }, best.choices),
    )
  for (let progress = true; progress && runs < mostRuns;) {
    const before = sizeOf(best)
    for (let place = 0; ;) {
      const smaller = candidates(best.plan)[place]
      if (smaller === undefined) break
      if (!(await holds(smaller, best.choices))) place += 1
    }
    await simplerOrder(best.choices, (choices) => holds(best.plan, choices))
    progress = sizeOf(best) < before
  }
  const choices = withoutTail(best.choices)
  const trace: string[] = []
  await simulator.replay(best.plan, choices, (line) => trace.push(line))
  return { ...best, choices, trace }
}

const sizeOf = ({ plan, choices }: RunArtifact): number =>
  plan.faults.length * 1_000 +
  plan.clients.length * 100 +
  plan.clients.flat().length * 10 +
  plan.clients.flat().reduce((sum, move) => sum + sizeOfMove(move), 0) +
  withoutTail(choices).filter((choice) => choice !== 0).length

const sizeOfMove = ({ lines, quantity, seconds }: PlannedMove): number =>
  quantity + lines.reduce((sum, line) => sum + 1 + line.quantity, 0) + Number(seconds > 0)

const shortestStretch = 8

/** Long runs lose whole stretches first, half of what they have, then half of that; what is short enough goes one by one. */
const withoutStretches = async <Item>(
  items: readonly Item[],
  holds: (left: readonly Item[]) => Promise<boolean>,
): Promise<void> => {
  let left = items
  for (let size = left.length >> 1; size >= shortestStretch; size >>= 1) {
    for (let start = 0; start < left.length;) {
      const fewer = [...left.slice(0, start), ...left.slice(start + size)]
      if (await holds(fewer)) left = fewer
      else start += size
    }
  }
}

/** One thing less, each. */
const candidates = (plan: SimulationPlan): readonly SimulationPlan[] => [
  ...plan.faults.map((fault): SimulationPlan => ({
    ...plan,
    faults: without<PlannedFault>(plan.faults, fault),
  })),
  ...plan.clients.map((client): SimulationPlan => ({ ...plan, clients: without(plan.clients, client) })),
  ...plan.clients.flatMap((moves, client) =>
    moves.map((move): SimulationPlan => ({
      ...plan,
      clients: plan.clients.map((other, place) => (place === client ? without(other, move) : other)),
    })),
  ),
  ...plan.clients.flatMap((moves, client) =>
    moves.flatMap((move, turn): readonly SimulationPlan[] => {
      const simpler = [
        ...(move.lines.length > 1 ? [{ ...move, lines: move.lines.slice(0, 1) }] : []),
        ...(move.seconds > 0 ? [{ ...move, seconds: 0 }] : []),
        ...fewer(move.quantity).map((quantity) => ({ ...move, quantity })),
        ...move.lines.flatMap((line, place) =>
          fewer(line.quantity).map((quantity) => ({
            ...move,
            lines: move.lines.map((other, at) => (at === place ? { ...line, quantity } : other)),
          })),
        ),
      ]
      return simpler.map((changed) => ({
        ...plan,
        clients: plan.clients.map((other, place) =>
          place === client ? other.map((one, at) => (at === turn ? changed : one)) : other,
        ),
      }))
    }),
  ),
]

/** One, half of it, one less: the smallest first, for most findings need no more than one. */
const fewer = (quantity: number): readonly number[] =>
  [...new Set([1, quantity >> 1, quantity - 1])].filter((less) => less >= 1 && less < quantity)

const without = <Item>(items: readonly Item[], item: Item): readonly Item[] =>
  items.filter((other) => other !== item)

/** Delta debugging (Zeller and Hildebrandt, 2002) on the choices: whole stretches of them become "the first in line". */
const simplerOrder = async (
  choices: readonly number[],
  holds: (choices: readonly number[]) => Promise<boolean>,
): Promise<void> => {
  let current = [...withoutTail(choices)]
  for (let size = Math.ceil(current.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < current.length; start += size) {
      const stretch = current.slice(start, start + size)
      if (stretch.every((choice) => choice === 0)) continue
      const simpler = current.map((choice, place) => (place >= start && place < start + size ? 0 : choice))
      if (await holds(simpler)) current = simpler
    }
  }
}

const withoutTail = (choices: readonly number[]): readonly number[] => {
  let end = choices.length
  while (end > 0 && choices[end - 1] === 0) end -= 1
  return choices.slice(0, end)
}
