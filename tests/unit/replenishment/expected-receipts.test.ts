import { describe, expect, it } from 'vitest'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { expectedReceiptKind } from '../../../src/core/replenishment/expected-receipt.js'
import { newKey, openShop, stock, type Shop } from '../../support/shop.js'

const open = async (): Promise<Shop> => {
  const shop = openShop()
  await stock(shop.oms, 'MUG', 10, '12.50')
  await shop.oms.orThrow.parties.register({ id: 'ACME', roles: ['vendor'], name: 'Acme' }, newKey())
  await shop.oms.orThrow.parties.register({ id: 'ADA', roles: ['customer'], name: 'Ada' }, newKey())
  return shop
}

const expectMugs = ({ oms }: Shop, more: object = {}) =>
  oms.orThrow.inventory.expect(
    { id: 'PO-1-1', sku: 'MUG', quantity: 20, expectedOn: '2026-03-10', vendor: 'ACME', ...more },
    newKey(),
  )

const incoming = async (shop: Shop) => (await shop.stored(stockKind, 'main/MUG')).incoming

describe('goods on order', () => {
  it('F32 are incoming until they are received, in one delivery or several', async () => {
    const shop = await open()
    expect(await expectMugs(shop)).toEqual({
      expected: 'PO-1-1',
      status: 'expected',
      expectedOn: '2026-03-10',
      outstanding: 20,
    })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 10, incoming: 20 })
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 8, expected: 'PO-1-1' }, newKey())
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 18, incoming: 12 })
    expect(await shop.stored(expectedReceiptKind, 'PO-1-1')).toMatchObject({
      status: 'partly_received',
      received: 8,
    })
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 12, expected: 'PO-1-1' }, newKey())
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 30, incoming: 0 })
    expect(await shop.oms.orThrow.inventory.expectedReceipt({ expected: 'PO-1-1' })).toMatchObject({
      status: 'received',
      received: 20,
      outstanding: 0,
      unit: 'C62',
    })
  })

  it('F32 may come in greater number within the tolerance, rounded down, and no more', async () => {
    const shop = await open()
    await expectMugs(shop, { overReceiptPercent: '7.5' })
    const receive = (quantity: number) =>
      shop.oms.inventory.receive({ sku: 'MUG', quantity, expected: 'PO-1-1' }, newKey())
    expect(await receive(22)).toMatchObject({
      error: { code: 'quantity_exceeded', details: { expected: 'PO-1-1', wanted: 22, limit: 21 } },
    })
    expect(await incoming(shop)).toBe(20)
    expect(await receive(21)).toMatchObject({ ok: true })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 31, incoming: 0 })
    expect(await receive(1)).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'received' } },
    })
  })

  it('F32 follow the vendor’s changes of day and quantity', async () => {
    const shop = await open()
    await expectMugs(shop)
    const { inventory } = shop.oms.orThrow
    expect(await inventory.changeExpected({ expected: 'PO-1-1', expectedOn: '2026-03-17' })).toMatchObject({
      expectedOn: '2026-03-17',
      outstanding: 20,
    })
    await inventory.changeExpected({ expected: 'PO-1-1', quantity: 25 })
    expect(await incoming(shop)).toBe(25)
    await inventory.changeExpected({ expected: 'PO-1-1', quantity: 15 })
    expect(await incoming(shop)).toBe(15)
    await inventory.receive({ sku: 'MUG', quantity: 10, expected: 'PO-1-1' }, newKey())
    expect(await shop.oms.inventory.changeExpected({ expected: 'PO-1-1', quantity: 10 })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { wanted: 10, received: 10 } },
    })
    expect(await incoming(shop)).toBe(5)
  })

  it('F32 are given up with a reason, and what has come stays', async () => {
    const shop = await open()
    await expectMugs(shop)
    await shop.oms.orThrow.inventory.receive({ sku: 'MUG', quantity: 5, expected: 'PO-1-1' }, newKey())
    expect(
      await shop.oms.orThrow.inventory.cancelExpected({ expected: 'PO-1-1', reason: 'discontinued' }),
    ).toMatchObject({ status: 'canceled', outstanding: 0 })
    expect(await shop.stored(stockKind, 'main/MUG')).toMatchObject({ onHand: 15, incoming: 0 })
    expect(await shop.oms.inventory.cancelExpected({ expected: 'PO-1-1', reason: 'again' })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'canceled', allowed: [] } },
    })
  })

  it('F12 say what can be done with them', async () => {
    const shop = await open()
    await expectMugs(shop)
    const explain = () => shop.oms.orThrow.explain({ kind: 'expected_receipt', id: 'PO-1-1' })
    expect(await explain()).toMatchObject({
      status: 'expected',
      allowed: ['inventory.receive', 'inventory.changeExpected', 'inventory.cancelExpected'],
    })
    await shop.oms.orThrow.inventory.cancelExpected({ expected: 'PO-1-1', reason: 'late' })
    expect(await explain()).toMatchObject({ status: 'canceled', allowed: [] })
  })

  it('are never kits: their components are ordered', async () => {
    const shop = await open()
    const components = [{ sku: 'MUG', quantity: 2 }]
    await shop.oms.orThrow.catalog.define({ sku: 'PAIR', name: 'Two mugs', components })
    const wanted = { sku: 'PAIR', quantity: 1, expectedOn: '2026-03-10' }
    expect(await shop.oms.inventory.expect(wanted, newKey())).toMatchObject({
      error: { code: 'not_stocked' },
    })
    expect(await shop.oms.inventory.configureReorder({ sku: 'PAIR', point: 1, upTo: 2 })).toMatchObject({
      error: { code: 'not_stocked' },
    })
  })

  it('are refused for what cannot be', async () => {
    const shop = await open()
    const { inventory } = shop.oms
    const wanted = { sku: 'MUG', quantity: 1, expectedOn: '2026-03-10' }
    await expectMugs(shop)
    expect(await inventory.expect({ ...wanted, id: 'PO-1-1' }, newKey())).toMatchObject({
      error: { code: 'already_exists' },
    })
    expect(await inventory.expect({ ...wanted, vendor: 'ADA' }, newKey())).toMatchObject({
      error: { code: 'unknown_party' },
    })
    expect(await inventory.expect({ ...wanted, vendor: 'NOBODY' }, newKey())).toMatchObject({
      error: { code: 'unknown_party' },
    })
    expect(await inventory.expect({ ...wanted, sku: 'NONE' }, newKey())).toMatchObject({
      error: { code: 'unknown_sku' },
    })
    expect(await inventory.changeExpected({ expected: 'NONE', quantity: 1 })).toMatchObject({
      error: { code: 'unknown_expected_receipt', status: 404 },
    })
    await stock(shop.oms, 'CUP', 1, '3.00')
    expect(await inventory.receive({ sku: 'CUP', quantity: 1, expected: 'PO-1-1' }, newKey())).toMatchObject({
      error: { code: 'expected_receipt_mismatch', details: { sku: 'MUG', location: 'main' } },
    })
    expect(
      await inventory.receive({ sku: 'MUG', location: 'north', quantity: 1, expected: 'PO-1-1' }, newKey()),
    ).toMatchObject({
      error: { code: 'expected_receipt_mismatch' },
    })
  })

  it.each([
    ['row 61', { expectedOn: '2026-02-30' }, 'expectedOn', 'date.invalid'],
    ['row 66', { expectedOn: '2026-3-1' }, 'expectedOn', 'date.format'],
    ['row 1', { quantity: -1 }, 'quantity', 'quantity.min'],
    ['row 3', { quantity: 1.5 }, 'quantity', 'quantity.integer'],
    ['row 30', { overReceiptPercent: '101' }, 'overReceiptPercent', 'percent.range'],
  ])('%s refuses %o at the door', async (_row, more, at, rule) => {
    const shop = await open()
    expect(
      await shop.oms.inventory.expect(
        { sku: 'MUG', quantity: 1, expectedOn: '2026-03-10', ...more },
        newKey(),
      ),
    ).toMatchObject({ error: { code: 'validation_failed', issues: [{ path: [at], rule }] } })
  })

  it('71 lists them between two days, the first expected first, and refuses an end before the start', async () => {
    const shop = await open()
    await expectMugs(shop)
    await expectMugs(shop, { id: 'PO-2-1', expectedOn: '2026-03-05' })
    const { inventory } = shop.oms
    const list = await shop.oms.orThrow.inventory.expectedReceipts({
      vendor: 'ACME',
      from: '2026-03-01',
      to: '2026-03-31',
    })
    expect(list.items.map(({ id }) => id)).toEqual(['PO-2-1', 'PO-1-1'])
    expect(await inventory.expectedReceipts({ from: '2026-03-02', to: '2026-03-01' })).toMatchObject({
      error: { issues: [{ path: ['to'], rule: 'range.order' }] },
    })
  })
})

