import type { TenantId, Version } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import type { RecordedEvent } from '../../core/ports/storage.js'
import type { Instant } from '../../core/time/instant.js'
import type { PostgresRow } from './client.js'
import type { Prepare, Session } from './session.js'

/** The table `event`, which is only ever added to, read. */
export interface PostgresHistory {
  /** At most `eventsPerPage` events after version `after`. */
  page(session: Session, tenant: TenantId, key: Key, after: Version): Promise<readonly RecordedEvent[]>
}

export const eventsPerPage = 200

export const postgresHistory = (schema: string, prepare: Prepare): PostgresHistory => {
  const select = prepare(
    `SELECT version, event_id, type, recorded_at, body, hash FROM ${schema}.event
     WHERE tenant = $1 AND kind = $2 AND id = $3 AND version > $4 ORDER BY version LIMIT ${eventsPerPage}`,
  )
  return {
    page: async (session, tenant, key, after) => {
      const rows = await session.rows(select, [tenant, key.kind, key.id, after])
      return rows.map((row) => recordedEvent(key, row))
    },
  }
}

const recordedEvent = ({ kind, id }: Key, row: PostgresRow): RecordedEvent => ({
  key: { kind, id },
  version: Number(row['version']),
  id: row['event_id'] ?? '',
  type: row['type'] ?? '',
  recordedAt: row['recorded_at'] as Instant,
  body: row['body'] ?? '',
  hash: row['hash'] ?? '',
})
