import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSimulator } from 'orderwright/testing'
import { openLmdbStorage } from './open-lmdb-storage.js'

/** Clients, clocks and faults that the seed decides, over the real store, which is closed and opened again; answers what was wrong. */
export const simulate = async (seeds: readonly number[]): Promise<readonly string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'orderwright-lmdb-'))
  let files = 0
  const simulator = await createSimulator({
    openStore: async (clock) => {
      const path = join(folder, `${(files += 1)}.lmdb`)
      let storage = await openLmdbStorage(path, { clock })
      return {
        storage,
        reopen: async () => {
          await storage.close()
          storage = await openLmdbStorage(path, { clock })
          return storage
        },
        close: () => storage.close(),
      }
    },
  })
  const violations: string[] = []
  for (const seed of seeds) {
    const run = await simulator.run(seed)
    violations.push(...run.violations.map((violation) => `seed ${seed}: ${violation}`))
  }
  await rm(folder, { recursive: true })
  return violations
}
