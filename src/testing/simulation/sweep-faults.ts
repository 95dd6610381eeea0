import { faultKinds, faultTable, type FaultKind, type PlannedFault } from './fault-table.js'
import { shopWorkload } from './shop-workload.js'
import { createSimulator, type SimulationOptions, type SimulationReport } from './simulate.js'
import { checkOneEffect } from './one-effect-check.js'
import { scenarioFinder, type SweepScenario } from './sweep-scenario.js'

export interface SweepOptions extends Omit<SimulationOptions, 'commandsPerRun'> {
  /** The commands to sweep, by their names in the workload, or `releaseParked`; all of the workload by default. */
  readonly commands?: readonly string[]
  /** The kinds of fault; all by default. */
  readonly kinds?: readonly FaultKind[]
  /** Makes one of so many cells, of each command others; every one by default. */
  readonly oneIn?: number
}

export interface FaultSweep {
  /** What was swept, by its name in the workload: each came to its good end when nothing failed. */
  readonly scenarios: readonly string[]
  /** The commands that these ask for. */
  readonly commands: readonly string[]
  /** Those of which no request came to a good end, so nothing is known of them. */
  readonly left: readonly string[]
  /** Runs made: scenario × place it came by × kind of fault × once or for ever. */
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
  const { kinds = faultKinds, oneIn = 1 } = options
  const simulator = await createSimulator(options)
  const find = await scenarioFinder(simulator, workload)
  const scenarios: string[] = []
  const commands = new Set<string>()
  const left: string[] = []
  const violations: string[] = []
  let cells = 0
  let struck = 0
  for (const name of options.commands ?? Object.keys(workload.commands)) {
    const scenario = await find(name)
    if (scenario === undefined) {
      left.push(name)
      continue
    }
    scenarios.push(name)
    commands.add(scenario.command)
    const { plan } = scenario
    for (const [place, fault] of faultsOn(scenario, kinds).entries()) {
      if ((place + figureOf(name)) % oneIn !== 0) continue
      const report = await simulator.replay({ ...plan, faults: [...plan.faults, fault] }, [])
      cells += 1
      if (hasStruck(scenario, fault, report)) struck += 1
      const broken =
        report.violations.length > 0 ? report.violations : checkOneEffect(scenario, fault, report)
      for (const violation of broken)
        violations.push(
          `${name}, ${fault.kind} at ${fault.at}${fault.forever ? ' for ever' : ''}: ${violation}`,
        )
    }
  }
  return { scenarios, commands: [...commands], left, cells, struck, violations }
}

const faultsOn = (
  { undisturbed: { visits } }: SweepScenario,
  kinds: readonly FaultKind[],
): readonly PlannedFault[] =>
  kinds.flatMap((kind) =>
    Array.from({ length: visits.get(faultTable[kind].place) ?? 0 }, (_, at) => at).flatMap(
      (at): readonly PlannedFault[] => [
        { kind, at },
        { kind, at, forever: true },
      ],
    ),
  )

/** Any number, always the same for a name. */
const figureOf = (name: string): number => {
  let figure = 0
  for (let place = 0; place < name.length; place += 1) figure += name.charCodeAt(place)
  return figure
}

/** More often than it strikes in the scenario itself. */
const hasStruck = (
  { undisturbed }: SweepScenario,
  { kind }: PlannedFault,
  report: SimulationReport,
): boolean => (report.faults.get(kind) ?? 0) > (undisturbed.faults.get(kind) ?? 0)
