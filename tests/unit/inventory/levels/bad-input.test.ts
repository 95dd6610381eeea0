import type { OrderManagementFor } from 'orderwright'
import { beforeAll, describe, expect, it } from 'vitest'
import { newKey, openShop, stock } from '../../../support/shop.js'

/** Rows 1 to 11 of the catalog of bad input, as far as they are about one quantity of whole pieces. */
const badQuantities: readonly (readonly [row: number, quantity: unknown, rule: string])[] = [
  [1, -1, 'quantity.min'],
  [2, 0, 'quantity.min'],
  [3, 1.5, 'quantity.integer'],
  [4, 1e21, 'quantity.max'],
  [5, Number.NaN, 'number.finite'],
  [6, Number.POSITIVE_INFINITY, 'number.finite'],
  [7, -0, 'quantity.min'],
  [8, '5', 'type'],
  [9, '0x10', 'type'],
  [9, '1e3', 'type'],
  [9, '１２', 'type'],
  [11, true, 'type'],
  [11, null, 'type'],
  [11, [1], 'type'],
  [11, {}, 'type'],
]

describe('bad quantities of stock', () => {
  let oms: OrderManagementFor
  let transfer: string
  let count: string
  beforeAll(async () => {
    oms = openShop().oms
    await stock(oms, 'MUG', 10, '12.50')
    const goods = { from: 'main', to: 'annex', lines: [{ sku: 'MUG', quantity: 5 }] }
    transfer = (await oms.orThrow.transfers.plan(goods, newKey())).transfer
    await oms.orThrow.transfers.ship({ transfer })
    count = (await oms.orThrow.counts.open({ skus: ['MUG'] }, newKey())).count
  })

  const commands: Readonly<Record<string, (quantity: never) => Promise<unknown>>> = {
    'inventory.quarantine': (quantity) =>
      oms.inventory.quarantine({ sku: 'MUG', quantity, reason: 'x' }, newKey()),
    'inventory.releaseFromQuarantine': (quantity) =>
      oms.inventory.releaseFromQuarantine({ sku: 'MUG', quantity, reason: 'x' }, newKey()),
    'inventory.scrap': (quantity) => oms.inventory.scrap({ sku: 'MUG', quantity, reason: 'x' }, newKey()),
    'transfers.plan': (quantity) =>
      oms.transfers.plan({ from: 'main', to: 'annex', lines: [{ sku: 'MUG', quantity }] }, newKey()),
    'transfers.receive': (quantity) =>
      oms.transfers.receive({ transfer, lines: [{ line: 'L1', quantity }] }, newKey()),
    'catalog.define': (step) => oms.catalog.define({ sku: 'MUG', name: 'Mug', orderQuantity: { step } }),
  }

  describe.each(Object.entries(commands))('%s', (_name, send) => {
    it.each(badQuantities)('row %i: refuses %j as %s', async (_row, quantity, rule) => {
      expect(await send(quantity as never)).toMatchObject({
        error: { code: 'validation_failed', issues: [{ rule }] },
      })
    })
  })

  it.each(badQuantities.filter(([row]) => row !== 2 && row !== 7))(
    'row %i: a count refuses %j',
    async (_row, counted, rule) => {
      const lines = [{ sku: 'MUG', counted: counted as never }]
      expect(await oms.counts.record({ count, lines })).toMatchObject({
        error: { issues: [{ rule: rule === 'quantity.min' ? 'quantity.negative' : rule }] },
      })
    },
  )

  it('refuses fields that nobody knows, everywhere', async () => {
    const more = { isAdmin: true } as object
    const answers = await Promise.all([
      oms.inventory.quarantine({ sku: 'MUG', quantity: 1, reason: 'x', ...more }, newKey()),
      oms.transfers.plan({ from: 'a', to: 'b', lines: [{ sku: 'MUG', quantity: 1 }], ...more }, newKey()),
      oms.counts.open({ skus: ['MUG'], ...more }, newKey()),
      oms.inventory.compensate({ sku: 'MUG', reason: 'x', ...more }, newKey()),
    ])
    for (const answer of answers) {
      expect(answer).toMatchObject({ error: { issues: [{ path: ['isAdmin'], rule: 'unknownField' }] } })
    }
    expect(await oms.inventory.availability({ skus: ['MUG'], ...more })).toMatchObject({
      error: { issues: [{ rule: 'unknownField' }] },
    })
  })

  it('row 39: a SKU and a channel named like what every object has are names like any other', async () => {
    for (const sku of ['constructor', 'toString']) {
      await stock(oms, sku, 3, '1.00')
      await oms.orThrow.inventory.configure({
        sku,
        keepBack: { channels: [{ channel: 'constructor', quantity: 2 }] },
      })
      const { items } = await oms.orThrow.inventory.availability({ skus: [sku], channel: 'constructor' })
      expect(items).toMatchObject([{ sku, availableNow: 1 }])
      expect(
        (await oms.orThrow.inventory.availability({ skus: [sku], channel: 'toString' })).items,
      ).toMatchObject([{ availableNow: 3 }])
    }
  })

  it('names nothing, or too much, only within limits', async () => {
    expect(await oms.inventory.availability({ skus: [] })).toMatchObject({
      error: { issues: [{ rule: 'lines.min' }] },
    })
    expect(await oms.counts.open({ skus: [] }, newKey())).toMatchObject({
      error: { issues: [{ rule: 'lines.min' }] },
    })
    const lines = Array.from({ length: 501 }, () => ({ sku: 'MUG', quantity: 1 }))
    expect(await oms.transfers.plan({ from: 'main', to: 'annex', lines }, newKey())).toMatchObject({
      error: { code: 'limit_exceeded', details: { limit: 'linesPerOrder', most: 500 } },
    })
  })
})
