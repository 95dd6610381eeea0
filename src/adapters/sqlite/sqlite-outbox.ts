import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import { takeInTurn, turnOf } from '../../core/ports/in-turn.js'
import type { Delivery, NewMessage, OutboxMessage } from '../../core/ports/storage.js'
import { plus, type Instant, type Milliseconds } from '../../core/time/instant.js'
import type { SqliteDriver, SqliteRow } from './driver.js'
import { insertRows } from './insert-rows.js'

/** The table `message`. All but `isDue` run inside a write transaction. */
export interface SqliteOutbox {
  queue(tenant: TenantId, messages: readonly NewMessage[]): void
  /** Whether a claim would find anything: asked first, since most of a relay's claims find nothing and need no lock. */
  isDue(now: Instant): boolean
  claim(limit: number, lease: Milliseconds, now: Instant): readonly OutboxMessage[]
  settle(results: readonly Delivery[], now: Instant): void
  release(tenant: TenantId, about: Key, now: Instant): number
}

/** The heads of the lines that are due: nothing undelivered stands before them, not even a parked message. */
const due = `
  FROM message AS head INDEXED BY message_waiting
  WHERE head.status = 'waiting' AND head.due_at <= ? AND NOT EXISTS (
    SELECT 1 FROM message AS before
    WHERE before.status <> 'delivered' AND before.tenant = head.tenant
      AND before.about_kind = head.about_kind AND before.about_id = head.about_id
      AND (before.position, before.rowid) < (head.position, head.rowid)
  )`

const oldestFirst = 'ORDER BY head.created_at, head.rowid LIMIT'

/** Steps from tenant to tenant through the index, over whatever waits of each, and asks of each for the oldest that is due. */
const tenantsWaiting = `
  WITH RECURSIVE waiting (tenant) AS (
    SELECT min(tenant) FROM message INDEXED BY message_waiting WHERE status = 'waiting'
    UNION ALL
    SELECT (SELECT min(tenant) FROM message INDEXED BY message_waiting WHERE status = 'waiting' AND tenant > waiting.tenant)
    FROM waiting WHERE waiting.tenant IS NOT NULL
  )
  SELECT tenant, (SELECT head.created_at ${due} AND head.tenant = waiting.tenant ${oldestFirst} 1) AS since
  FROM waiting WHERE since IS NOT NULL ORDER BY since, tenant`

export const sqliteOutbox = (driver: SqliteDriver): SqliteOutbox => {
  const queue = insertRows<NewMessage>(
    driver,
    'message',
    ['id', 'about_kind', 'about_id', 'position', 'topic', 'channel', 'data', 'created_at', 'due_at'],
    ({ id, about, position, topic, channel, data, createdAt }, values) => {
      const text = JSON.stringify(data)
      values.push(id, about.kind, about.id, position, topic, channel, text, createdAt, createdAt)
    },
  )
  const first = driver.prepare(`SELECT 1 ${due} LIMIT 1`)
  const tenants = driver.prepare(tenantsWaiting)
  const heads = driver.prepare(`SELECT head.* ${due} AND head.tenant = ? ${oldestFirst} ?`)
  const lend = driver.prepare(
    'UPDATE message SET attempts = attempts + 1, fence = fence + 1, due_at = ? WHERE tenant = ? AND id = ?',
  )
  const newest = "tenant = ? AND id = ? AND fence = ? AND status <> 'delivered'"
  const deliver = driver.prepare(
    `UPDATE message SET status = 'delivered', delivered_at = ?, reason = NULL WHERE ${newest}`,
  )
  const retry = driver.prepare(`UPDATE message SET due_at = ?, reason = ? WHERE ${newest}`)
  const park = driver.prepare(`UPDATE message SET status = 'parked', reason = ? WHERE ${newest}`)
  const unpark = driver.prepare(
    `UPDATE message SET status = 'waiting', attempts = 0, due_at = ?
     WHERE tenant = ? AND about_kind = ? AND about_id = ? AND status = 'parked'`,
  )
  let last: TenantId | undefined

  return {
    queue,
    isDue: (now) => first.get([now]) !== undefined,
    claim: (limit, lease, now) => {
      const until = plus(now, lease)
      const waiting = tenants.all([now]).map((row) => row['tenant'] as TenantId)
      const claimed = takeInTurn(turnOf(waiting, last), limit, (tenant, most) => {
        const rows = heads.all([now, tenant, most])
        for (const row of rows) lend.run([until, tenant, row['id'] as string])
        return rows.map(claimedMessage)
      })
      last = claimed.at(-1)?.tenant ?? last
      return claimed
    },
    settle: (results, now) => {
      for (const result of results) {
        const { tenant, id, fence } = result
        if (result.outcome === 'delivered') deliver.run([now, tenant, id, fence])
        else if (result.outcome === 'retry') retry.run([result.at, result.reason, tenant, id, fence])
        else park.run([result.reason, tenant, id, fence])
      }
    },
    release: (tenant, about, now) => unpark.run([now, tenant, about.kind, about.id]),
  }
}

const claimedMessage = (row: SqliteRow): OutboxMessage => ({
  tenant: row['tenant'] as TenantId,
  id: row['id'] as string,
  about: { kind: row['about_kind'] as string, id: row['about_id'] as string },
  position: row['position'] as number,
  topic: row['topic'] as string,
  channel: row['channel'] as string,
  data: JSON.parse(row['data'] as string) as Readonly<Record<string, unknown>>,
  createdAt: row['created_at'] as Instant,
  attempts: (row['attempts'] as number) + 1,
  fence: (row['fence'] as number) + 1,
})
