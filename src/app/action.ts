import type * as ports from '../core/ports/policy.js'
import type { Commands } from './commands.js'
import type { Queries, RecordQueries } from './queries.js'

type NameIn<Groups> = {
  readonly [Group in keyof Groups & string]: `${Group}.${keyof Groups[Group] & string}`
}[keyof Groups & string]

/** Whatever a policy is asked about: the name of a command or a query. There are no others. */
export type Action = NameIn<Commands> | NameIn<Queries> | NameIn<RecordQueries>

export type PolicyRequest = ports.PolicyRequest<Action>

/** Asked before every plan and every query, over the locked facts. Pure and synchronous; one that throws refuses. */
export type Policy = ports.Policy<Action>
