import type { z } from 'zod'
import { readEnvelope } from '../core/audit/envelope.js'
import type { Command, GatherContext, Seen } from '../core/command.js'
import type { TenantId } from '../core/ids/ids.js'
import type { Key } from '../core/ids/key.js'
import { keyMap, type KeyMap } from '../core/ids/key-map.js'
import { eachPage } from '../core/pages.js'
import type { Clock } from '../core/ports/clock.js'
import type { AnswerError } from '../core/ports/errors.js'
import type { Ids } from '../core/ports/ids.js'
import type { Actor } from '../core/ids/actor.js'
import type { Policy } from '../core/ports/policy.js'
import type { StatementReader } from '../core/ports/statement-reader.js'
import type { TaxSource } from '../core/ports/tax-source.js'
import { largestPage, type Storage } from '../core/ports/storage.js'
import type { RecordReader } from '../core/record-reader.js'
import type { Settings } from '../core/settings.js'
import type { Milliseconds } from '../core/time/instant.js'
import { dateOf } from '../core/time/local-date.js'
import { answerError, type Answer } from './answer.js'
import { taxAsker, type TaxSourceSettings } from './ask-tax-source.js'
import type { Batcher } from './batcher.js'
import { drawOnce, type DrawnOnce } from './drawn-ids.js'
import { codeOf } from './error-code.js'
import { executionOf } from './execution.js'
import { fingerprinted } from './fingerprint.js'
import type { Hash } from './record-events.js'
import { issueAt, readInput } from './read-input.js'
import { withinDeadline } from './within-deadline.js'

export interface EngineParts {
  readonly storage: Storage
  /** What commands look at, unlocked, to name the records they need; read together where many look at once. */
  readonly looked: Pick<Storage, 'read'>
  readonly batcher: Batcher
  readonly policy: Policy
  readonly ids: Ids
  readonly hash: Hash
  readonly settings: Settings
  readonly statementReaders: Readonly<Record<string, StatementReader>>
  readonly clock: Clock
  /** The host's tax engine, and what to do on its bad days. */
  readonly taxes?: TaxSourceSettings & { readonly source: TaxSource }
  /** How long anything asked of the store may take. */
  readonly deadline: Milliseconds
}

/** Who calls, for whom, and why: fixed for all calls of one `oms.as(…)`. */
export interface Caller {
  readonly tenant: TenantId
  readonly actor: Actor
  readonly onBehalfOf?: Actor
  readonly requestId?: string
  readonly cause?: string
}

export interface CommandOptions {
  /** Makes a repeat harmless: the first answer is kept and given again. Printable ASCII, 1 to 255 characters. */
  readonly idempotencyKey?: string
  /** Refuses with `version_conflict` unless the record the command is about still has this version. */
  readonly expectedVersion?: number
}

/**
 * Runs one command: parse → gather → keys → batch → authorize → plan → hash → commit → answer. Rejects only for broken promises (a bug, a
 * misbehaving adapter); every refusal and every trouble with the store is an answer.
 */
export const runCommand = async <Schema extends z.ZodType, Value, Gathered>(
  parts: EngineParts,
  caller: Caller,
  command: Command<Schema, Value, Gathered>,
  raw: unknown,
  options: CommandOptions = {},
): Promise<Answer<Value>> => {
  const read = readInput(command.input, raw, parts.settings.limits, command.largestInput)
  if (!read.ok) return { ok: false, error: read.error, replayed: false }
  const refused = brokenOption(command, options)
  if (refused !== undefined) return { ok: false, error: refused, replayed: false }
  const ids = drawOnce(parts.ids)
  let gathered = undefined as Gathered
  let keys: readonly Key[]
  try {
    const { gather } = command
    if (gather !== undefined && (command.gatherFrom === undefined || parts.taxes !== undefined)) {
      gathered = await inTime(parts, () => gather(read.value, gatherContext(parts, caller.tenant)))
    }
    const collected = collectKeys(command, read.value, gathered, ids, parts, caller.tenant)
    keys = collected instanceof Promise ? await inTime(parts, () => collected) : collected
  } catch (error) {
    return { ok: false, error: troubleOf(error), replayed: false }
  }
  const { idempotencyKey, expectedVersion } = options
  return parts.batcher.submit(
    caller.tenant,
    executionOf({
      command,
      input: read.value,
      gathered,
      characters: read.characters,
      keys,
      ids,
      provenance: { command: command.name, commandId: parts.ids.ordered(), ...caller },
      settings: parts.settings,
      policy: parts.policy,
      hash: parts.hash,
      idempotency:
        idempotencyKey === undefined
          ? undefined
          : fingerprinted(idempotencyKey, read.value, command.personal, parts.hash),
      expectedVersion,
    }),
  )
}

const inTime = <Value>(parts: EngineParts, work: () => Promise<Value>): Promise<Value> =>
  withinDeadline(parts.clock, parts.deadline, work)

