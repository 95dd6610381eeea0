import type { z } from 'zod'
import { denialKind, type CommandDenied } from '../core/audit/denial.js'
import type { Command, PlanContext } from '../core/command.js'
import { idempotencyId, idempotencyKind, type StoredAnswer } from '../core/idempotency/idempotency-record.js'
import type { Key } from '../core/ids/key.js'
import { keyMap, type KeyMap } from '../core/ids/key-map.js'
import { workOn, type Change, type Facts, type Plan } from '../core/plan.js'
import type { Policy, PolicyDecision } from '../core/ports/policy.js'
import { refuse, type Refusal } from '../core/refusal.js'
import type { Result } from '../core/result.js'
import type { Settings } from '../core/settings.js'
import type { Instant } from '../core/time/instant.js'
import { answerError, errorOf, type Answer } from './answer.js'
import { copyPlain } from './copy-plain.js'
import type { DrawnOnce } from './drawn-ids.js'
import { envelopeOf, recordEvents, type Hash, type Provenance } from './record-events.js'
import type { WorkingRecords } from './working-records.js'

/** One call of one command, ready to be decided in a batch: everything asynchronous is behind it. */
export interface Execution<Value> {
  readonly keys: KeyMap<Key>
  readonly characters: number
  /** A repeat is safe: an idempotency key will tell what became of it. */
  readonly repeatable: boolean
  /** Decides on the working records and adds what it changes; pure but for that, so a batch may be decided again. */
  decide(records: WorkingRecords, now: Instant): Answer<Value>
}

export interface ExecutionParts<Schema extends z.ZodType, Value, Gathered> {
  readonly command: Command<Schema, Value, Gathered>
  readonly input: z.output<Schema>
  readonly gathered: Gathered
  readonly characters: number
  readonly keys: readonly Key[]
  readonly ids: DrawnOnce
  readonly provenance: Provenance
  readonly settings: Settings
  readonly policy: Policy
  readonly hash: Hash
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | undefined
  readonly expectedVersion: number | undefined
}

type AnyParts = ExecutionParts<z.ZodType, unknown, unknown>
type Named = { readonly command: { readonly name: string } }

export const executionOf = <Schema extends z.ZodType, Value, Gathered>(
  parts: ExecutionParts<Schema, Value, Gathered>,
): Execution<Value> => {
  const keys = keyMap<Key>()
  for (const key of parts.keys) keys.set(key, key)
  const { idempotency, command } = parts
  const idempotencyKey =
    idempotency === undefined
      ? undefined
      : { kind: idempotencyKind.name, id: idempotencyId(command.name, idempotency.key) }
  if (idempotencyKey !== undefined) keys.set(idempotencyKey, idempotencyKey)
  const envelope = envelopeOf(parts.provenance)

  const decide = (records: WorkingRecords, now: Instant): Answer<Value> => {
    const facts = records.factsFor(keys)
    const replayed = idempotencyKey === undefined ? undefined : replay<Value>(facts, parts)
    if (replayed !== undefined) return replayed
    const denied = denial(facts, parts)
    if (denied !== undefined) return deny(records, facts, parts, denied, envelope, now)
    const context: PlanContext = {
      ids: parts.ids,
      settings: parts.settings,
      now,
      actor: parts.provenance.actor,
    }
    const planned = checked(command.plan(facts, parts.input, context, parts.gathered), parts.expectedVersion)
    // Asking for the wrong thing is not a decision: the corrected request may use the same key (ID5).
    if (
      !planned.ok &&
      (planned.error.code === 'validation_failed' || planned.error.code === 'version_conflict')
    ) {
      return { ok: false, error: errorOf(planned.error), replayed: false }
    }
    if (planned.ok) commit(records, planned.value, parts, envelope, now)
    const stored = storedAnswer(planned)
    if (idempotencyKey !== undefined && idempotency !== undefined) {
      records.accept(idempotencyChange(idempotencyKey, idempotency.fingerprint, stored, now), [])
    }
    return answerOf(stored, false)
  }

  return { keys, characters: parts.characters, repeatable: idempotencyKey !== undefined, decide }
}

