import { memoryStorage } from '../../adapters/memory/memory-storage.js'
import { sha256 } from '../../adapters/system/sha256.js'
import type { Clock } from '../../core/ports/clock.js'
import type { Storage } from '../../core/ports/storage.js'
import { createOrderManagement } from '../../create-order-management.js'
import { createWorld } from './create-world.js'
import { runClient } from './client.js'
import type { FaultKind, FaultPlace } from './fault-table.js'
import { auditAfter } from './final-audit.js'
import { checkAcrossLevels, type AcrossLevels } from './history/across-levels-check.js'
import { acrossLevelsOf, numberedDocumentsOf, stockHistoriesOf } from './history/histories-of-run.js'
import { checkNumbering } from './history/numbering-check.js'
import type { StockHistory } from './history/stock-history.js'
import { checkByVersions } from './history/witness-check.js'
import { hostZone } from './host-zone.js'
import { mark } from './marks.js'
import { recordOpening, type Opening } from './opening.js'
import { commandOf } from './recorded-event.js'
import { outcomeOf } from './request-log.js'
import { rolledBack } from './rolled-back.js'
import { shopWorkload } from './shop-workload.js'
import type { Engine } from './simulated-process.js'
import type { SimulatedStore } from './simulated-store.js'
import { simulatedTime } from './simulated-time.js'
import { planFor, type SimulationPlan } from './simulation-plan.js'
import { toNobody, type Tell } from './tell.js'
import type { World } from './world.js'
import type { Workload } from './workload.js'

export interface SimulationOptions {
  /** What the clients do; the small shop by default. */
  readonly workload?: Workload
  /** Opens an empty store for each run; the memory store by default. */
  readonly openStore?: (clock: Pick<Clock, 'now'>) => Promise<SimulatedStore>
  /**
   * What the processes run, in the order in which they start and start again: several versions of the package, say, at one store. Only this one by
   * default, which also makes the shop and asks the books.
   */
  readonly engines?: readonly [Engine, ...Engine[]]
  /**
   * About how many commands each run has: long runs, of 10,000 say, show what grows with the work of a process and the versions of a record. Runs of
   * some 15 by default, which find most and are easiest to read.
   */
  readonly commandsPerRun?: number
}

export interface SimulationReport {
  readonly plan: SimulationPlan
  /** The order of the steps: given to `replay` it makes the same run. */
  readonly choices: readonly number[]
  /** What was wrong; empty when nothing was. */
  readonly violations: readonly string[]
  readonly commands: number
  readonly faults: ReadonlyMap<FaultKind, number>
  /** Faults that were due and could not be done over this store: `host_rolls_back` where it has no `within`. */
  readonly skipped: ReadonlyMap<FaultKind, number>
  /** How often the run came by each place where a fault can strike. */
  readonly visits: ReadonlyMap<FaultPlace, number>
  /** What came about, and how often: each command with each of its outcomes, and rare things by name. */
  readonly marks: ReadonlyMap<string, number>
  /** Each command that was decided with its outcome and the status that the record it is about had before: `transfers.ship invalid_state, transfer received`. */
  readonly cells: ReadonlyMap<string, number>
  /** What was asked of each stock level and what came of it. */
  readonly histories: ReadonlyMap<string, StockHistory>
  /** Who asked for goods of one level or several, and what the levels say was taken. */
  readonly acrossLevels: AcrossLevels
  /** What came of each request in the end, in the order in which they were made. */
  readonly outcomes: readonly RequestOutcome[]
  /** Which events were written, by the commands they are of, and how often: `orders.place: order OrderPlaced`. */
  readonly effects: ReadonlyMap<string, number>
  /** Two runs with the same one took the same way and wrote the same bytes. */
  readonly fingerprint: string
}

export interface RequestOutcome {
  readonly command: string
  /** `ok`, or the code of the refusal; absent where nobody knows. */
  readonly outcome: string | undefined
  /** It had a key, so that it was asked until it was answered. */
  readonly keyed: boolean
}

export interface Simulator {
  /** Draws a run from its seed and makes it. */
  run(seed: number): Promise<SimulationReport>
  /**
   * Makes the run that is described, in the order of `choices` as far as they go. `tell` is told the story, a line each: who went on, what it asked
   * of a port, what came of it, and which fault struck.
   */
  replay(
    plan: SimulationPlan,
    choices?: readonly number[],
    tell?: (line: string) => void,
  ): Promise<SimulationReport>
}

/**
 * Runs the engine itself, with relay and sweeper, against clients, clocks, a store and channels that the seed decides: one seed, one run, byte by
 * byte. Not a model of the engine, so what it finds is there.
 *
 * @example
 * const simulator = await createSimulator()
 * for (let seed = 1; seed <= 1_000; seed += 1) {
 *   const { violations } = await simulator.run(seed)
 *   if (violations.length > 0) console.log(seed, violations)
 * }
 */
