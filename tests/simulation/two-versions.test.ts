import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOrderManagement, memoryStorage, trustHost, type Storage } from 'orderwright'
import { openSqliteStorage } from 'orderwright/sqlite'
import { countedIds, createSimulator, fixedClock } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { planFor, type SimulationPlan } from '../../src/testing/simulation/simulation-plan.js'
import { goldenEngine } from '../support/golden-engine.js'
import { plainWorkload } from '../support/plain-workload.js'
import { simulatedSqlite } from '../support/simulated-stores.js'

const older = await goldenEngine('0.1.0')
const engines = [older, createOrderManagement] as const

/** Each process that starts runs the version that the one before it did not. A store that never answers is what 0.1.0 waits for. */
const planOf = (seed: number): SimulationPlan => {
  const plan = planFor(seed, plainWorkload)
  return { ...plan, processes: 2, faults: plan.faults.filter(({ kind }) => !kind.startsWith('silence')) }
}

/** 0.1.0 lists an invoice by less than is listed today. */
const isListedByLess = (violation: string): boolean =>
  /^EV12 invoice\/\S+ is found by what it was before$/.test(violation)

describe('two versions that write to one store at once', () => {
  it.each([
    ['memory', undefined, 60],
    ['SQLite', simulatedSqlite, 3],
  ])('EV8 ID6 keep every promise together in %s', { timeout: 120_000 }, async (_name, openStore, runs) => {
    const options = openStore === undefined ? {} : { openStore }
    const simulator = await createSimulator({ ...options, workload: plainWorkload, engines })
    const good = new Set<string>()
    for (let seed = 1; seed <= runs; seed += 1) {
      const { violations, marks } = await simulator.replay(planOf(seed))
      expect(
        violations.filter((one) => !isListedByLess(one)),
        `seed ${seed}`,
      ).toEqual([])
      for (const mark of marks.keys()) good.add(mark)
    }
    for (const mark of ['orders.place ok', 'an answer given again']) expect(good).toContain(mark)
  })
})

const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'mug', quantity: 2 }] } as const
const shipTo = { name: 'Ada', street: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' }
const placed = { idempotencyKey: 'cart 1' }

describe.each([
  ['memory', async () => ({ storage: memoryStorage({ clock: fixedClock() }), close: () => undefined })],
  [
    'SQLite',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'orderwright-'))
      const storage = await openSqliteStorage(join(folder, 'orders.db'), { clock: fixedClock() })
      const close = async (): Promise<void> => {
        storage.close()
        await rm(folder, { recursive: true })
      }
      return { storage, close }
    },
  ],
] satisfies readonly (readonly [string, () => Promise<{ readonly storage: Storage; close(): unknown }>])[])(
  'what one version keeps in %s',
  (_name, open) => {
    const both = async () => {
      const { storage, close } = await open()
      const [before, after] = engines.map((engine, place) =>
        engine({ storage, policy: trustHost, clock: fixedClock(), ids: countedIds(place + 1) }).as({
          actor: { kind: 'user', id: 'ada' },
        }),
      )
      if (before === undefined || after === undefined) throw new Error('there are two versions')
      await before.orThrow.catalog.define({
        sku: 'mug',
        name: 'Mug',
        price: { amount: '9.99', currency: 'EUR' },
      })
      await before.orThrow.inventory.receive({ sku: 'mug', quantity: 9 }, { idempotencyKey: 'opening' })
      return { before, after, close }
    }

    it('ID6 ID8 the other answers again under the same key, and refuses under it what was not asked', async () => {
      const { before, after, close } = await both()
      for (const [first, second, key] of [
        [before, after, 'cart 1'],
        [after, before, 'cart 2'],
      ] as const) {
        const answer = await first.orders.place(order, { idempotencyKey: key })
        expect(answer).toMatchObject({ ok: true, replayed: false })
        const again = await second.orders.place(order, { idempotencyKey: key })
        expect(again).toEqual({ ...answer, replayed: true })
        const other = await second.orders.place({ ...order, channel: 'shop' }, { idempotencyKey: key })
        expect(other).toMatchObject({ ok: false, error: { code: 'idempotency_key_reused' } })
      }
      await close()
    })

    // What later versions hash apart, so that it can be erased, 0.1.0 hashes with the rest.
    it('ID6 the other does not do again where personal data is part of it: the newer answers again, the older refuses', async () => {
      const { before, after, close } = await both()
      const delivered = { ...order, shipTo }
      const first = await before.orders.place(delivered, { idempotencyKey: 'cart 1' })
      expect(await after.orders.place(delivered, { idempotencyKey: 'cart 1' })).toEqual({
        ...first,
        replayed: true,
      })
      await after.orThrow.orders.place(delivered, { idempotencyKey: 'cart 2' })
      expect(await before.orders.place(delivered, { idempotencyKey: 'cart 2' })).toMatchObject({
        ok: false,
        error: { code: 'idempotency_key_reused' },
      })
      expect(await after.orThrow.inventory.level({ sku: 'mug' })).toMatchObject({ reserved: 4 })
      await close()
    })

    it('EV8 both fold, and find whole, what they wrote in turns', async () => {
      const { before, after, close } = await both()
      const { order: id } = await before.orThrow.orders.place({ ...order, shipTo }, placed)
      await after.orThrow.orders.confirm({ order: id })
      const { fulfillments } = await before.orThrow.fulfillments.plan({ order: id })
      const { shipment } = await after.orThrow.fulfillments.pack({
        fulfillment: fulfillments[0]?.fulfillment ?? '',
      })
      const { invoice, total } = await before.orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
      expect(total).toEqual({ amount: '19.98', currency: 'EUR' })
      await after.orThrow.invoices.credit(
        { invoice: invoice ?? '', reason: 'goodwill' },
        { idempotencyKey: 'credit' },
      )
      expect((await before.orThrow.orders.get({ order: id })).status).toBe(
        (await after.orThrow.orders.get({ order: id })).status,
      )
      for (const version of [before, after]) {
        for (const kind of ['order', 'stock', 'fulfillment', 'shipment', 'invoice', 'credit_note']) {
          const { findings, records } = await version.orThrow.verifyAudit({ kind })
          expect(findings, kind).toEqual([])
          expect(records, kind).toBeGreaterThan(0)
        }
      }
      await close()
    })
  },
)
