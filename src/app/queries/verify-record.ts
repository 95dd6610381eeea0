import { readEnvelope } from '../../core/audit/envelope.js'
import {
  chainStart,
  isBroken,
  verifyEvent,
  verifyHead,
  type BrokenChain,
  type ChainHead,
} from '../../core/audit/verify-chain.js'
import { canonicalJson } from '../../core/canonical-json.js'
import type { Key } from '../../core/ids/key.js'
import type { RecordedEvent, StoredRecord } from '../../core/ports/storage.js'
import { kindsWithHistory } from '../kinds.js'
import type { QueryContext } from '../query.js'

/** Where a record's history does not hold: the first version, and what is wrong with it. */
export interface AuditFinding {
  readonly kind: string
  readonly id: string
  readonly at: number
  /**
   * `missing` an event is not there (a cut tail too); `unexpected` one too many, or one in another's place; `changed` an event is not what was
   * written; `head` the record does not end where its last event does; `state` its events fold to something else than is stored.
   */
  readonly what: BrokenChain['what'] | 'state'
}

export interface VerifiedRecord {
  readonly events: number
  readonly finding?: AuditFinding
}

/** Checks a record against its whole history, up to the first event that does not hold. Those that do are handed to `seen`. */
export const verifyRecord = async (
  context: QueryContext,
  key: Key,
  record: StoredRecord | undefined,
  seen?: (event: RecordedEvent) => void,
): Promise<VerifiedRecord> => {
  const evolve = kindsWithHistory.get(key.kind)?.evolve
  let head = chainStart
  let state: unknown
  for await (const { event, reached, finding } of followHistory(context, key, record)) {
    if (finding !== undefined) return { events: head.version, finding }
    head = reached
    seen?.(event)
    if (head.version <= versionOf(record)) state = evolve?.(state, readEnvelope(event.body).event)
  }
  const finding = await verifyEnd(context, key, record, { head, state })
  return finding === undefined ? { events: versionOf(record) } : { events: head.version, finding }
}

export interface FollowedEvent {
  readonly event: RecordedEvent
  readonly reached: ChainHead
  readonly finding?: AuditFinding
}

/**
 * Checks the events of a record behind `after` one by one, and its head at the event it ends with. Behind an event that does not hold it goes on with
 * the hash that stands there, so that one forged event does not make all others look forged.
 */
export async function* followHistory(
  context: QueryContext,
  key: Key,
  record: StoredRecord | undefined,
  after: ChainHead = chainStart,
): AsyncGenerator<FollowedEvent> {
  let reached = after
  for await (const event of context.history(key, after.version)) {
    const checked = verifyEvent(key, reached, event, context.hash)
    if (isBroken(checked)) {
      if (event.version > reached.version) reached = { version: event.version, hash: event.hash }
      yield { event, reached, finding: { ...key, ...checked } }
    } else {
      reached = checked
      // Events after the record was read belong to commands that ran meanwhile.
      const broken =
        reached.version === record?.version
          ? verifyHead(reached, { version: record.version, hash: record.chain })
          : undefined
      yield { event, reached, ...(broken !== undefined && { finding: { ...key, ...broken } }) }
    }
  }
}

/** Checks that a history that was followed to its end leaves the record as it is stored. */
export const verifyEnd = async (
  context: QueryContext,
  key: Key,
  record: StoredRecord | undefined,
  { head, state }: { readonly head: ChainHead; readonly state: unknown },
): Promise<AuditFinding | undefined> => {
  const version = versionOf(record)
  if (head.version < version) return { ...key, at: head.version + 1, what: 'missing' }
  if (head.version > version) {
    const [later] = await context.stored([key])
    if (versionOf(later) < head.version) return { ...key, at: versionOf(later) + 1, what: 'unexpected' }
  }
  return record !== undefined && canonicalJson(state) !== canonicalJson(record.state)
    ? { ...key, at: version, what: 'state' }
    : undefined
}

const versionOf = (record: StoredRecord | undefined): number => record?.version ?? 0
