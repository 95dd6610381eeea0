import type { Seen } from '../core/command.js'
import { keyMap } from '../core/ids/key-map.js'
import type { Key } from '../core/ids/key.js'
import { MissingKey, type Facts, type Versioned } from '../core/plan.js'
import type { QueryContext } from './query.js'

const mostRounds = 32

/**
 * What a command would decide by the records of now, none of which is locked: for a look ahead, never to change anything. `touches` and `decide`
 * are asked as the engine asks a command, until nothing is missing.
 */
export const decideUnlocked = async <Value>(
  { stored }: Pick<QueryContext, 'stored'>,
  touches: (seen: Seen) => readonly Key[],
  decide: (facts: Facts) => Value,
): Promise<Value> => {
  const records = keyMap<Versioned<unknown> | undefined>()
  const read = async (keys: readonly Key[]): Promise<void> => {
    for (const key of keys) records.set(key, undefined)
    for (const { key, state, version } of await stored(keys)) records.set(key, { state, version })
  }
  const facts: Facts = {
    find: (key) => {
      if (!records.has(key)) throw new MissingKey(key)
      return records.get(key)
    },
  }
  for (let round = 0; ; round += 1) {
    const seen: Seen = { get: (kind, id) => records.get({ kind: kind.name, id })?.state as never }
    const unread = touches(seen).filter((key) => !records.has(key))
    await read(unread)
    if (unread.length > 0 && round < mostRounds) continue
    try {
      return decide(facts)
    } catch (error) {
      if (!(error instanceof MissingKey) || round >= mostRounds) throw error
      await read([error.key, ...error.others])
    }
  }
}
