import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stockKind } from '../../src/core/inventory/stock-level.js'
import { orderKind } from '../../src/core/orders/order.js'
import { openPromiseShop, type PromiseShop } from '../support/promise-shop.js'
import { newKey, packed, stock } from '../support/shop.js'

// One shelf, and a model as plain as can be: goods go to promises in the order in which they were made. Whatever happened before, what each order has
// is what serving everybody anew would give it.

interface Promised {
  readonly kind: 'order' | 'hold'
  readonly id: string
  open: number
}

interface Shelf {
  goods: number
  /** In the order in which they were promised. */
  promises: Promised[]
}

const opening = 6
const allowance = 5

const availableOn = ({ goods, promises }: Shelf): number =>
  goods + allowance - promises.reduce((sum, { open }) => sum + open, 0)

/** What each promise has when the goods are given out first come, first served. */
const served = ({ goods, promises }: Shelf): ReadonlyMap<string, number> => {
  let left = goods
  return new Map(
    promises.map(({ id, open }) => {
      const has = Math.min(open, left)
      left -= has
      return [id, has]
    }),
  )
}

interface Step {
  readonly what: 'place' | 'cancel' | 'receive' | 'lose' | 'hold' | 'release' | 'order the hold' | 'ship'
  readonly quantity: number
  readonly pick: number
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>(
      'place',
      'place',
      'place',
      'cancel',
      'receive',
      'lose',
      'hold',
      'release',
      'order the hold',
      'ship',
    ),
    quantity: fc.integer({ min: 1, max: 4 }),
    pick: fc.nat({ max: 20 }),
  }),
  { minLength: 10, maxLength: 40 },
)

const one = (shelf: Shelf, kind: Promised['kind'], pick: number): Promised | undefined => {
  const some = shelf.promises.filter((promise) => promise.kind === kind && promise.open > 0)
  return some[pick % Math.max(1, some.length)]
}

const content = (quantity: number) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku: 'MUG', quantity }],
})

const take = async (shop: PromiseShop, shelf: Shelf, { what, quantity, pick }: Step): Promise<void> => {
  const { orders, inventory, shipments } = shop.oms.orThrow
  switch (what) {
    case 'place': {
      const placed = await shop.oms.orders.place(content(quantity), newKey())
      expect(placed.ok, 'ST7 refused only when it is true').toBe(quantity <= availableOn(shelf))
      if (!placed.ok) return
      await orders.confirm({ order: placed.value.order })
      shelf.promises.push({ kind: 'order', id: placed.value.order, open: quantity })
      return
    }
    case 'hold': {
      const held = await shop.oms.inventory.hold(
        { owner: 'cart', lines: [{ sku: 'MUG', quantity }], seconds: 80_000 },
        newKey(),
      )
      expect(held.ok, 'ST7 refused only when it is true').toBe(quantity <= availableOn(shelf))
      if (held.ok) shelf.promises.push({ kind: 'hold', id: held.value.reservation, open: quantity })
      return
    }
    case 'release': {
      const hold = one(shelf, 'hold', pick)
      if (hold === undefined) return
      await inventory.releaseHold({ reservation: hold.id, owner: 'cart' })
      hold.open = 0
      return
    }
    case 'order the hold': {
      const hold = one(shelf, 'hold', pick)
      if (hold === undefined) return
      const wanted = Math.min(hold.open, quantity)
      const held = { reservation: hold.id, owner: 'cart' }
      const { order } = await orders.place({ ...content(wanted), held }, newKey())
      await orders.confirm({ order })
      shelf.promises = shelf.promises.map((promise) =>
        promise === hold ? { kind: 'order', id: order, open: wanted } : promise,
      )
      return
    }
    case 'cancel': {
      const order = one(shelf, 'order', pick)
      if (order === undefined) return
      const given = Math.min(order.open, quantity)
      await orders.cancel(
        { order: order.id, lines: [{ line: 'L1', quantity: given }], reason: 'less' },
        newKey(),
      )
      order.open -= given
      return
    }
    case 'receive':
      await inventory.receive({ sku: 'MUG', quantity }, newKey())
      shelf.goods += quantity
      return
    case 'lose': {
      const lost = Math.min(shelf.goods, quantity)
      if (lost === 0) return
      await inventory.adjust({ sku: 'MUG', quantity: -lost, reason: 'lost', shortage: 'backorder' }, newKey())
      shelf.goods -= lost
      return
    }
    case 'ship': {
      const order = one(shelf, 'order', pick)
      const units = order === undefined ? 0 : (served(shelf).get(order.id) ?? 0)
      if (order === undefined || units === 0) return
      await shipments.ship({ shipment: await packed(shop.oms, order.id), carrier: 'Parcel Post' })
      order.open -= units
      shelf.goods -= units
    }
  }
}

const compare = async (shop: PromiseShop, shelf: Shelf): Promise<void> => {
  const has = served(shelf)
  for (const { kind, id } of shelf.promises) {
    if (kind !== 'order') continue
    const { lines } = await shop.stored(orderKind, id)
    expect(lines.map((line) => line.allocated)).toEqual([has.get(id)])
  }
  const level = await shop.stored(stockKind, 'main/MUG')
  const promised = shelf.promises.reduce((sum, { open }) => sum + open, 0)
  expect(level.onHand).toBe(shelf.goods)
  expect(level.reserved + (level.shorted ?? 0)).toBe(promised)
  expect(level.backordered ?? 0).toBe(Math.max(0, promised - shelf.goods))
  expect(level.reserved).toBe(Math.min(promised, shelf.goods + allowance))
}

describe('who has goods and who waits', () => {
  it('OQ1 ST7 F57 is first come, first served, whatever is sold, canceled, held, lost, found and shipped', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const shop = openPromiseShop()
        await stock(shop.oms, 'MUG', opening, '10.00')
        await shop.oms.orThrow.inventory.configure({ sku: 'MUG', backorderAllowance: allowance })
        const shelf: Shelf = { goods: opening, promises: [] }
        for (const step of list) {
          shop.clock.advance(1_000)
          await take(shop, shelf, step)
          await compare(shop, shelf)
        }
      }),
      { numRuns: 60 },
    )
  })
})
