import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import { StorageError } from '../../core/ports/errors.js'
import type { RecordWrite, StoredRecord } from '../../core/ports/storage.js'
import type { SqliteDriver, SqliteRow, SqliteValue } from './driver.js'
import { insertRows } from './insert-rows.js'
import { placeOf, stockKindName, stockState, stockValues } from './stock-rows.js'

/** The tables `record` and `stock_level`. Plain statements: transactions and remembered records are the business of others. */
export interface SqliteRecords {
  /** Calls back for each record that exists, with the length of its text. */
  each(
    tenant: TenantId,
    keys: readonly Key[],
    found: (record: StoredRecord, characters: number) => void,
  ): void
  /** Writes each record over the version it had; answers the lengths of their texts. Throws when the database has another version. */
  write(tenant: TenantId, writes: readonly RecordWrite[]): readonly number[]
}

const recordColumns = 'id, version, state, chain'
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
  const insert = insertRows(driver, 'record', [
    'tenant',
    'kind',
    'id',
    'version',
    'state',
    'entries',
    'chain',
  ])
  const update = driver.prepare(
    'UPDATE record SET version = ?, state = ?, entries = ?, chain = ? WHERE tenant = ? AND kind = ? AND id = ? AND version = ?',
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

  /** New records go to `inserts`. */
  const writeRecord = (tenant: TenantId, write: RecordWrite, inserts: SqliteValue[]): number => {
    const { key, before, version, chain } = write
    if (write.state === null) {
      if (before > 0) expectOne(write, remove.run([tenant, key.kind, key.id, before]))
      return 0
    }
    const state = JSON.stringify(write.state)
    const entries = JSON.stringify(write.entries)
    if (before === 0) inserts.push(tenant, key.kind, key.id, version, state, entries, chain)
    else expectOne(write, update.run([version, state, entries, chain, tenant, key.kind, key.id, before]))
    return state.length
  }

  return {
    each: (tenant, keys, found) => {
      for (const [kind, ids] of byKind(keys)) {
        if (kind === stockKindName) {
          for (const id of ids) {
            const row = stock.get([tenant, ...placeOf({ kind, id })])
            if (row !== undefined) found(recordOf(kind, id, row, stockState(row)), 0)
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
            found(recordOf(kind, row['id'] as string, row, JSON.parse(text)), text.length)
          }
        }
      }
    },
    write: (tenant, writes) => {
      const inserts: SqliteValue[] = []
      const characters = writes.map((write) => {
        if (write.key.kind !== stockKindName) return writeRecord(tenant, write, inserts)
        writeStock(tenant, write)
        return 0
      })
      insert(inserts)
      return characters
    },
  }
}

export const recordOf = (kind: string, id: string, row: SqliteRow, state: unknown): StoredRecord => ({
  key: { kind, id },
  version: row['version'] as number,
  state,
  chain: row['chain'] as string,
})

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
  if (changed === 1) return
  throw new StorageError(
    'adapter_contract',
    `a ${write.key.kind} record was to be written over version ${write.before}, which is not the one it has`,
  )
}
