import type { FaultKind, PlannedFault } from './fault-table.js'
import type { SimulationReport } from './simulate.js'
import type { SweepScenario } from './sweep-scenario.js'

const denied = ': denial CommandDenied'

/** After these something else may be right: a hold is over, or is not over yet, what is to be received was sent off tomorrow, or the customer is nobody any more. */
const changesTheFacts: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'hold_ends_now',
  'clock_forward',
  'clock_backward',
  'clock_falls_back_a_day',
  'clock_leaps_a_year',
  'clock_freezes',
  'person_is_erased',
])

/** After these it may be right to do less, and the rest with the next call: what was not found, and what nobody knew to be promised. */
const leavesSome: ReadonlySet<FaultKind> = new Set<FaultKind>(['stale_find', 'stale_history'])

/** Goes on in a second step, by the sweeper, where it could not see whom the goods were promised to. */
const worksInSteps = 'inventory.quarantineExpired: '

/**
 * ID1, ID2: when everything is over, every request under a key has the outcome it has undisturbed, and its events stand in the records as often as
 * they do then: not half of them, and none twice. Where a fault lasts it may have been refused, and has none; who was denied, or asked without a
 * key, may find it undone or done by the sweeper.
 */
export const checkOneEffect = (
  { command, undisturbed }: SweepScenario,
  { kind, forever }: PlannedFault,
  report: SimulationReport,
): readonly string[] => {
  if (changesTheFacts.has(kind)) return []
  const outcomes = outcomesOf(report)
  const expected = outcomesOf(undisturbed)
  if (kind === 'policy_throws' || isUnkeyed(undisturbed)) return excess(report, undisturbed)
  if (outcomes === expected && leavesSome.has(kind)) return []
  if (outcomes === expected) return difference(effectsOf(report), effectsOf(undisturbed))
  if (forever !== true) return [`ID1 it came to ${outcomes}, and not to ${expected}`]
  return outcomes.includes(`${command} ok`) ? [] : difference(effectsOf(report, command), '')
}

/** Nobody asks again. */
const isUnkeyed = ({ outcomes }: SimulationReport): boolean => outcomes.at(-1)?.keyed === false

const outcomesOf = ({ outcomes }: SimulationReport): string =>
  outcomes
    .filter(({ keyed }) => keyed)
    .map(({ command, outcome }) => `${command} ${outcome ?? 'unanswered'}`)
    .join(', ')

const excess = (report: SimulationReport, undisturbed: SimulationReport): readonly string[] =>
  [...report.effects]
    .filter(([name, times]) => !name.endsWith(denied) && times > (undisturbed.effects.get(name) ?? 0))
    .map(([name, times]) => `ID2 it wrote ${name} ${times} times`)

const difference = (had: string, due: string): readonly string[] =>
  had === due ? [] : [`ID2 it wrote "${had}", and not "${due}"`]

const effectsOf = ({ effects }: SimulationReport, command = ''): string =>
  [...effects]
    .filter(([name]) => name.startsWith(command === '' ? '' : `${command}: `) && !name.endsWith(denied))
    .map(([name, times]) => (name.startsWith(worksInSteps) ? name : `${times} ${name}`))
    .toSorted()
    .join(', ')
