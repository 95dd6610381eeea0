import type { TenantId } from '../../core/ids/ids.js'
import { compareKeys, type Key } from '../../core/ids/key.js'
import type { NewMessage, RecordedEvent, RecordWrite } from '../../core/ports/storage.js'
import { bigintArray, textArray } from './binary-array.js'
import { given, rowsOf } from './rows-of.js'
import { commitInForce, neededIsolation, patienceInForce } from './put-in-force.js'
import type { Prepare, Session } from './session.js'
import {
  levelColumns,
  levelNames,
  placeOf,
  stockKindName,
  stockTexts,
  type LevelNumbers,
} from './stock-rows.js'

/** Everything of one update, checked against what it was decided on. */
export interface Changes {
  readonly tenant: TenantId
  readonly records: readonly ChangedRecord[]
  readonly events: readonly RecordedEvent[]
  readonly messages: readonly NewMessage[]
}

export interface ChangedRecord {
  readonly write: RecordWrite
  /** The stamp of the row it replaces, `noStamp` for a new record. */
  readonly replaces: number
}

/** A row that was decided on and is not written. */
export interface Seen {
  readonly key: Key
  readonly stamp: number
}

export const noStamp = 0

/** The writing half of all four tables, one statement for everything: all or nothing. */
export interface PostgresWrites {
  /** Inside a transaction that holds the locks. Fails as `changed` when a new record is there already. */
  write(session: Session, changes: Changes): Promise<void>
  /**
   * A transaction of its own, without locks before it: fails as `changed` unless everything written or in `seen` still is what it was, and as
   * `late` when anybody else has it locked. Also `changed` on a connection that begins its transactions in another isolation: with locks, it is set.
   */
  writeUnlocked(session: Session, changes: Changes, seen: readonly Seen[], patience: number): Promise<void>
  remove(session: Session, tenant: TenantId, keys: readonly Key[]): Promise<void>
}

const numbers = levelNames.map((name) => levelColumns[name])
const recordColumns = ['version', 'chain', 'entries', 'state', 'stamp', 'replaces']
const recordTypes = ['text', 'text', 'bigint', 'text', 'text', 'text', 'bigint']
const levelRowColumns = [...numbers, ...recordColumns]

const replacing = (columns: readonly string[]): string =>
  columns.map((column) => `${column} = excluded.${column}`).join(', ')

