import type { TenantId } from '../../core/ids/ids.js'
import type { Key } from '../../core/ids/key.js'
import { keyMap, type KeyMap } from '../../core/ids/key-map.js'
import type {
  NewMessage,
  RecordedEvent,
  RecordWrite,
  StoredRecord,
  Writes,
} from '../../core/ports/storage.js'
import type { IndexEntries } from '../../core/record-kind.js'
import { checkAgreed, checkCustomer } from './agreement-check.js'
import { commandOf, eventOf } from './recorded-event.js'
import { checkWrite } from './step-checks.js'

/** What the store must hold after everything that was committed: kept beside it in plain maps, and checked with every commit. */
export interface Shadow {
  readonly records: KeyMap<ShadowRecord>
  /** What is not there any more, as it was last. */
  readonly removed: KeyMap<ShadowRecord>
  /** In the order of their commits. */
  readonly messages: readonly NewMessage[]
  /** A message that was committed. */
  message(id: string): NewMessage | undefined
  /** Every id of a kind that was ever written, oldest first. */
  idsOf(kind: string): readonly string[]
  /** Every kind of which something was ever written. */
  kinds(): readonly string[]
  stateOf(kind: string, id: string): unknown
  /** Takes a commit in; answers what it breaks. */
  commit(writes: Writes): readonly string[]
  /** The record as it was before its last change, for reads that are behind. */
  previous(key: Key): StoredRecord | undefined
  /** A copy that goes its own way. */
  copy(): Shadow
}

export interface ShadowRecord extends StoredRecord {
  /** What it is found by. */
  readonly entries: IndexEntries
  readonly events: readonly RecordedEvent[]
}

/** What a record's events say, without who caused them and when. */
export const eventsOf = <Event>({ events }: ShadowRecord): readonly Event[] =>
  events.map((recorded) => eventOf<Event>(recorded))

/** The command that made a record. */
export const causeOf = ({ events: [first] }: ShadowRecord): string =>
  first === undefined ? '' : commandOf(first)

export const shadowTenant = 'main' as TenantId

export const createShadow = (): Shadow => shadowOver(keyMap(), keyMap(), new Map(), [])

const shadowOver = (
  records: KeyMap<ShadowRecord>,
  removed: KeyMap<ShadowRecord>,
  ids: Map<string, Set<string>>,
  messages: NewMessage[],
): Shadow => {
  const previous = keyMap<StoredRecord>()
  const messageById = new Map(messages.map((message) => [message.id, message]))
  return {
    records,
    removed,
    messages,
    message: (id) => messageById.get(id),
    idsOf: (kind) => [...(ids.get(kind) ?? [])],
    kinds: () => [...ids.keys()],
    stateOf: (kind, id) => records.get({ kind, id })?.state,
    previous: (key) => previous.get(key),
    commit: (writes) => {
      const broken: string[] = []
      const events = eventsByKey(writes)
      for (const write of writes.records)
        broken.push(
          ...checkAgreed(write, events.get(write.key) ?? [], records.get.bind(records)),
          ...checkCustomer(write, events.get(write.key) ?? [], records.get.bind(records)),
        )
      for (const write of writes.records) {
        const before = records.get(write.key)
        const recorded = events.get(write.key) ?? []
        broken.push(...checkWrite(before, write, recorded))
        if (before !== undefined) previous.set(write.key, before)
        note(ids, write.key)
        const after = recordAfter(before ?? removed.get(write.key), write, recorded)
        if (write.state === null) {
          records.delete(write.key)
          removed.set(write.key, { ...after, state: before?.state })
        } else {
          records.set(write.key, after)
          removed.delete(write.key)
        }
      }
      for (const message of writes.messages) {
        messages.push(message)
        messageById.set(message.id, message)
      }
      return broken
    },
    copy: () => {
      const copiedIds = new Map([...ids].map(([kind, known]) => [kind, new Set(known)]))
      return shadowOver(copyOf(records), copyOf(removed), copiedIds, [...messages])
    },
  }
}

const copyOf = (records: KeyMap<ShadowRecord>): KeyMap<ShadowRecord> => {
  const copied = keyMap<ShadowRecord>()
  for (const record of records.values()) copied.set(record.key, record)
  return copied
}

const recordAfter = (
  before: ShadowRecord | undefined,
  { key, version, state, entries, chain }: RecordWrite,
  recorded: readonly RecordedEvent[],
): ShadowRecord => ({
  key,
  version,
  state,
  entries,
  chain,
  events: recorded.length === 0 ? (before?.events ?? []) : [...(before?.events ?? []), ...recorded],
})

const eventsByKey = (writes: Writes): KeyMap<RecordedEvent[]> => {
  const byKey = keyMap<RecordedEvent[]>()
  for (const event of writes.events) {
    const known = byKey.get(event.key)
    if (known === undefined) byKey.set(event.key, [event])
    else known.push(event)
  }
  return byKey
}

const note = (ids: Map<string, Set<string>>, { kind, id }: Key): void => {
  const known = ids.get(kind)
  if (known === undefined) ids.set(kind, new Set([id]))
  else known.add(id)
}
