import type { Answer, OrderManagementFor } from 'orderwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { confirmed, newKey, type Shop } from '../../support/shop.js'
import { goodsIn, lotsOf, openTrackedShop, receiveLots, receiveSerials } from '../../support/tracked-shop.js'

let shop: Shop
let oms: OrderManagementFor
beforeEach(async () => {
  shop = await openTrackedShop()
  oms = shop.oms
  await receiveLots(oms, 'salve', 'A 5 2026-06-01', 'B 5 2026-07-01')
  await receiveSerials(oms, 'radio', '1', '2', '3')
  await oms.orThrow.catalog.define({ sku: 'mug', name: 'Mug', price: { amount: '8.00', currency: 'EUR' } })
  await oms.orThrow.inventory.receive({ sku: 'mug', quantity: 5 }, newKey())
})

const issuesOf = (answer: Answer<unknown>) => (answer.ok ? [] : answer.error.issues)
const rule = (path: readonly (string | number)[], name: string) => [
  expect.objectContaining({ path, rule: name }),
]

const planned = async (lines: readonly { readonly sku: string; readonly quantity: number }[]) => {
  const order = await confirmed(oms, lines)
  const { fulfillments } = await oms.orThrow.fulfillments.plan({ order })
  return { order, fulfillment: fulfillments[0]?.fulfillment ?? '' }
}

describe('naming the goods of a line', () => {
  it('F37 is for goods that are told apart, and once for each SKU of a line', async () => {
    const order = await confirmed(oms, [
      { sku: 'salve', quantity: 2 },
      { sku: 'mug', quantity: 1 },
    ])
    const plan = (goods: readonly object[]) => oms.fulfillments.plan({ order, goods: goods as never })
    const lots = [{ lot: 'B', quantity: 2 }]
    expect(issuesOf(await plan([{ line: 'L2' }]))).toEqual(rule(['goods', 0], 'tracking.none'))
    expect(
      issuesOf(
        await plan([
          { line: 'L1', lots },
          { line: 'L1', lots },
        ]),
      ),
    ).toEqual(rule(['goods', 1, 'line'], 'line.duplicateId'))
    expect(
      issuesOf(
        await plan([
          { line: 'L1', lots },
          { line: 'L1', sku: 'salve', lots },
        ]),
      ),
    ).toEqual(rule(['goods', 1, 'line'], 'line.duplicateId'))
    expect(await plan([{ line: 'L1', lots }])).toMatchObject({ ok: true })
    expect(await lotsOf(oms, 'salve')).toEqual(['A 5/0/0', 'B 5/2/0'])
  })

  it('plans once what there is to plan', async () => {
    const { order } = await planned([{ sku: 'mug', quantity: 1 }])
    expect(await oms.fulfillments.plan({ order })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { planned: 1, left: 0 } },
    })
  })

  it('when they are packed, exchanges those that are others and leaves the rest as it was planned', async () => {
    const { fulfillment } = await planned([
      { sku: 'salve', quantity: 2 },
      { sku: 'mug', quantity: 1 },
    ])
    const pack = (lot: string) =>
      oms.orThrow.fulfillments.pack({ fulfillment, goods: [{ line: 'L1', lots: [{ lot, quantity: 2 }] }] })
    const { shipment } = await pack('B')
    expect(goodsIn(await oms.orThrow.shipments.get({ shipment }))).toEqual(['L1 salve B 2'])
    expect(await lotsOf(oms, 'salve')).toEqual(['A 5/0/0', 'B 5/2/0'])
  })

  it('changes nothing when they are those that were planned', async () => {
    const { fulfillment } = await planned([{ sku: 'salve', quantity: 2 }])
    const { shipment } = await oms.orThrow.fulfillments.pack({
      fulfillment,
      goods: [{ line: 'L1', lots: [{ lot: 'A', quantity: 2 }] }],
    })
    expect(goodsIn(await oms.orThrow.shipments.get({ shipment }))).toEqual(['L1 salve A 2'])
    const events = await oms.orThrow.fulfillments.get({ fulfillment })
    expect(events.status).toBe('packed')
  })
})

