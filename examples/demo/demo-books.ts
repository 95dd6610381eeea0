import {
  createOrderManagement,
  trustHost,
  type OrderManagement,
  type OrderManagementFor,
  type OrderManagementOptions,
  type Storage,
} from 'orderwright'
import { statementReader } from './statement-file.js'

/** Those who are at work, each a caller of its own, as the audit trail will name them. */
export interface Staff {
  readonly sales: OrderManagementFor
  readonly warehouse: OrderManagementFor
  readonly accounts: OrderManagementFor
}

export interface Books {
  readonly oms: OrderManagement
  readonly staff: Staff
}

/** Puts order management together over a store, with one bank account. */
export const openBooks = (
  storage: Storage,
  currency: string,
  { settings, ...options }: Pick<OrderManagementOptions, 'notifiers' | 'settings'> = {},
): Books => {
  const oms = createOrderManagement({
    ...options,
    storage,
    policy: trustHost,
    statementReaders: { csv: statementReader('DEMO-ACCOUNT-1', currency) },
    // A busy machine is no reason to give up.
    settings: { deadline: 120_000, ...settings },
  })
  return {
    oms,
    staff: {
      sales: oms.as({ actor: { kind: 'service', id: 'order-desk' } }),
      warehouse: oms.as({ actor: { kind: 'user', id: 'warehouse' } }),
      accounts: oms.as({ actor: { kind: 'user', id: 'accounts' } }),
    },
  }
}
