import type { z } from 'zod'
import type { InputOf } from '../core/input-of.js'
import { CommandFailed } from './answer.js'
import type { QueryDefinition } from './query.js'
import type { QueryAnswer } from './run-query.js'

export type AnyQuery = QueryDefinition<z.ZodType, unknown>
type QueryGroups = Readonly<Record<string, QueryGroup>>
type Input<One> = One extends QueryDefinition<infer Schema, infer _Value> ? InputOf<Schema> : never
type ValueOf<One> = One extends QueryDefinition<infer _Schema, infer Value> ? Value : never

export type BoundQuery<One> = (input: Input<One>) => Promise<QueryAnswer<ValueOf<One>>>
/** The throwing twin: resolves to the value, rejects with `CommandFailed` for every refusal. */
export type BoundQueryOrThrow<One> = (input: Input<One>) => Promise<ValueOf<One>>

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

/** One group of queries as functions that answer. */
export const bindQueries = (group: QueryGroup, ask: Ask): BoundGroup =>
  mapQueries(group, (query) => (input) => ask(query, input))

/** One group of queries as functions that throw refusals. */
export const bindQueriesOrThrow = (group: QueryGroup, ask: Ask): BoundGroup =>
  mapQueries(group, (query) => async (input) => {
    const answer = await ask(query, input)
    if (!answer.ok) throw new CommandFailed(answer.error)
    return answer.value
  })

type QueryGroup = Readonly<Record<string, unknown>>
type BoundGroup = Readonly<Record<string, (input: unknown) => Promise<unknown>>>

const mapQueries = (
  group: QueryGroup,
  bind: (query: AnyQuery) => (input: unknown) => Promise<unknown>,
): BoundGroup => {
  const bound: Record<string, (input: unknown) => Promise<unknown>> = {}
  for (const name in group) bound[name] = bind(group[name] as AnyQuery)
  return bound
}
