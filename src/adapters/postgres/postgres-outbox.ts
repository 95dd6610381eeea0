import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import type { Delivery, OutboxMessage } from '../../core/ports/storage.js'
import { plus, type Instant, type Milliseconds } from '../../core/time/instant.js'
import { bigintArray, textArray } from './binary-array.js'
import type { PostgresRow } from './client.js'
import { databaseLater, databaseNow } from './database-clock.js'
import type { Prepare, Session } from './session.js'

/**
 * The table `message`, all of it inside a write transaction. `now` is left out where the clock of the database counts.
 */
export interface PostgresOutbox {
  claim(
    session: Session,
    limit: number,
    lease: Milliseconds,
    now: Instant | undefined,
  ): Promise<readonly OutboxMessage[]>
  settle(session: Session, results: readonly Delivery[], now: Instant | undefined): Promise<void>
  release(session: Session, tenant: TenantId, about: Key, now: Instant | undefined): Promise<number>
}

export const postgresOutbox = (schema: string, prepare: Prepare): PostgresOutbox => {
  const message = `${schema}.message`
  /**
   * The heads of the lines that are due: nothing undelivered stands before them, not even a parked message. A relay that meets the lock of
   * another waits for it, finds that head lent by then, and goes on with the next: all lock in one order, and none is handed out twice.
   */
  const claiming = prepare(`
WITH due AS MATERIALIZED (
  SELECT tenant, id FROM ${message} AS head
  WHERE status = 'waiting' AND due_at <= coalesce($2::text, ${databaseNow}) AND NOT EXISTS (
    SELECT 1 FROM ${message} AS before
    WHERE before.status <> 'delivered' AND before.tenant = head.tenant
      AND before.about_kind = head.about_kind AND before.about_id = head.about_id
      AND (before.position, before.id) < (head.position, head.id)
  )
  ORDER BY created_at, tenant, id LIMIT $1 FOR UPDATE OF head
)
UPDATE ${message} AS lent SET attempts = attempts + 1, fence = fence + 1, due_at = coalesce($3::text, ${databaseLater('$4::bigint')})
FROM due WHERE lent.tenant = due.tenant AND lent.id = due.id
RETURNING lent.*`)

  const settling = prepare(`
WITH settled AS MATERIALIZED (
  SELECT stored.tenant, stored.id, given.outcome, given.at, given.reason
  FROM ${message} AS stored
  JOIN unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[]) AS given (tenant, id, fence, outcome, at, reason)
    ON stored.tenant = given.tenant AND stored.id = given.id AND stored.fence = given.fence
  WHERE stored.status <> 'delivered'
  ORDER BY stored.created_at, stored.tenant, stored.id FOR UPDATE OF stored
)
UPDATE ${message} AS stored SET
  status = CASE settled.outcome WHEN 'delivered' THEN 'delivered' WHEN 'parked' THEN 'parked' ELSE stored.status END,
  due_at = coalesce(settled.at, stored.due_at),
  reason = settled.reason,
  delivered_at = CASE settled.outcome WHEN 'delivered' THEN coalesce($7::text, ${databaseNow}) END
FROM settled WHERE stored.tenant = settled.tenant AND stored.id = settled.id`)

  const releasing = prepare(`
UPDATE ${message} SET status = 'waiting', attempts = 0, due_at = coalesce($4::text, ${databaseNow})
WHERE tenant = $1 AND about_kind = $2 AND about_id = $3 AND status = 'parked' RETURNING id`)

  return {
    claim: async (session, limit, lease, now) => {
      const until = now === undefined ? null : plus(now, lease)
      const rows = await session.rows(claiming, [limit, now ?? null, until, lease])
      return rows.map(claimedMessage).sort(oldestFirst)
    },
    settle: async (session, results, now) => {
      await session.rows(settling, [
        textArray(results.map(({ tenant }) => tenant)),
        textArray(results.map(({ id }) => id)),
        bigintArray(results.map(({ fence }) => fence)),
        textArray(results.map(({ outcome }) => outcome)),
        textArray(results.map((result) => (result.outcome === 'retry' ? result.at : null))),
        textArray(results.map((result) => (result.outcome === 'delivered' ? null : result.reason))),
        now ?? null,
      ])
    },
    release: async (session, tenant, about, now) =>
      (await session.rows(releasing, [tenant, about.kind, about.id, now ?? null])).length,
  }
}

const claimedMessage = (row: PostgresRow): OutboxMessage => ({
  tenant: row['tenant'] as TenantId,
  id: row['id'] ?? '',
  about: { kind: row['about_kind'] ?? '', id: row['about_id'] ?? '' },
  position: Number(row['position']),
  topic: row['topic'] ?? '',
  channel: row['channel'] ?? '',
  data: JSON.parse(row['data'] ?? '{}') as Readonly<Record<string, unknown>>,
  createdAt: row['created_at'] as Instant,
  attempts: Number(row['attempts']),
  fence: Number(row['fence']),
})

const oldestFirst = (left: OutboxMessage, right: OutboxMessage): number =>
  left.createdAt === right.createdAt
    ? compareTexts(left.id, right.id)
    : compareTexts(left.createdAt, right.createdAt)

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