const replay = <Value>(
  facts: Facts,
  parts: Named & Pick<AnyParts, 'idempotency'>,
): Answer<Value> | undefined => {
  const { idempotency } = parts
  if (idempotency === undefined) return undefined
  const found = workOn(facts).find(idempotencyKind, idempotencyId(parts.command.name, idempotency.key))?.state
  if (found === undefined) return undefined
  return found.fingerprint === idempotency.fingerprint
    ? answerOf(found.answer, true)
    : { ok: false, error: answerError('idempotency_key_reused'), replayed: false }
}

const storedAnswer = (planned: Result<Plan<unknown>, Refusal>): StoredAnswer => {
  if (!planned.ok) return { ok: false, refusal: planned.error }
  return { ok: true, value: planned.value.value, version: versionAfter(planned.value) }
}

/** The caller reads the stored answer itself, so the first answer and every replay of it are the same. */
const answerOf = <Value>(stored: StoredAnswer, replayed: boolean): Answer<Value> =>
  stored.ok
    ? { ok: true, value: copyPlain(stored.value) as Value, version: stored.version, replayed }
    : { ok: false, error: errorOf(copyPlain(stored.refusal)), replayed }

const subjectChange = (plan: Plan<unknown>): Change | undefined =>
  plan.changes.find((change) => change.key.kind === plan.subject.kind && change.key.id === plan.subject.id)

const versionAfter = (plan: Plan<unknown>): number => {
  const change = subjectChange(plan)
  return change === undefined ? 0 : change.before + Math.max(1, change.events.length)
}

const checked = <Value>(
  planned: Result<Plan<Value>, Refusal>,
  expected: number | undefined,
): Result<Plan<Value>, Refusal> => {
  if (expected === undefined || !planned.ok) return planned
  const current = subjectChange(planned.value)?.before
  return current === expected ? planned : refuse('version_conflict', { expected, current })
}

const commit = (
  records: WorkingRecords,
  plan: Plan<unknown>,
  parts: Pick<AnyParts, 'ids' | 'hash'>,
  envelope: string,
  now: Instant,
): void => {
  let drawn = 0
  const drawId = (): string => parts.ids.ordered(drawn++)
  const versions = keyMap<number>()
  for (const change of plan.changes) {
    const events = recordEvents(change, records.chainOf(change.key), now, envelope, drawId, parts.hash)
    records.accept(change, events)
    versions.set(change.key, change.before + Math.max(1, change.events.length))
  }
  for (const [place, message] of plan.messages.entries()) {
    const version = versions.get(message.about) ?? 0
    // The version orders messages of different commits, the place those of one plan.
    records.queue({ ...message, id: drawId(), position: version * 1_000 + place, createdAt: now })
  }
}

const idempotencyChange = (key: Key, fingerprint: string, answer: StoredAnswer, now: Instant): Change => ({
  key,
  before: 0,
  state: { fingerprint, fingerprintVersion: 1, answer, at: now },
  entries: {},
  events: [],
})

const denial = (
  facts: Facts,
  parts: Named & Pick<AnyParts, 'policy' | 'provenance'> & { readonly input: unknown },
): string | undefined => {
  const { tenant, actor, onBehalfOf } = parts.provenance
  const asked = askPolicy(parts.policy, {
    tenant,
    actor,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    action: parts.command.name,
    input: parts.input,
    facts,
  })
  return asked.allow ? undefined : asked.reason
}

/** A policy that throws refuses: what nobody allowed is not allowed. */
export const askPolicy = (policy: Policy, request: Parameters<Policy>[0]): PolicyDecision => {
  try {
    return policy(request)
  } catch (error) {
    if (isMissingKey(error)) throw error
    return { allow: false, reason: 'the policy failed' }
  }
}

const isMissingKey = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'missing_key'

const deny = (
  records: WorkingRecords,
  facts: Facts,
  parts: Named & Pick<AnyParts, 'ids' | 'hash'>,
  reason: string,
  envelope: string,
  now: Instant,
): Answer<never> => {
  const event: CommandDenied = { type: 'CommandDenied', action: parts.command.name, reason }
  const key = { kind: denialKind.name, id: parts.ids.of('denial') }
  // Denials are rare: their record is locked when it is needed, by asking for it, and not with every command.
  facts.find(key)
  const change: Change = {
    key,
    before: 0,
    state: denialKind.evolve(undefined, event),
    entries: { action: parts.command.name },
    events: [event],
  }
  records.accept(
    change,
    recordEvents(change, '', now, envelope, () => parts.ids.ordered(0), parts.hash),
  )
  return { ok: false, error: answerError('forbidden', { reason }), replayed: false }
}
