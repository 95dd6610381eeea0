import { describe, expect, it } from 'vitest'
import { createOrderManagement, trustHost } from 'orderwright'
import { sqliteStorage } from 'orderwright/sqlite'
import { confirmed } from '../../support/shop.js'
import { defineTracked, receiveLots, receiveSerials } from '../../support/tracked-shop.js'
import { temporaryFile } from './temporary-file.js'

describe('the views of goods that are told apart', () => {
  const file = temporaryFile()

  it('F37 show lots, pieces, and which shipments took units of which lots', async () => {
    const connection = file.connect()
    const oms = createOrderManagement({ storage: sqliteStorage(connection), policy: trustHost }).as({
      actor: { kind: 'user', id: 'ada' },
    })
    await defineTracked(oms)
    await receiveLots(oms, 'salve', 'A 5 2999-06-01', 'B 4 2999-07-01')
    await receiveSerials(oms, 'radio', '1', '2')
    const order = await confirmed(oms, [
      { sku: 'salve', quantity: 6 },
      { sku: 'radio', quantity: 1 },
    ])
    const { fulfillments } = await oms.orThrow.fulfillments.plan({ order })
    const fulfillment = fulfillments[0]?.fulfillment ?? ''
    const goods = [{ line: 'L2', serials: ['2'] }]
    const { shipment } = await oms.orThrow.fulfillments.pack({ fulfillment, goods })
    const select = (sql: string) =>
      (connection.prepare(sql).all() as Readonly<Record<string, unknown>>[]).map(
        ({ _metadata, ...row }) => row,
      )
    const lots = 'SELECT lot, expires_on, on_hand, allocated, quarantined FROM stock_lots ORDER BY lot'
    expect(select(lots)).toEqual([
      { lot: 'A', expires_on: '2999-06-01', on_hand: 5, allocated: 5, quarantined: 0 },
      { lot: 'B', expires_on: '2999-07-01', on_hand: 4, allocated: 1, quarantined: 0 },
    ])
    const pieces =
      'SELECT serial, status, location, "order", fulfillment, shipment FROM serials ORDER BY serial'
    const nobody = { order: null, fulfillment: null, shipment: null }
    expect(select(pieces)).toEqual([
      { ...nobody, serial: '1', status: 'in_stock', location: 'main' },
      { serial: '2', status: 'allocated', location: 'main', order, fulfillment, shipment: null },
    ])
    await oms.orThrow.shipments.ship({ shipment, carrier: 'Post' })
    expect(select('SELECT lot, on_hand FROM stock_lots')).toEqual([{ lot: 'B', on_hand: 3 }])
    expect(select(pieces)[1]).toMatchObject({ status: 'shipped', location: null, order, shipment })
    expect(select('SELECT sku, lot, "order", shipment, quantity FROM lot_shipments ORDER BY lot')).toEqual([
      { sku: 'salve', lot: 'A', order, shipment, quantity: 5 },
      { sku: 'salve', lot: 'B', order, shipment, quantity: 1 },
    ])
  })
})
