import { expect, it } from 'vitest'
import { denyAll, trustHost } from 'orderwright'
import { createSimulator, countedIds, fixedClock, unsureStorage } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import { singleTenant } from '../../src/core/ids/ids.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import { passThrough } from '../../src/testing/pass-through.js'
import { plantDrift } from '../support/plant-drift.js'

// What the simulator has found keeps its seed here, beside a test that says what it was.

it('SE6 records a denial once, although the acknowledgement of its commit was lost', async () => {
  const clock = fixedClock()
  const storage = memoryStorage({ clock })
  const { inventory } = createOrderManagement({
    storage: unsureStorage(storage, ['committed']),
    policy: denyAll,
    clock,
    ids: countedIds(),
  }).as({ actor: { kind: 'user', id: 'ada' } })
  const answer = await inventory.receive({ sku: 'mug', quantity: 1 }, { idempotencyKey: 'k-1' })
  expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  const [denial, ...others] = (await storage.find(singleTenant, { kind: 'denial' })).items
  expect(others).toEqual([])
  expect(denial?.version).toBe(1)
  const events: number[] = []
  for await (const { version } of storage.history(singleTenant, denial?.key ?? { kind: '', id: '' }))
    events.push(version)
  expect(events).toEqual([1])
})

it('EV9 writes nothing of a command for which the n-th id could not be drawn, be it that of a message', async () => {
  const clock = fixedClock()
  const storage = memoryStorage({ clock })
  const counted = countedIds()
  let left = Infinity
  const drawn = (draw: () => string) => () => {
    left -= 1
    if (left < 0) throw new Error('no id was to be had')
    return draw()
  }
  const { orThrow, orders } = createOrderManagement({
    storage,
    policy: trustHost,
    clock,
    ids: { random: drawn(counted.random), ordered: drawn(counted.ordered), number: drawn(counted.number) },
    notifiers: { email: { deliver: async () => undefined } },
  }).as({ actor: { kind: 'user', id: 'ada' } })
  await orThrow.catalog.define({ sku: 'mug', name: 'Mug', price: { amount: '9.99', currency: 'EUR' } })
  await orThrow.inventory.receive({ sku: 'mug', quantity: 5 }, { idempotencyKey: 'opening' })
  const everything = async () => [
    ...(await storage.find(singleTenant, { kind: 'order' })).items,
    ...(await storage.find(singleTenant, { kind: 'stock' })).items,
  ]
  const before = await everything()
  const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'mug', quantity: 2 }] }
  let failures = 0
  for (; ; failures += 1) {
    left = failures
    const placed = await orders.place(order, { idempotencyKey: 'k-1' }).catch(() => undefined)
    left = Infinity
    if (placed?.ok === true) break
    expect(await everything(), `after ${failures} ids`).toEqual(before)
  }
  expect(failures).toBeGreaterThan(5)
})

it('SE6 seed 1366 finds every denial on record once', async () => {
  const simulator = await createSimulator()
  expect((await simulator.run(1366)).violations).toEqual([])
})

it('F55 books no compensation, and says so, where a read left the level out: the next call puts it right', async () => {
  const clock = fixedClock()
  const storage = memoryStorage({ clock })
  let leavesOut = true
  const { orThrow, inventory } = createOrderManagement({
    storage: {
      ...passThrough(storage),
      read: async (tenant, keys) =>
        (await storage.read(tenant, keys)).filter(({ key }) => !(leavesOut && key.kind === 'stock')),
    },
    policy: trustHost,
    clock,
    ids: countedIds(),
  }).as({ actor: { kind: 'user', id: 'ada' } })
  await orThrow.catalog.define({ sku: 'mug', name: 'Mug', price: { amount: '9.99', currency: 'EUR' } })
  await orThrow.inventory.receive({ sku: 'mug', quantity: 5 }, { idempotencyKey: 'opening' })
  await plantDrift<{ reserved: number }>(storage, 'stock', 'main/mug', (level) => ({ ...level, reserved: 1 }))
  const compensate = () => inventory.compensate({ sku: 'mug', reason: 'audit' }, { idempotencyKey: 'k-1' })
  expect(await compensate()).toMatchObject({ ok: false, error: { code: 'version_conflict' } })
  leavesOut = false
  expect(await compensate()).toMatchObject({ ok: true, value: { reserved: 0 } })
})
