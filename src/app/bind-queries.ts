import type { z } from 'zod'
import { CommandFailed } from './answer.js'
import type { QueryDefinition } from './query.js'
import type { QueryAnswer } from './run-query.js'

export type AnyQuery = QueryDefinition<z.ZodType, unknown>
type QueryGroups = Readonly<Record<string, Readonly<Record<string, unknown>>>>
type InputOf<One> = One extends QueryDefinition<infer Schema, infer _Value> ? z.input<Schema> : never
type ValueOf<One> = One extends QueryDefinition<infer _Schema, infer Value> ? Value : never

export type BoundQuery<One> = (input: InputOf<One>) => Promise<QueryAnswer<ValueOf<One>>>
/** The throwing twin: resolves to the value, rejects with `CommandFailed` for every refusal. */
export type BoundQueryOrThrow<One> = (input: InputOf<One>) => Promise<ValueOf<One>>

/** The queries as functions that answer with a value or a refusal. */
export type BoundQueries<Groups extends QueryGroups> = {
  readonly [Group in keyof Groups]: {
    readonly [Name in keyof Groups[Group]]: BoundQuery<Groups[Group][Name]>
  }
}

export type BoundQueriesOrThrow<Groups extends QueryGroups> = {
  readonly [Group in keyof Groups]: {
    readonly [Name in keyof Groups[Group]]: BoundQueryOrThrow<Groups[Group][Name]>
  }
}

export type Ask = (query: AnyQuery, input: unknown) => Promise<QueryAnswer<unknown>>

export const bindQueries = <Groups extends QueryGroups>(groups: Groups, ask: Ask): BoundQueries<Groups> =>
  mapQueries(groups, (query) => (input: unknown) => ask(query, input)) as BoundQueries<Groups>

export const bindQueriesOrThrow = <Groups extends QueryGroups>(
  groups: Groups,
  ask: Ask,
): BoundQueriesOrThrow<Groups> =>
  mapQueries(groups, (query) => async (input: unknown) => {
    const answer = await ask(query, input)
    if (!answer.ok) throw new CommandFailed(answer.error)
    return answer.value
  }) as BoundQueriesOrThrow<Groups>

const mapQueries = (groups: QueryGroups, bind: (query: AnyQuery) => unknown): unknown =>
  Object.fromEntries(
    Object.entries(groups).map(([group, named]) => [
      group,
      Object.fromEntries(Object.entries(named).map(([name, query]) => [name, bind(query as AnyQuery)])),
    ]),
  )