describe('goods on their way to another location', () => {
  const sent = async (lines: readonly object[], goods?: readonly object[]) => {
    const { transfer } = await oms.orThrow.transfers.plan(
      { from: 'main', to: 'annex', lines: lines as never },
      newKey(),
    )
    await oms.orThrow.transfers.ship({ transfer, ...(goods !== undefined && { goods: goods as never }) })
    return transfer
  }
  const receive = (transfer: string, more: object) => oms.transfers.receive({ transfer, ...more }, newKey())
  const salve = { sku: 'salve', quantity: 3 }
  const radio = { sku: 'radio', quantity: 2 }
  const pieces = [{ line: 'L1', serials: ['1', '2'] }]

  it('ST8 come line by line', async () => {
    const transfer = await sent([salve, { sku: 'salve', quantity: 1 }])
    expect(await receive(transfer, { lines: [{ line: 'L2', quantity: 1 }] })).toMatchObject({
      value: { status: 'partially_received' },
    })
    expect(await oms.orThrow.inventory.level({ sku: 'salve', location: 'annex' })).toMatchObject({
      onHand: 1,
    })
  })

  it('ST8 may be lost whole, lots and pieces alike', async () => {
    const lost = { lines: [], missing: 'lost' }
    expect(await receive(await sent([salve]), lost)).toMatchObject({ value: { status: 'received' } })
    expect(await receive(await sent([radio], pieces), lost)).toMatchObject({ value: { status: 'received' } })
    expect((await oms.orThrow.inventory.serial({ sku: 'radio', serial: '1' })).status).toBe('missing')
    expect(await oms.orThrow.inventory.level({ sku: 'salve', location: 'annex' })).toMatchObject({
      onHand: 0,
    })
  })

  it('ST8 that come in part are named, by the lines of the transfer and no more than was sent', async () => {
    const byLot = await sent([salve])
    const byPiece = await sent([radio], pieces)
    const some = (quantity: number, goods?: readonly object[]) => ({
      lines: [{ line: 'L1', quantity }],
      ...(goods !== undefined && { goods }),
    })
    expect(issuesOf(await receive(byLot, some(1)))).toEqual(rule(['goods', 'L1'], 'lots.required'))
    expect(issuesOf(await receive(byPiece, some(1)))).toEqual(rule(['goods', 'L1'], 'serials.required'))
    expect(await receive(byLot, some(1, [{ line: 'L9', lots: [{ lot: 'A', quantity: 1 }] }]))).toMatchObject({
      error: { code: 'unknown_line', details: { line: 'L9' } },
    })
    const first = [{ line: 'L1', lots: [{ lot: 'A', quantity: 2 }] }]
    expect(await receive(byLot, some(2, first))).toMatchObject({ ok: true })
    expect(await receive(byLot, some(1, [{ line: 'L1', lots: [{ lot: 'A', quantity: 1 }] }]))).toMatchObject({
      value: { status: 'received' },
    })
  })

  it('ST8 are no more of a lot than was sent of it', async () => {
    const transfer = await sent(
      [salve],
      [
        {
          line: 'L1',
          lots: [
            { lot: 'A', quantity: 1 },
            { lot: 'B', quantity: 2 },
          ],
        },
      ],
    )
    const goods = [{ line: 'L1', lots: [{ lot: 'A', quantity: 2 }] }]
    expect(await receive(transfer, { lines: [{ line: 'L1', quantity: 2 }], goods })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { sku: 'salve', lot: 'A', wanted: 2, limit: 1 } },
    })
  })

  it('ST8 are refused where their lot is known with another day', async () => {
    const transfer = await sent([salve])
    await oms.orThrow.inventory.receive(
      {
        sku: 'salve',
        location: 'annex',
        quantity: 1,
        lots: [{ lot: 'A', quantity: 1, expiresOn: '2026-06-09' }],
      },
      newKey(),
    )
    expect(await receive(transfer, {})).toMatchObject({
      error: { code: 'lot_conflict', details: { lot: 'A' } },
    })
  })

  it('leave only where they are', async () => {
    const plan = async (from: string) =>
      (await oms.orThrow.transfers.plan({ from, to: 'north', lines: [salve] as never }, newKey())).transfer
    expect(await oms.transfers.ship({ transfer: await plan('annex') })).toMatchObject({
      error: { code: 'out_of_stock', details: { shortages: [{ sku: 'salve', wanted: 3, available: 0 }] } },
    })
    const stranger = [{ line: 'L1', lots: [{ lot: 'X', quantity: 3 }] }]
    expect(await oms.transfers.ship({ transfer: await plan('main'), goods: stranger })).toMatchObject({
      error: { code: 'unknown_lot', details: { lot: 'X' } },
    })
    expect(await oms.transfers.ship({ transfer: await plan('annex'), goods: stranger })).toMatchObject({
      ok: false,
    })
  })
})
