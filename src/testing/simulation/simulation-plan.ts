import { chanceFrom, type Chance } from './chance.js'
import { faultKinds, faultTable, type FaultKind, type FaultPlace, type PlannedFault } from './fault-table.js'
import { strategyNames, type StrategyName } from './strategy.js'
import type { PlannedMove, Workload } from './workload.js'

/** Everything a run does that is not the order of its steps: data, so that it can be kept, cut down and played again. */
export interface SimulationPlan {
  readonly seed: number
  readonly strategy: StrategyName
  /** Time moves on about once in so many steps although somebody could go on. */
  readonly timeOneIn: number
  readonly processes: number
  /** What each client does, one thing after another. */
  readonly clients: readonly (readonly PlannedMove[])[]
  readonly faults: readonly PlannedFault[]
}

/**
 * Draws a run from its seed. Swarm testing (Groce et al., ISSTA 2012): each seed leaves a random part of commands and faults out. Runs are short (two
 * to ten clients with up to nine commands each) unless `commandsPerRun` says about how many there are to be.
 */
export const planFor = (seed: number, workload: Workload, commandsPerRun?: number): SimulationPlan => {
  const chance = chanceFrom(seed)
  const swarm = swarmOf(chance, themedOf(chance, workload))
  const clients = 2 + chance.below(9)
  const moves = 1 + chance.below(9)
  const movesOfClient =
    commandsPerRun === undefined ? () => 1 + chance.below(moves) : () => Math.ceil(commandsPerRun / clients)
  return {
    seed,
    strategy: strategyOf(chance),
    timeOneIn: chance.of([60, 400, 2_000]),
    processes: 1 + chance.below(3),
    clients: Array.from({ length: clients }, () =>
      Array.from({ length: movesOfClient() }, () => moveOf(chance, swarm, workload)),
    ),
    faults: faultsOf(chance, Math.max(1, Math.round((commandsPerRun ?? 0) / commandsOfShortRun))),
  }
}

/** As many commands as the visits below are counted for. */
const commandsOfShortRun = 15

const strategyOf = (chance: Chance): StrategyName => {
  const drawn = chance.below(10)
  if (drawn < 5) return 'uniform'
  return strategyNames[1 + Math.floor((drawn - 5) / 1.25)] ?? 'uniform'
}

/** Those of one or two themes, so that clients meet; now and then all there are. */
const themedOf = (chance: Chance, { commands, themes }: Workload): Readonly<Record<string, number>> => {
  if (themes === undefined || chance.oneIn(5)) return commands
  const chosen = new Set([...chance.of(themes), ...(chance.oneIn(2) ? chance.of(themes) : [])])
  return Object.fromEntries(Object.entries(commands).filter(([name]) => chosen.has(name)))
}

/** A command is there as many times as it is likely; about a third of them are left out. */
const swarmOf = (chance: Chance, commands: Readonly<Record<string, number>>): readonly string[] => {
  const all = Object.entries(commands)
  const some = all.filter(() => !chance.oneIn(3))
  const weighted = (some.length === 0 ? all : some).flatMap(([name, often]) =>
    Array.from({ length: often }, () => name),
  )
  return [
    ...weighted,
    ...Array.from({ length: 1 + Math.floor(weighted.length / 10) }, () => ['relay', 'sweep']).flat(),
  ]
}

const amounts = ['0.01', '4.99', '9.99', '19.98', '20.00', '123.45'] as const
const pauses = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 9, 31, 61, 601] as const

const moveOf = (chance: Chance, commands: readonly string[], workload: Workload): PlannedMove => ({
  command: chance.of(commands),
  pick: chance.below(12),
  quantity: 1 + chance.below(5),
  lines: Array.from({ length: 1 + chance.below(3) }, () => ({
    sku: chance.of(workload.skus),
    quantity: 1 + chance.below(5),
  })),
  amount: chance.of(amounts),
  flag: chance.oneIn(2),
  seconds: chance.of(pauses),
})

/**
 * About how often a run comes by each place. Of the others no fault is drawn: few requests come by them, so the fault sweep goes to each on purpose.
 */
const visits: Readonly<Partial<Record<FaultPlace, number>>> = {
  'update arrives': 18,
  'update is acknowledged': 18,
  read: 10,
  find: 3,
  history: 6,
  'claim arrives': 3,
  'claim is acknowledged': 2,
  'settle arrives': 3,
  'settle is acknowledged': 3,
  'delivery arrives': 5,
  'delivery is acknowledged': 5,
  'policy is asked': 20,
  'id is drawn': 60,
  request: 12,
  step: 120,
}

/** Of these none is drawn either, so that every seed plays what it has always played. */
const leftToTheSweep: ReadonlySet<FaultKind> = new Set<FaultKind>(['history_unavailable', 'stale_history'])

const drawnKinds = faultKinds.filter((kind) => faultTable[kind].place in visits && !leftToTheSweep.has(kind))

/** As close to one another in a run that is so many times as long; a short one in eight has none. */
const faultsOf = (chance: Chance, times: number): readonly PlannedFault[] => {
  const kinds = drawnKinds.filter(() => chance.oneIn(2))
  const drawn = chance.below(8)
  const count = times === 1 ? drawn : Math.max(1, drawn) * times
  if (kinds.length === 0) return []
  return Array.from({ length: count }, () => {
    const kind = chance.of(kinds)
    return { kind, at: chance.below((visits[faultTable[kind].place] ?? 1) * times) }
  })
}
