import { z } from 'zod'
import { anchorOver, hashSchema, type AnchoredHead } from '../../core/audit/anchor.js'
import { keyMap } from '../../core/ids/key-map.js'
import type { StoredRecord } from '../../core/ports/storage.js'
import { ok } from '../../core/result.js'
import { kindsWithHistory } from '../kinds.js'
import { defineQuery, type QueryContext } from '../query.js'
import { followHistory, type AuditFinding } from './verify-record.js'

export interface AnchorReport {
  /** Every record still stands where the heads say, or has gone on from there. */
  readonly intact: boolean
  readonly records: number
  readonly findings: readonly AuditFinding[]
  /** One hash over these heads and those before: after the last of them it has to be the anchor that was kept, or the heads are not those that were anchored. */
  readonly hash: string
}

const headSchema = z.strictObject({
  kind: z.enum([...kindsWithHistory.keys()]),
  id: z.string('type').min(1, 'id.length').max(300, 'id.length'),
  version: z.int('type').min(1, 'version.range'),
  hash: hashSchema,
})

/**
 * Whether records still hold what they held when they were anchored: each is there, and its history goes on from the very event that was its newest. Hand
 * over the heads page by page as `anchorAudit` has given them, `hash` of the page before as `before`. What came before the anchored event is
 * checked by `verifyAudit`.
 */
export const verifyAnchor = defineQuery({
  name: 'records.verifyAnchor',
  input: z.strictObject({
    heads: z.array(headSchema).min(1, 'heads.min').max(200, 'heads.max'),
    before: hashSchema.optional(),
  }),
  run: async ({ heads, before = '' }, context) => {
    const records = keyMap<StoredRecord>()
    for (const record of await context.stored(heads)) records.set(record.key, record)
    const findings: AuditFinding[] = []
    for (const head of heads) {
      const finding = await verifySince(context, head, records.get(head))
      if (finding !== undefined) findings.push(finding)
    }
    const value: AnchorReport = {
      intact: findings.length === 0,
      records: heads.length,
      findings,
      hash: anchorOver(before, heads, context.hash),
    }
    return ok({ value })
  },
})

const verifySince = async (
  context: QueryContext,
  { kind, id, version, hash }: AnchoredHead,
  record: StoredRecord | undefined,
): Promise<AuditFinding | undefined> => {
  const key = { kind, id }
  if (record === undefined) return { ...key, at: 1, what: 'missing' }
  if (record.version < version) return { ...key, at: record.version + 1, what: 'missing' }
  if (record.version === version)
    return record.chain === hash ? undefined : { ...key, at: version, what: 'changed' }
  let last = version
  for await (const { reached, finding } of followHistory(context, key, record, { version, hash })) {
    if (finding !== undefined) return finding
    last = reached.version
  }
  return last < record.version ? { ...key, at: last + 1, what: 'missing' } : undefined
}
