import { createOrderManagement, memoryStorage, trustHost, type SettingsInput } from 'orderwright'
import { countedIds, fixedClock } from 'orderwright/testing'

/** An empty business on the first of March 2026, whose documents are written. */
export const openDesk = (settings: SettingsInput) => {
  const clock = fixedClock('2026-03-01T09:00:00.000Z')
  return createOrderManagement({
    storage: memoryStorage({ clock }),
    clock,
    policy: trustHost,
    ids: countedIds(),
    settings,
  }).as({ actor: { kind: 'user', id: 'ada' } }).orThrow
}
