import type { z } from 'zod'
import type { Key } from '../core/ids/key.js'
import { distinctKeys, keyMap, type KeyMap } from '../core/ids/key-map.js'
import { MissingKey, type Facts, type Versioned } from '../core/plan.js'
import type { AnswerError } from '../core/ports/errors.js'
import type { Page, Query, StoredRecord } from '../core/ports/storage.js'
import { answerError, errorOf } from './answer.js'
import { askPolicy } from './execution.js'
import { copyPlain } from './copy-plain.js'
import { codeOf } from './error-code.js'
import type { Found, QueryContext, QueryDefinition } from './query.js'
import { issueAt, readInput } from './read-input.js'
import { taxSourceOf, troubleOf, type Caller, type EngineParts } from './run.js'
import { withinDeadline } from './within-deadline.js'

/** What every query resolves to. `version` is the version of the record the answer is about, where it is about one. */
export type QueryAnswer<Value> =
  | { readonly ok: true; readonly value: Value; readonly version?: number }
  | { readonly ok: false; readonly error: AnswerError }

/**
 * Runs one query: parse → read → authorize → answer. The policy is asked last, over exactly the records that were read, and nothing of them
 * is answered unless it allows. Rejects only for broken promises; trouble with the store is an answer.
 */
export const runQuery = async <Schema extends z.ZodType, Value>(
  parts: EngineParts,
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
    return { ok: false, error: queryTrouble(error) }
  }
}

const answerQuery = async <Schema extends z.ZodType, Value>(
  parts: EngineParts,
  caller: Caller,
  query: QueryDefinition<Schema, Value>,
  input: z.output<Schema>,
): Promise<QueryAnswer<Value>> => {
  const records: SeenRecords = keyMap()
  const found = await query.run(input, recordingContext(parts, caller, records))
  const reason = await denial(parts, caller, query.name, input, records)
  if (reason !== undefined) return { ok: false, error: answerError('forbidden', { reason }) }
  if (!found.ok) return { ok: false, error: errorOf(found.error) }
  return { ok: true, ...answered(found.value) }
}

/** Everything a query has looked at, records that do not exist included. */
type SeenRecords = KeyMap<StoredRecord | undefined>

const answered = <Value>({ value, version }: Found<Value>): Found<Value> => ({
  value: copyPlain(value),
  ...(version !== undefined && { version }),
})

const recordingContext = (parts: EngineParts, { tenant }: Caller, records: SeenRecords): QueryContext => {
  const stored = async (keys: readonly Key[]): Promise<readonly StoredRecord[]> => {
    if (keys.length === 0) return []
    const found = await parts.storage.read(tenant, keys)
    for (const key of keys) records.set(key, undefined)
    for (const record of found) records.set(record.key, record)
    return distinctKeys(keys).flatMap((key) => records.get(key) ?? [])
  }
  const listStored = async (query: Query): Promise<Page<StoredRecord>> => {
    const page = await findPage(parts, tenant, query)
    for (const record of page.items) records.set(record.key, record)
    return page
  }
  return {
    settings: parts.settings,
    hash: parts.hash,
    ...taxSourceOf(parts, tenant),
    now: () => parts.clock.now(),
    get: async (kind, id) => {
      const [record] = await stored([{ kind: kind.name, id }])
      return record === undefined ? undefined : versioned(record)
    },
    getAll: async (kind, ids) =>
      (await stored(ids.map((id) => ({ kind: kind.name, id })))).map((record) => versioned(record)),
    list: async (kind, query) => {
      const { items, next } = await listStored({ ...query, kind: kind.name })
      return { items: items.map((record) => versioned(record)), ...(next !== undefined && { next }) }
    },
    stored,
    listStored,
    history: async function* (key, after) {
      if (!records.has(key)) await stored([key])
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
  parts: EngineParts,
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
  parts: EngineParts,
  caller: Caller,
  action: string,
  input: unknown,
  records: SeenRecords,
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
      records.set(error.key, record)
    }
  }
  return 'the policy keeps asking for records'
}

const factsOver = (records: SeenRecords): Facts => ({
  find: (key) => {
    if (!records.has(key)) throw new MissingKey(key)
    const record = records.get(key)
    return record === undefined ? undefined : versioned(record)
  },
})

/** An unreadable cursor is the host's mistake; the rest is trouble as commands have it. */
const queryTrouble = (error: unknown): AnswerError =>
  codeOf(error) === 'unreadable_cursor'
    ? answerError('validation_failed', {}, [issueAt(['cursor'], 'cursor.format')])
    : troubleOf(error)
