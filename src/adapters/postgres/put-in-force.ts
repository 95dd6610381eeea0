import type { TenantId } from '../../core/ids/ids.js'
import type { Milliseconds } from '../../core/time/instant.js'
import { literal } from './schema-name.js'

/**
 * What a commit waits for. A role or a database may have `synchronous_commit=off`, under which confirmed orders are lost in a crash: so it is
 * set in each writing transaction, and for that alone. What is stricter than `on` stays as it is.
 */
export const commitInForce = `set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') = 'remote_apply' THEN 'remote_apply' ELSE 'on' END, true)`

/** How long one statement waits for a lock. */
export const patienceInForce = (milliseconds: string): string =>
  `set_config('lock_timeout', ${milliseconds}, true)`

/** Whose rows a transaction may see where row-level security is on. */
export const tenantSetting = 'orderwright.tenant'

/** Names no tenant: what the relay and the migrations are to all of them. */
export const everyTenant = '*'

/** For whom a transaction works. */
export type Whose = TenantId | typeof everyTenant

/**
 * The store locks what it decides on, and reads what others have committed once it has the locks: a snapshot of the whole transaction would be too old by then.
 * Whether a role may write is left to those who made it: a standby, or `default_transaction_read_only`, refuses.
 */
export const neededIsolation = 'read committed'

export const beginning = (whose: Whose, patience: Milliseconds): string =>
  `BEGIN ISOLATION LEVEL ${neededIsolation.toUpperCase()}; ${settingsFor(whose, patience)}`

/** In a transaction that has begun. */
export const settingsFor = (whose: Whose, patience: Milliseconds): string =>
  `SELECT ${commitInForce}, ${patienceInForce(`'${Math.max(1, Math.ceil(patience))}'`)}, set_config('${tenantSetting}', ${literal(whose)}, true)`
