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
  const isDue = `head.status = 'waiting' AND head.due_at <= coalesce($2::text, ${databaseNow})`
  /**
   * Nothing undelivered stands before the head of a line, not even a parked message. Asked for by a query that no planner makes a join of: one that
   * was planned while the table was empty would go through the whole backlog for every head.
   */
  const isHead = `head.id = (
    SELECT first.id FROM ${message} AS first
    WHERE first.status <> 'delivered' AND first.tenant = head.tenant
      AND first.about_kind = head.about_kind AND first.about_id = head.about_id
    ORDER BY first.position, first.id LIMIT 1
  )`
  /**
   * Steps from tenant to tenant through the index, over whatever waits of each, and takes from each its share of the oldest that are due. What
   * another relay is lending has been taken by it: it is skipped, and when that is committed found lent. So no relay waits for another.
   */
  const claiming = prepare(`
WITH RECURSIVE waiting (tenant) AS (
  (SELECT tenant FROM ${message} WHERE status = 'waiting' ORDER BY tenant LIMIT 1)
  UNION ALL
  SELECT (SELECT next.tenant FROM ${message} AS next WHERE next.status = 'waiting' AND next.tenant > waiting.tenant ORDER BY next.tenant LIMIT 1)
  FROM waiting WHERE waiting.tenant IS NOT NULL
), turn AS MATERIALIZED (
  SELECT waiting.tenant,
    row_number() OVER (ORDER BY waiting.tenant <= $5::text, CASE WHEN $5::text IS NULL THEN oldest.created_at END, waiting.tenant) AS place,
    ($1::bigint + count(*) OVER () - 1) / count(*) OVER () AS share
  FROM waiting CROSS JOIN LATERAL (
    SELECT head.created_at FROM ${message} AS head
    WHERE head.tenant = waiting.tenant AND ${isDue} AND ${isHead}
    ORDER BY head.created_at, head.id LIMIT 1
  ) AS oldest
  ORDER BY place LIMIT $1
), due AS MATERIALIZED (
  SELECT turn.place, turn.share, oldest.tenant, oldest.id
  FROM turn CROSS JOIN LATERAL (
    SELECT head.tenant, head.id FROM ${message} AS head
    WHERE head.tenant = turn.tenant AND ${isDue} AND ${isHead}
    ORDER BY head.created_at, head.id LIMIT turn.share FOR UPDATE OF head SKIP LOCKED
  ) AS oldest
  LIMIT $1
)
UPDATE ${message} AS lent SET attempts = attempts + 1, fence = fence + 1, due_at = coalesce($3::text, ${databaseLater('$4::bigint')})
FROM due WHERE lent.tenant = due.tenant AND lent.id = due.id
RETURNING lent.*, due.place, due.share`)

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

  let last: TenantId | undefined

  return {
    claim: async (session, limit, lease, now) => {
      const until = now === undefined ? null : plus(now, lease)
      const claimed: OutboxMessage[] = []
      for (;;) {
        const room = limit - claimed.length
        const rows = await session.rows(claiming, [room, now ?? null, until, lease, last ?? null])
        const given = byTurn(rows)
        claimed.push(...inTurn(given))
        last = claimed.at(-1)?.tenant ?? last
        // Whoever had less than its share has no more; what it left of it is for the others.
        if (rows.length === room || !given.some(({ messages, share }) => messages.length === share))
          return claimed
      }
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

interface Given {
  readonly share: number
  readonly messages: OutboxMessage[]
}

/** What each tenant gave, in the order of their turns, the oldest first. */
const byTurn = (rows: readonly PostgresRow[]): readonly Given[] => {
  const given = new Map<number, Given>()
  for (const row of rows.toSorted((left, right) => Number(left['place']) - Number(right['place']))) {
    const place = Number(row['place'])
    const own = given.get(place) ?? { share: Number(row['share']), messages: [] }
    own.messages.push(claimedMessage(row))
    given.set(place, own)
  }
  for (const { messages } of given.values()) messages.sort(oldestFirst)
  return [...given.values()]
}

/** The oldest of each, then the second of each. */
const inTurn = (given: readonly Given[]): readonly OutboxMessage[] =>
  Array.from({ length: Math.max(0, ...given.map(({ messages }) => messages.length)) }, (_, place) =>
    given.flatMap(({ messages }) => messages[place] ?? []),
  ).flat()

const oldestFirst = (left: OutboxMessage, right: OutboxMessage): number =>
  left.createdAt === right.createdAt
    ? compareTexts(left.id, right.id)
    : compareTexts(left.createdAt, right.createdAt)

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
