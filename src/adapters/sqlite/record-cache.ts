import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import { keyMap, type KeyMap } from '../../core/ids/key-map.js'
import type { KnownRecord } from './sqlite-records.js'

/**
 * Records as they stood at the last look. Holds about `characters` of stored text, of states and of index entries; what was not asked
 * for during half of that is forgotten first. Whoever uses it makes sure that nothing was written since: see `currentRecords`.
 */
export interface RecordCache {
  get(tenant: TenantId, key: Key): KnownRecord | undefined
  set(tenant: TenantId, known: KnownRecord): void
  forget(tenant: TenantId, key: Key): void
  clear(): void
}

type Tenants = Map<TenantId, KeyMap<KnownRecord>>

/** What a record costs beside its texts. */
const overhead = 200

export const recordCache = (characters: number): RecordCache => {
  let young: Tenants = new Map()
  let old: Tenants = new Map()
  let size = 0
  const keep = (tenant: TenantId, remembered: KnownRecord): void => {
    const { key } = remembered.record
    let known = young.get(tenant)
    if (known === undefined) {
      known = keyMap()
      young.set(tenant, known)
    }
    size += sizeOf(remembered) - sizeOf(known.get(key))
    known.set(key, remembered)
    if (size * 2 <= characters) return
    // Two halves instead of one ordered list: a look-up moves nothing, and forgetting is dropping a whole half.
    old = young
    young = new Map()
    size = 0
  }
  return {
    get: (tenant, key) => {
      const known = young.get(tenant)?.get(key)
      if (known !== undefined) return known
      const faded = old.get(tenant)?.get(key)
      if (faded === undefined) return undefined
      keep(tenant, faded)
      return faded
    },
    set: keep,
    forget: (tenant, key) => {
      const known = young.get(tenant)
      size -= sizeOf(known?.get(key))
      known?.delete(key)
      old.get(tenant)?.delete(key)
    },
    clear: () => {
      if (young.size === 0 && old.size === 0) return
      young = new Map()
      old = new Map()
      size = 0
    },
  }
}

const sizeOf = (remembered: KnownRecord | undefined): number =>
  remembered === undefined ? 0 : remembered.characters + remembered.entries.length + overhead
