import type { AnyStateMachine } from 'xstate'
import { lifecycle, unusableMachine } from './lifecycle.js'
import type { Lifecycle, StatusOf, StepOf } from './lifecycle.js'

/**
 * A host's own machine in the place of one of ours. It may add states and events (say `awaiting_approval`), and must keep what ours
 * promises: the initial state, every state, which states are final, and every transition from the same state to the same state.
 *
 * @example
 * const approvals = hostLifecycle(orderLifecycle, setup({ … }).createMachine({ … }))
 *
 * @throws Error with the code `unusable_machine`, naming everything that is missing.
 */
export const hostLifecycle = <Status extends string, Step extends string, Machine extends AnyStateMachine>(
  required: Lifecycle<Status, Step>,
  machine: Machine,
): Lifecycle<Status | StatusOf<Machine>, Step | StepOf<Machine>> => {
  // Wider names are safe to ask about: the missing ones are refused right below.
  const host = lifecycle(machine) as unknown as Lifecycle<Status | StatusOf<Machine>, Step | StepOf<Machine>>
  const missing = [
    ...(host.initial === required.initial ? [] : [`its initial state is not "${required.initial}"`]),
    ...required.states.flatMap((status) => missingInState(required, host, status)),
  ]
  if (missing.length > 0) throw unusableMachine(machine, missing)
  return host
}

const missingInState = <Status extends string, Step extends string>(
  required: Lifecycle<Status, Step>,
  host: Lifecycle<string, string>,
  status: Status,
): readonly string[] => {
  if (!host.states.includes(status)) return [`state "${status}" is missing`]
  const wrongTransitions = required
    .allowed(status)
    .filter((event) => host.next(status, event) !== required.next(status, event))
    .map((event) => `"${event}" does not lead from "${status}" to "${required.next(status, event)}"`)
  return required.isFinal(status) && !host.isFinal(status)
    ? [...wrongTransitions, `state "${status}" is not final`]
    : wrongTransitions
}
