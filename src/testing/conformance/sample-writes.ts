import { sha256 } from '../../adapters/system/sha256.js'
import { envelopeOf, recordEvents } from '../../app/record-events.js'
import type { TenantId } from '../../core/ids/ids.js'
import { keyName, type Key } from '../../core/ids/key.js'
import type { NewMessage, RecordWrite, StoredRecord, Writes } from '../../core/ports/storage.js'
import type { IndexEntries } from '../../core/record-kind.js'
import type { Instant } from '../../core/time/instant.js'
import { noWrites, tenant } from './store-under-test.js'

/** Records of no trade at all: what the port promises it promises for every kind. */
export const sampleKey = (id: string): Key => ({ kind: 'sample', id })

/** Writes one record whole, one version after the one it had. */
export const put = (
  key: Key,
  current: StoredRecord | undefined,
  state: unknown,
  entries: IndexEntries = {},
): Writes => ({ ...noWrites, records: [recordWrite(key, current, state, entries)] })

export const recordWrite = (
  key: Key,
  current: StoredRecord | undefined,
  state: unknown,
  entries: IndexEntries = {},
): RecordWrite => {
  const before = current?.version ?? 0
  return { key, before, version: before + 1, state, entries, chain: current?.chain ?? '' }
}

/** Writes one record with its events, numbered and chained as the engine does it. */
export const append = (
  key: Key,
  current: StoredRecord | undefined,
  state: unknown,
  events: readonly { readonly type: string }[],
  now: Instant,
  owner: TenantId = tenant,
): Writes => {
  const before = current?.version ?? 0
  let drawn = before
  const recorded = recordEvents(
    { key, before, state, entries: {}, events },
    current?.chain ?? '',
    now,
    envelopeFor(owner),
    () => idAt(now, `${owner} ${keyName(key)} ${drawn++}`),
    sha256,
  )
  const version = before + events.length
  const chain = recorded.at(-1)?.hash ?? ''
  return {
    records: [{ key, before, version, state, entries: {}, chain }],
    events: recorded,
    messages: [],
  }
}

const envelopeFor = (owner: TenantId): string =>
  envelopeOf({
    tenant: owner,
    actor: { kind: 'system', id: 'conformance' },
    command: 'sample.change',
    commandId: '00000000-0000-7000-8000-000000000000',
  })

export const message = (
  about: Key,
  position: number,
  createdAt: Instant,
  owner: TenantId = tenant,
): NewMessage => ({
  id: idAt(createdAt, `${owner} ${keyName(about)} message ${position}`),
  about,
  position,
  topic: 'sample_changed',
  channel: 'email',
  data: { position, nested: { list: [1, 'zwei', null] } },
  createdAt,
})

export const together = (...writes: readonly Writes[]): Writes => ({
  records: writes.flatMap((one) => one.records),
  events: writes.flatMap((one) => one.events),
  messages: writes.flatMap((one) => one.messages),
})

export const sending = (...messages: readonly NewMessage[]): Writes => ({ ...noWrites, messages })

/** A UUIDv7 that is the same in every run: time first, as real ones, then what names the thing. */
const idAt = (instant: Instant, name: string): string => {
  const time = Date.parse(instant).toString(16).padStart(12, '0')
  const rest = sha256(name)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`
}