export const createSimulator = async (options: SimulationOptions = {}): Promise<Simulator> => {
  const workload = options.workload ?? shopWorkload
  const openStore = options.openStore ?? openMemory
  const engines = options.engines ?? [createOrderManagement]
  // Of our own store all is asked in one run of sixteen, which is enough to find what is wrong with it; of a host's in each.
  const isThorough = ({ seed }: SimulationPlan): boolean => options.openStore !== undefined || seed % 16 === 1
  const opening = await recordOpening(workload)
  const replay: Simulator['replay'] = (plan, choices, tell) =>
    simulate(plan, choices, workload, opening, openStore, engines, isThorough(plan), toldTo(tell))
  return { run: (seed) => replay(planFor(seed, workload, options.commandsPerRun)), replay }
}

const toldTo = (tell: ((line: string) => void) | undefined): Tell =>
  tell === undefined
    ? toNobody
    : (line) => {
        tell(line())
      }

const openMemory = async (clock: Pick<Clock, 'now'>): Promise<SimulatedStore> => {
  const storage = memoryStorage({ clock })
  return { storage, within: (work) => work(rolledBack(storage)) }
}

const simulate = async (
  plan: SimulationPlan,
  choices: readonly number[] | undefined,
  workload: Workload,
  opening: Opening,
  openStore: (clock: Pick<Clock, 'now'>) => Promise<SimulatedStore>,
  engines: readonly [Engine, ...Engine[]],
  isThorough: boolean,
  tell: Tell,
): Promise<SimulationReport> => {
  const time = simulatedTime(opening.endedAt)
  const opened = await openStore(time.storeClock)
  const zone = hostZone(
    plan.faults.some(({ kind }) => kind === 'host_zone_changes') ? opening.endedAt : undefined,
  )
  try {
    await opening.writeTo(opened.storage)
    const world = createWorld(plan, workload, opening, opened, time, zone, engines, choices, tell)
    await play(world, plan)
    const reopen = async (): Promise<Storage> => (await opened.reopen?.()) ?? opened.storage
    if (world.violations.length === 0) world.violations.push(...(await auditAfter(world, reopen, isThorough)))
    const histories =
      workload.plainGoods === true
        ? stockHistoriesOf(world.requests, opening.shadow, world.shadow)
        : new Map<string, StockHistory>()
    const acrossLevels =
      workload.plainGoods === true
        ? acrossLevelsOf(world.requests, opening.shadow, world.shadow)
        : { requests: [], taken: [] }
    if (world.violations.length === 0) {
      world.violations.push(...checkHistories(world, opening, histories), ...checkAcrossLevels(acrossLevels))
    }
    return reportOn(world, plan, opening, histories, acrossLevels)
  } finally {
    zone.restore()
    await opened.close?.()
  }
}

const play = async (world: World, plan: SimulationPlan): Promise<void> => {
  let working = plan.clients.length
  for (const [client, moves] of plan.clients.entries()) {
    void runClient(world, client, moves).then(
      () => (working -= 1),
      (error: unknown) => {
        working = 0
        world.violations.push(`the simulation broke: ${String(error)}`)
      },
    )
  }
  try {
    const ended = await world.scheduler.run(
      // What is still under way when the last client has left comes to its end, too.
      () => (working <= 0 && world.scheduler.idle()) || world.violations.length > 0,
    )
    if (!ended) world.violations.push('LV2 everybody waits for somebody')
  } catch (error) {
    world.violations.push(String(error))
  }
  world.faults.end()
}

/** ST5, ST7, ST10, ST11 of each stock level, NR1 to NR3 of each series. */
const checkHistories = (
  { requests, shadow }: World,
  opening: Opening,
  histories: ReadonlyMap<string, StockHistory>,
): readonly string[] => [
  ...[...histories].flatMap(([level, history]) =>
    checkByVersions(history).map((text) => `${text} (${level})`),
  ),
  ...[...numberedDocumentsOf(requests, opening.shadow, shadow)].flatMap(([series, documents]) =>
    checkNumbering(documents).map((text) => `${text} (${series})`),
  ),
]

const reportOn = (
  world: World,
  plan: SimulationPlan,
  opening: Opening,
  histories: ReadonlyMap<string, StockHistory>,
  acrossLevels: AcrossLevels,
): SimulationReport => {
  const chains = [...world.shadow.records.values()].map(({ version, chain }) => `${version} ${chain}`)
  return {
    plan,
    choices: world.scheduler.choices,
    violations: world.violations,
    commands: world.requests.length,
    faults: world.faults.struck,
    skipped: world.faults.skipped,
    visits: new Map(world.faults.visits),
    marks: world.marks,
    cells: world.cells,
    histories,
    acrossLevels,
    outcomes: world.requests.map(({ request, key, answer }) => ({
      command: request.action,
      outcome: answer && outcomeOf(answer),
      keyed: key !== undefined,
    })),
    effects: effectsOf(world, opening),
    fingerprint: `${world.scheduler.fingerprint()} ${sha256(chains.join('\n'))}`,
  }
}

const effectsOf = ({ shadow }: World, opening: Opening): ReadonlyMap<string, number> => {
  const effects = new Map<string, number>()
  for (const { key, events } of shadow.records.values()) {
    const before = opening.shadow.records.get(key)?.events.length ?? 0
    for (const event of events.slice(before)) mark(effects, `${commandOf(event)}: ${key.kind} ${event.type}`)
  }
  return effects
}
