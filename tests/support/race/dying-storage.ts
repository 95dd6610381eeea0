import type { Storage } from '../../../src/core/ports/storage.js'
import { passThrough } from '../../../src/testing/pass-through.js'

/** A store whose process kills itself at a step: before a call, after it, and between the decision and the writing. */
export interface DyingStorage extends Storage {
  /** From now on, at the so-manieth step; 0 for never. */
  dieAt(step: number): void
}

export const dyingStorage = (storage: Storage): DyingStorage => {
  let left = 0
  const step = (): void => {
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
  const around = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    step()
    const value = await work()
    step()
    return value
  }
  return {
    ...passThrough(storage),
    read: (tenant, keys) => around(() => storage.read(tenant, keys)),
    update: (tenant, keys, decide) =>
      around(() =>
        storage.update(tenant, keys, (records, now) => {
          const writes = decide(records, now)
          step()
          return writes
        }),
      ),
    find: (tenant, query) => around(() => storage.find(tenant, query)),
    claim: (limit, lease) => around(() => storage.claim(limit, lease)),
    settle: (results) => around(() => storage.settle(results)),
    dieAt: (at) => {
      left = at
    },
  }
}
