import { countedIds, fixedClock, recordingNotifier, type TestClock } from 'orderwright/testing'
import {
  createOrderManagement,
  memoryStorage,
  trustHost,
  type CallerInput,
  type OrderManagement,
  type OrderManagementFor,
  type Policy,
  type PolicyRequest,
  type Storage,
} from 'orderwright'
import { freshKey } from '../desk.js'
import { plainReader } from '../random-trade.js'
import { watched, type WatchedStorage } from '../watched-storage.js'
import { openShelves, type Shelves } from './shelves.js'
import { openSales, type Sales } from './sales.js'

/** A business in which every command and every query there is has something to work on. */
export interface World extends Shelves, Sales {
  readonly tenant: string
  readonly oms: OrderManagement
  /** Everything as the user `ada`, on behalf of a customer, within a request and for a cause. */
  readonly clerk: OrderManagementFor
  readonly storage: WatchedStorage
  readonly clock: TestClock
  /** What the policy was asked since the world was opened. */
  readonly asked: PolicyRequest[]
  /** Exchanges the policy. */
  become(policy: Policy): void
}

export const caller: CallerInput = {
  actor: { kind: 'user', id: 'ada' },
  onBehalfOf: { kind: 'customer', id: 'lin' },
  requestId: 'request-1',
  cause: 'a-click',
}

export interface WorldOptions {
  readonly tenant?: string
  /** The store, where several worlds share one; in memory when left out. */
  readonly storage?: Storage
  /** That of the store, where one is given. */
  readonly clock?: TestClock
}

export const settings = {
  dunning: [{ daysOverdue: 1, topic: 'payment_reminder' }],
  smallDifferences: { EUR: '1.00' },
  paymentTerms: { net14: { due: { rule: 'days', days: 14 } } },
  legalEntities: {
    branch: {
      invoice: { pattern: 'B{number}', digits: 6 },
      credit_note: { pattern: 'BC{number}', digits: 6 },
    },
  },
} as const

/** Order management over a store, with nothing in it yet. */
export const emptyWorld = ({ tenant = 'main', storage, clock = fixedClock() }: WorldOptions = {}) => {
  const asked: PolicyRequest[] = []
  let current: Policy = trustHost
  const watch = watched(storage ?? memoryStorage({ clock }))
  const oms = createOrderManagement({
    storage: watch,
    clock,
    ids: countedIds(),
    notifiers: { email: recordingNotifier() },
    statementReaders: { plain: plainReader },
    policy: (request) => {
      asked.push(request)
      return current(request)
    },
    settings,
  })
  const as = (who: CallerInput) => oms.as({ ...who, tenant })
  const become = (policy: Policy): void => {
    current = policy
  }
  return { tenant, oms, as, clerk: as(caller), storage: watch, clock, asked, become }
}

export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const empty = emptyWorld(options)
  // Another person than the one under test: who has counted cannot approve.
  const { orThrow } = empty.as({ actor: { kind: 'user', id: 'bob' } })
  const stocked = await stockWorld(orThrow)
  empty.storage.takeWrites()
  empty.asked.length = 0
  return { ...empty, ...stocked }
}

export const stockWorld = async (orThrow: OrderManagementFor['orThrow']): Promise<Shelves & Sales> => ({
  ...(await openShelves(orThrow)),
  ...(await openSales(orThrow)),
})

export { freshKey }
