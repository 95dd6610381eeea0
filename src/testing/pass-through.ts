import type { Storage } from '../core/ports/storage.js'

/** The store itself, method by method: what a wrapper overrides is all it changes, however the adapter is built. */
export const passThrough = (storage: Storage): Storage => ({
  read: (tenant, keys) => storage.read(tenant, keys),
  update: (tenant, keys, decide) => storage.update(tenant, keys, decide),
  find: (tenant, query) => storage.find(tenant, query),
  history: (tenant, key, after) => storage.history(tenant, key, after),
  claim: (limit, lease) => storage.claim(limit, lease),
  settle: (results) => storage.settle(results),
  release: (tenant, about) => storage.release(tenant, about),
  health: () => storage.health(),
})
