import { z } from 'zod'
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
import type { StoredRecord } from '../../core/ports/storage.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { kindsWithHistory } from '../kinds.js'
import { defineQuery, type QueryContext } from '../query.js'
import { pageOf, pageShape } from './page.js'

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

export interface AuditReport {
  /** Nothing was found. Whoever can rewrite a whole store can rewrite its hashes too: keep heads elsewhere to find that. */
  readonly intact: boolean
  readonly records: number
  readonly events: number
  readonly findings: readonly AuditFinding[]
  /** The hash of the newest event, when one record was asked for: the anchor to keep elsewhere. */
  readonly head?: string
  /** Hand it back as `cursor` for the following records of the kind; absent on the last page. */
  readonly next?: string
}

const kindSchema = z.enum([...kindsWithHistory.keys()])

/**
 * Reads the history of one record, or of a page of the records of one kind, and checks every event's canonical form, the chain of hashes and the record
 * against them (EV7, EV11). A record that was removed together with all its events is only found by an anchor kept elsewhere.
 */
export const verifyAudit = defineQuery({
  name: 'records.verifyAudit',
  input: z.union([
    z.strictObject({ kind: kindSchema, id: z.string('type').min(1, 'id.length').max(300, 'id.length') }),
    z.strictObject({ kind: kindSchema, ...pageShape }),
  ]),
  run: async (input, context) => {
    if ('id' in input) {
      const key = { kind: input.kind, id: input.id }
      const [record] = await context.stored([key])
      const verified = await verifyRecord(context, key, record)
      if (record === undefined && verified.events === 0 && verified.finding === undefined)
        return refuse('unknown_record', { ...key })
      const report = reportOn([verified])
      const value = record === undefined ? report : { ...report, head: record.chain }
      return ok({ value, ...(record !== undefined && { version: record.version }) })
    }
    const page = await context.listStored({ kind: input.kind, ...pageOf(input) })
    const verified: Verified[] = []
    for (const record of page.items) verified.push(await verifyRecord(context, record.key, record))
    return ok({ value: { ...reportOn(verified), ...(page.next !== undefined && { next: page.next }) } })
  },
})

interface Verified {
  readonly events: number
  readonly finding?: AuditFinding
}

const reportOn = (verified: readonly Verified[]): AuditReport => {
  const findings = verified.flatMap(({ finding }) => finding ?? [])
  return {
    intact: findings.length === 0,
    records: verified.length,
    events: verified.reduce((sum, { events }) => sum + events, 0),
    findings,
  }
}

const verifyRecord = async (
  context: QueryContext,
  key: Key,
  record: StoredRecord | undefined,
): Promise<Verified> => {
  const stored: ChainHead = { version: record?.version ?? 0, hash: record?.chain ?? '' }
  const evolve = kindsWithHistory.get(key.kind)?.evolve
  const broken = (events: number, finding: Pick<AuditFinding, 'at' | 'what'>): Verified => ({
    events,
    finding: { ...key, ...finding },
  })
  let head = chainStart
  let state: unknown
  for await (const event of context.history(key)) {
    const checked = verifyEvent(key, head, event, context.hash)
    if (isBroken(checked)) return broken(head.version, checked)
    head = checked
    // Events after the record was read belong to commands that ran meanwhile; they are only counted.
    if (head.version > stored.version) continue
    state = evolve?.(state, readEnvelope(event.body).event)
    if (head.version < stored.version) continue
    const ending = verifyHead(head, stored)
    if (ending !== undefined) return broken(head.version, ending)
  }
  if (head.version < stored.version) {
    return broken(head.version, verifyHead(head, stored) ?? { at: head.version, what: 'head' })
  }
  if (head.version > stored.version) {
    const [later] = await context.stored([key])
    const reached = later?.version ?? 0
    if (reached < head.version) return broken(head.version, { at: reached + 1, what: 'unexpected' })
  }
  return record !== undefined && canonicalJson(state) !== canonicalJson(record.state)
    ? broken(stored.version, { at: stored.version, what: 'state' })
    : { events: stored.version }
}
