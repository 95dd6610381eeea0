import type pg from 'pg'
import type { StockLevel } from '../../src/core/inventory/stock-level.js'
import type { Writes } from '../../src/core/ports/storage.js'

/** The rows of one commit, column by column, ready to bind. */
export interface PrebuiltPostgresCommit {
  readonly records: unknown[]
  readonly levels: unknown[]
  readonly events: unknown[]
  readonly messages: unknown[]
}

/** Turns what orderwright wrote in one commit into the parameters of plain statements; nothing of this is timed. */
export const prebuildPostgresCommit = (writes: Writes): PrebuiltPostgresCommit => {
  const records = writes.records.filter(({ key }) => key.kind !== 'stock')
  const levels = writes.records.filter(({ key }) => key.kind === 'stock')
  const level = (write: (typeof levels)[number]): StockLevel => write.state as StockLevel
  return {
    records: columns(
      records,
      ({ key }) => key.kind,
      ({ key }) => key.id,
      ({ version }) => version,
      ({ chain }) => chain,
      ({ entries }) => JSON.stringify(entries),
      ({ state }) => JSON.stringify(state),
    ),
    levels: columns(
      levels.toSorted((left, right) => (left.key.id < right.key.id ? -1 : 1)),
      (write) => level(write).location,
      (write) => level(write).sku,
      (write) => level(write).onHand,
      (write) => level(write).reserved,
      (write) => write.version,
      (write) => write.chain,
      (write) => write.before,
    ),
    events: columns(
      writes.events,
      ({ key }) => key.kind,
      ({ key }) => key.id,
      ({ version }) => version,
      ({ id }) => id,
      ({ type }) => type,
      ({ recordedAt }) => recordedAt,
      ({ body }) => body,
      ({ hash }) => hash,
    ),
    messages: columns(
      writes.messages,
      ({ id }) => id,
      ({ about }) => about.kind,
      ({ about }) => about.id,
      ({ position }) => position,
      ({ topic }) => topic,
      ({ channel }) => channel,
      ({ data }) => JSON.stringify(data),
      ({ createdAt }) => createdAt,
    ),
  }
}

const columns = <Row>(rows: readonly Row[], ...read: readonly ((row: Row) => string | number)[]): unknown[] =>
  read.map((one) => rows.map(one))

/** SQL and commit only: what a careful programmer would write for exactly these rows, one prepared statement per kind of row. */
export const writePostgresByHand = async (
  client: pg.PoolClient,
  commits: readonly PrebuiltPostgresCommit[],
): Promise<void> => {
  for (const { records, levels, events, messages } of commits) {
    await client.query('BEGIN')
    await client.query({ ...insertRecords, values: records })
    await client.query({ ...insertEvents, values: events })
    if ((messages[0] as readonly unknown[]).length > 0)
      await client.query({ ...insertMessages, values: messages })
    const moved = await client.query({ ...updateLevels, values: levels })
    if (moved.rowCount !== (levels[0] as readonly unknown[]).length)
      throw new Error('a stock row was not where it was')
    await client.query('COMMIT')
  }
}

const insertRecords = {
  name: 'insert records',
  text: `INSERT INTO orderwright.record (tenant, kind, id, version, chain, entries, state, stamp, replaces)
    SELECT 'main', kind, id, version, chain, entries::jsonb, state::json, 1, 0
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[]) AS given (kind, id, version, chain, entries, state)`,
}
const updateLevels = {
  name: 'update levels',
  text: `UPDATE orderwright.stock_level AS stored SET on_hand = given.on_hand, reserved = given.reserved, version = given.version, chain = given.chain
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[])
      AS given (location, sku, on_hand, reserved, version, chain, before)
    WHERE stored.tenant = 'main' AND stored.location = given.location AND stored.sku = given.sku AND stored.version = given.before`,
}
const insertEvents = {
  name: 'insert events',
  text: `INSERT INTO orderwright.event (tenant, kind, id, version, event_id, type, recorded_at, body, hash)
    SELECT 'main', given.* FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) AS given`,
}
const insertMessages = {
  name: 'insert messages',
  text: `INSERT INTO orderwright.message (tenant, id, about_kind, about_id, position, topic, channel, data, created_at, due_at)
    SELECT 'main', id, about_kind, about_id, position, topic, channel, data::json, created_at, created_at
    FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[])
      AS given (id, about_kind, about_id, position, topic, channel, data, created_at)`,
}
