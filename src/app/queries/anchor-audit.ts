import { z } from 'zod'
import { anchorOver, hashSchema, type AnchoredHead } from '../../core/audit/anchor.js'
import type { StoredRecord } from '../../core/ports/storage.js'
import { ok } from '../../core/result.js'
import { kindsWithHistory } from '../kinds.js'
import { defineQuery, type QueryContext } from '../query.js'
import { pageOf, pageShape } from './page.js'

export interface AnchorPage {
  readonly heads: readonly AnchoredHead[]
  /** One hash over these heads and those of the pages before. That of the last page is the anchor: keep it where nobody can change it. */
  readonly hash: string
  /** Hand it back as `cursor`, and `hash` as `before`, for the following records; absent on the last page. */
  readonly next?: string
}

const kinds = [...kindsWithHistory.keys()].toSorted()
const kindOf = (cursor: string): string => cursor.slice(0, Math.max(0, cursor.indexOf(' ')))

/**
 * Where every record with a history stands, of all kinds, page by page, and one hash over all of it: the anchor. Keep the heads anywhere and the anchor outside
 * of the database; `verifyAnchor` finds later what was removed or rewritten, a record that is gone with all its events too. Each head is what
 * its record had when its page was read, so commands may run meanwhile. Reads each record once.
 */
export const anchorAudit = defineQuery({
  name: 'records.anchorAudit',
  input: z.strictObject({
    ...pageShape,
    cursor: z
      .string('type')
      .max(1_000, 'cursor.format')
      .refine((cursor) => kinds.includes(kindOf(cursor)), 'cursor.format')
      .optional(),
    before: hashSchema.optional(),
  }),
  run: async ({ before = '', cursor, limit }, context) => {
    const { items, next } = await pageFrom(context, cursor ?? `${kinds[0] ?? ''} `, pageOf({ limit }).limit)
    const heads = items.map(({ key, version, chain }) => ({
      kind: key.kind,
      id: key.id,
      version,
      hash: chain,
    }))
    const hash = anchorOver(before, heads, context.hash)
    return ok({ value: { heads, hash, ...(next !== undefined && { next }) } satisfies AnchorPage })
  },
})

/** The kinds come by name, their records by id. A cursor is the kind with what the store has said of the place in it. */
const pageFrom = async (
  context: QueryContext,
  from: string,
  limit: number,
): Promise<{ readonly items: readonly StoredRecord[]; readonly next?: string }> => {
  let cursor: string | undefined = from
  while (cursor !== undefined) {
    const kind = kindOf(cursor)
    const place = cursor.slice(kind.length + 1)
    const page = await context.listStored({ kind, limit, ...(place !== '' && { cursor: place }) })
    cursor = page.next === undefined ? kindBehind(kind) : `${kind} ${page.next}`
    if (page.items.length > 0) return { items: page.items, ...(cursor !== undefined && { next: cursor }) }
  }
  return { items: [] }
}

const kindBehind = (kind: string): string | undefined => {
  const behind = kinds[kinds.indexOf(kind) + 1]
  return behind === undefined ? undefined : `${behind} `
}
