import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import type { TenantId } from '../../core/ids/ids.js'
import type { Storage } from '../../core/ports/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { append, message, put, sampleKey, sending, together } from './sample-writes.js'
import { collect, conformanceCase, otherTenant, plainRecord, shortSpan, tenant } from './store-under-test.js'

const ada = sampleKey('ada')

export const tenantCases: readonly ConformanceCase[] = [
  conformanceCase(
    'SE1 keeps the records of two tenants apart, even under the same key',
    'One customer of the host would see, or change, the orders of another.',
    async ({ storage }) => {
      await name(storage, tenant, 'ours')
      strictEqual((await storage.read(otherTenant, [ada])).length, 0, 'a foreign record is a missing one')
      await name(storage, otherTenant, 'theirs')
      await name(storage, otherTenant, 'theirs, changed')
      const [ours] = (await storage.read(tenant, [ada])).map(plainRecord)
      const [theirs] = (await storage.read(otherTenant, [ada])).map(plainRecord)
      deepStrictEqual([ours?.version, ours?.state], [1, { name: 'ours' }])
      deepStrictEqual([theirs?.version, theirs?.state], [2, { name: 'theirs, changed' }])
      await storage.update(otherTenant, [ada], (records) => put(ada, records.get(ada), null))
      strictEqual((await storage.read(tenant, [ada])).length, 1, 'removing theirs leaves ours')
    },
  ),

  conformanceCase(
    'SE1 keeps the events of two tenants apart',
    'An audit trail with the events of somebody else is a breach and does not verify.',
    async ({ storage }) => {
      await name(storage, tenant, 'ours')
      await name(storage, otherTenant, 'theirs')
      await name(storage, otherTenant, 'theirs, changed')
      const namesOf = async (owner: TenantId) =>
        (await collect(storage.history(owner, ada))).map((event) => eventName(event.body))
      deepStrictEqual(await namesOf(tenant), ['ours'])
      deepStrictEqual(await namesOf(otherTenant), ['theirs', 'theirs, changed'])
    },
  ),

  conformanceCase(
    'SE1 finds records of the one tenant only, page by page',
    'A cursor of one tenant must not open the list of another.',
    async ({ storage }) => {
      for (const id of ['a', 'b', 'c', 'd']) {
        const owner = id === 'a' || id === 'c' ? tenant : otherTenant
        const key = sampleKey(id)
        await storage.update(owner, [key], (records) =>
          put(key, records.get(key), { id }, { status: 'open', size: 1 }),
        )
      }
      const query = { kind: 'sample', where: { status: 'open' }, range: { entry: 'size', from: 0 }, limit: 1 }
      const idsOf = async (owner: TenantId, cursor?: string) => {
        const page = await storage.find(owner, { ...query, ...(cursor !== undefined && { cursor }) })
        return { ids: page.items.map((item) => item.key.id), next: page.next }
      }
      const first = await idsOf(tenant)
      deepStrictEqual(first.ids, ['a'])
      deepStrictEqual((await idsOf(tenant, first.next)).ids, ['c'])
      deepStrictEqual((await idsOf(otherTenant, first.next)).ids, ['b'])
    },
  ),

  conformanceCase(
    'SE1 hands out every message under its own tenant, which alone can settle or release it',
    'A relay serves all tenants; a message under the wrong one is mail to a stranger.',
    async ({ storage, pass }) => {
      for (const owner of [tenant, otherTenant]) {
        await storage.update(owner, [ada], (records, now) =>
          together(put(ada, records.get(ada), { owner }), sending(message(ada, 1, now, owner))),
        )
      }
      const claimed = await storage.claim(10, shortSpan)
      deepStrictEqual(claimed.map((one) => one.tenant).toSorted(), [tenant, otherTenant].toSorted())
      const ours = claimed.find((one) => one.tenant === tenant)
      const theirs = claimed.find((one) => one.tenant === otherTenant)
      const { id = '', fence = 0 } = ours ?? {}
      await storage.settle([
        { tenant: otherTenant, id, fence, outcome: 'delivered' },
        {
          tenant: otherTenant,
          id: theirs?.id ?? '',
          fence: theirs?.fence ?? 0,
          outcome: 'parked',
          reason: 'gone',
        },
      ])
      strictEqual(await storage.release(tenant, ada), 0, 'the message that is parked is theirs')
      await pass(3 * shortSpan)
      const again = await storage.claim(10, shortSpan)
      deepStrictEqual(
        again.map((one) => [one.tenant, one.id]),
        [[tenant, id]],
        'ours was not settled by them, and theirs is parked',
      )
      strictEqual(await storage.release(otherTenant, ada), 1)
    },
  ),
]

const name = (storage: Storage, owner: TenantId, text: string): Promise<void> =>
  storage.update(owner, [ada], (records, now) =>
    append(ada, records.get(ada), { name: text }, [named(text)], now, owner),
  )

const named = (text: string) => ({ type: 'Named', name: text })

const eventName = (body: string): unknown =>
  (JSON.parse(body) as { readonly event: { readonly name: string } }).event.name
