import type { z } from 'zod'
import { assertSound } from '../core/assertions.js'
import { denialKind, type CommandDenied } from '../core/audit/denial.js'
import type { Command, PlanContext } from '../core/command.js'
import {
  idempotencyId,
  idempotencyKind,
  type IdempotencyRecord,
  type PersonalFingerprint,
  type StoredAnswer,
} from '../core/idempotency/idempotency-record.js'
import type { Key } from '../core/ids/key.js'
import { invariant } from '../core/invariant.js'
import type { Change, Facts, Plan } from '../core/plan.js'
import type { Actor } from '../core/ids/actor.js'
import type { Policy, PolicyDecision } from '../core/ports/policy.js'
import type { NewMessage, RecordedEvent } from '../core/ports/storage.js'
import { noDecision, refuse, type Refusal } from '../core/refusal.js'
import type { Result } from '../core/result.js'
import type { Settings } from '../core/settings.js'
import type { Instant } from '../core/time/instant.js'
import { dateOf } from '../core/time/local-date.js'
import { answerError, errorOf, type Answer } from './answer.js'
import { copyPlain } from './copy-plain.js'
import type { DrawnOnce } from './drawn-ids.js'
import { envelopeOf, recordEvents, type Hash, type Provenance } from './record-events.js'
import { messagePosition } from './message-position.js'
import { isSameInput, personalFingerprint, type Fingerprinted } from './fingerprint.js'
import type { WorkingRecords } from './working-records.js'

/** One call of one command, ready to be decided in a batch: everything asynchronous is behind it. */
export interface Execution<Value> {
  /** Grows when the plan asks for a key that `touches` did not name. */
  readonly keys: Key[]
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
  readonly idempotency: Fingerprinted | undefined
  readonly expectedVersion: number | undefined
}

type AnyParts = ExecutionParts<z.ZodType, unknown, unknown>
type Named = { readonly command: { readonly name: string } }

export const executionOf = <Schema extends z.ZodType, Value, Gathered>(
  parts: ExecutionParts<Schema, Value, Gathered>,
): Execution<Value> => {
  const keys = [...parts.keys]
  const { idempotency, command } = parts
  const idempotencyKey =
    idempotency === undefined
      ? undefined
      : { kind: idempotencyKind.name, id: idempotencyId(command.name, idempotency.key) }
  if (idempotencyKey !== undefined) keys.push(idempotencyKey)
  const envelope = envelopeOf(parts.provenance)

  const decide = (records: WorkingRecords, now: Instant): Answer<Value> => {
    const { facts } = records
    const kept = keptAnswer(facts, idempotencyKey)
    // Its own answer goes to a caller whatever the policy says now: the thing was done. Others must be allowed to do it.
    const isOwn = kept !== undefined && sameActor(kept.by, parts.provenance.actor)
    const denied = isOwn ? undefined : denial(facts, parts)
    if (denied !== undefined) return deny(records, facts, parts, denied, envelope, now)
    if (kept !== undefined && idempotency !== undefined) {
      return isSameInput(kept, idempotency, parts.input, facts, parts.hash)
        ? answerOf(kept.answer, true)
        : { ok: false, error: answerError('idempotency_key_reused'), replayed: false }
    }
    const context: PlanContext = {
      ids: parts.ids,
      settings: parts.settings,
      today: () => dateOf(now),
      now,
      actor: parts.provenance.actor,
    }
    const planned = checked(
      command.plan(facts, parts.input, context, parts.gathered),
      facts,
      parts.expectedVersion,
    )
    if (!planned.ok && noDecision.has(planned.error.code)) {
      return { ok: false, error: errorOf(planned.error), replayed: false }
    }
    if (planned.ok) commit(records, planned.value, parts, envelope, now)
    const stored = storedAnswer(planned, facts)
    if (idempotencyKey !== undefined && idempotency !== undefined) {
      records.accept(
        idempotencyChange(
          idempotencyKey,
          idempotency,
          personalFingerprint(idempotency, planned.ok ? planned.value : undefined, parts.hash),
          parts.provenance.actor,
          stored,
          now,
        ),
        [],
      )
    }
    return answerOf(stored, false)
  }

  return { keys, characters: parts.characters, repeatable: idempotencyKey !== undefined, decide }
}

const keptAnswer = (facts: Facts, key: Key | undefined): IdempotencyRecord | undefined =>
  key === undefined ? undefined : (facts.find(key)?.state as IdempotencyRecord | undefined)

const sameActor = (one: Actor, other: Actor): boolean => one.kind === other.kind && one.id === other.id

const storedAnswer = (planned: Result<Plan<unknown>, Refusal>, facts: Facts): StoredAnswer => {
  if (!planned.ok) return { ok: false, refusal: planned.error }
  const { value, subject } = planned.value
  return { ok: true, value, version: versionAfter(planned.value, subject, facts) }
}

