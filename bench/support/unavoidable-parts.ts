import { sha256 } from '../../src/adapters/system/sha256.js'
import { canonicalJson } from '../../src/core/canonical-json.js'
import { keyName } from '../../src/core/ids/key.js'
import type { Writes } from '../../src/core/ports/storage.js'

/** What one commit wrote, ready to be put into Maps. */
export interface PrebuiltRows {
  readonly records: readonly { readonly name: string; readonly state: unknown }[]
  readonly events: readonly { readonly name: string; readonly envelope: unknown }[]
  readonly messages: Writes['messages']
}

export const prebuildRows = (writes: Writes): PrebuiltRows => ({
  records: writes.records.map((record) => ({ name: keyName(record.key), state: record.state })),
  events: writes.events.map((event) => ({
    name: keyName(event.key),
    envelope: JSON.parse(event.body) as unknown,
  })),
  messages: writes.messages,
})

/** The parts nobody can leave out: parse the input, one canonical JSON and one SHA-256 per event, the Map writes. */
export const unavoidableParts = (
  rows: readonly PrebuiltRows[],
  parse: (index: number) => { readonly success: boolean },
): void => {
  const records = new Map<string, unknown>()
  const events = new Map<string, string[]>()
  const chains = new Map<string, string>()
  const messages = new Map<string, unknown>()
  for (const [index, row] of rows.entries()) {
    if (!parse(index).success) throw new Error('the input is valid')
    for (const { name, envelope } of row.events) {
      const body = canonicalJson(envelope)
      chains.set(name, sha256((chains.get(name) ?? '') + body))
      const known = events.get(name)
      if (known === undefined) events.set(name, [body])
      else known.push(body)
    }
    for (const { name, state } of row.records) records.set(name, state)
    for (const message of row.messages) messages.set(message.id, message)
  }
}
