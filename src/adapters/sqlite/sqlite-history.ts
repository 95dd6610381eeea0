import type { TenantId, Version } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import type { RecordedEvent } from '../../core/ports/storage.js'
import type { Instant } from '../../core/time/instant.js'
import type { SqliteDriver, SqliteRow } from './driver.js'
import { insertRows } from './insert-rows.js'

/** The table `event`: only ever added to. */
export interface SqliteHistory {
  /** Writes all of them. */
  append(tenant: TenantId, events: readonly RecordedEvent[]): void
  /** At most `eventsPerPage` events after version `after`. */
  page(tenant: TenantId, key: Key, after: Version): readonly RecordedEvent[]
}

export const eventsPerPage = 200

export const sqliteHistory = (driver: SqliteDriver): SqliteHistory => {
  const append = insertRows<RecordedEvent>(
    driver,
    'event',
    ['kind', 'id', 'version', 'event_id', 'type', 'recorded_at', 'body', 'hash'],
    ({ key, version, id, type, recordedAt, body, hash }, values) => {
      values.push(key.kind, key.id, version, id, type, recordedAt, body, hash)
    },
  )
  const select = driver.prepare(
    `SELECT version, event_id, type, recorded_at, body, hash FROM event
     WHERE tenant = ? AND kind = ? AND id = ? AND version > ? ORDER BY version LIMIT ${eventsPerPage}`,
  )
  return {
    append,
    page: (tenant, key, after) =>
      select.all([tenant, key.kind, key.id, after]).map((row) => recordedEvent(key, row)),
  }
}

const recordedEvent = ({ kind, id }: Key, row: SqliteRow): RecordedEvent => ({
  key: { kind, id },
  version: row['version'] as number,
  id: row['event_id'] as string,
  type: row['type'] as string,
  recordedAt: row['recorded_at'] as Instant,
  body: row['body'] as string,
  hash: row['hash'] as string,
})