describe('the earliest day', () => {
  it('F32 M35 is today for what is there and the day of the receipt for more', async () => {
    const shop = await open()
    await expectMugs(shop)
    const ask = (quantity: number) => shop.oms.orThrow.inventory.promise({ sku: 'MUG', quantity })
    expect(await ask(10)).toMatchObject({ asOf: '2026-03-01', promisedOn: '2026-03-01' })
    expect(await ask(11)).toMatchObject({ promisedOn: '2026-03-10' })
    const beyond = await ask(31)
    expect(beyond).not.toHaveProperty('promisedOn')
    expect(beyond.levels).toEqual([
      {
        sku: 'MUG',
        location: 'main',
        unit: 'C62',
        days: [
          { on: '2026-03-01', promisable: 10, projected: 10 },
          { on: '2026-03-10', promisable: 30, projected: 30 },
        ],
        expected: [
          {
            source: { kind: 'expected_receipt', id: 'PO-1-1' },
            expectedOn: '2026-03-10',
            quantity: 20,
            overdue: false,
          },
        ],
      },
    ])
    expect(
      await shop.oms.orThrow.inventory.promise({ sku: 'MUG', quantity: 11, horizonDays: 5 }),
    ).not.toHaveProperty('promisedOn')
  })

  it('M44 comes after those who wait already, and keeps the safety stock out of it', async () => {
    const shop = await open()
    await expectMugs(shop)
    await shop.oms.orThrow.inventory.configure({ sku: 'MUG', safetyStock: 2, backorderAllowance: 20 })
    const order = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 15 }] }
    await shop.oms.orThrow.orders.place(order, newKey())
    const ask = (quantity: number) => shop.oms.orThrow.inventory.promise({ sku: 'MUG', quantity })
    expect(await ask(1)).toMatchObject({ promisedOn: '2026-03-10' })
    expect(await ask(13)).toMatchObject({ promisedOn: '2026-03-10' })
    expect(await ask(14)).not.toHaveProperty('promisedOn')
  })

  it('does not count on what is overdue', async () => {
    const shop = await open()
    await expectMugs(shop, { expectedOn: '2026-02-28' })
    const asked = await shop.oms.orThrow.inventory.promise({ sku: 'MUG', quantity: 11 })
    expect(asked).not.toHaveProperty('promisedOn')
    expect(asked.levels[0]?.expected).toMatchObject([{ overdue: true }])
  })

  it('F32 of a whole order is that of its last line; split, each line has its own, and no goods serve two', async () => {
    const shop = await open()
    await expectMugs(shop)
    await stock(shop.oms, 'CUP', 3, '3.00')
    const ask = (lines: { sku: string; quantity: number }[]) =>
      shop.oms.orThrow.inventory.promiseOrder({ lines })
    expect(
      await ask([
        { sku: 'CUP', quantity: 3 },
        { sku: 'MUG', quantity: 6 },
        { sku: 'MUG', quantity: 5 },
      ]),
    ).toMatchObject({
      first: '2026-03-01',
      together: '2026-03-10',
      lines: [{ promisedOn: '2026-03-01' }, { promisedOn: '2026-03-01' }, { promisedOn: '2026-03-10' }],
    })
    const never = await ask([
      { sku: 'CUP', quantity: 4 },
      { sku: 'MUG', quantity: 1 },
    ])
    expect(never).not.toHaveProperty('together')
    expect(never).toMatchObject({ first: '2026-03-01' })
    expect(never.lines[0]).not.toHaveProperty('promisedOn')
  })

  it('counts transfers that say when they come', async () => {
    const shop = await open()
    const { inventory, transfers } = shop.oms.orThrow
    await inventory.receive({ sku: 'MUG', location: 'north', quantity: 5 }, newKey())
    const { transfer } = await transfers.plan(
      { from: 'north', to: 'main', lines: [{ sku: 'MUG', quantity: 5 }], expectedOn: '2026-03-04' },
      newKey(),
    )
    await transfers.ship({ transfer })
    expect(await inventory.promise({ sku: 'MUG', quantity: 15 })).toMatchObject({ promisedOn: '2026-03-04' })
  })

  it.each([0, -1, 1.5, 4_000])('refuses a horizon of %d days', async (horizonDays) => {
    const shop = await open()
    expect(await shop.oms.inventory.promise({ sku: 'MUG', quantity: 1, horizonDays })).toMatchObject({
      error: { issues: [{ path: ['horizonDays'], rule: 'horizon.range' }] },
    })
  })

  it('refuses what nobody knows', async () => {
    const shop = await open()
    expect(await shop.oms.inventory.promise({ sku: 'NONE', quantity: 1 })).toMatchObject({
      error: { code: 'unknown_sku' },
    })
    expect(await shop.oms.inventory.promise({ sku: 'MUG', location: 'north', quantity: 1 })).toMatchObject({
      error: { code: 'unknown_sku', details: { location: 'north' } },
    })
    expect(await shop.oms.inventory.promise({ sku: 'MUG', quantity: '1.5' })).toMatchObject({
      error: { issues: [{ path: ['quantity'], rule: 'type' }] },
    })
  })
})
