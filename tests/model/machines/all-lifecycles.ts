import * as machines from 'orderwright/machines'
import type { Lifecycle } from 'orderwright/machines'

export type AnyLifecycle = Lifecycle<string, string>

/** Every published lifecycle with its name, so that a new machine is tested without being listed here. */
export const allLifecycles: readonly (readonly [string, AnyLifecycle])[] = Object.entries(machines)
  .filter(([name]) => name.endsWith('Lifecycle') && name !== 'hostLifecycle')
  .map(([, lifecycle]) => lifecycle as AnyLifecycle)
  .map((lifecycle) => [lifecycle.machine.id, lifecycle] as const)

/** Every allowed step of a lifecycle, written as in `draft -place-> placed`. */
export const stepsOf = <Status extends string, Step extends string>({
  states,
  allowed,
  next,
}: Lifecycle<Status, Step>): readonly string[] =>
  states.flatMap((status) => allowed(status).map((event) => `${status} -${event}-> ${next(status, event)}`))
