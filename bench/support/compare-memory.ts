import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import type { Writes } from '../../src/core/ports/storage.js'
import { compare } from '../harness.js'
import { openEngine } from './open-engine.js'
import { recordWrites } from './record-writes.js'
import { prebuildRows, unavoidableParts } from './unavoidable-parts.js'
import type { WorkLoad } from './work-load.js'

/** The engine on the memory store against the unavoidable parts of the same work, done by hand. */
export const compareMemory = async (name: string, load: WorkLoad, operations: number): Promise<void> => {
  const written: Writes[] = []
  const recorded = openEngine(recordWrites(memoryStorage(), written))
  await load.stockUp(recorded)
  written.length = 0
  await load.run(recorded, 0, operations, 1)
  const rows = written.map(prebuildRows)

  await compare({
    name,
    unit: 'us/op',
    rounds: 7,
    ours: async () => {
      const oms = openEngine(memoryStorage())
      await load.stockUp(oms)
      globalThis.gc?.()
      const start = performance.now()
      await load.run(oms, 0, operations, 256)
      return { operations, milliseconds: performance.now() - start }
    },
    limit: () => {
      globalThis.gc?.()
      const start = performance.now()
      unavoidableParts(rows, load.parse)
      return { operations, milliseconds: performance.now() - start }
    },
  })
}
