import type { Storage } from '../../core/ports/storage.js'
import { passThrough } from '../pass-through.js'

/** The store as one command sees it inside of a transaction that is rolled back: its update comes to a good end, and nothing of it stays. */
export const rolledBack = (store: Storage): Storage => ({
  ...passThrough(store),
  update: async (tenant, keys, decide) => {
    try {
      await store.update(tenant, keys, (records, now) => {
        decide(records, now)
        throw new RolledBack()
      })
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error
    }
  },
})

class RolledBack extends Error {}
