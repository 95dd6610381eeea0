import { describe } from 'vitest'
import type { Party } from '../../../src/core/parties/party.js'
import type { SkuPrices } from '../../../src/core/pricing/sku-prices.js'
import type { PromotionList } from '../../../src/core/promotions/promotion-list.js'
import type { PromotionUses } from '../../../src/core/promotions/promotion-uses.js'
import type { LocationList } from '../../../src/core/sourcing/location-list.js'
import { openLocations } from '../../support/locations.js'
import { newKey, openShop, stock } from '../../support/shop.js'
import { newestOf, plantedIn, withFirst } from '../../support/soundness.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** A shop that sells nails on two price lists with promotions, and knows somebody with an address. */
const openTrade = async () => {
  const { oms, storage } = openShop()
  const { parties, prices, promotions, orders } = oms.orThrow
  await stock(oms, 'NAIL', 100, '1.00')
  const address = { name: 'Kim', street: 'Street 1', city: 'Berlin', country: 'DE' }
  await parties.register({ id: 'kim', roles: ['customer'], addresses: [{ id: 'home', address }] }, newKey())
  const tiers = [
    { from: 1, price: eur('1.00') },
    { from: 10, price: eur('0.90') },
  ]
  for (const list of ['retail', 'wholesale']) {
    await prices.defineList({ list, name: list, currency: 'EUR', items: [{ sku: 'NAIL', tiers }] })
  }
  const benefit = { kind: 'percentage', percent: '10' } as const
  for (const promotion of ['FEW', 'TEN'])
    await promotions.define({ promotion, name: promotion, benefit, mostUses: 5 })
  await orders.place(
    { channel: 'web', currency: 'EUR', lines: [{ sku: 'NAIL', quantity: 2 }], promotions: {} },
    newKey(),
  )
  return storage
}

const stateOf = async <State>(kind: string) => newestOf<State>(await openTrade(), kind)

describe('a party', () => {
  plantedIn<Party>('party', () => stateOf('party'), [
    ['it is erased and has an address', { status: 'erased' }, 'SE7 an erased party has no addresses'],
  ])
})

describe('prices', () => {
  const listed =
    (change: object) =>
    ({ prices }: SkuPrices) => ({ prices: withFirst(prices, () => change) })
  plantedIn<SkuPrices>('sku_prices', () => stateOf('sku_prices'), [
    ['a list has two prices', listed({ list: 'wholesale' }), 'prices and tiers stand in order'],
    [
      'a tier begins before the one before it',
      ({ prices }) => ({ prices: prices.map((one) => ({ ...one, tiers: one.tiers.toReversed() })) }),
      'prices and tiers stand in order',
    ],
  ])
  plantedIn<PromotionUses>('promotion_uses', () => stateOf('promotion_uses'), [
    ['more uses came back than there were', { uses: -1 }, 'no more uses come back than were counted'],
  ])
  plantedIn<PromotionList>('promotion_list', () => stateOf('promotion_list'), [
    [
      'one stands there twice',
      ({ promotions }) => ({ promotions: [...promotions, ...promotions] }),
      'a set has each name once',
    ],
  ])
})

const locations = async () => {
  const { oms, storage } = openShop()
  await openLocations(oms, { berlin: { MUG: 2 }, hamburg: { MUG: 9 } })
  return newestOf<LocationList>(storage, 'location_list')
}

describe('the list of locations', () => {
  plantedIn<LocationList>('location_list', locations, [
    [
      'one stands there twice',
      (list) => ({ locations: [...list.locations, ...list.locations] }),
      'a set has each name once',
    ],
  ])
})
