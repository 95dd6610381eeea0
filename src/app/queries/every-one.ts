import { eachPage } from '../../core/pages.js'
import { largestPage, type Query } from '../../core/ports/storage.js'
import type { KindOf, QueryContext } from '../query.js'

/** Everything of a kind that fits, page by page. */
export const everyOne = async function* <State>(
  context: QueryContext,
  kind: KindOf<State>,
  query: Omit<Query, 'kind' | 'cursor' | 'limit'>,
): AsyncGenerator<State> {
  const pages = eachPage((from) => context.list(kind, { ...query, limit: largestPage, ...from }))
  for await (const records of pages) for (const { state } of records) yield state
}
