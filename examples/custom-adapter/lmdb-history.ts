import type { Key, RecordedEvent, TenantId, Version } from 'orderwright'
import { under, type Tables } from './tables.js'

export const eventsPerPage = 500

export const appendEvent = ({ events }: Tables, tenant: TenantId, { key, ...event }: RecordedEvent): void => {
  events.putSync([tenant, key.kind, key.id, event.version], event)
}

/** A page at a time: an iterator that is left open between two of them would keep LMDB from using freed pages again. */
export const pageOfEvents = (
  { events }: Tables,
  tenant: TenantId,
  key: Key,
  after: Version,
): readonly RecordedEvent[] => {
  const page = events.getRange({ ...under([tenant, key.kind, key.id], after), limit: eventsPerPage })
  return [...page].map(({ value }) => ({ key, ...value }))
}
