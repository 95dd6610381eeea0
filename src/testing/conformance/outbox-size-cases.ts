import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { NewMessage, Storage } from '../../core/ports/storage.js'
import { plus, type Instant } from '../../core/time/instant.js'
import type { ConformanceCase } from './conformance-case.js'
import { identityOf, longLease, settlement } from './sample-messages.js'
import { message, put, sampleKey, sending, together } from './sample-writes.js'
import { conformanceCase, shortSpan, tenant } from './store-under-test.js'

/** More than a relay asks for at once, and more than one statement takes in most databases. */
const many = 1_200

export const outboxSizeCases: readonly ConformanceCase[] = [
  conformanceCase(
    'NO1 keeps every message of an update, and hands out as many as are asked for',
    'A batch tells many customers at once; the mail that is cut off is missed by nobody but them.',
    async ({ storage }) => {
      await queueMany(storage, many)
      const first = await storage.claim(1_000, longLease)
      strictEqual(first.length, 1_000, 'as many as were asked for')
      const rest = await storage.claim(many, longLease)
      deepStrictEqual(
        [...first, ...rest].map((one) => one.about.id).toSorted(),
        Array.from({ length: many }, (_, index) => customer(index).id).toSorted(),
      )
    },
  ),

  conformanceCase(
    'NO2 settles every result of one call',
    'What is left unsettled of a long list is sent again when its lease ends.',
    async ({ storage, pass, now }) => {
      await queueMany(storage, many)
      const claimed = await storage.claim(many, 3 * shortSpan)
      strictEqual(claimed.length, many)
      const at = await now()
      await storage.settle(claimed.map((one) => settlement(one, 'delivered', at)))
      await pass(4 * shortSpan)
      deepStrictEqual(await storage.claim(many, longLease), [])
    },
  ),

  conformanceCase(
    'settles each result of one call by its own outcome, and those under a good fence beside one under an old',
    'A relay settles what it sent together; one bounced address must not decide for the others.',
    async ({ storage, pass, now }) => {
      await queueMany(storage, 4)
      const [sent, bounced, later, old] = await storage.claim(4, longLease)
      ok(sent !== undefined && bounced !== undefined && later !== undefined && old !== undefined)
      const at = plus(await now(), 2 * shortSpan)
      await storage.settle([
        { ...settlement(old, 'parked', at), fence: old.fence - 1 },
        settlement(sent, 'delivered', at),
        settlement(bounced, 'parked', at),
        { ...identityOf(later), outcome: 'retry', at, reason: 'the channel was down' },
      ])
      deepStrictEqual(
        await Promise.all([sent, bounced, later, old].map((one) => storage.release(tenant, one.about))),
        [0, 1, 0, 0],
        'one of them was parked',
      )
      await pass(3 * shortSpan)
      const again = await storage.claim(4, longLease)
      deepStrictEqual(again.map((one) => one.id).toSorted(), [bounced.id, later.id].toSorted())
    },
  ),

  conformanceCase(
    'hands out the oldest first within one claim too',
    'A relay sends what it claimed from the top; when it is stopped half-way the newest must be what is left.',
    async ({ storage }) => {
      const ages = [2, 4, 1, 3, 5]
      await storage.update(tenant, [sampleKey('ada')], (records, now) =>
        together(
          put(sampleKey('ada'), records.get(sampleKey('ada')), {}),
          sending(...ages.map((age) => message(customer(age), 1, plus(now, -age * shortSpan)))),
        ),
      )
      deepStrictEqual(
        (await storage.claim(10, longLease)).map((one) => one.about.id),
        [5, 4, 3, 2, 1].map((age) => customer(age).id),
      )
    },
  ),
]

const customer = (number: number) => sampleKey(`customer-${number}`)

/** One message to each of so many customers, all in one update. */
const queueMany = (storage: Storage, count: number): Promise<void> => {
  const batch = sampleKey('batch')
  const messages = (now: Instant): readonly NewMessage[] =>
    Array.from({ length: count }, (_, index) => message(customer(index), 1, now))
  return storage.update(tenant, [batch], (records, now) =>
    together(put(batch, records.get(batch), { count }), sending(...messages(now))),
  )
}
