import {
  StorageError,
  type IndexEntries,
  type Key,
  type RecordWrite,
  type StoredRecord,
  type TenantId,
} from 'orderwright'
import { nameOf } from './locked-records.js'
import { checkStock } from './stock-wall.js'
import type { Tables } from './tables.js'

export const readRecord = ({ records }: Tables, tenant: TenantId, key: Key): StoredRecord | undefined => {
  const stored = records.get([tenant, key.kind, key.id])
  if (stored === undefined) return undefined
  const { version, state, chain } = stored
  return { key, version, state, chain }
}

/** Inside a transaction. What is refused throws, and the transaction takes everything back. */
export const writeRecords = (tables: Tables, tenant: TenantId, writes: readonly RecordWrite[]): void => {
  if (new Set(writes.map(({ key }) => nameOf(key))).size < writes.length)
    throw new StorageError('adapter_contract', 'a record was written twice in one update')
  for (const write of writes) writeRecord(tables, tenant, write)
}

const writeRecord = (tables: Tables, tenant: TenantId, write: RecordWrite): void => {
  const { key, before, version, state, entries, chain } = write
  const current = tables.records.get([tenant, key.kind, key.id])
  if ((current?.version ?? 0) !== before) {
    throw new StorageError(
      'adapter_contract',
      `a ${key.kind} record was written at another version than it has`,
    )
  }
  checkStock(key, state)
  unlist(tables, tenant, key, current?.entries ?? {})
  if (state === null) {
    tables.records.removeSync([tenant, key.kind, key.id])
  } else {
    tables.records.putSync([tenant, key.kind, key.id], { version, state, chain, entries })
    list(tables, tenant, key, entries)
  }
}

const list = ({ index }: Tables, tenant: TenantId, { kind, id }: Key, entries: IndexEntries): void => {
  for (const [entry, value] of Object.entries(entries)) index.putSync([tenant, kind, entry, value, id], true)
}

const unlist = ({ index }: Tables, tenant: TenantId, { kind, id }: Key, entries: IndexEntries): void => {
  for (const [entry, value] of Object.entries(entries)) index.removeSync([tenant, kind, entry, value, id])
}
