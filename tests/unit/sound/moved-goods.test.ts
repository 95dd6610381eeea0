import { describe } from 'vitest'
import type { FulfillmentId, LocationId, OrderId, ShipmentId } from '../../../src/core/ids/ids.js'
import type { Fulfillment } from '../../../src/core/fulfillment/fulfillment.js'
import type { Serial } from '../../../src/core/inventory/serial.js'
import type { StockCount } from '../../../src/core/inventory/stock-count.js'
import type { StockLots } from '../../../src/core/inventory/stock-lots.js'
import type { Transfer } from '../../../src/core/inventory/transfer.js'
import type { Shipment } from '../../../src/core/shipping/shipment.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'
import { confirmed, newKey, stock } from '../../support/shop.js'
import { newestOf, plantedIn, withFirst } from '../../support/soundness.js'
import { openTrackedShop, receiveLots, receiveSerials } from '../../support/tracked-shop.js'

const openStore = async () => {
  const shop = await openTrackedShop()
  await receiveLots(shop.oms, 'salve', 'A 5 2026-06-01', 'B 5 2026-07-01')
  await receiveSerials(shop.oms, 'radio', '1', '2', '3')
  return shop
}

const sent = async (...come: readonly number[]) => {
  const { oms, storage } = await openStore()
  const lines = [{ sku: 'salve', quantity: 6 }]
  const { transfer } = await oms.orThrow.transfers.plan({ from: 'main', to: 'annex', lines }, newKey())
  if (come.length > 0) await oms.orThrow.transfers.ship({ transfer })
  for (const quantity of come) {
    if (quantity === 0) continue
    const goods = [{ line: 'L1', lots: [{ lot: 'A', quantity }] }]
    await oms.orThrow.transfers.receive({ transfer, lines: [{ line: 'L1', quantity }], goods }, newKey())
  }
  return newestOf<Transfer>(storage, 'transfer')
}

const line = (change: Partial<Transfer['lines'][number]>) => (transfer: Transfer) => ({
  lines: withFirst(transfer.lines, () => change),
})

describe('a transfer', () => {
  plantedIn<Transfer>('transfer', () => sent(), [
    [
      'some has come of what has not left',
      line({ received: 1 }),
      'ST8 no more comes or is missing than was sent',
    ],
    ['it has left on no day', { status: 'shipped' }, 'ST8 goods leave before they come'],
  ])

  plantedIn<Transfer>('transfer', () => sent(0), [
    ['it has left and was only planned', { status: 'planned' }, 'ST8 goods leave before they come'],
    ['lots are on their way that nobody sent', line({ quantity: 7 }), 'ST8 lots or pieces add up'],
    [
      'all has come while it is on its way',
      { status: 'received' },
      'ST8 a transfer is over when all has come',
    ],
    ['less than nothing has come', line({ received: -1 }), 'ST8 no more comes or is missing than was sent'],
    ['less than nothing is missing', line({ missing: -1 }), 'ST8 no more comes or is missing than was sent'],
  ])

  plantedIn<Transfer>('transfer', () => sent(2), [
    ['more has come than was sent', line({ received: 7 }), 'ST8 no more comes or is missing than was sent'],
    ['more is missing than was sent', line({ missing: 5 }), 'ST8 no more comes or is missing than was sent'],
    ['it came before it left', { receivedOn: '2026-02-28' as LocalDate }, 'ST8 goods leave before they come'],
    [
      'nothing is on its way and more is waited for',
      ({ lines }) => ({ lines: lines.map(({ goods: _goods, ...rest }) => ({ ...rest, missing: 4 })) }),
      'ST8 a transfer is over when all has come',
    ],
  ])
})

const counted = async (sku: string, named: object, units: number) => {
  const { oms, storage } = await openStore()
  await stock(oms, 'MUG', 10, '12.50')
  const { count } = await oms.orThrow.counts.open({ skus: [sku] }, newKey())
  await oms.orThrow.counts.record({ count, lines: [{ sku, counted: units, ...named }] })
  await oms.orThrow.counts.submit({ count })
  return newestOf<StockCount>(storage, 'stock_count')
}

const found = (change: object) => (count: StockCount) => ({
  lines: withFirst(count.lines, (first) => ({ found: { ...(first.found as object), ...change } as never })),
})

describe('a stock count', () => {
  const salve = () => counted('salve', { lots: [{ lot: 'A', quantity: 3 }] }, 3)
  const radios = () => counted('radio', { serials: ['2', '3', '9', '8'] }, 4)

  plantedIn<StockCount>('stock_count', salve, [
    [
      'a line waits to be approved that nobody has counted',
      ({ lines }) => ({ lines: lines.map(({ found: _found, ...rest }) => rest) }),
      'a count is whole before it is booked',
    ],
    ['less than nothing was found', found({ counted: -1 }), 'ST14 lots or pieces add up'],
    ['lots differ by less than the line', found({ counted: 4 }), 'ST14 lots or pieces add up'],
    [
      'whoever has counted approves it',
      { approvedBy: { kind: 'user', id: 'ada' } },
      'nobody approves their own count',
    ],
  ])

  plantedIn<StockCount>('stock_count', () => counted('MUG', {}, 9), [
    [
      'less than nothing of goods that are all alike was found',
      found({ counted: -1 }),
      'ST14 lots or pieces add up',
    ],
  ])

  plantedIn<StockCount>('stock_count', radios, [
    ['pieces differ by less than the line', found({ counted: 3 }), 'ST14 lots or pieces add up'],
  ])
})

