import { beforeEach, describe, expect, it } from 'vitest'
import { confirmed, newKey, openShop, stock, type Shop } from '../../../support/shop.js'
import { movementsOf } from '../../../support/stock-movements.js'

describe('quarantine', () => {
  let shop: Shop
  const inventory = () => shop.oms.orThrow.inventory
  const level = async () => {
    const { onHand, quarantined, available } = await inventory().level({ sku: 'MUG' })
    return { onHand, quarantined, available }
  }
  const goods = (quantity: number, reason = 'damaged') => ({ sku: 'MUG', quantity, reason })

  beforeEach(async () => {
    shop = openShop()
    await stock(shop.oms, 'MUG', 10, '12.50')
  })

  it('F41 ST4 keeps goods on hand and takes them out of what is available', async () => {
    await inventory().quarantine(goods(3), newKey())
    expect(await level()).toEqual({ onHand: 10, quarantined: 3, available: 7 })
  })

  it('F41 gives goods back, or throws them away', async () => {
    await inventory().quarantine(goods(3), newKey())
    await inventory().releaseFromQuarantine(goods(1, 'inspected'), newKey())
    expect(await level()).toEqual({ onHand: 10, quarantined: 2, available: 8 })
    await inventory().scrap(goods(2, 'broken'), newKey())
    expect(await level()).toEqual({ onHand: 8, quarantined: 0, available: 8 })
  })

  it('ST10 F33 leaves one movement each, with reason and document', async () => {
    await inventory().quarantine({ ...goods(3), document: 'QA-17' }, newKey())
    await inventory().releaseFromQuarantine(goods(1, 'inspected'), newKey())
    await inventory().scrap(goods(2, 'broken'), newKey())
    const unnamed = { kind: 'quarantine', id: 'unnamed' }
    expect((await movementsOf(shop.storage, 'main/MUG')).slice(2)).toEqual([
      {
        type: 'StockQuarantined',
        quantity: 3,
        source: { kind: 'quarantine', id: 'QA-17' },
        reason: 'damaged',
      },
      { type: 'StockReleasedFromQuarantine', quantity: 1, source: unnamed, reason: 'inspected' },
      { type: 'StockScrapped', quantity: 2, source: unnamed, reason: 'broken' },
    ])
  })

  it('ST9 leaves what is promised alone', async () => {
    await confirmed(shop.oms, [{ sku: 'MUG', quantity: 8 }])
    expect(await shop.oms.inventory.quarantine(goods(3), newKey())).toMatchObject({
      error: { code: 'stock_below_reserved', details: { reserved: 8 } },
    })
    expect(await shop.oms.inventory.quarantine(goods(2), newKey())).toMatchObject({ ok: true })
  })

  it('refuses more than there is, and to scrap or release what was never set aside', async () => {
    expect(await shop.oms.inventory.quarantine(goods(11), newKey())).toMatchObject({
      error: { code: 'quantity_exceeded', details: { wanted: 11, limit: 10 } },
    })
    await inventory().quarantine(goods(2), newKey())
    for (const command of ['scrap', 'releaseFromQuarantine'] as const) {
      expect(await shop.oms.inventory[command](goods(3), newKey())).toMatchObject({
        error: { code: 'quantity_exceeded', details: { wanted: 3, limit: 2 } },
      })
    }
    expect(await shop.oms.inventory.quarantine(goods(9), newKey())).toMatchObject({
      error: { code: 'quantity_exceeded', details: { wanted: 9, limit: 8 } },
    })
  })

  it('takes no goods from promises, whatever may be backordered, and is not adjusted away', async () => {
    await inventory().configure({ sku: 'MUG', backorderAllowance: 5 })
    await inventory().quarantine(goods(3), newKey())
    await confirmed(shop.oms, [{ sku: 'MUG', quantity: 6 }])
    expect(await shop.oms.inventory.quarantine(goods(2), newKey())).toMatchObject({
      error: { code: 'stock_below_reserved', details: { reserved: 6 } },
    })
    expect(
      await shop.oms.inventory.adjust({ sku: 'MUG', quantity: -8, reason: 'lost' }, newKey()),
    ).toMatchObject({ error: { code: 'quantity_exceeded', details: { wanted: 8, limit: 7 } } })
  })

  it('refuses what is unknown and what is finer than the unit', async () => {
    expect(await shop.oms.inventory.quarantine({ ...goods(1), sku: 'NO' }, newKey())).toMatchObject({
      error: { code: 'unknown_sku' },
    })
    expect(await shop.oms.inventory.quarantine({ ...goods(1), location: 'x' }, newKey())).toMatchObject({
      error: { code: 'unknown_sku' },
    })
    for (const [quantity, rule] of [
      [0, 'quantity.min'],
      [-1, 'quantity.min'],
      [1.5, 'quantity.integer'],
      ['1', 'type'],
      [Number.NaN, 'number.finite'],
    ] as const) {
      expect(
        await shop.oms.inventory.quarantine({ sku: 'MUG', reason: 'x', quantity }, newKey()),
        String(quantity),
      ).toMatchObject({ error: { issues: [{ path: ['quantity'], rule }] } })
    }
  })
})
