import { recordOpening } from './opening.js'
import type { SimulationReport, Simulator } from './simulate.js'
import type { SimulationPlan } from './simulation-plan.js'
import type { PlannedMove, Workload } from './workload.js'

/** A move that comes to its good end when nothing fails. */
export interface SweepScenario {
  /** The move, by its name in the workload, or `releaseParked`. */
  readonly name: string
  /** The command that it asks for. */
  readonly command: string
  /** What went before it, the move, and then a relay and a sweep. */
  readonly plan: SimulationPlan
  /** How it goes when nothing fails. */
  readonly undisturbed: SimulationReport
}

export type FindScenario = (name: string) => Promise<SweepScenario | undefined>

/** Looks for scenarios in a workload; answers `undefined` for a move of which no request came to a good end. */
export const scenarioFinder = async (simulator: Simulator, workload: Workload): Promise<FindScenario> => {
  const { shadow } = await recordOpening(workload)
  const commandOf = (name: string): string => workload.request({ ...plainMove, command: name }, shadow).action
  const names = Object.keys(workload.commands)
  const moveFor = new Map([
    ...names.toReversed().map((name) => [commandOf(name), name] as const),
    ...names.map((name) => [name, name] as const),
  ])
  const possible = preludes.flatMap((prelude) => {
    const moves = prelude.flatMap((command) => moveFor.get(command) ?? [])
    return moves.length === prelude.length ? [moves] : []
  })
  return async (name) => {
    if (name === releaseParked) return release(simulator)
    const command = commandOf(name)
    for (const prelude of possible) {
      for (let pick = 0; pick < 48; pick += 1) {
        const plan = planOf(prelude, variantOf(name, pick, workload))
        const undisturbed = await simulator.replay(plan, [])
        if (undisturbed.violations.length > 0) continue
        if (undisturbed.outcomes.at(-1)?.outcome === 'ok') return { name, command, plan, undisturbed }
      }
    }
    return undefined
  }
}

/** What no workload plays: the host mends what parked a message, and puts it back in line. */
export const releaseParked = 'releaseParked'

const release = async (simulator: Simulator): Promise<SweepScenario | undefined> => {
  const plan: SimulationPlan = {
    ...calm,
    clients: [['relay', 'release', 'relay'].map((command) => ({ ...plainMove, command }))],
    faults: [{ kind: 'delivery_is_refused', at: 0 }],
  }
  const undisturbed = await simulator.replay(plan, [])
  return undisturbed.violations.length === 0 && undisturbed.marks.has('release ok')
    ? { name: releaseParked, command: releaseParked, plan, undisturbed }
    : undefined
}

const calm = { seed: 0, strategy: 'uniform', timeOneIn: 400, processes: 2 } as const

const plainMove = { pick: 0, quantity: 1, lines: [], amount: '9.99', flag: true, seconds: 0 }

/** What may have to be done before a command can come to a good end: commands, or moves by their names. */
const preludes: readonly (readonly string[])[] = [
  [],
  ['orders.place'],
  ['orders.place', 'orders.confirm'],
  ['shipments.reportLost'],
  ['invoices.writeOff'],
  ['reconciliation.importStatement'],
  ['reconciliation.importStatement', 'reconciliation.match'],
]

const variantOf = (command: string, pick: number, { skus }: Workload): PlannedMove => ({
  command,
  pick: pick % 12,
  quantity: 1 + (pick % 2),
  lines: [{ sku: skus[pick % skus.length] ?? '', quantity: 1 + (pick % 2) }],
  amount: pick % 3 === 0 ? '9.99' : '0.01',
  flag: pick % 4 < 2,
  seconds: pick >= 24 ? 601 : 0,
})

const planOf = (prelude: readonly string[], move: PlannedMove): SimulationPlan => ({
  ...calm,
  clients: [
    [...prelude, 'relay', 'sweep']
      .map((command) => ({ ...move, command, seconds: 0 }))
      .toSpliced(prelude.length, 0, move),
  ],
  faults: [],
})
