import { countedIds, fixedClock, recordingNotifier } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { newKey, stock } from '../../support/shop.js'

const open = async () => {
  const clock = fixedClock()
  const email = recordingNotifier()
  const management = createOrderManagement({
    storage: memoryStorage({ clock }),
    policy: trustHost,
    clock,
    ids: countedIds(),
    notifiers: { email },
  })
  const oms = management.as({ actor: { kind: 'user', id: 'ada' } })
  await stock(oms, 'MUG', 10, '12.50')
  const told = async (topic: string) => {
    await management.relay()
    return email.delivered.filter((message) => message.topic === topic)
  }
  const sell = (quantity: number) =>
    oms.orThrow.orders.place({ channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity }] }, newKey())
  return { management, oms, told, sell, clock }
}

describe('the restock alert', () => {
  it('M39 M122 F45 is told in the commit that crosses the point, once, and again after the level has risen', async () => {
    const { oms, told, sell } = await open()
    await oms.orThrow.inventory.configureReorder({ sku: 'MUG', point: 4, orderQuantity: 10 })
    await sell(5)
    expect(await told('restock_due')).toEqual([])
    await sell(1)
    expect(await told('restock_due')).toMatchObject([
      {
        content: { sku: 'MUG', name: 'A MUG', location: 'main', position: 4, point: 4, unit: 'C62' },
        recipient: { role: 'staff' },
      },
    ])
    await sell(1)
    await sell(1)
    expect(await told('restock_due')).toHaveLength(1)
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, newKey())
    await sell(3)
    expect(await told('restock_due')).toHaveLength(2)
  })

  it('F45 counts what is on its way, and is not told again when that comes in', async () => {
    const { oms, told, sell } = await open()
    const { inventory } = oms.orThrow
    await inventory.configureReorder({ sku: 'MUG', point: 4, upTo: 20 })
    await sell(7)
    await inventory.expect({ id: 'PO', sku: 'MUG', quantity: 17, expectedOn: '2026-03-05' }, newKey())
    await sell(2)
    expect(await told('restock_due')).toHaveLength(1)
    await inventory.receive({ sku: 'MUG', quantity: 17, expected: 'PO' }, newKey())
    expect(await told('restock_due')).toHaveLength(1)
  })

  it('F45 is not told for a moment below the point within one command', async () => {
    const { oms, told, sell } = await open()
    const { inventory } = oms.orThrow
    await inventory.expect({ id: 'PO', sku: 'MUG', quantity: 20, expectedOn: '2026-03-05' }, newKey())
    await inventory.configureReorder({ sku: 'MUG', point: 12, orderQuantity: 10 })
    await sell(9)
    await inventory.receive({ sku: 'MUG', quantity: 20, expected: 'PO' }, newKey())
    expect(await told('restock_due')).toEqual([])
  })

  it('F45 is told at once by a rule that is set when the level is low already, and no more without a rule', async () => {
    const { oms, told, sell } = await open()
    const { inventory } = oms.orThrow
    expect(await inventory.configureReorder({ sku: 'MUG', point: 10, orderQuantity: 10 })).toEqual({
      sku: 'MUG',
      location: 'main',
      position: 10,
      point: 10,
    })
    expect(await told('restock_due')).toHaveLength(1)
    await inventory.configureReorder({ sku: 'MUG', point: 11, orderQuantity: 10 })
    expect(await told('restock_due')).toHaveLength(1)
    expect(await inventory.stopReorder({ sku: 'MUG' })).not.toHaveProperty('point')
    await inventory.receive({ sku: 'MUG', quantity: 10 }, newKey())
    await sell(15)
    expect(await told('restock_due')).toHaveLength(1)
    expect(await oms.inventory.stopReorder({ sku: 'MUG' })).toMatchObject({
      error: { code: 'invalid_state' },
    })
  })

  it('M42 F44 is shown with the level, in the unit of the SKU', async () => {
    const { oms } = await open()
    await oms.orThrow.catalog.define({ sku: 'TEA', name: 'Tea', unit: { code: 'KGM', digits: 3 } })
    await oms.orThrow.inventory.receive({ sku: 'TEA', quantity: '4.5' }, newKey())
    const rule = { point: '5', upTo: '20.5', multiple: '0.25', leadTimeDays: 3 }
    expect(await oms.orThrow.inventory.configureReorder({ sku: 'TEA', ...rule })).toMatchObject({
      position: '4.5',
      point: '5',
    })
    expect((await oms.orThrow.inventory.level({ sku: 'TEA' })).reorder).toEqual({ ...rule, due: true })
    const { vendors } = await oms.orThrow.replenishment.requirements({})
    expect(vendors[0]?.lines[0]).toMatchObject({ sku: 'TEA', unit: 'KGM', quantity: '16', position: '4.5' })
    const finer = { point: '0.0001', upTo: '1' }
    expect(await oms.inventory.configureReorder({ sku: 'TEA', ...finer })).toMatchObject({
      error: { issues: [{ path: ['point'], rule: 'quantity.precision' }] },
    })
  })

  it.each([
    [{ point: 5 }, [], 'reorder.quantity'],
    [{ point: 5, orderQuantity: 5, upTo: 10 }, [], 'reorder.quantity'],
    [{ point: 5, upTo: 5 }, ['upTo'], 'reorder.upTo'],
    [{ point: -1, upTo: 5 }, ['point'], 'quantity.negative'],
    [{ point: 5, orderQuantity: 0 }, ['orderQuantity'], 'quantity.min'],
    [{ point: 5, upTo: 9, multiple: 0 }, ['multiple'], 'quantity.min'],
    [{ point: 5, upTo: 9, leadTimeDays: -1 }, ['leadTimeDays'], 'leadTime.range'],
    [{ point: 5, upTo: 9, leadTimeDays: 1.5 }, ['leadTimeDays'], 'leadTime.range'],
  ])('refuses the rule %o', async (rule, path, broken) => {
    const { oms } = await open()
    expect(await oms.inventory.configureReorder({ sku: 'MUG', ...rule })).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path, rule: broken }] },
    })
  })

  it('M46 takes a lead time of zero days', async () => {
    const { oms } = await open()
    expect(
      await oms.inventory.configureReorder({ sku: 'MUG', point: 0, upTo: 5, leadTimeDays: 0 }),
    ).toMatchObject({ ok: true })
  })
})

