import { memoryStorage } from '../../adapters/memory/memory-storage.js'
import { keyMap } from '../../core/ids/key-map.js'
import { trustHost } from '../../core/ports/policy.js'
import type { NewMessage, RecordWrite, Storage, Writes } from '../../core/ports/storage.js'
import type { Instant } from '../../core/time/instant.js'
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
  /** When it was done: the first client comes then. */
  readonly endedAt: Instant
  /** What of its messages was sent before anybody came: all but the newest few, of which the first relay has work enough. */
  readonly delivered: readonly NewMessage[]
  writeTo(store: Storage): Promise<void>
}

export const simulatedCaller = { actor: { kind: 'user', id: 'ada' }, requestId: 'simulated' } as const

export const recordOpening = async (workload: Workload): Promise<Opening> => {
  const clock = fixedClock(epoch)
  const shadow = createShadow()
  const written: Writes[] = []
  const store = memoryStorage({ clock })
  const recording = (checked: boolean): Storage => ({
    ...passThrough(store),
    update: (tenant, keys, decide) =>
      store.update(tenant, keys, (records, now) => {
        const writes = decide(records, now)
        const broken = shadow.commit(writes)
        if (checked && broken.length > 0) throw new Error(broken.join('; '))
        written.push(writes)
        return writes
      }),
  })
  const management = createOrderManagement({
    storage: recording(true),
    policy: trustHost,
    clock,
    ids: countedIds(),
    notifiers: { email: { deliver: async () => undefined } },
    statementReaders: workload.statementReaders ?? {},
    settings: workload.settings ?? {},
    ...(workload.taxSource !== undefined && { taxSource: workload.taxSource }),
  })
  await workload.open(management.as(simulatedCaller), management, { clock, storage: recording(false) })
  const messages = written.flatMap((writes) => writes.messages)
  const waiting = messages.slice(-mostWaiting)
  const all = { records: recordsAfter(written), events: written.flatMap(({ events }) => events) }
  const keys = all.records.map(({ key }) => key)
  return {
    shadow,
    endedAt: clock.now(),
    delivered: messages.slice(0, -mostWaiting),
    writeTo: (store) => store.update(shadowTenant, keys, () => ({ ...all, messages: waiting })),
  }
}

const mostWaiting = 5

/** Each record as its last commit left it, as one commit into an empty store. */
const recordsAfter = (written: readonly Writes[]): readonly RecordWrite[] => {
  const records = keyMap<RecordWrite>()
  for (const write of written.flatMap((writes) => writes.records)) {
    if (write.state === null) records.delete(write.key)
    else records.set(write.key, { ...write, before: 0 })
  }
  return [...records.values()]
}
