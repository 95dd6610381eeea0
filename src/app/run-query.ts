import type { z } from 'zod'
import { keyName, type Key } from '../core/ids/key.js'
import { MissingKey, type Facts, type Versioned } from '../core/plan.js'
import type { Clock } from '../core/ports/clock.js'
import type { AnswerError } from '../core/ports/errors.js'
import type { Page, Query, StoredRecord } from '../core/ports/storage.js'
import type { Milliseconds } from '../core/time/instant.js'
import { answerError, errorOf } from './answer.js'
import { askPolicy } from './execution.js'
import { copyPlain } from './copy-plain.js'
import type { Found, QueryContext, QueryDefinition } from './query.js'
import { issueAt, readInput } from './read-input.js'
import type { Caller, EngineParts } from './run.js'
import { withinDeadline } from './within-deadline.js'

/** What every query resolves to. `version` is the version of the record the answer is about, where it is about one. */
export type QueryAnswer<Value> =
  | { readonly ok: true; readonly value: Value; readonly version?: number }
  | { readonly ok: false; readonly error: AnswerError }

export interface QueryParts extends EngineParts {
  readonly clock: Clock
  readonly deadline: Milliseconds
}

/**
 * Runs one query: parse → read → authorize → answer. The policy is asked last, over exactly the records that were read, and nothing of them
 * is answered unless it allows. Rejects only for broken promises; trouble with the store is an answer.
 */
export const runQuery = async <Schema extends z.ZodType, Value>(
  parts: QueryParts,
  caller: Caller,
  query: QueryDefinition<Schema, Value>,
  raw: unknown,
): Promise<QueryAnswer<Value>> => {
  const read = readInput(query.input, raw, parts.settings.limits)
  if (!read.ok) return { ok: false, error: read.error }
  try {
    return await withinDeadline(parts.clock, parts.deadline, () =>
      answerQuery(parts, caller, query, read.value),
    )
  } catch (error) {
    return { ok: false, error: troubleOf(error) }
  }
}

const answerQuery = async <Schema extends z.ZodType, Value>(
  parts: QueryParts,
  caller: Caller,
  query: QueryDefinition<Schema, Value>,
  input: z.output<Schema>,
): Promise<QueryAnswer<Value>> => {
  const records = new Map<string, StoredRecord | undefined>()
  const found = await query.run(input, recordingContext(parts, caller, records))
  const reason = await denial(parts, caller, query.name, input, records)
  if (reason !== undefined) return { ok: false, error: answerError('forbidden', { reason }) }
  if (!found.ok) return { ok: false, error: errorOf(found.error) }
  return { ok: true, ...answered(found.value) }
}

const answered = <Value>({ value, version }: Found<Value>): Found<Value> => ({
  value: copyPlain(value),
  ...(version !== undefined && { version }),
})

const recordingContext = (
  parts: QueryParts,
  { tenant }: Caller,
  records: Map<string, StoredRecord | undefined>,
): QueryContext => {
  const stored = async (keys: readonly Key[]): Promise<readonly StoredRecord[]> => {
    if (keys.length === 0) return []
    const found = await parts.storage.read(tenant, keys)
    const byName = new Map(found.map((record) => [keyName(record.key), record]))
    for (const key of keys) records.set(keyName(key), byName.get(keyName(key)))
    return keys.flatMap((key) => byName.get(keyName(key)) ?? [])
  }
  const listStored = async (query: Query): Promise<Page<StoredRecord>> => {
    const page = await findPage(parts, tenant, query)
    for (const record of page.items) records.set(keyName(record.key), record)
    return page
  }
  return {
    settings: parts.settings,
    hash: parts.hash,
    now: () => parts.clock.now(),
    get: async (kind, id) => {
      const [record] = await stored([{ kind: kind.name, id }])
      return record === undefined ? undefined : versioned(record)
    },
    getAll: async (kind, ids) =>
      (await stored([...new Set(ids)].map((id) => ({ kind: kind.name, id })))).map((record) =>
        versioned(record),
      ),
    list: async (kind, query) => {
      const { items, next } = await listStored({ ...query, kind: kind.name })
      return { items: items.map((record) => versioned(record)), ...(next !== undefined && { next }) }
    },
    stored,
    listStored,
    history: async function* (key, after) {
      if (!records.has(keyName(key))) await stored([key])
      yield* parts.storage.history(tenant, key, after)
    },
  }
}

const versioned = <State>(record: StoredRecord): Versioned<State> => ({
  state: record.state as State,
  version: record.version,
})

/** A cursor is a host's input like any other, but only the store can read it. */
const findPage = async (
  parts: QueryParts,
  tenant: Caller['tenant'],
  query: Query,
): Promise<Page<StoredRecord>> => {
  try {
    return await parts.storage.find(tenant, query)
  } catch (error) {
    if (query.cursor !== undefined && codeOf(error) === 'configuration') throw new UnreadableCursor()
    throw error
  }
}

class UnreadableCursor extends Error {
  readonly code = 'unreadable_cursor'
}

const mostRounds = 16

/** Why the policy says no, if it does. What it looks up beyond the answer's own records is read for it, as a command's locks would be. */
const denial = async (
  parts: QueryParts,
  caller: Caller,
  action: string,
  input: unknown,
  records: Map<string, StoredRecord | undefined>,
): Promise<string | undefined> => {
  const { tenant, actor, onBehalfOf } = caller
  const request = {
    tenant,
    actor,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    action,
    input,
    facts: factsOver(records),
  }
  for (let round = 0; round < mostRounds; round += 1) {
    try {
      const asked = askPolicy(parts.policy, request)
      return asked.allow ? undefined : asked.reason
    } catch (error) {
      if (!(error instanceof MissingKey)) throw error
      const [record] = await parts.storage.read(tenant, [error.key])
      records.set(keyName(error.key), record)
    }
  }
  return 'the policy keeps asking for records'
}

const factsOver = (records: ReadonlyMap<string, StoredRecord | undefined>): Facts => ({
  find: (key) => {
    const name = keyName(key)
    if (!records.has(name)) throw new MissingKey(key)
    const record = records.get(name)
    return record === undefined ? undefined : versioned(record)
  },
})

const troubleOf = (error: unknown): AnswerError => {
  const code = codeOf(error)
  if (code === 'storage_unavailable' || code === 'deadline_exceeded') return answerError(code)
  if (code === 'unreadable_cursor') {
    return answerError('validation_failed', {}, [issueAt(['cursor'], 'cursor.format')])
  }
  throw error
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
