import { z } from 'zod'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { kindsWithHistory } from '../kinds.js'
import { defineQuery } from '../query.js'
import { pageOf, pageShape } from './page.js'
import { verifyRecord, type AuditFinding, type VerifiedRecord } from './verify-record.js'

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
 * against them (EV7, EV11). A record that was removed together with all its events is found by `verifyAnchor`.
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
    const verified: VerifiedRecord[] = []
    for (const record of page.items) verified.push(await verifyRecord(context, record.key, record))
    return ok({ value: { ...reportOn(verified), ...(page.next !== undefined && { next: page.next }) } })
  },
})

const reportOn = (verified: readonly VerifiedRecord[]): AuditReport => {
  const findings = verified.flatMap(({ finding }) => finding ?? [])
  return {
    intact: findings.length === 0,
    records: verified.length,
    events: verified.reduce((sum, { events }) => sum + events, 0),
    findings,
  }
}
