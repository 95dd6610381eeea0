import { beforeEach, describe, expect, it } from 'vitest'
import { adjustStock } from '../../../src/core/flows/adjust-stock.js'
import { holdStock } from '../../../src/core/flows/hold-stock.js'
import { notifyWhenBack, tellBackInStock } from '../../../src/core/flows/notify-when-back.js'
import { placeOrder } from '../../../src/core/flows/place-order.js'
import { registerParty } from '../../../src/core/flows/register-party.js'
import { releaseHold } from '../../../src/core/flows/release-hold.js'
import { backInStockId, backInStockKind } from '../../../src/core/inventory/back-in-stock.js'
import { stockKind } from '../../../src/core/inventory/stock-level.js'
import type { Result } from '../../../src/core/result.js'
import { now, openPureShop, stockGoods, type PureShop } from '../../support/pure-shop.js'

const done = <Value>(result: Result<Value, { readonly code: string }>): Value => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

let shop: PureShop
beforeEach(() => {
  shop = openPureShop()
  stockGoods(shop, 'MUG', 3, '10.00')
})

const hold = (quantity: number) =>
  done(shop.run(holdStock, { owner: 'cart', lines: [{ sku: 'MUG', quantity }], seconds: 600 })).reservation
const place = (quantity: number) =>
  done(shop.run(placeOrder, { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity }] })).order
const versionOfMugs = () => shop.events.filter(({ key }) => key.kind === stockKind.name).length
const lose = (quantity: number, hints: readonly object[], version = versionOfMugs()) =>
  shop.run(
    adjustStock,
    { sku: 'MUG', quantity: -quantity, reason: 'fire', shortage: 'backorder' },
    { version, hints: hints as never },
  )

describe('who was promised goods, read without a lock, is a hint', () => {
  it('ST9 a hold that was released since has nothing to lose', () => {
    const reservation = hold(1)
    const order = place(2)
    done(shop.run(releaseHold, { reservation, owner: 'cart' }))
    const hints = [
      { source: { kind: 'reservation', id: reservation }, quantity: 1, since: now },
      { source: { kind: 'order', id: order }, quantity: 2, since: now },
    ]
    expect(done(lose(2, hints))).toMatchObject({ onHand: 1, backordered: [{ order, quantity: 1 }] })
  })

  it('ST9 a promise that was made since is not among those who lose: nothing is decided until it is', () => {
    const before = versionOfMugs()
    const order = place(3)
    const hints = [{ source: { kind: 'order', id: order }, quantity: 3, since: now }]
    expect(lose(2, [], before)).toEqual({
      ok: false,
      error: { code: 'changed_meanwhile', details: { sku: 'MUG', location: 'main' } },
    })
    expect(done(lose(2, hints))).toMatchObject({ backordered: [{ order, quantity: 2 }] })
  })

  it('ST9 a level that moved since decides nothing where the known promises have goods to lose', () => {
    const order = place(3)
    const hints = [{ source: { kind: 'order', id: order }, quantity: 3, since: now }]
    const before = versionOfMugs()
    done(shop.run(adjustStock, { sku: 'MUG', quantity: 1, reason: 'found' }))
    expect(done(lose(2, hints, before))).toMatchObject({ backordered: [{ order, quantity: 1 }] })
  })

  it('ST9 a loss is refused for good where the level is as it was read and nobody has goods to lose', () => {
    place(3)
    expect(lose(2, [])).toMatchObject({
      error: { code: 'stock_below_reserved', details: { sku: 'MUG', beingWorkedOn: 2 } },
    })
  })

  it('F46 whoever was told since, or is gone, is not told that goods are back', () => {
    for (const id of ['ada', 'bea']) done(shop.run(registerParty, { id, roles: ['customer'] }))
    place(3)
    for (const party of ['ada', 'bea']) done(shop.run(notifyWhenBack, { sku: 'MUG', party }))
    done(shop.run(adjustStock, { sku: 'MUG', quantity: 1, reason: 'found' }))
    const keys = (...parties: readonly string[]) =>
      parties.map((party) => ({ kind: backInStockKind.name, id: backInStockId('main/MUG', party as never) }))
    const tell = (...parties: readonly string[]) =>
      done(shop.run(tellBackInStock, { sku: 'MUG' }, keys(...parties))).told
    expect([tell('ada'), tell('ada', 'bea', 'cem'), tell('ada', 'bea', 'cem')]).toEqual([1, 1, 0])
  })
})
