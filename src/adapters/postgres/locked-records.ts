import { StorageError } from '../../core/ports/errors.js'
import { keyMap } from '../../core/ids/key-map.js'
import type { Key } from '../../core/ids/key.js'
import type { LockedRecords, RecordWrite, Writes } from '../../core/ports/storage.js'
import type { Looked } from './postgres-records.js'
import { noStamp, type ChangedRecord, type Seen } from './postgres-writes.js'

/** The records of one decision: what it asks for is remembered, because what it has seen must still be so when it is written. */
export interface Decided {
  readonly writes: Writes
  readonly changed: readonly ChangedRecord[]
  /** Records that it has seen and does not write. */
  readonly seen: readonly Seen[]
  /** Keys under which it has found nothing and writes nothing. */
  readonly absent: readonly Key[]
}

export const decideOn = ({ found }: Looked, decide: (records: LockedRecords) => Writes): Decided => {
  const asked = keyMap<Key>()
  const writes = decide({
    get: (key) => {
      const row = found.get(key)
      if (row === undefined && !found.has(key)) throw unlocked(key)
      asked.set(key, key)
      return row?.record
    },
  })
  const written = keyMap<true>()
  const changed = writes.records.map((write): ChangedRecord => {
    if (written.has(write.key)) throw twice(write.key)
    written.set(write.key, true)
    return { write, replaces: replacedBy(write, found) }
  })
  const seen: Seen[] = []
  const absent: Key[] = []
  for (const key of asked.values()) {
    if (written.has(key)) continue
    const row = found.get(key)
    if (row === undefined) absent.push(key)
    else seen.push({ key, stamp: row.stamp })
  }
  return { writes, changed, seen, absent }
}

export const writesNothing = ({ records, events, messages }: Writes): boolean =>
  records.length + events.length + messages.length === 0

/** The stamp of the row that a write replaces, checked against the version it was decided on. */
const replacedBy = ({ key, before }: RecordWrite, found: Looked['found']): number => {
  const row = found.get(key)
  if (before !== 0 && !found.has(key)) throw unlocked(key)
  if (before !== (row?.record.version ?? 0)) {
    throw new StorageError(
      'adapter_contract',
      `a ${key.kind} record was to be written over version ${before}, which is not the one it has`,
    )
  }
  return row?.stamp ?? noStamp
}

const twice = (key: Key): StorageError =>
  new StorageError('adapter_contract', `a ${key.kind} record was written twice in one update`)

const unlocked = (key: Key): StorageError =>
  new StorageError('adapter_contract', `a ${key.kind} record was asked for or written without its lock`)
