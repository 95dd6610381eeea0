import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import type { TenantId } from '../../core/ids/ids.js'
import type { OutboxMessage, Storage } from '../../core/ports/storage.js'
import { plus, type Milliseconds } from '../../core/time/instant.js'
import type { ConformanceCase } from './conformance-case.js'
import { longLease } from './sample-messages.js'
import { message, put, sampleKey, sending, together } from './sample-writes.js'
import { conformanceCase, otherTenant, shortSpan, tenant } from './store-under-test.js'

const backlog = 1_000
const thirdTenant = 'third' as TenantId

export const outboxTurnCases: readonly ConformanceCase[] = [
  conformanceCase(
    'lets a tenant with 1,000 waiting messages hold up no message of another',
    'The import of one shop must not keep the confirmations of all the others until it is done.',
    async ({ storage }) => {
      await queueFor(storage, tenant, backlog, 2 * shortSpan)
      await queueFor(storage, otherTenant, 1, 0)
      const first = await storage.claim(10, longLease)
      deepStrictEqual(countsOf(first), { [tenant]: 9, [otherTenant]: 1 }, 'what is left of a turn goes on')
      const rest = await storage.claim(2 * backlog, longLease)
      strictEqual(rest.length, backlog - 9, 'and everything comes in the end')
    },
  ),

  conformanceCase(
    'takes the oldest of each tenant in turn, then the second of each',
    'A relay sends from the top what it claimed; whoever comes last there waits for all before.',
    async ({ storage }) => {
      await queueFor(storage, tenant, 4, 3 * shortSpan)
      await queueFor(storage, otherTenant, 2, 2 * shortSpan)
      await queueFor(storage, thirdTenant, 1, shortSpan)
      const claimed = await storage.claim(6, longLease)
      deepStrictEqual(countsOf(claimed.slice(0, 3)), { [tenant]: 1, [otherTenant]: 1, [thirdTenant]: 1 })
      deepStrictEqual(countsOf(claimed.slice(3, 5)), { [tenant]: 1, [otherTenant]: 1 })
      for (const owner of [tenant, otherTenant]) {
        const ages = claimed.filter((one) => one.tenant === owner).map((one) => one.createdAt)
        deepStrictEqual(ages, ages.toSorted(), 'of one tenant the oldest come first')
      }
    },
  ),

  conformanceCase(
    'goes on from one claim to the next with the tenants whose turn it was not',
    'A relay that claims less than there are tenants would serve the same few for ever.',
    async ({ storage }) => {
      for (const owner of [tenant, otherTenant, thirdTenant]) await queueFor(storage, owner, 5, shortSpan)
      for (const limits of [
        [1, 1, 1],
        [2, 1],
        [1, 2],
      ]) {
        const round: OutboxMessage[] = []
        for (const limit of limits) round.push(...(await storage.claim(limit, longLease)))
        deepStrictEqual(countsOf(round), { [tenant]: 1, [otherTenant]: 1, [thirdTenant]: 1 })
      }
      ok((await storage.claim(10, longLease)).length === 6, 'nothing is claimed twice, nothing left out')
    },
  ),
]

/** So many messages of a tenant, each about a record of its own, the first of them so long ago and each a little younger. */
const queueFor = (storage: Storage, owner: TenantId, count: number, age: Milliseconds): Promise<void> =>
  storage.update(owner, [sampleKey('batch')], (records, now) =>
    together(
      put(sampleKey('batch'), records.get(sampleKey('batch')), { count }),
      sending(
        ...Array.from({ length: count }, (_, place) =>
          message(sampleKey(`customer-${place}`), 1, plus(now, Math.min(0, place - age)), owner),
        ),
      ),
    ),
  )

const countsOf = (messages: readonly OutboxMessage[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { tenant: owner } of messages) counts[owner] = (counts[owner] ?? 0) + 1
  return counts
}
