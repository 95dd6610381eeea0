import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import type { KeyMap } from '../../core/ids/key-map.js'
import { StorageError } from '../../core/ports/errors.js'
import type { RecordWrite, StoredRecord } from '../../core/ports/storage.js'
import type { IndexEntries } from '../../core/record-kind.js'
import type { SqliteDriver, SqliteRow } from './driver.js'
import { insertRows } from './insert-rows.js'
import { placeOf, stockKindName, stockState, stockValues } from './stock-rows.js'

/** The tables `record` and `stock_level`. Plain statements: transactions and remembered records are the business of others. */
export interface SqliteRecords {
  /** Calls back for each record that exists. */
  each(tenant: TenantId, keys: readonly Key[], found: (known: KnownRecord) => void): void
  /**
   * Writes each record over the version it had, which is the one that is `known`; answers those that were there before. Throws when the database has
   * another version.
   */
  write(tenant: TenantId, writes: readonly RecordWrite[], known: KnownRecords): readonly Replaced[]
}

export type KnownRecords = Pick<KeyMap<KnownRecord | undefined>, 'get'>

/** A record as it stands in its table. */
export interface KnownRecord extends Texts {
  readonly record: StoredRecord
}

interface Texts {
  /** As they stand in the table, where indexes are built on them. Of a stock level none: its indexes stand on its columns. */
  readonly entries: string
  /** The length of the text of its state. */
  readonly characters: number
}

/** A record that was written over an earlier version of itself. */
export interface Replaced extends Texts {
  readonly write: RecordWrite
}

const recordColumns = 'id, version, state, chain, entries'
const noTexts: Texts = { entries: '', characters: 0 }
export const stockColumns =
  'location, sku, on_hand, reserved, quarantined, safety_stock, backorder_allowance, incoming, version, chain, state'

export const sqliteRecords = (driver: SqliteDriver): SqliteRecords => {
  const one = driver.prepare(`SELECT ${recordColumns} FROM record WHERE tenant = ? AND kind = ? AND id = ?`)
  const many = driver.prepare(
    `SELECT ${recordColumns} FROM record WHERE tenant = ? AND kind = ? AND id IN (SELECT value FROM json_each(?))`,
  )
  const stock = driver.prepare(
    `SELECT ${stockColumns} FROM stock_level WHERE tenant = ? AND location = ? AND sku = ?`,
  )
  const insert = insertRows<RecordWrite>(
    driver,
    'record',
    ['kind', 'id', 'version', 'state', 'entries', 'chain'],
    ({ key, version, state, entries, chain }, values) => {
      values.push(key.kind, key.id, version, JSON.stringify(state), textOfEntries(entries), chain)
    },
  )
  const update = driver.prepare(
    'UPDATE record SET version = ?, state = ?, entries = ?, chain = ? WHERE tenant = ? AND kind = ? AND id = ? AND version = ?',
  )
  // Every index stands on the entries: naming them makes SQLite write the rows of all of them anew, whatever their values are.
  const updateState = driver.prepare(
    'UPDATE record SET version = ?, state = ?, chain = ? WHERE tenant = ? AND kind = ? AND id = ? AND version = ?',
  )
  const remove = driver.prepare('DELETE FROM record WHERE tenant = ? AND kind = ? AND id = ? AND version = ?')
  const insertStock = driver.prepare(
    `INSERT INTO stock_level (tenant, location, sku, on_hand, reserved, quarantined, safety_stock, backorder_allowance, incoming,
     version, chain, state, entries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const updateStock = driver.prepare(
    `UPDATE stock_level SET on_hand = ?, reserved = ?, quarantined = ?, safety_stock = ?, backorder_allowance = ?, incoming = ?,
     state = ?, entries = ?, version = ?, chain = ? WHERE tenant = ? AND location = ? AND sku = ? AND version = ?`,
  )
  const removeStock = driver.prepare(
    'DELETE FROM stock_level WHERE tenant = ? AND location = ? AND sku = ? AND version = ?',
  )

  const writeStock = (tenant: TenantId, write: RecordWrite): void => {
    const { key, before, version, chain } = write
    const [location, sku] = placeOf(key)
    if (write.state === null) {
      if (before > 0) expectOne(write, removeStock.run([tenant, location, sku, before]))
      return
    }
    const { levels, rest } = stockValues(key, write.state, write.entries)
    expectOne(
      write,
      before === 0
        ? insertStock.run([tenant, location, sku, ...levels, version, chain, ...rest])
        : updateStock.run([...levels, ...rest, version, chain, tenant, location, sku, before]),
    )
  }

  const replaceRecord = (tenant: TenantId, write: RecordWrite, known: KnownRecord | undefined): Texts => {
    const { key, before, version, chain } = write
    if (write.state === null) {
      expectOne(write, remove.run([tenant, key.kind, key.id, before]))
      return noTexts
    }
    const state = JSON.stringify(write.state)
    const entries = textOfEntries(write.entries)
    expectOne(
      write,
      entries === known?.entries
        ? updateState.run([version, state, chain, tenant, key.kind, key.id, before])
        : update.run([version, state, entries, chain, tenant, key.kind, key.id, before]),
    )
    return { entries, characters: state.length }
  }

  return {
    each: (tenant, keys, found) => {
      for (const [kind, ids] of byKind(keys)) {
        if (kind === stockKindName) {
          for (const id of ids) {
            const row = stock.get([tenant, ...placeOf({ kind, id })])
            if (row !== undefined) found({ record: recordOf(kind, id, row, stockState(row)), ...noTexts })
          }
        } else {
          const [id, ...more] = ids
          const rows =
            more.length === 0
              ? [one.get([tenant, kind, id ?? ''])]
              : many.all([tenant, kind, JSON.stringify(ids)])
          for (const row of rows) {
            if (row === undefined) continue
            const text = row['state'] as string
            found({
              record: recordOf(kind, row['id'] as string, row, JSON.parse(text)),
              entries: row['entries'] as string,
              characters: text.length,
            })
          }
        }
      }
    },
    write: (tenant, writes, known) => {
      const added: RecordWrite[] = []
      const replaced: Replaced[] = []
      for (const write of writes) {
        const isStock = write.key.kind === stockKindName
        if (isStock) writeStock(tenant, write)
        if (write.before > 0) {
          const { entries, characters } = isStock
            ? noTexts
            : replaceRecord(tenant, write, known.get(write.key))
          replaced.push({ write, entries, characters })
        } else if (!isStock && write.state !== null) added.push(write)
      }
      insert(tenant, added)
      return replaced
    },
  }
}

export const recordOf = (kind: string, id: string, row: SqliteRow, state: unknown): StoredRecord => ({
  key: { kind, id },
  version: row['version'] as number,
  state,
  chain: row['chain'] as string,
})

/** Most records can be found by their id alone. */
const textOfEntries = (entries: IndexEntries): string => {
  for (const _name in entries) return JSON.stringify(entries)
  return '{}'
}

const byKind = (keys: readonly Key[]): Map<string, string[]> => {
  const kinds = new Map<string, string[]>()
  for (const { kind, id } of keys) {
    const ids = kinds.get(kind)
    if (ids === undefined) kinds.set(kind, [id])
    else ids.push(id)
  }
  return kinds
}

const expectOne = (write: RecordWrite, changed: number): void => {
  if (changed !== 1) throw outdated(write.key, write.before)
}

export const outdated = (key: Key, before: number): StorageError =>
  new StorageError(
    'adapter_contract',
    `a ${key.kind} record was to be written over version ${before}, which is not the one it has`,
  )
