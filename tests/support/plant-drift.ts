import { kindsWithHistory } from '../../src/app/kinds.js'
import type { TenantId } from '../../src/core/ids/ids.js'
import type { Storage } from '../../src/core/ports/storage.js'

/** Changes a stored record behind the engine's back, as a person with a database client does: no event, no version, no trace. */
export const plantDrift = async <State>(
  storage: Storage,
  kind: string,
  id: string,
  change: (state: State) => State,
  tenant = 'main',
): Promise<void> => {
  const key = { kind, id }
  await storage.update(tenant as TenantId, [key], (records) => {
    const record = records.get(key)
    if (record === undefined) throw new Error(`there is no ${kind} ${id}`)
    const { version, chain } = record
    const state = change(record.state as State)
    return {
      records: [{ key, before: version, version, state, entries: entriesOf(kind, state), chain }],
      events: [],
      messages: [],
    }
  })
}

const entriesOf = (kind: string, state: unknown) => {
  const entries = kindsWithHistory.get(kind)?.entries
  return entries === undefined ? {} : entries(state)
}
