import { wrongStatus, type BlockersByCommand } from '../../core/explain.js'
import type { Lifecycle } from '../../state-machines/lifecycle.js'

/**
 * What a lifecycle says about the commands that take its steps: a command is open when one of its steps is allowed, and unblocked by the commands
 * that are open now and lead to a status in which it would be.
 */
export const lifecycleBlockers = <Status extends string, Step extends string>(
  lifecycle: Lifecycle<Status, Step>,
  status: Status,
  commands: Readonly<Record<string, readonly Step[]>>,
): BlockersByCommand => {
  const leadsTo = (from: readonly Step[], wanted: readonly Step[]): boolean =>
    from.some((step) => {
      const after = lifecycle.next(status, step)
      return after !== undefined && wanted.some((next) => lifecycle.allows(after, next))
    })
  const named = Object.entries(commands)
  return Object.fromEntries(
    named.map(([command, steps]) => {
      const unblockedBy = named.filter(([, others]) => leadsTo(others, steps)).map(([other]) => other)
      return [command, wrongStatus(lifecycle, status, steps, unblockedBy)]
    }),
  )
}
