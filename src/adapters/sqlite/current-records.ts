import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import { keyMap, type KeyMap } from '../../core/ids/key-map.js'
import type { SqliteDriver } from './driver.js'
import { recordCache } from './record-cache.js'
import type { KnownRecord, Replaced, SqliteRecords } from './sqlite-records.js'

/**
 * The records as they are now, remembered from one transaction to the next while nobody else writes. Two counters of SQLite tell:
 * `data_version` changes with every commit of another connection; `total_changes()` counts the rows changed over this one, and those not
 * changed by this adapter were changed by somebody else. Both are read inside the transaction, so what they vouch for cannot change
 * before it ends.
 */
export interface CurrentRecords {
  /** Call first in each transaction: forgets everything if anybody else has written since the last one. */
  begin(): void
  /** With undefined for those that do not exist. Only inside a transaction that has begun here. */
  read(tenant: TenantId, keys: readonly Key[]): KeyMap<KnownRecord | undefined>
  /**
   * Call right after each commit with what it replaced. What is new is seldom asked for at once (an idempotency record never): remembering it
   * would only keep the memory busy.
   */
  committed(tenant: TenantId, replaced: readonly Replaced[]): void
  /** Call when it is open what the database holds: the next transaction reads everything again. */
  readonly doubt: () => void
}

const unknownYet = -1

export const currentRecords = (
  driver: SqliteDriver,
  records: SqliteRecords,
  characters: number,
  metOthers: () => void,
): CurrentRecords => {
  const cache = recordCache(characters)
  const counters = driver.prepare(
    'SELECT data_version AS others, total_changes() AS changed FROM pragma_data_version',
  )
  let lastOthers = unknownYet
  let lastStrangers = unknownYet

  return {
    begin: () => {
      const row = counters.get([])
      const others = Number(row?.['others'])
      const strangers = Number(row?.['changed']) - driver.changedRows()
      if (others === lastOthers && strangers === lastStrangers) return
      cache.clear()
      // The first look compares with nothing: it is no sign of anybody else.
      if (lastOthers !== unknownYet && others !== lastOthers) metOthers()
      lastOthers = others
      lastStrangers = strangers
    },
    read: (tenant, keys) => {
      const found = keyMap<KnownRecord | undefined>()
      const unknown: Key[] = []
      for (const key of keys) {
        const known = cache.get(tenant, key)
        found.set(key, known)
        if (known === undefined) unknown.push(key)
      }
      if (unknown.length === 0) return found
      records.each(tenant, unknown, (known) => {
        found.set(known.record.key, known)
        cache.set(tenant, known)
      })
      return found
    },
    committed: (tenant, replaced) => {
      for (const { write, entries, characters } of replaced) {
        const { key, version, state, chain } = write
        if (state === null) cache.forget(tenant, key)
        else cache.set(tenant, { record: { key, version, state, chain }, entries, characters })
      }
    },
    doubt: () => {
      lastOthers = unknownYet
    },
  }
}
