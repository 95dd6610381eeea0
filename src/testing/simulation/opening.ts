import { memoryStorage } from '../../adapters/memory/memory-storage.js'
import type { Key } from '../../core/ids/key.js'
import { trustHost } from '../../core/ports/policy.js'
import type { Storage, Writes } from '../../core/ports/storage.js'
import { createOrderManagement } from '../../create-order-management.js'
import { countedIds } from '../counted-ids.js'
import { passThrough } from '../pass-through.js'
import { fixedClock } from '../test-clock.js'
import { epoch } from './epoch.js'
import { createShadow, shadowTenant, type Shadow } from './shadow.js'
import type { Workload } from './workload.js'

/** The shop before anybody comes: what was written to make it, to be written again into every store that is simulated over. */
export interface Opening {
  readonly shadow: Shadow
  writeTo(store: Storage): Promise<void>
}

export const simulatedCaller = { actor: { kind: 'user', id: 'ada' }, requestId: 'simulated' } as const

export const recordOpening = async (workload: Workload): Promise<Opening> => {
  const clock = fixedClock(epoch)
  const shadow = createShadow()
  const written: { readonly keys: readonly Key[]; readonly writes: Writes }[] = []
  const store = memoryStorage({ clock })
  const storage: Storage = {
    ...passThrough(store),
    update: (tenant, keys, decide) =>
      store.update(tenant, keys, (records, now) => {
        const writes = decide(records, now)
        const broken = shadow.commit(writes)
        if (broken.length > 0) throw new Error(broken.join('; '))
        written.push({ keys, writes })
        return writes
      }),
  }
  const management = createOrderManagement({
    storage,
    policy: trustHost,
    clock,
    ids: countedIds(),
    notifiers: { email: { deliver: async () => undefined } },
    statementReaders: workload.statementReaders ?? {},
  })
  await workload.open(management.as(simulatedCaller), management)
  return {
    shadow,
    writeTo: async (store) => {
      for (const { keys, writes } of written) await store.update(shadowTenant, keys, () => writes)
    },
  }
}