/** The caller reads the stored answer itself, so the first answer and every replay of it are the same. */
const answerOf = <Value>(stored: StoredAnswer, replayed: boolean): Answer<Value> =>
  stored.ok
    ? { ok: true, value: copyPlain(stored.value) as Value, version: stored.version, replayed }
    : { ok: false, error: errorOf(copyPlain(stored.refusal)), replayed }

const changeOf = (plan: Plan<unknown>, key: Key): Change | undefined =>
  plan.changes.find((change) => change.key.kind === key.kind && change.key.id === key.id)

/** The version a record has after the plan; unchanged, it has the one it had. */
const versionAfter = (plan: Plan<unknown>, key: Key, facts: Facts): number => {
  const change = changeOf(plan, key)
  return change === undefined
    ? (facts.find(key)?.version ?? 0)
    : change.before + Math.max(1, change.events.length)
}

const checked = <Value>(
  planned: Result<Plan<Value>, Refusal>,
  facts: Facts,
  expected: number | undefined,
): Result<Plan<Value>, Refusal> => {
  if (expected === undefined || !planned.ok) return planned
  const { subject } = planned.value
  const current = changeOf(planned.value, subject)?.before ?? facts.find(subject)?.version
  return current === expected ? planned : refuse('version_conflict', { expected, current })
}

const commit = (
  records: WorkingRecords,
  plan: Plan<unknown>,
  parts: Pick<AnyParts, 'ids' | 'hash' | 'settings'>,
  envelope: string,
  now: Instant,
): void => {
  for (const change of plan.changes) assertSound(change)
  let drawn = 0
  const drawId = (): string => parts.ids.ordered(drawn++)
  // All is recorded before any of it counts: an event that cannot be written, or a message without an id, must not leave its plan half-accepted.
  const recorded: Recorded[] = []
  const record = (change: Change, sealed?: string): void => {
    const chain = records.chainOf(change.key)
    recorded.push({ change, events: recordEvents(change, chain, now, envelope, drawId, parts.hash, sealed) })
  }
  for (const change of plan.changes) if (change.seals === undefined) record(change)
  for (const change of plan.changes) {
    if (change.seals !== undefined) record(change, newestHash(recorded, change.seals))
  }
  const messages = messagesOf(plan, parts.settings, records.facts, drawId, now)
  for (const { change, events } of recorded) records.accept(change, events)
  for (const message of messages) records.queue(message)
}

/** One message a channel. */
const messagesOf = (
  plan: Plan<unknown>,
  settings: Settings,
  facts: Facts,
  drawId: () => string,
  now: Instant,
): readonly NewMessage[] => {
  const messages: NewMessage[] = []
  for (const message of plan.messages) {
    const version = versionAfter(plan, message.about, facts)
    const { channel } = message
    for (const one of channel === undefined ? settings.channelsOf(message.topic) : [channel]) {
      messages.push({
        id: drawId(),
        position: messagePosition(version, messages.length),
        createdAt: now,
        ...message,
        channel: one,
      })
    }
  }
  return messages
}

interface Recorded {
  readonly change: Change
  readonly events: readonly RecordedEvent[]
}

const newestHash = (recorded: readonly Recorded[], key: Key): string => {
  const sealed = recorded.find(({ change }) => change.key.kind === key.kind && change.key.id === key.id)
  const hash = sealed?.events.at(-1)?.hash
  invariant(hash !== undefined, 'a record is sealed by the plan that changes it')
  return hash
}

const idempotencyChange = (
  key: Key,
  { fingerprint, personal }: Fingerprinted,
  kept: PersonalFingerprint | undefined,
  by: Actor,
  answer: StoredAnswer,
  now: Instant,
): Change => ({
  key,
  before: 0,
  state: {
    fingerprint,
    fingerprintVersion: personal === undefined ? 1 : 2,
    ...(kept !== undefined && { personal: kept }),
    by,
    answer,
    at: now,
  } satisfies IdempotencyRecord,
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

/**
 * A policy that throws refuses, and so does one that answers anything but a decision, such as a promise: what nobody allowed is not allowed.
 */
export const askPolicy = (policy: Policy, request: Parameters<Policy>[0]): PolicyDecision => {
  try {
    const decision: Partial<{ readonly allow: unknown; readonly reason: unknown }> | undefined =
      policy(request)
    if (decision?.allow === true) return { allow: true }
    return {
      allow: false,
      reason: typeof decision?.reason === 'string' ? decision.reason : 'the policy gave no reason',
    }
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
  const refused: Answer<never> = {
    ok: false,
    error: answerError('forbidden', { reason }),
    replayed: false,
  }
  // Denials are rare: their record is locked when it is needed, by asking for it, and not with every command. One that was committed while its
  // acknowledgement was lost is decided again, and stands on record already.
  if (facts.find(key) !== undefined) return refused
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
  return refused
}