/** Trouble before anything was decided is an answer; whatever else is thrown is a broken promise and passed on. */
export const troubleOf = (error: unknown): AnswerError => {
  const code = codeOf(error)
  if (code === 'storage_unavailable' || code === 'deadline_exceeded' || code === 'tax_source_unavailable') {
    return answerError(code)
  }
  throw error
}

const keyShape = /^[!-~](?:[ -~]{0,253}[!-~])?$/

const brokenOption = (
  command: { readonly idempotencyKey: 'required' | 'optional' },
  options: CommandOptions,
) => {
  const { idempotencyKey, expectedVersion } = options
  if (idempotencyKey === undefined && command.idempotencyKey === 'required')
    return answerError('idempotency_key_required')
  if (
    idempotencyKey !== undefined &&
    (typeof idempotencyKey !== 'string' || !keyShape.test(idempotencyKey))
  ) {
    return answerError('validation_failed', {}, [issueAt(['idempotencyKey'], 'key.format')])
  }
  return expectedVersion !== undefined && !(Number.isSafeInteger(expectedVersion) && expectedVersion >= 1)
    ? answerError('validation_failed', {}, [issueAt(['expectedVersion'], 'type')])
    : undefined
}

const mostRounds = 8

interface Asked {
  readonly keys: readonly Key[]
  readonly unseen: readonly Key[]
}

/** Asks `touches` again with what it has seen until it names no new key. Commands that look at nothing are not made to wait. */
const collectKeys = <Schema extends z.ZodType, Value, Gathered>(
  command: Command<Schema, Value, Gathered>,
  input: z.output<Schema>,
  gathered: Gathered,
  ids: DrawnOnce,
  parts: EngineParts,
  tenant: TenantId,
): readonly Key[] | Promise<readonly Key[]> => {
  const context = { ids, settings: parts.settings, today: () => dateOf(parts.clock.now()) }
  const ask = (states?: KeyMap<unknown>): Asked => {
    const unseen: Key[] = []
    const seen: Seen = {
      get: (kind, id) => {
        const key = { kind: kind.name, id }
        if (states?.has(key) !== true) unseen.push(key)
        return states?.get(key) as never
      },
    }
    return { keys: command.touches(input, seen, context, gathered), unseen }
  }
  const settle = async (first: Asked): Promise<readonly Key[]> => {
    const states = keyMap<unknown>()
    let { unseen } = first
    for (let round = 0; round < mostRounds; round += 1) {
      for (const key of unseen) states.set(key, undefined)
      for (const record of await parts.looked.read(tenant, unseen)) states.set(record.key, record.state)
      const next = ask(states)
      if (next.unseen.length === 0) return next.keys
      unseen = next.unseen
    }
    // The plan will ask for what is still missing, one key at a time.
    return ask(states).keys
  }
  const first = ask()
  return first.unseen.length === 0 ? first.keys : settle(first)
}

/** Looks at records of one tenant without a lock. */
const recordReader = ({ storage }: EngineParts, tenant: TenantId): RecordReader => ({
  getAll: async (kind, ids) => {
    const found = await storage.read(
      tenant,
      ids.map((id) => ({ kind: kind.name, id })),
    )
    return found.map(({ state, version }) => ({ state: state as never, version }))
  },
  list: async (kind, query) => {
    const { items, next } = await storage.find(tenant, { ...query, kind: kind.name })
    return {
      items: items.map(({ state, version }) => ({ state: state as never, version })),
      ...(next !== undefined && { next }),
    }
  },
  history: (key, after) => storage.history(tenant, key, after),
})

/** The host's tax engine, asked for one tenant. */
export const taxSourceOf = (
  { taxes, clock, settings }: EngineParts,
  tenant: TenantId,
): Pick<GatherContext, 'taxSource'> =>
  taxes === undefined
    ? {}
    : {
        taxSource: {
          ask: taxAsker(taxes.source, taxes, clock, tenant, settings.tax),
          now: () => clock.now(),
        },
      }

export const gatherContext = (parts: EngineParts, tenant: TenantId): GatherContext => ({
  settings: parts.settings,
  reader: recordReader(parts, tenant),
  statementReaders: parts.statementReaders,
  ...taxSourceOf(parts, tenant),
  hash: parts.hash,
  find: async (kind, where, limit = 20) => {
    const keys: Key[] = []
    const pages = eachPage((from) =>
      parts.storage.find(tenant, {
        kind,
        where,
        limit: Math.min(limit - keys.length, largestPage),
        ...from,
      }),
    )
    for await (const records of pages) {
      for (const { key } of records) keys.push(key)
      if (keys.length >= limit) break
    }
    return keys
  },
  read: async (kind, id) => {
    const [record] = await parts.storage.read(tenant, [{ kind: kind.name, id }])
    return record?.state as never
  },
  history: async function* (key) {
    for await (const { recordedAt, body } of parts.storage.history(tenant, key)) {
      yield { at: recordedAt, event: readEnvelope(body).event }
    }
  },
})
