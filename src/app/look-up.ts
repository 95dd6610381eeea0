import type { Seen } from '../core/command.js'
import type { TenantId } from '../core/ids/ids.js'
import type { Key } from '../core/ids/key.js'
import { distinctKeys, keyMap } from '../core/ids/key-map.js'
import type { Storage } from '../core/ports/storage.js'

const mostRounds = 8

/**
 * Runs a pure function over records that are read as it asks for them, unlocked: what it has not seen is read, and it is asked again, until it
 * asks for nothing new.
 */
export const lookUp = async <Value>(
  storage: Pick<Storage, 'read'>,
  tenant: TenantId,
  ask: (seen: Seen) => Value,
): Promise<Value> => {
  const states = keyMap<unknown>()
  for (let round = 0; ; round += 1) {
    const unseen: Key[] = []
    const seen: Seen = {
      get: (kind, id) => {
        const key = { kind: kind.name, id }
        if (!states.has(key)) unseen.push(key)
        return states.get(key) as never
      },
    }
    const value = ask(seen)
    if (unseen.length === 0 || round === mostRounds) return value
    for (const key of unseen) states.set(key, undefined)
    for (const record of await storage.read(tenant, distinctKeys(unseen)))
      states.set(record.key, record.state)
  }
}
