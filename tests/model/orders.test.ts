import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { countedIds, fixedClock } from 'orderwright/testing'
import { memoryStorage } from '../../src/adapters/memory/memory-storage.js'
import { createOrderManagement } from '../../src/create-order-management.js'
import { trustHost } from '../../src/core/ports/policy.js'
import { anyCommand, type Real } from './orders/order-commands.js'
import { skus, type Model } from './orders/order-model.js'

const openShop = async (): Promise<{ model: Model; real: Real }> => {
  const clock = fixedClock()
  const storage = memoryStorage({ clock })
  const oms = createOrderManagement({ storage, policy: trustHost, clock, ids: countedIds() }).as({
    actor: { kind: 'user', id: 'ada' },
  })
  let turn = 0
  const key = () => ({ idempotencyKey: `turn-${(turn += 1)}` })
  const model: Model = { stock: new Map(), orders: [], work: [] }
  for (const sku of skus) {
    await oms.orThrow.catalog.define({ sku, name: sku, price: { amount: '1.00', currency: 'EUR' } })
    await oms.orThrow.inventory.receive({ sku, quantity: 20 }, key())
    model.stock.set(sku, { onHand: 20, reserved: 0 })
  }
  return { model, real: { oms, key } }
}

it('M31 ST2 OQ1 OQ7 answers and counts as a model of plain numbers does, whatever is asked in whatever order', async () => {
  const ends = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.commands(anyCommand, { maxCommands: 40, size: 'max' }), async (commands) => {
      const { model, real } = await openShop()
      await fc.asyncModelRun(() => ({ model, real }), commands)
      for (const order of model.orders) ends.add(order.status)
    }),
    { numRuns: 100 },
  )
  expect([...ends].toSorted()).toEqual(['canceled', 'closed', 'confirmed', 'draft', 'placed'])
})
