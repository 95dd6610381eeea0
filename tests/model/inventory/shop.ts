import { countedIds, fixedClock } from 'orderwright/testing'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { chanceFrom, type Chance } from '../../../src/testing/simulation/chance.js'
import { InventoryModel, type Part, type Wanted } from './inventory-model.js'

export const plain = ['lamp', 'mug', 'tray', 'vase'] as const
/** Tracked by lot. */
export const salve = 'salve'
const stocked = [...plain, salve] as const
export const lots = ['A', 'B', 'C'] as const
const expiry = { A: '2040-01-31', B: '2040-02-29', C: '2040-03-31' } as const
const kits: ReadonlyMap<string, readonly Part[]> = new Map([
  [
    'set',
    [
      { sku: 'lamp', perUnit: 1 },
      { sku: 'mug', perUnit: 2 },
    ],
  ],
  [
    'gift',
    [
      { sku: salve, perUnit: 1 },
      { sku: 'tray', perUnit: 1 },
    ],
  ],
])
const sold = [...stocked, ...kits.keys()]
const locations = ['main', 'north'] as const
const longestHoldSeconds = 1_800
/** Named by nobody. */
const stranger = '00000000-0000-4000-8000-0000000fffff'

export interface Shop {
  readonly chance: Chance
  readonly model: InventoryModel
  /** Ada, who counts. */
  readonly oms: OrderManagementFor
  /** Who approves what Ada counted. */
  readonly grace: OrderManagementFor
  readonly storage: Storage
  readonly clock: ReturnType<typeof fixedClock>
  readonly now: () => number
  readonly options: () => { readonly idempotencyKey: string }
}

export const openShop = async (seed: number): Promise<Shop> => {
  const clock = fixedClock()
  const storage = memoryStorage({ clock })
  const management = createOrderManagement({
    storage,
    policy: trustHost,
    clock,
    ids: countedIds(),
    settings: { longestHoldSeconds, countTolerancePercent: '10' },
  })
  const [oms, grace] = [management.as(ada), management.as({ actor: { kind: 'user', id: 'grace' } })]
  const model = new InventoryModel({
    longestLife: longestHoldSeconds * 1_000,
    toleratedShare: 10,
    lots: new Map([[salve, lots]]),
    kits,
  })
  let keys = 0
  const options = () => ({ idempotencyKey: `${(keys += 1)}` })
  const price = { amount: '9.99', currency: 'EUR' }
  for (const sku of stocked) {
    await oms.orThrow.catalog.define({ sku, name: sku, price, ...(sku === salve && { tracking: 'lot' }) })
    const lot = sku === salve ? 'B' : undefined
    for (const location of locations) {
      const goods = { sku, location, quantity: 20 }
      await oms.orThrow.inventory.receive({ ...goods, ...inLot(goods, lot, 'dated') }, options())
      model.receive(goods, lot)
    }
  }
  for (const [sku, parts] of kits) {
    const components = parts.map((part) => ({ sku: part.sku, quantity: part.perUnit }))
    await oms.orThrow.catalog.define({ sku, name: sku, price, components })
  }
  return {
    chance: chanceFrom(seed),
    model,
    oms,
    grace,
    storage,
    clock,
    now: () => new Date(clock.now()).getTime(),
    options,
  }
}

const ada = { actor: { kind: 'user', id: 'ada' } } as const

/** How a command names the lot; goods that come in say until when they keep. */
export const inLot = (
  { quantity }: Pick<Wanted, 'quantity'>,
  lot: (typeof lots)[number] | undefined,
  dated?: 'dated',
) =>
  lot === undefined
    ? {}
    : { lots: [{ lot, quantity: Math.abs(quantity), ...(dated && { expiresOn: expiry[lot] }) }] }

export const lotOf = ({ chance }: Shop, { sku }: Wanted): (typeof lots)[number] | undefined =>
  sku === salve ? chance.of(lots) : undefined

/** Goods on a shelf. */
export const wantedOf = ({ chance }: Shop, most = 6, skus: readonly string[] = stocked): Wanted => ({
  sku: chance.of(skus),
  location: chance.of(locations),
  quantity: 1 + chance.below(most),
})

/** What a customer wants: goods and kits. */
export const linesOf = (shop: Shop): readonly Wanted[] =>
  Array.from({ length: 1 + shop.chance.below(3) }, () => wantedOf(shop, 4, sold))

export const ownerOf = ({ chance }: Shop): string => (chance.oneIn(12) ? 'another-cart' : 'cart')

/** Mostly one of the newest: the old ones are over. */
export const idOf = ({ chance }: Shop, known: ReadonlyMap<string, unknown>): string => {
  const ids = [...known.keys()]
  if (ids.length === 0) return stranger
  const newest = Math.min(ids.length, 5)
  return chance.oneIn(10) ? chance.of(ids) : chance.of(ids.slice(-newest))
}
