import type { OrderManagementFor } from '../../src/app/order-management.js'

/** A command that a benchmark repeats, and the shop it needs. */
export interface WorkLoad {
  readonly stockUp: (oms: OrderManagementFor) => Promise<void>
  /** Sends the commands `first` to `first + count - 1`, so many callers at a time; throws when one is refused. */
  readonly run: (oms: OrderManagementFor, first: number, count: number, callers: number) => Promise<void>
  /** Parses the input of one of them, as the engine has to. */
  readonly parse: (index: number) => { readonly success: boolean }
}
