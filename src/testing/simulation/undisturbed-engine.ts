import type { OrderManagement } from '../../app/order-management.js'
import { trustHost } from '../../core/ports/policy.js'
import type { Storage } from '../../core/ports/storage.js'
import { createOrderManagement } from '../../create-order-management.js'
import { countedIds } from '../counted-ids.js'
import { passThrough } from '../pass-through.js'
import { longestHoldSeconds } from './step-checks.js'
import type { World } from './world.js'

/** A process that nothing disturbs: no fault strikes it, and nobody else has a turn before it answers. */
export const undisturbedEngine = (world: World, storage: Storage, idSeries: number): OrderManagement => {
  const life = { name: 'undisturbed', alive: () => true }
  return createOrderManagement({
    storage,
    policy: trustHost,
    clock: {
      ...world.time.clockOf(life, world.scheduler),
      soon: (callback) => {
        setImmediate(callback)
      },
      // No time passes while it works. A timer that it left behind for a moment would be the next thing to happen in the simulation.
      after: () => () => undefined,
    },
    ids: countedIds(idSeries),
    notifiers: {
      email: {
        deliver: async (notification) => {
          world.mailbox.delivered.push(notification)
        },
      },
    },
    statementReaders: world.workload.statementReaders ?? {},
    ...(world.workload.taxSource !== undefined && { taxSource: world.workload.taxSource }),
    settings: { ...world.workload.settings, longestHoldSeconds },
  })
}

/** The store with everybody told of what is committed and claimed; adds what that breaks to `broken`. */
export const watchedStore = (world: World, store: Storage, broken: string[]): Storage => ({
  ...passThrough(store),
  update: async (tenant, keys, decide) => {
    let commit = (): readonly string[] => []
    await store.update(tenant, keys, (records, now) => {
      const writes = decide(records, now)
      commit = () => world.shadow.commit(writes)
      return writes
    })
    broken.push(...commit())
  },
  claim: async (limit, lease) => {
    const now = world.time.storeClock.now()
    const claimed = await store.claim(limit, lease)
    broken.push(...world.claims.claimed(claimed, now, lease))
    return claimed
  },
  settle: async (results) => {
    await store.settle(results)
    world.claims.settled(results)
  },
})
