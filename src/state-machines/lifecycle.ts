import { transition } from 'xstate'
import type { AnyStateMachine, EventFromLogic, StateValueFrom } from 'xstate'
import { flatMachineProblems } from './flat-machine.js'

/** The status names of a machine as a union of literals; `string` when the machine was not made with `setup().createMachine()`. */
export type StatusOf<Machine extends AnyStateMachine> = StateValueFrom<Machine> & string

/** The event names of a machine as a union of literals; `string` when the machine does not declare its events. */
export type StepOf<Machine extends AnyStateMachine> = EventFromLogic<Machine>['type'] & string

/**
 * A machine as a table: which event leads from which status to which. It answers what XState's `transition()` answers, without
 * building an actor for every question.
 *
 * A status the machine does not have (a record stored under another machine) throws an error with the code `unknown_status`. An event
 * the machine does not have is simply not allowed anywhere.
 */
export type Lifecycle<Status extends string, Step extends string> = {
  readonly machine: AnyStateMachine
  readonly initial: Status
  readonly states: readonly Status[]
  readonly events: readonly Step[]
  /** The status after `event`, or `undefined` when the event is not allowed in `status`. */
  readonly next: (status: Status, event: Step) => Status | undefined
  readonly allows: (status: Status, event: Step) => boolean
  /** The events allowed in `status`, in the order of `events`. */
  readonly allowed: (status: Status) => readonly Step[]
  readonly isFinal: (status: Status) => boolean
}

/**
 * Reads a flat XState 5 machine into a {@link Lifecycle}. The machine is checked at once; the table is built on the first question.
 *
 * @throws Error with the code `unusable_machine` when the machine has anything but states and events: context, guards, `invoke`,
 *   `after`, `always`, actions, nested, parallel or history states, wildcard events. The message names every place.
 */
export const lifecycle = <Machine extends AnyStateMachine>(
  machine: Machine,
): Lifecycle<StatusOf<Machine>, StepOf<Machine>> => {
  type Status = StatusOf<Machine>
  type Step = StepOf<Machine>
  const problems = flatMachineProblems(machine)
  if (problems.length > 0) throw unusableMachine(machine, problems)

  const states = Object.freeze(Object.keys(machine.states) as Status[])
  const events = Object.freeze([...(machine.events as readonly Step[])])
  let table: Table<Status, Step> | undefined
  const rowOf = (status: Status): Row<Status, Step> => {
    table ??= readTable(machine, states, events)
    const row = table.get(status)
    if (row === undefined) throw unknownStatus(machine, status)
    return row
  }
  return Object.freeze({
    machine,
    initial: machine.root.initial.target[0]?.key as Status,
    states,
    events,
    next: (status: Status, event: Step) => rowOf(status).next.get(event),
    allows: (status: Status, event: Step) => rowOf(status).next.has(event),
    allowed: (status: Status) => rowOf(status).allowed,
    isFinal: (status: Status) => rowOf(status).isFinal,
  })
}

/** The refusal of a machine, recognizable by `code` across ESM and CJS builds. `problems` has one sentence per place. */
export const unusableMachine = (machine: AnyStateMachine, problems: readonly string[]): Error =>
  Object.assign(
    new Error(`The machine "${machine.id}" cannot be used as a lifecycle: ${problems.join('; ')}.`),
    {
      code: 'unusable_machine' as const,
      problems,
    },
  )

type Row<Status, Step> = {
  readonly next: ReadonlyMap<Step, Status>
  readonly allowed: readonly Step[]
  readonly isFinal: boolean
}
type Table<Status, Step> = ReadonlyMap<Status, Row<Status, Step>>

const readTable = <Status extends string, Step extends string>(
  machine: AnyStateMachine,
  states: readonly Status[],
  events: readonly Step[],
): Table<Status, Step> =>
  new Map(states.map((status): [Status, Row<Status, Step>] => [status, readRow(machine, status, events)]))

const readRow = <Status extends string, Step extends string>(
  machine: AnyStateMachine,
  status: Status,
  events: readonly Step[],
): Row<Status, Step> => {
  const snapshot = machine.resolveState({ value: status, context: {} })
  const next = new Map<Step, Status>()
  for (const event of events) {
    // A transition back to the same status is an answer too, so the value alone would not tell it from a refusal.
    if (!snapshot.can({ type: event })) continue
    next.set(event, transition(machine, snapshot, { type: event })[0].value as Status)
  }
  return { next, allowed: Object.freeze([...next.keys()]), isFinal: snapshot.status === 'done' }
}

const unknownStatus = (machine: AnyStateMachine, status: string): Error =>
  Object.assign(new Error(`The machine "${machine.id}" has no status "${status}".`), {
    code: 'unknown_status' as const,
    status,
  })
