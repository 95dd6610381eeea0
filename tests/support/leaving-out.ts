import type { Storage } from '../../src/core/ports/storage.js'
import { passThrough } from '../../src/testing/pass-through.js'

/** A store whose reads without a lock leave out the records of a kind, as one does that has not caught up yet: what is locked is there. */
export const leavingOut = (storage: Storage, kind: string, isBehind = () => true): Storage => ({
  ...passThrough(storage),
  read: async (tenant, keys) =>
    (await storage.read(tenant, keys)).filter(({ key }) => key.kind !== kind || !isBehind()),
})
