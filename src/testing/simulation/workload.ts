import type { OrderManagement, OrderManagementFor } from '../../app/order-management.js'
import type { SettingsInput } from '../../app/settings.js'
import type { StatementReader } from '../../core/ports/statement-reader.js'
import type { Storage } from '../../core/ports/storage.js'
import type { TaxSource } from '../../core/ports/tax-source.js'
import type { TestClock } from '../test-clock.js'

/** One thing a client does, with everything it could want to know; each command takes of it what it needs. */
export interface PlannedMove {
  /** A command of the workload, or `relay`, `sweep` or `release`. */
  readonly command: string
  /** Which of the records there are: the n-th order, shipment, hold. */
  readonly pick: number
  readonly quantity: number
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
  readonly amount: string
  readonly flag: boolean
  /** How long nothing happens before it. */
  readonly seconds: number
}

/** A request as it goes over the wire: sent again it is the same, whatever has changed meanwhile. */
export interface Request {
  /** Group and name, as `orders.place`. */
  readonly action: string
  readonly input: unknown
  /** Who asks; the one clerk of the simulation where nobody is named. */
  readonly by?: string
}

/** What is known of the store when a request is made up. */
export interface KnownRecords {
  /** Every id of a kind that was ever written, oldest first. */
  idsOf(kind: string): readonly string[]
  /** The record's state as it was last committed. */
  stateOf(kind: string, id: string): unknown
}

export type InputOf = (move: PlannedMove, known: KnownRecords) => unknown

export const euros = (amount: string) => ({ amount, currency: 'EUR' })

/** What lies beneath the shop while it is made. */
export interface OpeningGround {
  readonly clock: TestClock
  /** The store without the checks: for what is wrong before anybody comes. */
  readonly storage: Storage
}

/** What the simulated clients do. A host puts its own commands and its own amounts here. */
export interface Workload {
  readonly skus: readonly string[]
  /** The commands, each with how often it is drawn compared with the others. */
  readonly commands: Readonly<Record<string, number>>
  /** Lists of commands that work on the same records: most seeds play one or two of them, the others all there is. */
  readonly themes?: readonly (readonly string[])[]
  /** All products are plain pieces and nothing is kept from anybody, so that what a request takes from stock can be read off it. */
  readonly plainGoods?: true
  /** No request names the day on which something is done, so that it is the day of the commit. */
  readonly undated?: true
  /** Those of the commands that only ask: they take no key and leave nothing on record. */
  readonly queries?: readonly string[]
  readonly statementReaders?: Readonly<Record<string, StatementReader>>
  readonly taxSource?: TaxSource
  /** What the shop is set to; deadlines and the longest hold are the simulation's. */
  readonly settings?: Omit<SettingsInput, 'deadline' | 'longestHoldSeconds'>
  /** Makes the shop: products, stock, what there is before anybody comes. Clients come when the clock of `ground` stands as it leaves it. */
  open(oms: OrderManagementFor, management: OrderManagement, ground: OpeningGround): Promise<void>
  request(move: PlannedMove, known: KnownRecords): Request
}

/**
 * One record of a kind, the newest more often than another, or an id that nothing has. With `fits` it is mostly one that does, so that what
 * is asked of it can come true.
 */
export const oneOf = (
  known: KnownRecords,
  kind: string,
  pick: number,
  fits?: (state: unknown) => boolean,
): string => {
  const all = known.idsOf(kind)
  const fit = fits === undefined || pick % 5 === 4 ? [] : all.filter((id) => fits(known.stateOf(kind, id)))
  const ids = fit.length > 0 ? fit : all
  const newest = pick % 2 === 0 ? ids.at(-1 - (pick % 4) / 2) : undefined
  return newest ?? ids[pick % Math.max(1, ids.length)] ?? 'nothing'
}

/** Whether a state has one of these statuses. */
export const inStatus =
  (...statuses: readonly string[]) =>
  (state: unknown): boolean =>
    statuses.includes((state as { readonly status?: string } | undefined)?.status ?? '')