export const postgresWrites = (schema: string, prepare: Prepare): PostgresWrites => {
  // Stock levels, the hot rows, come behind the other records: each part counts the ones before it, and so begins after them. Events and
  // messages are added to nothing but the records that they belong to.
  const counted =
    '(SELECT count(*) FROM begun) + (SELECT count(*) FROM written) + (SELECT count(*) FROM moved)'
  const records = (first: number): string => `
  SELECT $1, kind, id, version, chain, entries::jsonb, state::json, $2::bigint, replaces
  FROM ${rowsOf(...given(first, ...recordTypes))} AS given (kind, id, version, chain, entries, state, replaces)`
  // New records are inserted as such, which costs the server less than an insert that would replace them. The unique key refuses what is there already.
  const writing = (before: string): string => `
begun AS (
  INSERT INTO ${schema}.record (tenant, kind, id, ${recordColumns.join(', ')}) ${records(39)}
  WHERE ${before}
  RETURNING 1
), written AS (
  INSERT INTO ${schema}.record AS stored (tenant, kind, id, ${recordColumns.join(', ')}) ${records(3)}
  WHERE (SELECT count(*) FROM begun) >= 0
  ON CONFLICT (tenant, kind, id) DO UPDATE SET ${replacing(recordColumns)} WHERE stored.stamp = excluded.replaces
  RETURNING 1
), moved AS (
  INSERT INTO ${schema}.stock_level AS stored (tenant, location, sku, ${levelRowColumns.join(', ')})
  SELECT $1, location, sku, ${numbers.join(', ')}, version, chain, entries::jsonb, state::json, $2::bigint, replaces
  FROM ${rowsOf(...given(26, 'text', 'text', ...numbers.map(() => 'bigint'), 'bigint', 'text', 'text', 'text', 'bigint'))}
    AS given (location, sku, ${numbers.join(', ')}, version, chain, entries, state, replaces)
  WHERE (SELECT count(*) FROM written) >= 0
  ON CONFLICT (tenant, location, sku) DO UPDATE SET ${replacing(levelRowColumns)} WHERE stored.stamp = excluded.replaces
  RETURNING 1
), appended AS (
  INSERT INTO ${schema}.event (tenant, kind, id, version, event_id, type, recorded_at, body, hash)
  SELECT $1, given.*
  FROM ${rowsOf(...given(10, 'text', 'text', 'bigint', 'text', 'text', 'text', 'text', 'text'))} AS given
  WHERE ${counted} = $46::bigint
), queued AS (
  INSERT INTO ${schema}.message (tenant, id, about_kind, about_id, position, topic, channel, data, created_at, due_at)
  SELECT $1, id, about_kind, about_id, position, topic, channel, data::json, created_at, created_at
  FROM ${rowsOf(...given(18, 'text', 'text', 'text', 'bigint', 'text', 'text', 'text', 'text'))}
    AS given (id, about_kind, about_id, position, topic, channel, data, created_at)
  WHERE ${counted} = $46::bigint
)`
  // Whatever was not written as it should makes the statement fail, and with it everything.
  const all = (...conditions: readonly string[]): string =>
    `SELECT 1 / (CASE WHEN ${conditions.join(' AND ')} THEN 1 ELSE 0 END) AS done`
  const locked = prepare(`WITH ${writing('true')} ${all(`${counted} = $46::bigint`)}`)

  // Nothing here waits for a row that is there: it fails instead, so that no two of these and no one with locks wait for each other.
  const held = (table: string, key: readonly string[], arrays: readonly string[], lock: string): string => `
  SELECT 1 FROM setting, ${rowsOf(...arrays)} AS seen (${key.join(', ')}, stamp) CROSS JOIN LATERAL (
    SELECT stamp FROM ${schema}.${table} AS stored
    WHERE stored.tenant = $1 AND ${key.map((column) => `stored.${column} = seen.${column}`).join(' AND ')} ${lock} NOWAIT
  ) AS found WHERE seen.stamp <> ${noStamp} AND found.stamp = seen.stamp`
  const recordKey = ['kind', 'id']
  const levelKey = ['location', 'sku']
  const unlocked = prepare(`
WITH setting AS MATERIALIZED (
  SELECT ${commitInForce} AS commits, ${patienceInForce('$47::text')} AS patience,
    current_setting('transaction_isolation') AS isolation
), unchanged AS MATERIALIZED (${held('record', recordKey, given(48, 'text', 'text', 'bigint'), 'FOR SHARE')}
), unmoved AS MATERIALIZED (${held('stock_level', levelKey, given(51, 'text', 'text', 'bigint'), 'FOR SHARE')}
), mine AS MATERIALIZED (${held('record', recordKey, ['$3::text[]', '$4::text[]', '$9::bigint[]'], 'FOR NO KEY UPDATE')}
), levels AS MATERIALIZED (${held('stock_level', levelKey, ['$26::text[]', '$27::text[]', '$38::bigint[]'], 'FOR NO KEY UPDATE')}
), kept AS MATERIALIZED (
  SELECT (SELECT count(*) FROM setting WHERE isolation = '${neededIsolation}') + (SELECT count(*) FROM unchanged) + (SELECT count(*) FROM unmoved)
    + (SELECT count(*) FROM mine) + (SELECT count(*) FROM levels) AS rows
), ${writing('(SELECT rows FROM kept) >= 0')}
${all(`${counted} = $46::bigint`, '(SELECT rows FROM kept) = $54::bigint')}`)

  const removing = prepare(`
WITH records AS (
  DELETE FROM ${schema}.record AS stored USING ${rowsOf(...given(2, 'text', 'text'))} AS given (kind, id)
  WHERE stored.tenant = $1 AND stored.kind = given.kind AND stored.id = given.id RETURNING 1
)
DELETE FROM ${schema}.stock_level AS stored USING ${rowsOf(...given(4, 'text', 'text'))} AS given (location, sku)
WHERE stored.tenant = $1 AND stored.location = given.location AND stored.sku = given.sku`)

  return {
    write: async (session, changes) => {
      await session.rows(locked, [...valuesOf(changes), changes.records.length])
    },
    writeUnlocked: async (session, changes, seen, patience) => {
      const records = seen.filter(({ key }) => key.kind !== stockKindName)
      const levels = seen.filter(({ key }) => key.kind === stockKindName)
      const places = levels.map(({ key }) => placeOf(key))
      await session.rows(unlocked, [
        ...valuesOf(changes),
        changes.records.length,
        String(Math.max(1, Math.ceil(patience))),
        textArray(records.map(({ key }) => key.kind)),
        textArray(records.map(({ key }) => key.id)),
        bigintArray(records.map(({ stamp }) => stamp)),
        textArray(places.map(([location]) => location)),
        textArray(places.map(([, sku]) => sku)),
        bigintArray(levels.map(({ stamp }) => stamp)),
        // One more for the settings, which are put in force by being counted.
        1 + seen.length + changes.records.filter(({ replaces }) => replaces !== noStamp).length,
      ])
    },
    remove: async (session, tenant, keys) => {
      const records = keys.filter(({ kind }) => kind !== stockKindName)
      const places = keys.filter(({ kind }) => kind === stockKindName).map(placeOf)
      await session.rows(removing, [
        tenant,
        textArray(records.map(({ kind }) => kind)),
        textArray(records.map(({ id }) => id)),
        textArray(places.map(([location]) => location)),
        textArray(places.map(([, sku]) => sku)),
      ])
    },
  }
}

