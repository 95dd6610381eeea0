import type { Storage, Writes } from '../../src/core/ports/storage.js'

/** Passes everything on and keeps what was written, so that the limit writes exactly the same rows. */
export const recordWrites = (storage: Storage, written: Writes[]): Storage => ({
  ...storage,
  update: (tenant, keys, decide) =>
    storage.update(tenant, keys, (records, now) => {
      const writes = decide(records, now)
      written.push(writes)
      return writes
    }),
})
