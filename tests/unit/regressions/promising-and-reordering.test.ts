import { describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { newKey, openShop, stock } from '../../support/shop.js'

describe('what users of other systems suffered from when stock was promised or reordered', () => {
  it('medusajs/medusa #16502, vendurehq/vendure #2702: two lines of one SKU are never promised the same goods', async () => {
    const { oms } = openShop()
    await stock(oms, 'MUG', 5, '12.50')
    await oms.orThrow.inventory.expect({ sku: 'MUG', quantity: 5, expectedOn: '2026-03-09' }, newKey())
    const twice = [
      { sku: 'MUG', quantity: 3 },
      { sku: 'MUG', quantity: 3 },
    ]
    expect(await oms.orThrow.inventory.promiseOrder({ lines: twice })).toMatchObject({
      together: '2026-03-09',
      lines: [{ promisedOn: '2026-03-01' }, { promisedOn: '2026-03-09' }],
    })
  })

  it('medusajs/medusa #12532: a kit is as early as its last component, and shares it with single sales', async () => {
    const { oms } = openShop()
    await stock(oms, 'CUP', 4, '3.00')
    await stock(oms, 'LID', 2, '1.00')
    await oms.orThrow.inventory.expect({ sku: 'LID', quantity: 4, expectedOn: '2026-03-05' }, newKey())
    await oms.orThrow.catalog.define({
      sku: 'SET',
      name: 'Cup with lid',
      price: { amount: '3.50', currency: 'EUR' },
      components: [
        { sku: 'CUP', quantity: 1 },
        { sku: 'LID', quantity: 1 },
      ],
    })
    const ask = async (quantity: number) => oms.orThrow.inventory.promise({ sku: 'SET', quantity })
    expect(await ask(2)).toMatchObject({ promisedOn: '2026-03-01' })
    expect(await ask(3)).toMatchObject({ promisedOn: '2026-03-05' })
    expect(await ask(5)).not.toHaveProperty('promisedOn')
    const shared = [
      { sku: 'LID', quantity: 2 },
      { sku: 'SET', quantity: 1 },
    ]
    expect(await oms.orThrow.inventory.promiseOrder({ lines: shared })).toMatchObject({
      lines: [{ promisedOn: '2026-03-01' }, { promisedOn: '2026-03-05' }],
    })
  })

  it('frappe/erpnext #24519: reserved stock is neither promised again nor left out of what to order', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 10, '12.50')
    await oms.orThrow.inventory.configureReorder({ sku: 'MUG', point: 4, upTo: 10 })
    await oms.orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'MUG', quantity: 7 }], seconds: 600 },
      newKey(),
    )
    expect(await oms.orThrow.inventory.promise({ sku: 'MUG', quantity: 4 })).not.toHaveProperty('promisedOn')
    const { vendors } = await oms.orThrow.replenishment.requirements({})
    expect(vendors).toMatchObject([{ lines: [{ sku: 'MUG', position: 3, quantity: 7 }] }])
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 10, reserved: 7 })
  })

  it('magento/inventory #2130: what is incoming does not drift when a delivery is short, changed and given up', async () => {
    const shop = openShop()
    const { oms } = shop
    await stock(oms, 'MUG', 1, '12.50')
    const { inventory } = oms.orThrow
    await inventory.expect({ id: 'PO', sku: 'MUG', quantity: 10, expectedOn: '2026-03-09' }, newKey())
    await inventory.receive({ sku: 'MUG', quantity: 4, expected: 'PO' }, newKey())
    await inventory.changeExpected({ expected: 'PO', quantity: 12 })
    await inventory.receive({ sku: 'MUG', quantity: 3, expected: 'PO' }, newKey())
    await inventory.cancelExpected({ expected: 'PO', reason: 'bankrupt' })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 8, incoming: 0 })
  })
})
