import type { Command } from '../core/command.js'
import type { InputOf } from '../core/input-of.js'
import type { Commands } from './commands.js'
import type { Queries } from './queries.js'
import type { QueryDefinition } from './query.js'

type Input<One> =
  One extends Command<infer Schema, infer _Value, infer _Gathered>
    ? InputOf<Schema>
    : One extends QueryDefinition<infer Schema, infer _Answered>
      ? InputOf<Schema>
      : never
type Value<One> =
  One extends Command<infer _Schema, infer Decided, infer _Gathered>
    ? Decided
    : One extends QueryDefinition<infer _Input, infer Answered>
      ? Answered
      : never

/** What a command takes: `CommandInput<'orders', 'place'>`. */
export type CommandInput<Group extends keyof Commands, Name extends keyof Commands[Group]> = Input<
  Commands[Group][Name]
>
/** What a command resolves to when it is done. */
export type CommandValue<Group extends keyof Commands, Name extends keyof Commands[Group]> = Value<
  Commands[Group][Name]
>
/** What a query takes: `QueryInput<'orders', 'list'>`. */
export type QueryInput<Group extends keyof Queries, Name extends keyof Queries[Group]> = Input<
  Queries[Group][Name]
>
/** What a query answers. */
export type QueryValue<Group extends keyof Queries, Name extends keyof Queries[Group]> = Value<
  Queries[Group][Name]
>
