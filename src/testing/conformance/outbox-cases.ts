import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { Storage } from '../../core/ports/storage.js'
import { plus } from '../../core/time/instant.js'
import type { ConformanceCase } from './conformance-case.js'
import { everyJson } from './every-json.js'
import { expectRejection } from './expect-rejection.js'
import { claimedFrom, identityOf, longLease, plainMessage, queue, settlement } from './sample-messages.js'
import { message, put, recordWrite, sampleKey, sending, together } from './sample-writes.js'
import { conformanceCase, noWrites, shortSpan, tenant, type StoreUnderTest } from './store-under-test.js'

const ada = sampleKey('ada')
const bob = sampleKey('bob')

export const outboxCases: readonly ConformanceCase[] = [
  conformanceCase(
    'NO1 hands out a message as it was written, with its tenant, attempt and fence',
    'The relay has nothing else to write the mail from.',
    async ({ storage }) => {
      const [written] = await queue(storage, ada, [1])
      const [claimed] = await storage.claim(10, longLease)
      ok(written !== undefined && claimed !== undefined, 'the message is claimed')
      deepStrictEqual(plainMessage(claimed), written)
      deepStrictEqual([claimed.tenant, claimed.attempts], [tenant, 1])
      ok(Number.isSafeInteger(claimed.fence) && claimed.fence > 0, 'a fence is a whole number above zero')
    },
  ),

  conformanceCase(
    'NO1 hands out the data of a message as it was written: every script, long texts, nested lists',
    'A customer by the name of Łukasz is not called ?ukasz.',
    async ({ storage }) => {
      await storage.update(tenant, [ada], (records, now) =>
        together(put(ada, records.get(ada), {}), sending({ ...message(ada, 1, now), data: everyJson })),
      )
      deepStrictEqual(claimedFrom(await storage.claim(10, longLease)).data, everyJson)
    },
  ),

  conformanceCase(
    'NO1 keeps no message of an update that failed',
    'The customer is told of an order that was never placed.',
    async ({ storage }) => {
      const failing = storage.update(tenant, [ada], (_records, now) =>
        together(
          { ...noWrites, records: [{ ...recordWrite(ada, undefined, {}), before: 7, version: 8 }] },
          sending(message(ada, 1, now)),
        ),
      )
      await expectRejection(failing, 'adapter_contract', 'ada is not at version 7')
      deepStrictEqual(await storage.claim(10, longLease), [])
    },
  ),

  conformanceCase(
    'NO7 leaves a claimed message to its claimer until the lease ends, then hands it out again under a higher fence',
    'A relay that died must not take its messages with it, and one that lives must not be doubled.',
    async ({ storage, another, pass }) => {
      await queue(storage, ada, [1])
      const [first] = await storage.claim(10, 2 * shortSpan)
      deepStrictEqual(await another.claim(10, shortSpan), [], 'the lease runs')
      await pass(3 * shortSpan)
      const [second] = await another.claim(10, longLease)
      ok(first !== undefined && second !== undefined, 'the message is claimed twice')
      strictEqual(second.id, first.id, 'NO2 the id stays over every attempt')
      strictEqual(second.attempts, 2)
      ok(second.fence > first.fence, `the fence grows: ${first.fence}, then ${second.fence}`)
    },
  ),

  conformanceCase(
    'NO7 ignores a settlement under a fence that is no longer the newest',
    'A relay that slept through its lease would settle what another is sending right now.',
    async ({ storage, pass, now }) => {
      await queue(storage, ada, [1])
      const late = claimedFrom(await storage.claim(10, shortSpan))
      await pass(2 * shortSpan)
      for (const outcome of ['delivered', 'parked', 'retry'] as const) {
        const current = claimedFrom(await storage.claim(10, 2 * shortSpan))
        await storage.settle([settlement(late, outcome, await now())])
        deepStrictEqual(await storage.claim(10, shortSpan), [], `${outcome}: the newer lease still runs`)
        strictEqual(await storage.release(tenant, ada), 0, `${outcome}: nothing was parked`)
        await pass(3 * shortSpan)
        ok(current.fence > late.fence, 'the newer claim has a higher fence')
      }
      const last = claimedFrom(await storage.claim(10, shortSpan))
      await storage.settle([settlement(last, 'delivered', await now())])
      await pass(2 * shortSpan)
      deepStrictEqual(await storage.claim(10, shortSpan), [], 'the newest fence settles')
    },
  ),

  conformanceCase(
    'NO2 never hands out again what was delivered, however often it is settled',
    'Every customer would get every mail twice.',
    async ({ storage, pass, now }) => {
      await queue(storage, ada, [1])
      await queue(storage, bob, [1])
      const claimed = await storage.claim(10, shortSpan)
      strictEqual(claimed.length, 2)
      const settled = await Promise.all(claimed.map(async (one) => settlement(one, 'delivered', await now())))
      await storage.settle(settled)
      await storage.settle(settled)
      await storage.settle([
        { tenant, id: '00000000-0000-7000-8000-00000000dead', fence: 1, outcome: 'delivered' },
      ])
      await storage.settle([])
      await pass(2 * shortSpan)
      deepStrictEqual(await storage.claim(10, shortSpan), [])
    },
  ),

  conformanceCase(
    'NO3 hands out the messages of one record one by one, in the order of their positions',
    'The thank-you must not arrive before the confirmation.',
    async ({ storage, now }) => {
      await queue(storage, ada, [3, 1, 2])
      await queue(storage, bob, [1])
      await queue(storage, ada, [4])
      const positions: number[] = []
      for (let round = 0; round < 4; round += 1) {
        const claimed = await storage.claim(10, longLease)
        const ours = claimed.filter((one) => one.about.id === 'ada')
        strictEqual(ours.length, 1, 'one message of a record at a time')
        deepStrictEqual(await storage.claim(10, longLease), [], 'the next waits for the one before it')
        positions.push(...ours.map((one) => one.position))
        const at = await now()
        await storage.settle(claimed.map((one) => settlement(one, 'delivered', at)))
      }
      deepStrictEqual(positions, [1, 2, 3, 4])
      deepStrictEqual(await storage.claim(10, longLease), [])
    },
  ),

  conformanceCase(
    'NO3 tries again at the time it is told, not before, and holds back what comes after it',
    'A channel that is down is not asked again a thousand times a second.',
    async ({ storage, pass, now }) => {
      await queue(storage, ada, [1, 2])
      const first = claimedFrom(await storage.claim(10, longLease))
      await storage.settle([
        { ...identityOf(first), outcome: 'retry', at: plus(await now(), 2 * shortSpan), reason: 'down' },
      ])
      deepStrictEqual(await storage.claim(10, longLease), [], 'not before its time')
      await pass(3 * shortSpan)
      const again = claimedFrom(await storage.claim(10, longLease))
      deepStrictEqual([again.id, again.attempts], [first.id, 2])
      ok(again.fence > first.fence)
    },
  ),

  conformanceCase(
    'NO5 a parked message holds back its own record only',
    'One address that no mail server takes must not stop the mail of everybody.',
    async ({ storage, pass, now }) => {
      await queue(storage, ada, [1, 2])
      await queue(storage, bob, [1, 2])
      const claimed = await storage.claim(10, shortSpan)
      const at = await now()
      await storage.settle(
        claimed.map((one) => settlement(one, one.about.id === 'ada' ? 'parked' : 'delivered', at)),
      )
      await pass(2 * shortSpan)
      const next = await storage.claim(10, shortSpan)
      deepStrictEqual(
        next.map((one) => [one.about.id, one.position]),
        [['bob', 2]],
      )
    },
  ),

  conformanceCase(
    'NO5 puts parked messages of one record back in line, says how many, and goes on in order',
    'Parked mail is sent when the address is mended; it is never lost.',
    async ({ storage, now }) => {
      await queue(storage, ada, [1, 2])
      await queue(storage, bob, [1])
      const claimed = await storage.claim(10, longLease)
      const at = await now()
      await storage.settle(claimed.map((one) => settlement(one, 'parked', at)))
      deepStrictEqual(await storage.claim(10, longLease), [])
      strictEqual(await storage.release(tenant, ada), 1)
      strictEqual(await storage.release(tenant, ada), 0, 'nothing of it is parked any more')
      const released = claimedFrom(await storage.claim(10, longLease))
      deepStrictEqual(
        [released.about.id, released.position],
        ['ada', 1],
        'at once, for nobody holds a lease on it',
      )
      await storage.settle([settlement(released, 'delivered', at)])
      strictEqual(claimedFrom(await storage.claim(10, longLease)).position, 2)
    },
  ),

  conformanceCase(
    'claims the oldest messages first, and no more than it is asked for',
    'Under load the newest would be sent for ever and the oldest never.',
    async ({ storage, pass, now }) => {
      for (const [about, position] of [
        [ada, 1],
        [bob, 1],
        [ada, 2],
        [sampleKey('cem'), 1],
      ] as const) {
        await queue(storage, about, [position])
        await pass(shortSpan)
      }
      const order: string[] = []
      for (let round = 0; round < 4; round += 1) {
        const claimed = await storage.claim(1, longLease)
        strictEqual(claimed.length, 1, 'one message was asked for')
        order.push(...claimed.map((one) => `${one.about.id} ${one.position}`))
        const at = await now()
        await storage.settle(claimed.map((one) => settlement(one, 'delivered', at)))
      }
      deepStrictEqual(order, ['ada 1', 'bob 1', 'ada 2', 'cem 1'])
    },
  ),

  conformanceCase(
    'claims the oldest first among those that are tried again, too',
    'Whoever had to wait once would wait behind everybody who came since.',
    async ({ storage, pass, now }) => {
      await queue(storage, ada, [1])
      const first = claimedFrom(await storage.claim(1, longLease))
      const at = plus(await now(), 2 * shortSpan)
      await storage.settle([{ ...identityOf(first), outcome: 'retry', at, reason: 'down' }])
      await pass(shortSpan)
      await queue(storage, bob, [1])
      await pass(2 * shortSpan)
      const order: string[] = []
      for (let round = 0; round < 2; round += 1)
        order.push(claimedFrom(await storage.claim(1, longLease)).about.id)
      deepStrictEqual(order, ['ada', 'bob'])
    },
  ),

  conformanceCase(
    'NO4 never skips a message that is committed late',
    'Commits do not come in the order in which they began; a cursor over time or number would pass one by.',
    async ({ storage, pass, now }) => {
      const early = await now()
      await pass(shortSpan)
      await queue(storage, ada, [1])
      await storage.settle([
        settlement(claimedFrom(await storage.claim(10, longLease)), 'delivered', await now()),
      ])
      await storage.update(tenant, [bob], (records) =>
        together(put(bob, records.get(bob), {}), sending(message(bob, 1, early))),
      )
      const late = claimedFrom(await storage.claim(10, longLease))
      deepStrictEqual([late.about, late.createdAt], [bob, early])
    },
  ),

  conformanceCase(
    'NO7 gives every message to one of many relays that claim at once',
    'Every host runs its relay more than once; two claims of one message are two mails.',
    async (store) => {
      const keys = Array.from({ length: 40 }, (_, index) => sampleKey(`customer-${index}`))
      for (const key of keys) await queue(store.storage, key, [1])
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, turn) => relay(store, turn).claim(7, longLease)),
      )
      for (const claim of claims) ok(claim.length <= 7, `a relay asked for 7 and got ${claim.length}`)
      const claimed = claims.flat().map((one) => one.about.id)
      deepStrictEqual(claimed.toSorted(), keys.map((key) => key.id).toSorted())
    },
  ),
]

const relay = ({ storage, another }: StoreUnderTest, turn: number): Storage =>
  turn % 2 === 0 ? storage : another
