import { faultKinds, faultTable, type FaultKind, type PlannedFault } from './fault-table.js'
import { shopWorkload } from './shop-workload.js'
import { createSimulator, type SimulationOptions, type Simulator } from './simulate.js'
import type { SimulationPlan } from './simulation-plan.js'
import type { PlannedMove, Workload } from './workload.js'

export interface SweepOptions extends SimulationOptions {
  /** The commands to sweep, by their names in the workload; all by default. */
  readonly commands?: readonly string[]
  /** The kinds of fault; all by default. */
  readonly kinds?: readonly FaultKind[]
}

export interface FaultSweep {
  /** Commands that were swept: each came to its good end when nothing failed. */
  readonly scenarios: readonly string[]
  /** Commands of which no request came to a good end, so nothing is known of them. */
  readonly left: readonly string[]
  /** Runs made: command × place it came by × kind of fault × once or for ever. */
  readonly cells: number
  /** Cells in which the fault really struck. */
  readonly struck: number
  readonly violations: readonly string[]
}

/**
 * For each command: counts every call of a port on its way, and lets each of them fail in every way there is, once and from then on for ever. Short
 * runs of one client, in the order of things, so all that differs is the fault (SQLite tests its handling of I/O errors like this).
 */
export const sweepFaults = async (options: SweepOptions = {}): Promise<FaultSweep> => {
  const workload = options.workload ?? shopWorkload
  const simulator = await createSimulator(options)
  const scenarios: string[] = []
  const left: string[] = []
  const violations: string[] = []
  let cells = 0
  let struck = 0
  for (const command of options.commands ?? Object.keys(workload.commands)) {
    const plan = await goodPlan(simulator, workload, command)
    if (plan === undefined) {
      left.push(command)
      continue
    }
    scenarios.push(command)
    for (const fault of await faultsOn(simulator, plan, options.kinds ?? faultKinds)) {
      const report = await simulator.replay({ ...plan, faults: [fault] }, [])
      cells += 1
      if (report.faults.size > 0) struck += 1
      for (const violation of report.violations)
        violations.push(
          `${command}, ${fault.kind} at ${fault.at}${fault.forever ? ' for ever' : ''}: ${violation}`,
        )
    }
  }
  return { scenarios, left, cells, struck, violations }
}

/** What may have to be done before a command can come to a good end. */
const preludes: readonly (readonly string[])[] = [
  [],
  ['orders.place'],
  ['orders.place', 'orders.confirm'],
  ['shipments.reportLost'],
]

/** The first request of a command that comes to a good end when nothing fails; messages are relayed and holds swept after it. */
const goodPlan = async (
  simulator: Simulator,
  workload: Workload,
  command: string,
): Promise<SimulationPlan | undefined> => {
  const possible = preludes.filter((prelude) => prelude.every((name) => name in workload.commands))
  for (let pick = 0; pick < 48 * possible.length; pick += 1) {
    const prelude = possible[Math.floor(pick / 48)] ?? []
    const move: PlannedMove = {
      command,
      pick: pick % 12,
      quantity: 1 + (pick % 2),
      lines: [{ sku: workload.skus[pick % workload.skus.length] ?? '', quantity: 1 + (pick % 2) }],
      amount: pick % 3 === 0 ? '9.99' : '0.01',
      flag: pick % 4 < 2,
      seconds: pick % 48 >= 24 ? 601 : 0,
    }
    const plan: SimulationPlan = {
      seed: 0,
      strategy: 'uniform',
      timeOneIn: 400,
      processes: 2,
      clients: [
        [
          ...prelude.map((name) => ({ ...move, command: name, seconds: 0 })),
          move,
          { ...move, command: 'relay', seconds: 0 },
          { ...move, command: 'sweep', seconds: 0 },
        ],
      ],
      faults: [],
    }
    const { marks, violations } = await simulator.replay(plan, [])
    if (violations.length > 0) continue
    if (
      [...marks.keys()].some(
        (mark) => mark.startsWith(`${command.split(' ', 1)[0] ?? ''} `) && mark.endsWith(' ok'),
      )
    )
      return plan
  }
  return undefined
}

const faultsOn = async (
  simulator: Simulator,
  plan: SimulationPlan,
  kinds: readonly FaultKind[],
): Promise<readonly PlannedFault[]> => {
  const { visits } = await simulator.replay(plan, [])
  return kinds.flatMap((kind) =>
    Array.from({ length: visits.get(faultTable[kind].place) ?? 0 }, (_, at) => at).flatMap(
      (at): readonly PlannedFault[] => [
        { kind, at },
        { kind, at, forever: true },
      ],
    ),
  )
}
