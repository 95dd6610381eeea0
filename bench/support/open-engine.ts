import type { OrderManagementFor } from '../../src/app/order-management.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import { trustHost } from '../../src/core/ports/policy.js'
import type { Storage } from '../../src/core/ports/storage.js'

/** One message per order, as with one e-mail notifier. */
const notifiers = { email: { deliver: () => Promise.resolve() } }
const settings = { notifications: { order_received: ['email'] } }
const actor = { kind: 'service', id: 'bench' } as const

export const openEngine = (storage: Storage): OrderManagementFor =>
  createOrderManagement({ storage, policy: trustHost, notifiers, settings }).as({ actor })