describe('goods that are back', () => {
  const waiting = async (customers: number) => {
    const shop = await open()
    await shop.sell(10)
    for (let number = 1; number <= customers; number += 1) {
      const id = `C${number}`
      await shop.oms.orThrow.parties.register(
        { id, roles: ['customer'], name: `Customer ${number}`, email: `c${number}@example.com` },
        newKey(),
      )
      await shop.oms.orThrow.inventory.notifyWhenBack({ sku: 'MUG', party: id })
    }
    return shop
  }

  it('F46 are told to each customer who asked, once, in the commit that brings them', async () => {
    const { oms, told } = await waiting(2)
    await oms.orThrow.inventory.notifyWhenBack({ sku: 'MUG', party: 'C1' })
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, newKey())
    expect(await told('back_in_stock')).toMatchObject([
      { recipient: { role: 'customer', email: 'c1@example.com' }, content: { sku: 'MUG', name: 'A MUG' } },
      { recipient: { role: 'customer', email: 'c2@example.com' } },
    ])
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, newKey())
    expect(await told('back_in_stock')).toHaveLength(2)
  })

  it('F46 are not told while they belong to those who wait for their orders', async () => {
    const { oms, told, sell } = await waiting(1)
    await oms.orThrow.inventory.configure({ sku: 'MUG', safetyStock: 0, backorderAllowance: 5 })
    await sell(5)
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, newKey())
    expect(await told('back_in_stock')).toEqual([])
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 1 }, newKey())
    expect(await told('back_in_stock')).toHaveLength(1)
  })

  it('F46 are told by the sweep to whoever was beyond the bound of one commit', async () => {
    const { management, oms, told } = await waiting(60)
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, newKey())
    expect(await told('back_in_stock')).toHaveLength(50)
    expect(await management.sweep()).toEqual({ expired: 0, refused: 0, told: 10 })
    expect(await told('back_in_stock')).toHaveLength(60)
    expect(await management.sweep()).toEqual({ expired: 0, refused: 0 })
  })

  it('F46 are told by the sweep when they came free in another way', async () => {
    const { management, oms, told } = await waiting(1)
    await oms.orThrow.inventory.adjust({ sku: 'MUG', quantity: 2, reason: 'found' }, newKey())
    expect(await management.sweep()).toMatchObject({ told: 1 })
    expect(await told('back_in_stock')).toHaveLength(1)
  })

  it('are never told to an erased person', async () => {
    const { oms, told } = await waiting(1)
    await oms.orThrow.parties.erase({ party: 'C1' })
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, newKey())
    expect(await told('back_in_stock')).toEqual([])
  })

  it('cannot be asked for when they are there, by nobody, or for nothing', async () => {
    const { oms } = await waiting(1)
    await oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5 }, newKey())
    expect(await oms.inventory.notifyWhenBack({ sku: 'MUG', party: 'C1' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'in_stock' } },
    })
    expect(await oms.inventory.notifyWhenBack({ sku: 'NONE', party: 'C1' })).toMatchObject({
      error: { code: 'unknown_sku' },
    })
    await oms.orThrow.inventory.adjust({ sku: 'MUG', quantity: -5, reason: 'lost' }, newKey())
    expect(await oms.inventory.notifyWhenBack({ sku: 'MUG', party: 'C9' })).toMatchObject({
      error: { code: 'unknown_party' },
    })
  })
})
