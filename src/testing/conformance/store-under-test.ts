import { setTimeout as pause } from 'node:timers/promises'
import { singleTenant, type TenantId } from '../../core/ids/ids.js'
import type { Storage, StoredRecord, Writes } from '../../core/ports/storage.js'
import type { Key } from '../../core/ids/key.js'
import type { Instant, Milliseconds } from '../../core/time/instant.js'
import type { ConformanceCase, OpenedStorage, OpenStorage } from './conformance-case.js'

export const tenant = singleTenant
export const otherTenant = 'other' as TenantId

/** An opened store with what nearly every case does to it. */
export interface StoreUnderTest extends Pick<OpenedStorage, 'reopen' | 'disconnect' | 'hold'> {
  readonly storage: Storage
  /** Another connection to the same store, or the same handle where there is only one. */
  readonly another: Storage
  /** Whether instants can be foretold. */
  readonly movable: boolean
  readonly now: () => Promise<Instant>
  /** Lets time pass for the store: `shortSpan` or a few of them. */
  readonly pass: (span: Milliseconds) => Promise<void>
  /** The stored record without what an adapter may add to it. */
  readonly record: (key: Key) => Promise<StoredRecord | undefined>
}

/** Long enough to tell instants apart, short enough to be waited for. */
export const shortSpan: Milliseconds = 200

/** A case whose store is opened before and closed after it, whatever happens between. */
export const conformanceCase = (
  name: string,
  why: string,
  body: (store: StoreUnderTest) => Promise<void>,
  needs: ConformanceCase['needs'] = [],
): ConformanceCase => ({
  name,
  why,
  needs,
  run: (open) => onFreshStore(open, body),
})

const onFreshStore = async (
  open: OpenStorage,
  body: (store: StoreUnderTest) => Promise<void>,
): Promise<void> => {
  const opened = await open()
  const { storage, clock } = opened
  try {
    await body({
      ...opened,
      another: opened.another ?? storage,
      movable: clock !== undefined,
      now: async () => {
        let read: Instant | undefined
        await storage.update(tenant, [{ kind: 'sample', id: 'clock' }], (_records, now) => {
          read = now
          return noWrites
        })
        return read as Instant
      },
      pass: async (span) => {
        if (clock === undefined) await pause(span)
        else clock.advance(span)
      },
      record: async (key) => {
        const [found] = await storage.read(tenant, [key])
        return found === undefined ? undefined : plainRecord(found)
      },
    })
  } finally {
    await opened.close?.()
  }
}

export const noWrites: Writes = { records: [], events: [], messages: [] }

/** Exactly what the port names: stores may hand out more beside it. */
export const plainRecord = ({ key, version, state, chain }: StoredRecord): StoredRecord => ({
  key: { kind: key.kind, id: key.id },
  version,
  state,
  chain,
})

export const collect = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const collected: Item[] = []
  for await (const item of items) collected.push(item)
  return collected
}
