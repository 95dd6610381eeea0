import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { ConformanceCase } from './conformance-case.js'
import { claimedFrom, longLease, queue, settlement } from './sample-messages.js'
import { sampleKey } from './sample-writes.js'
import { conformanceCase, shortSpan, tenant } from './store-under-test.js'

const ada = sampleKey('ada')
const bob = sampleKey('bob')

export const outboxTimeCases: readonly ConformanceCase[] = [
  conformanceCase(
    'NO7 lends a message for the whole of the lease that was asked for',
    'A slow mail server answers late in the lease; by then another relay must not have sent the mail again.',
    async ({ storage, another, movable, pass }) => {
      await queue(storage, ada, [1])
      const lease = 15 * shortSpan
      const claimed = claimedFrom(await storage.claim(10, lease))
      if (!movable) {
        const before = performance.now()
        await pass(8 * shortSpan)
        const taken = await another.claim(10, longLease)
        // On a machine that slept through the lease the answer proves nothing.
        if (performance.now() - before < lease - shortSpan) deepStrictEqual(taken, [], 'the lease runs')
        return
      }
      await pass(lease - 1)
      deepStrictEqual(await another.claim(10, longLease), [], 'the last millisecond of the lease runs')
      await pass(1)
      strictEqual(claimedFrom(await another.claim(10, longLease)).id, claimed.id, 'the lease is over')
    },
  ),

  conformanceCase(
    'NO2 settles a claim whose lease is over, as long as nobody has claimed it since',
    'The mail went out, if late; to forget that is to send it twice.',
    async ({ storage, pass, now }) => {
      await queue(storage, ada, [1])
      const claimed = claimedFrom(await storage.claim(10, shortSpan))
      await pass(2 * shortSpan)
      await storage.settle([settlement(claimed, 'delivered', await now())])
      deepStrictEqual(await storage.claim(10, longLease), [])
    },
  ),

  conformanceCase(
    'NO5 gives a released message all its attempts again, under a fence above all before',
    'An address is mended after the last attempt; without new ones the next failure parks it again at once.',
    async ({ storage, now }) => {
      await queue(storage, ada, [1])
      await storage.settle([
        settlement(claimedFrom(await storage.claim(10, longLease)), 'retry', await now()),
      ])
      const parked = claimedFrom(await storage.claim(10, longLease))
      strictEqual(parked.attempts, 2)
      await storage.settle([settlement(parked, 'parked', await now())])
      strictEqual(await storage.release(tenant, ada), 1)
      const released = claimedFrom(await storage.claim(10, longLease))
      deepStrictEqual([released.id, released.attempts], [parked.id, 1])
      ok(released.fence > parked.fence, `the fence grows: ${parked.fence}, then ${released.fence}`)
      await storage.settle([settlement(parked, 'delivered', await now())])
      await storage.settle([settlement(released, 'retry', await now())])
      strictEqual(
        claimedFrom(await storage.claim(10, longLease)).id,
        parked.id,
        'the claim before it settles nothing',
      )
    },
  ),

  conformanceCase(
    'NO1 keeps messages, leases and settlements when the store is closed and opened again',
    'A restart must neither lose the mail nor send all of it once more.',
    async ({ storage, reopen, pass, now }) => {
      if (reopen === undefined) return
      const cem = sampleKey('cem')
      for (const about of [ada, bob, cem]) {
        await queue(storage, about, [1])
        await pass(1)
      }
      const [toAda, toBob] = await storage.claim(2, 10 * shortSpan)
      ok(toAda !== undefined && toBob !== undefined, 'two messages are claimed')
      await storage.settle([settlement(toAda, 'delivered', await now())])
      const reopened = await reopen()
      strictEqual(claimedFrom(await reopened.claim(10, longLease)).about.id, 'cem', 'one waited')
      await pass(11 * shortSpan)
      const again = claimedFrom(await reopened.claim(10, longLease))
      deepStrictEqual([again.id, again.attempts], [toBob.id, 2])
      ok(again.fence > toBob.fence, 'the fence has gone on')
    },
    ['reopen'],
  ),
]
