import { sha256 } from './adapters/system/sha256.js'
import { systemClock } from './adapters/system/system-clock.js'
import { systemIds } from './adapters/system/system-ids.js'
import type { Policy } from './app/action.js'
import { assembleOrderManagement, type OrderManagement } from './app/order-management.js'
import type { SettingsInput } from './app/settings.js'
import type { Clock } from './core/ports/clock.js'
import type { Ids } from './core/ports/ids.js'
import type { Notifier } from './core/ports/notifier.js'
import type { Policy as AnyPolicy } from './core/ports/policy.js'
import type { StatementReader } from './core/ports/statement-reader.js'
import type { Storage } from './core/ports/storage.js'
import type { TaxSource } from './core/ports/tax-source.js'

export interface OrderManagementOptions {
  /** Where everything is kept: `await openSqliteStorage(path)`, `memoryStorage()`, or an adapter of your own. */
  readonly storage: Storage
  /** Who may do what, asked before every command and query. `trustHost` for hosts that have authorized already. */
  readonly policy: Policy
  /** Who delivers messages, by channel: `{ email: …, sms: … }`. Without any no messages are planned. */
  readonly notifiers?: Readonly<Record<string, Notifier>>
  /** Who reads bank statements, by format: `{ csv: csvStatementReader(…) }`. */
  readonly statementReaders?: Readonly<Record<string, StatementReader>>
  /** An outside tax engine, asked before an order is captured or placed (F127); the tax table of the settings when left out. */
  readonly taxSource?: TaxSource
  readonly clock?: Clock
  readonly ids?: Ids
  readonly settings?: SettingsInput
}

/**
 * Puts order management together over a store. Opens nothing and starts nothing.
 *
 * @example
 * const oms = createOrderManagement({ storage: memoryStorage(), policy: trustHost })
 * const clerk = oms.as({ actor: { kind: 'user', id: 'ada' } })
 * const placed = await clerk.orders.place(order, { idempotencyKey: 'cart-17' })
 */
export const createOrderManagement = (options: OrderManagementOptions): OrderManagement => {
  const clock = options.clock ?? systemClock()
  return assembleOrderManagement({
    storage: options.storage,
    // Whatever it is asked about is an action: each command and query is named after its place.
    policy: options.policy as AnyPolicy,
    notifiers: options.notifiers ?? {},
    statementReaders: options.statementReaders ?? {},
    ...(options.taxSource !== undefined && { taxSource: options.taxSource }),
    clock,
    ids: options.ids ?? systemIds(),
    hash: sha256,
    settings: options.settings ?? {},
  })
}
