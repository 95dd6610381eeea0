import type { PlannedFault } from './fault-table.js'
import { packageVersion } from './package-version.js'
import type { SimulationReport, Simulator } from './simulate.js'
import type { SimulationPlan } from './simulation-plan.js'

/** A run that found something, cut down to what it takes, as plain JSON: `replay` makes it again. */
export interface RunArtifact {
  /** Of the package in which it was found. */
  readonly version: string
  readonly plan: SimulationPlan
  /** The steps in their order; behind the last, whoever is first in line goes on. */
  readonly choices: readonly number[]
  readonly violations: readonly string[]
}

/** The part of a violation that stays the same when ids and figures change. */
const ruleOf = (violation: string): string => violation.split(' ', 1)[0] ?? ''

/**
 * Looks for a smaller run that breaks the same rule: fewer faults, then fewer clients and commands, then smaller commands, then an order of steps
 * that is closer to one after another. What is kept is the list of choices, not the seed that made them.
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
  }
  let runs = 0
  const holds = async (plan: SimulationPlan, choices: readonly number[]): Promise<boolean> => {
    if (runs >= mostRuns) return false
    runs += 1
    const again = await simulator.replay(plan, choices)
    if (!again.violations.some((violation) => ruleOf(violation) === rule)) return false
    best = { version: packageVersion, plan, choices: again.choices, violations: again.violations }
    return true
  }

  // Most errors do not need the order they were found in; without it all else shrinks far better.
  await holds(best.plan, [])
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
  return { ...best, choices: withoutTail(best.choices) }
}

const sizeOf = ({ plan, choices }: RunArtifact): number =>
  plan.faults.length * 1_000 +
  plan.clients.length * 100 +
  plan.clients.flat().length * 10 +
  plan.clients.flat().reduce((sum, { lines, seconds }) => sum + lines.length + Number(seconds > 0), 0) +
  withoutTail(choices).filter((choice) => choice !== 0).length

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
