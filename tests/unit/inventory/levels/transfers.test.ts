import { beforeEach, describe, expect, it } from 'vitest'
import { stockKind } from '../../../../src/core/inventory/stock-level.js'
import { confirmed, newKey, openShop, stock, type Shop } from '../../../support/shop.js'
import { movementsOf } from '../../../support/stock-movements.js'

describe('a transfer between locations', () => {
  let shop: Shop
  const inventory = () => shop.oms.orThrow.inventory
  const transfers = () => shop.oms.orThrow.transfers
  const level = async (location: string, sku = 'MUG') => {
    const { onHand, reserved, incoming, available } = await inventory().level({ sku, location })
    return { onHand, reserved, incoming, available }
  }
  const plan = async (quantity: number, more: object = {}) =>
    (
      await transfers().plan(
        { from: 'main', to: 'annex', lines: [{ sku: 'MUG', quantity }], ...more },
        newKey(),
      )
    ).transfer

  beforeEach(async () => {
    shop = openShop()
    await stock(shop.oms, 'MUG', 10, '12.50')
  })

  it('F43 ST8 counts goods in transit once: as incoming of the destination', async () => {
    const transfer = await plan(4)
    expect(await level('main')).toEqual({ onHand: 10, reserved: 0, incoming: 0, available: 10 })
    expect(await transfers().ship({ transfer })).toEqual({ transfer, status: 'shipped' })
    expect(await level('main')).toEqual({ onHand: 6, reserved: 0, incoming: 0, available: 6 })
    expect(await level('annex')).toEqual({ onHand: 0, reserved: 0, incoming: 4, available: 0 })
    expect(await transfers().receive({ transfer }, newKey())).toEqual({ transfer, status: 'received' })
    expect(await level('annex')).toEqual({ onHand: 4, reserved: 0, incoming: 0, available: 4 })
  })

  it('ST10 moves with one movement at each end, and the transfer as its source', async () => {
    const transfer = await plan(4)
    await transfers().ship({ transfer })
    await transfers().receive({ transfer }, newKey())
    const source = { kind: 'transfer', id: transfer }
    expect((await movementsOf(shop.storage, 'main/MUG')).at(-1)).toEqual({
      type: 'StockTransferredOut',
      quantity: 4,
      source,
    })
    expect(await movementsOf(shop.storage, 'annex/MUG')).toEqual([
      { type: 'StockLevelOpened', sku: 'MUG', location: 'annex' },
      { type: 'StockExpected', quantity: 4, source },
      { type: 'StockTransferredIn', quantity: 4, source },
    ])
  })

  it('receives in parts, and leaves the rest on the way', async () => {
    const transfer = await plan(5)
    await transfers().ship({ transfer })
    await transfers().receive({ transfer, lines: [{ line: 'L1', quantity: 2 }] }, newKey())
    expect(await transfers().get({ transfer })).toMatchObject({
      status: 'partially_received',
      lines: [{ quantity: 5, received: 2, missing: 0, onTheWay: 3 }],
    })
    expect(await level('annex')).toMatchObject({ onHand: 2, incoming: 3 })
    await transfers().receive({ transfer, lines: [{ line: 'L1', quantity: 3 }] }, newKey())
    expect(await transfers().get({ transfer })).toMatchObject({ status: 'received' })
    expect(await level('annex')).toMatchObject({ onHand: 5, incoming: 0 })
  })

  it('F43 books what never comes with its reason: less than was shipped is never silent', async () => {
    const transfer = await plan(5)
    await transfers().ship({ transfer })
    const lines = [{ line: 'L1', quantity: 3 }]
    await transfers().receive({ transfer, lines, missing: 'broken' }, newKey())
    expect(await transfers().get({ transfer })).toMatchObject({
      status: 'received',
      lines: [{ received: 3, missing: 2, onTheWay: 0 }],
    })
    expect(await level('annex')).toMatchObject({ onHand: 3, incoming: 0 })
    expect((await movementsOf(shop.storage, 'annex/MUG')).at(-1)).toEqual({
      type: 'StockNoLongerExpected',
      quantity: 2,
      source: { kind: 'transfer', id: transfer },
      reason: 'broken',
    })
  })

  it('books all of it as missing when nothing comes', async () => {
    const transfer = await plan(5)
    await transfers().ship({ transfer })
    await transfers().receive({ transfer, lines: [], missing: 'stolen' }, newKey())
    expect(await level('annex')).toMatchObject({ onHand: 0, incoming: 0 })
    expect(await shop.oms.transfers.receive({ transfer, lines: [] }, newKey())).toMatchObject({
      error: { issues: [{ path: ['lines'], rule: 'lines.min' }] },
    })
  })

  it('refuses a reason for nothing: all has come', async () => {
    const transfer = await plan(5)
    await transfers().ship({ transfer })
    expect(await shop.oms.transfers.receive({ transfer, missing: 'broken' }, newKey())).toMatchObject({
      error: { issues: [{ path: ['missing'], rule: 'missing.nothing' }] },
    })
  })

  it('refuses to ship more than there is, and what is promised', async () => {
    await confirmed(shop.oms, [{ sku: 'MUG', quantity: 7 }])
    const transfer = await plan(4)
    expect(await shop.oms.transfers.ship({ transfer })).toMatchObject({
      error: {
        code: 'out_of_stock',
        details: { shortages: [{ sku: 'MUG', location: 'main', wanted: 4, available: 3 }] },
      },
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 10, reserved: 7 })
  })

  it('does not take goods from those who wait for them, whatever may be backordered', async () => {
    await inventory().configure({ sku: 'MUG', backorderAllowance: 5 })
    await confirmed(shop.oms, [{ sku: 'MUG', quantity: 10 }])
    expect(await shop.oms.transfers.ship({ transfer: await plan(1) })).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ wanted: 1, available: 0 }] } },
    })
  })

  it('refuses to receive more than was shipped', async () => {
    const transfer = await plan(2)
    await transfers().ship({ transfer })
    const tooMany = { transfer, lines: [{ line: 'L1', quantity: 3 }] }
    expect(await shop.oms.transfers.receive(tooMany, newKey())).toMatchObject({
      error: { code: 'quantity_exceeded', details: { line: 'L1', limit: 2 } },
    })
  })

  it('is canceled only before it has left, and received only after', async () => {
    const transfer = await plan(2)
    expect(await shop.oms.transfers.receive({ transfer }, newKey())).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'planned', allowed: ['ship', 'cancel'] } },
    })
    const other = await plan(2)
    expect(await transfers().cancel({ transfer: other, reason: 'not-needed' })).toMatchObject({
      status: 'canceled',
    })
    await transfers().ship({ transfer })
    expect(await shop.oms.transfers.cancel({ transfer, reason: 'late' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'shipped' } },
    })
    expect(await shop.oms.transfers.ship({ transfer })).toMatchObject({ error: { code: 'invalid_state' } })
  })

  it('ST6 sums two lines of one SKU before it compares', async () => {
    const { transfer } = await transfers().plan(
      {
        from: 'main',
        to: 'annex',
        lines: [
          { sku: 'MUG', quantity: 6 },
          { sku: 'MUG', quantity: 6 },
        ],
      },
      newKey(),
    )
    expect(await shop.oms.transfers.ship({ transfer })).toMatchObject({
      error: { details: { shortages: [{ wanted: 12, available: 10 }] } },
    })
  })

  it('ST12 refuses unknown goods, transfers to where they are, and days out of order', async () => {
    const refusal = async (input: object) => shop.oms.transfers.plan(input as never, newKey())
    const lines = [{ sku: 'MUG', quantity: 1 }]
    expect(await refusal({ from: 'main', to: 'annex', lines: [{ sku: 'NO', quantity: 1 }] })).toMatchObject({
      error: { code: 'unknown_sku' },
    })
    expect(await refusal({ from: 'main', to: 'main', lines })).toMatchObject({
      error: { issues: [{ path: ['to'], rule: 'transfer.sameLocation' }] },
    })
    const nowhere = await transfers().plan({ from: 'nowhere', to: 'main', lines }, newKey())
    expect(await shop.oms.transfers.ship(nowhere)).toMatchObject({ error: { code: 'validation_failed' } })
    expect(await shop.oms.transfers.ship({ transfer: nowhere.transfer })).toMatchObject({
      error: { code: 'unknown_sku', details: { location: 'nowhere' } },
    })
    const transfer = await plan(1)
    await transfers().ship({ transfer, shippedOn: '2026-03-01' })
    expect(await shop.oms.transfers.receive({ transfer, receivedOn: '2026-02-28' }, newKey())).toMatchObject({
      error: { issues: [{ path: ['receivedOn'], rule: 'range.order' }] },
    })
    expect(await shop.oms.transfers.ship({ transfer: 'none' })).toMatchObject({
      error: { code: 'unknown_transfer' },
    })
  })

  it('F12 explains what can be done with it', async () => {
    const transfer = await plan(1)
    const explain = async () => (await shop.oms.orThrow.explain({ kind: 'transfer', id: transfer })).allowed
    expect(await explain()).toEqual(['transfers.ship', 'transfers.cancel'])
    await transfers().ship({ transfer })
    expect(await explain()).toEqual(['transfers.receive'])
  })

  it('is listed by where it comes from, where it goes and how far it is', async () => {
    const transfer = await plan(1)
    await plan(2)
    await transfers().ship({ transfer })
    const { items } = await transfers().list({ to: 'annex', status: 'shipped' })
    expect(items.map(({ id }) => id)).toEqual([transfer])
    expect((await transfers().list({ from: 'annex' })).items).toEqual([])
  })
})
