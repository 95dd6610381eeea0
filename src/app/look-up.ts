import type { Seen } from '../core/command.js'
import type { TenantId } from '../core/ids/ids.js'
import { keyName, type Key } from '../core/ids/key.js'
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
  const states = new Map<string, unknown>()
  for (let round = 0; ; round += 1) {
    const unseen = new Map<string, Key>()
    const seen: Seen = {
      get: (kind, id) => {
        const key = { kind: kind.name, id }
        const name = keyName(key)
        if (!states.has(name)) unseen.set(name, key)
        return states.get(name) as never
      },
    }
    const value = ask(seen)
    if (unseen.size === 0 || round === mostRounds) return value
    for (const name of unseen.keys()) states.set(name, undefined)
    for (const record of await storage.read(tenant, [...unseen.values()])) {
      states.set(keyName(record.key), record.state)
    }
  }
}
