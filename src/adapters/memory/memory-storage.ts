import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import { keyMap, type KeyMap } from '../../core/ids/key-map.js'
import type { Clock } from '../../core/ports/clock.js'
import { StorageError } from '../../core/ports/errors.js'
import type {
  LockedRecords,
  OutboxMessage,
  RecordedEvent,
  Storage,
  StoredRecord,
  Writes,
} from '../../core/ports/storage.js'
import type { IndexEntries } from '../../core/record-kind.js'
import { systemClock } from '../system/system-clock.js'
import { createOutbox, type Outbox } from './memory-outbox.js'
import { findRecords } from './memory-query.js'

export interface MemoryTenant {
  readonly records: KeyMap<StoredRecord & { readonly entries: IndexEntries }>
  readonly events: KeyMap<RecordedEvent[]>
}

/**
 * The reference store: everything in Maps of this process, gone when it ends. JavaScript runs one thing at a time, so an update that awaits
 * nothing between reading and writing needs no lock.
 */
export const memoryStorage = (options: { readonly clock?: Pick<Clock, 'now'> } = {}): Storage => {
  const clock = options.clock ?? systemClock()
  const tenants = new Map<TenantId, MemoryTenant>()
  const outbox = createOutbox()
  const tenantOf = (tenant: TenantId): MemoryTenant => {
    let known = tenants.get(tenant)
    if (known === undefined) {
      known = { records: keyMap(), events: keyMap() }
      tenants.set(tenant, known)
    }
    return known
  }

  return {
    read: async (tenant, keys) => {
      const { records } = tenantOf(tenant)
      return keys.flatMap((key) => records.get(key) ?? [])
    },
    update: async (tenant, keys, decide) => {
      const known = tenantOf(tenant)
      const locked = lockedKeys(keys)
      const writes = decide(lockedRecords(known, locked), clock.now())
      checkWrites(known, locked, writes)
      apply(tenant, known, outbox, writes)
    },
    find: async (tenant, query) => findRecords(tenantOf(tenant).records.ofKind(query.kind), query),
    history: async function* (tenant, key, after = 0) {
      for (const event of [...(tenantOf(tenant).events.get(key) ?? [])]) {
        if (event.version > after) yield event
      }
    },
    claim: async (limit, lease): Promise<readonly OutboxMessage[]> => outbox.claim(limit, lease, clock.now()),
    settle: async (results) => {
      outbox.settle(results)
    },
    release: async (tenant, about) => outbox.release(tenant, about),
    health: async () => ({
      adapter: 'memory',
      durable: false,
      isolation: 'serializable',
      schemaVersion: 1,
      pendingMigrations: 0,
      settings: {},
    }),
  }
}

type Lock = 'held' | 'written'

const lockedKeys = (keys: readonly Key[]): KeyMap<Lock> => {
  const locked = keyMap<Lock>()
  for (const key of keys) locked.set(key, 'held')
  return locked
}

const lockedRecords = (tenant: MemoryTenant, locked: KeyMap<Lock>): LockedRecords => ({
  get: (key) => {
    if (locked.has(key)) return tenant.records.get(key)
    throw new StorageError('adapter_contract', `${key.kind} record asked for without its lock`)
  },
})

/** All checks come before the first write, so that a refused write leaves nothing half-done. */
const checkWrites = (tenant: MemoryTenant, locked: KeyMap<Lock>, writes: Writes): void => {
  for (const write of writes.records) {
    const lock = locked.get(write.key)
    if (lock === 'written')
      throw new StorageError('adapter_contract', `a ${write.key.kind} record was written twice in one update`)
    locked.set(write.key, 'written')
    const current = tenant.records.get(write.key)?.version ?? 0
    const isNew = write.before === 0 && current === 0
    if (!isNew && !(lock === 'held' && write.before === current)) {
      throw new StorageError(
        'adapter_contract',
        `a ${write.key.kind} record was written without its lock or at another version`,
      )
    }
    checkStock(write.key, write.state)
  }
}

/** The same wall that SQL stores have as a CHECK constraint (ST3). */
const checkStock = (key: Key, state: unknown): void => {
  if (key.kind !== 'stock' || state === null) return
  const level = state as {
    readonly onHand: number
    readonly reserved: number
    readonly backorderAllowance: number
    readonly incoming: number
  }
  if (level.incoming < 0) throw new StorageError('adapter_contract', 'ST8 incoming is never negative')
  if (level.reserved >= 0 && level.onHand >= 0 && level.reserved <= level.onHand + level.backorderAllowance)
    return
  throw new StorageError('adapter_contract', 'ST3 reserved stays between 0 and on hand + backorder allowance')
}

const apply = (id: TenantId, tenant: MemoryTenant, outbox: Outbox, writes: Writes): void => {
  for (const { key, version, state, entries, chain } of writes.records) {
    if (state === null) tenant.records.delete(key)
    else tenant.records.set(key, { key, version, state, entries, chain })
  }
  for (const event of writes.events) {
    const known = tenant.events.get(event.key)
    if (known === undefined) tenant.events.set(event.key, [event])
    else known.push(event)
  }
  for (const message of writes.messages) outbox.add(id, message)
}