/** $1 to $45. */
const valuesOf = ({ tenant, records, events, messages }: Changes): readonly unknown[] => {
  const levels: ChangedRecord[] = []
  const begun: ChangedRecord[] = []
  const replaced: ChangedRecord[] = []
  for (const one of records) {
    if (one.write.key.kind === stockKindName) levels.push(one)
    else if (one.replaces === noStamp) begun.push(one)
    else replaced.push(one)
  }
  return [
    tenant,
    newStamp(),
    ...recordValues(replaced),
    ...eventValues(events),
    ...messageValues(messages),
    ...levelValues(levels),
    ...recordValues(begun),
  ]
}

/** Told apart from any other with all but certainty: 52 random bits, never `noStamp`. */
const newStamp = (): number => 1 + Math.floor(Math.random() * 2 ** 52)

const byKey = (left: ChangedRecord, right: ChangedRecord): number =>
  compareKeys(left.write.key, right.write.key)

const recordValues = (changed: ChangedRecord[]): readonly unknown[] => {
  const rows = changed.sort(byKey)
  return [
    textArray(rows.map(({ write }) => write.key.kind)),
    textArray(rows.map(({ write }) => write.key.id)),
    bigintArray(rows.map(({ write }) => write.version)),
    textArray(rows.map(({ write }) => write.chain)),
    textArray(rows.map(({ write }) => JSON.stringify(write.entries))),
    textArray(rows.map(({ write }) => JSON.stringify(write.state))),
    bigintArray(rows.map(({ replaces }) => replaces)),
  ]
}

const levelValues = (changed: ChangedRecord[]): readonly unknown[] => {
  const rows = changed.sort(byKey)
  const places = rows.map(({ write }) => placeOf(write.key))
  const texts = rows.map(({ write }) => stockTexts(write.key, write.state, write.entries))
  return [
    textArray(places.map(([location]) => location)),
    textArray(places.map(([, sku]) => sku)),
    ...levelNames.map((name) =>
      bigintArray(rows.map(({ write }) => (write.state as Partial<LevelNumbers>)[name] ?? 0)),
    ),
    bigintArray(rows.map(({ write }) => write.version)),
    textArray(rows.map(({ write }) => write.chain)),
    textArray(texts.map(({ entries }) => entries)),
    textArray(texts.map(({ state }) => state)),
    bigintArray(rows.map(({ replaces }) => replaces)),
  ]
}

const eventValues = (events: readonly RecordedEvent[]): readonly unknown[] => [
  textArray(events.map(({ key }) => key.kind)),
  textArray(events.map(({ key }) => key.id)),
  bigintArray(events.map(({ version }) => version)),
  textArray(events.map(({ id }) => id)),
  textArray(events.map(({ type }) => type)),
  textArray(events.map(({ recordedAt }) => recordedAt)),
  textArray(events.map(({ body }) => body)),
  textArray(events.map(({ hash }) => hash)),
]

const messageValues = (messages: readonly NewMessage[]): readonly unknown[] => [
  textArray(messages.map(({ id }) => id)),
  textArray(messages.map(({ about }) => about.kind)),
  textArray(messages.map(({ about }) => about.id)),
  bigintArray(messages.map(({ position }) => position)),
  textArray(messages.map(({ topic }) => topic)),
  textArray(messages.map(({ channel }) => channel)),
  textArray(messages.map(({ data }) => JSON.stringify(data))),
  textArray(messages.map(({ createdAt }) => createdAt)),
]
