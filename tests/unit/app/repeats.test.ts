import { describe, expect, it } from 'vitest'
import type { Writes } from 'orderwright'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { fixedClock } from '../../../src/testing/test-clock.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { commandCalls } from '../../support/every-call/calls.js'
import { openWorld } from '../../support/every-call/world.js'

const key = { idempotencyKey: 'once' }
const nothing: Writes = { records: [], events: [], messages: [] }

describe('a command under an idempotency key', () => {
  it.each(commandCalls)(
    'F188 F105 ID1 is done once, and answered alike as often as it comes: $name',
    async (call) => {
      const world = await openWorld()
      const input = await call.inputIn(world)
      const first = await call.of(world.clerk)(input, key)
      expect(first).toMatchObject({ ok: true, replayed: false })
      world.storage.takeWrites()
      const later = await Promise.all([call.of(world.clerk)(input, key), call.of(world.clerk)(input, key)])
      expect(later).toEqual([
        { ...first, replayed: true },
        { ...first, replayed: true },
      ])
      expect(world.storage.takeWrites()).toEqual(nothing)
    },
  )

  it.each(commandCalls)(
    'ID2 F184 EV9 commits effect, events, messages and its answer together: $name',
    async (call) => {
      const commits: Writes[] = []
      const clock = fixedClock()
      const storage = memoryStorage({ clock })
      const counting = {
        ...passThrough(storage),
        update: (...[tenant, keys, decide]: Parameters<typeof storage.update>) =>
          storage.update(tenant, keys, (records, now) => {
            const writes = decide(records, now)
            commits.push(writes)
            return writes
          }),
      }
      const world = await openWorld({ storage: counting, clock })
      const input = await call.inputIn(world)
      commits.length = 0
      expect(await call.of(world.clerk)(input, key)).toMatchObject({ ok: true })
      const written = commits.filter(({ records }) => records.length > 0)
      expect(written).toHaveLength(1)
      expect(written[0]?.records.map((record) => `${record.key.kind} ${record.key.id}`)).toContain(
        `idempotency ${call.name}/once`,
      )
      expect(written[0]?.events.length).toBeGreaterThan(0)
    },
  )

  it('EV4 that changes nothing appends nothing: the record keeps its version', async () => {
    const { clerk, storage } = await openWorld()
    const classes = { party: 'C-1', class: 'gold' }
    const first = await clerk.parties.classify(classes)
    storage.takeWrites()
    expect(await clerk.parties.classify(classes)).toEqual(first)
    expect(storage.takeWrites()).toEqual(nothing)
  })
})
