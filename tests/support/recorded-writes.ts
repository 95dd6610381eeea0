import type { NewMessage, RecordedEvent, RecordWrite, Storage } from 'orderwright'

/** Everything that a store was asked to keep, as it was handed over. */
export interface RecordedWrites {
  readonly records: RecordWrite[]
  readonly events: RecordedEvent[]
  readonly messages: NewMessage[]
  /** The store itself, with an ear at its door. */
  readonly around: (storage: Storage) => Storage
}

export const recordWrites = (): RecordedWrites => {
  const recorded: RecordedWrites = {
    records: [],
    events: [],
    messages: [],
    around: (storage) => ({
      ...storage,
      update: (tenant, keys, decide) =>
        storage.update(tenant, keys, (locked, now) => {
          const writes = decide(locked, now)
          recorded.records.push(...writes.records)
          recorded.events.push(...writes.events)
          recorded.messages.push(...writes.messages)
          return writes
        }),
    }),
  }
  return recorded
}