const lots = async () => newestOf<StockLots>((await openStore()).storage, 'stock_lots')
const lot = (change: Partial<StockLots['lots'][number]>) => (stock: StockLots) => ({
  lots: withFirst(stock.lots, () => change),
})

describe('lots', () => {
  plantedIn<StockLots>('stock_lots', lots, [
    ['one of them is empty', lot({ onHand: 0 }), 'no more of a lot is set aside than is there'],
    ['less than nothing is set aside', lot({ allocated: -1 }), 'no more of a lot is set aside than is there'],
    [
      'less than nothing is kept back',
      lot({ quarantined: -1 }),
      'no more of a lot is set aside than is there',
    ],
    [
      'more is set aside than there is',
      lot({ allocated: 3, quarantined: 3 }),
      'no more of a lot is set aside than is there',
    ],
    [
      'the last to expire is the first to leave',
      (stock) => ({ lots: stock.lots.toReversed() }),
      'lots stand in order',
    ],
    [
      'one stands there twice',
      (stock) => ({ lots: [...stock.lots, ...stock.lots.slice(-1)] }),
      'lots stand in order',
    ],
  ])
})

const piece = async () => newestOf<Serial>((await openStore()).storage, 'serial')

describe('a piece', () => {
  plantedIn<Serial>('serial', piece, [
    [
      'it is in stock and nowhere',
      ({ location: _, ...rest }) => ({ ...rest, location: undefined as never }),
      'ST14 a piece is where its status says',
    ],
    [
      'it is lost and at a place',
      { status: 'missing', location: 'main' as LocationId },
      'ST14 a piece is where its status says',
    ],
    [
      'it is set aside and for anybody to have',
      { allocation: { order: 'O-1' as OrderId, fulfillment: 'F-1' as FulfillmentId } },
      'ST14 a piece is where its status says',
    ],
    ['it is set aside for nobody', { status: 'allocated' }, 'ST14 a piece is where its status says'],
    [
      'it has left and is here',
      { shipment: { order: 'O-1' as OrderId, shipment: 'S-1' as ShipmentId } },
      'ST14 a piece is where its status says',
    ],
  ])
})

/** An order of three jars and two radios, as far as it has come. */
const worked = async (until: 'planned' | 'packed' | 'shipped' | 'delivered') => {
  const shop = await openStore()
  const { orThrow } = shop.oms
  const order = await confirmed(shop.oms, [
    { sku: 'salve', quantity: 6 },
    { sku: 'radio', quantity: 2 },
  ])
  const { fulfillments } = await orThrow.fulfillments.plan({ order })
  if (until === 'planned') return shop
  const goods = [{ line: 'L2', serials: ['1', '2'] }]
  const { shipment } = await orThrow.fulfillments.pack({
    fulfillment: fulfillments[0]?.fulfillment ?? '',
    goods,
  })
  if (until !== 'packed') await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
  if (until === 'delivered') await orThrow.shipments.deliver({ shipment })
  return shop
}

const fulfilled = async (until: Parameters<typeof worked>[0]) =>
  newestOf<Fulfillment>((await worked(until)).storage, 'fulfillment')
const consigned = async (until: Parameters<typeof worked>[0]) =>
  newestOf<Shipment>((await worked(until)).storage, 'shipment')

const goods =
  (at: number, change: object) =>
  <Work extends Pick<Fulfillment, 'lines'>>({ lines }: Work): Pick<Work, 'lines'> => ({
    lines: lines.map((work, place) =>
      place === at ? { ...work, goods: work.goods?.map((own) => ({ ...own, ...change })) as never } : work,
    ),
  })

describe('work on an order', () => {
  plantedIn<Fulfillment>('fulfillment', () => fulfilled('planned'), [
    [
      'it is about nothing',
      ({ lines }) => ({ lines: withFirst(lines, () => ({ quantity: 0 })) }),
      'work is about some units',
    ],
    ['its lots are not all of it', goods(0, { quantity: 7 }), 'ST14 lots or pieces add up'],
    ['one piece is two units', goods(1, { serials: ['1'] }), 'ST14 lots or pieces add up'],
  ])

  plantedIn<Fulfillment>('fulfillment', () => fulfilled('packed'), [
    ['nobody knows which pieces were packed', goods(1, { serials: undefined }), 'ST14 lots or pieces add up'],
    ['nobody knows which lots were packed', goods(0, { lots: undefined }), 'ST14 lots or pieces add up'],
  ])
})

describe('a shipment', () => {
  plantedIn<Shipment>('shipment', () => consigned('packed'), [
    ['it has left with nobody', { status: 'in_transit' }, 'OQ2 a shipment is where its status says'],
    [
      'it has arrived before it left',
      { deliveredOn: '2026-03-01' as LocalDate },
      'OQ2 a shipment is where its status says',
    ],
    ['nobody knows which pieces are in it', goods(1, { serials: undefined }), 'ST14 lots or pieces add up'],
  ])

  plantedIn<Shipment>('shipment', () => consigned('shipped'), [
    ['it has left and is here', { status: 'planned' }, 'OQ2 a shipment is where its status says'],
    ['it is delivered on no day', { status: 'delivered' }, 'OQ2 a shipment is where its status says'],
  ])

  plantedIn<Shipment>('shipment', () => consigned('delivered'), [
    [
      'it arrived before it left',
      { deliveredOn: '2026-02-28' as LocalDate },
      'OQ2 goods leave before they arrive',
    ],
  ])
})
