import { canonicalJson } from '../../../src/core/canonical-json.js'
import type { TenantId } from '../../../src/core/ids/ids.js'
import type { Key } from '../../../src/core/ids/key.js'
import type { World } from './world.js'

/** What the store of a world holds under these keys, as text: for "nothing has changed". */
export const contentsOf = async (
  { storage, tenant }: Pick<World, 'storage' | 'tenant'>,
  keys: readonly Key[],
): Promise<string> => canonicalJson(await storage.read(tenant as TenantId, keys))

/** Kinds that are found by a day or by the name of a series, of which an input names those that it means. */
const namedByEverybody = new Set(['resource_day', 'voucher_series'])

/** The same input about things that there are none of: every id of a record in it is replaced by one that nothing has. */
export const aboutNothing = ({ storage }: Pick<World, 'storage'>, input: unknown): unknown => {
  const keys = storage.keys().filter(({ kind }) => !namedByEverybody.has(kind))
  const known = new Set(keys.flatMap(({ id }) => [id, ...id.split('/')]))
  const strange = new Map<string, string>()
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string' && known.has(value)) {
      const name = strange.get(value) ?? `nothing-${strange.size + 1}`
      strange.set(value, name)
      return name
    }
    if (Array.isArray(value)) return value.map(replaced)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, replaced(one)]))
  }
  return replaced(input)
}
