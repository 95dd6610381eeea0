import { StorageError, type Key, type LockedRecords, type StoredRecord } from 'orderwright'

/** What a decision may look at: the records of its keys and no others. */
export const lockedRecords = (
  keys: readonly Key[],
  read: (key: Key) => StoredRecord | undefined,
): LockedRecords => {
  const locked = new Set(keys.map(nameOf))
  return {
    get: (key) => {
      if (locked.has(nameOf(key))) return read(key)
      throw new StorageError('adapter_contract', `a ${key.kind} record was asked for without its lock`)
    },
  }
}

export const nameOf = ({ kind, id }: Key): string => `${kind}/${id}`
