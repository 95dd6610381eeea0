import { countedIds, fixedClock, recordingNotifier } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import type { OrderManagement } from '../../src/app/order-management.js'
import type { SettingsInput } from '../../src/app/settings.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import type { TenantId } from '../../src/core/ids/ids.js'
import { trustHost } from '../../src/core/ports/policy.js'
import type { Shop } from './shop.js'

/** A shop that also has its messages in hand, and can be set up otherwise. */
export interface PromiseShop extends Shop {
  readonly manager: OrderManagement
  /** What customers have been told on a topic, after everything in the outbox was delivered. */
  readonly told: (topic: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
}

export const openPromiseShop = (settings: SettingsInput = {}): PromiseShop => {
  const clock = fixedClock()
  const storage = memoryStorage({ clock })
  const email = recordingNotifier()
  const manager = createOrderManagement({
    storage,
    policy: trustHost,
    clock,
    ids: countedIds(),
    notifiers: { email },
    settings,
  })
  return {
    manager,
    oms: manager.as({ actor: { kind: 'user', id: 'ada' } }),
    storage,
    clock,
    stored: async (kind, id) => {
      const [record] = await storage.read('main' as TenantId, [{ kind: kind.name, id }])
      if (record === undefined) throw new Error(`there is no ${kind.name} ${id}`)
      return record.state as never
    },
    told: async (topic) => {
      await manager.relay()
      return email.delivered.filter((message) => message.topic === topic).map(({ content }) => content)
    },
  }
}
