import { expireCapacityHold } from '../core/flows/booking-steps.js'
import { fillBackorderQueue } from '../core/flows/fill-backorder-queue.js'
import { expireHold } from '../core/flows/expire-holds.js'
import { quarantineExpired } from '../core/flows/quarantine-expired.js'
import { tellBackInStock } from '../core/flows/notify-when-back.js'
import type { TenantId } from '../core/ids/ids.js'
import type { Clock } from '../core/ports/clock.js'
import type { Ids } from '../core/ports/ids.js'
import type { Notifier } from '../core/ports/notifier.js'
import type { Policy } from '../core/ports/policy.js'
import type { StatementReader } from '../core/ports/statement-reader.js'
import type { Storage } from '../core/ports/storage.js'
import type { TaxSource } from '../core/ports/tax-source.js'
import { createBatcher } from './batcher.js'
import { bindCaller, type OrderManagementFor } from './bind-caller.js'
import { knownTenant, verifiedCaller, type CallerInput } from './caller.js'
import type { Hash } from './record-events.js'
import { readTogether } from './read-together.js'
import { relayMessages, type RelayOptions, type RelayReport } from './relay.js'
import { runCommand, type EngineParts } from './run.js'
import { resolveSettings, type SettingsInput } from './settings.js'
import { startLoop, type Running, type StartOptions } from './start.js'
import { sweepBackorders } from './sweep-backorders.js'
import { sweepBackInStock } from './sweep-back-in-stock.js'
import { sweepExpiredGoods } from './sweep-expired-goods.js'
import { sweepExpiredHolds, type SweepReport } from './sweep.js'
import { withinDeadline } from './within-deadline.js'

export interface OrderManagementParts {
  readonly storage: Storage
  readonly policy: Policy
  /** Who delivers messages, by channel: `{ email: …, sms: … }`. */
  readonly notifiers: Readonly<Record<string, Notifier>>
  /** Readers of bank statements, by the name of their format: `{ csv: … }`. */
  readonly statementReaders: Readonly<Record<string, StatementReader>>
  /** Who says how orders are taxed; the tax table of the settings when left out. */
  readonly taxSource?: TaxSource
  readonly clock: Clock
  readonly ids: Ids
  readonly hash: Hash
  readonly settings: SettingsInput
}

export type { OrderManagementFor }

export interface ReleaseParkedInput {
  /** Left out by hosts that have only one. */
  readonly tenant?: string
  /** The record whose messages are parked, as `{ kind: 'order', id }`. */
  readonly about: { readonly kind: string; readonly id: string }
}

export interface OrderManagement {
  /** The only way to the commands: for a caller that the host has verified. Throws `context_required` when there is none. */
  as(caller: CallerInput): OrderManagementFor
  /**
   * Delivers what waits in the outbox, of all tenants, once. For the host's own scheduler; several may run at once. Rejects with a
   * `StorageError` when the store is in trouble.
   */
  relay(options?: RelayOptions): Promise<RelayReport>
  /** Puts parked messages about one record back in line, when what parked them is mended; answers how many. */
  releaseParked(input: ReleaseParkedInput): Promise<number>
  /**
   * Ends the holds of stock and capacity of a tenant whose time is over, tells the customers who still wait for goods that are back, and takes expired goods out of
   * what is available. Each is a command (`inventory.expireHold`, `capacity.expireHold`, `inventory.tellBackInStock`, `inventory.quarantineExpired`) of the actor `{ kind: 'system', id: 'sweeper' }`, so the policy is asked; rejects with
   * `CommandFailed` when it forbids.
   */
  sweep(options?: { readonly tenant?: string }): Promise<SweepReport>
  /** Relays and sweeps again and again, for hosts without a scheduler of their own, until it is stopped. Nothing runs before it is called. */
  start(options?: StartOptions): Running
}

export const assembleOrderManagement = (parts: OrderManagementParts): OrderManagement => {
  const { storage, policy, clock, ids, hash, notifiers } = parts
  const resolved = resolveSettings(parts.settings, Object.keys(notifiers))
  const { deadline } = resolved.batcher
  const engine: EngineParts = {
    storage,
    looked: readTogether(storage, clock),
    batcher: createBatcher(storage, clock, resolved.batcher),
    policy,
    ids,
    hash,
    settings: resolved.settings,
    statementReaders: parts.statementReaders,
    clock,
    ...(parts.taxSource !== undefined && { taxes: { source: parts.taxSource, ...resolved.taxSource } }),
    deadline,
  }
  const relay = (options?: RelayOptions): Promise<RelayReport> =>
    relayMessages({ storage, clock, notifiers, settings: resolved.relay, deadline }, options)
  const sweep = async (tenant: TenantId): Promise<SweepReport> => {
    const sweeper = { tenant, actor: { kind: 'system', id: 'sweeper' } } as const
    const report = await sweepExpiredHolds(
      {
        storage,
        clock,
        deadline,
        expireHold: (reservation) => runCommand(engine, sweeper, expireHold, { reservation }),
        expireCapacityHold: (booking) => runCommand(engine, sweeper, expireCapacityHold, { booking }),
      },
      tenant,
    )
    const told = await sweepBackInStock(
      { storage, clock, deadline, tell: (level) => runCommand(engine, sweeper, tellBackInStock, level) },
      tenant,
    )
    const filled = await sweepBackorders(
      { storage, clock, deadline, fill: (level) => runCommand(engine, sweeper, fillBackorderQueue, level) },
      tenant,
    )
    const expiredAt = await sweepExpiredGoods(
      {
        storage,
        clock,
        deadline,
        quarantine: (level) => runCommand(engine, sweeper, quarantineExpired, level),
      },
      tenant,
    )
    return {
      ...report,
      ...(expiredAt > 0 && { expiredAt }),
      ...(told > 0 && { told }),
      ...(filled > 0 && { filled }),
    }
  }

  return {
    as: (input) => bindCaller(engine, verifiedCaller(input)),
    relay,
    releaseParked: async ({ tenant, about }) => {
      const known = knownTenant(tenant)
      return withinDeadline(clock, deadline, () => storage.release(known, { kind: about.kind, id: about.id }))
    },
    sweep: async (options = {}) => sweep(knownTenant(options.tenant)),
    start: (options = {}) => {
      const tenants =
        options.tenants === undefined ? [knownTenant(undefined)] : options.tenants.map(knownTenant)
      const tasks = [
        ...(options.relay === false ? [] : [() => relay()]),
        ...(options.sweep === false ? [] : tenants.map((tenant) => () => sweep(tenant))),
      ]
      return startLoop(clock, options.every ?? 1_000, tasks, options.onError)
    },
  }
}
