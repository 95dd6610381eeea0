import { countedIds, fixedClock } from 'orderwright/testing'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import type { Answer } from '../../../src/app/answer.js'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { singleTenant } from '../../../src/core/ids/ids.js'
import { trustHost } from '../../../src/core/ports/policy.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { createOrderManagement } from '../../../src/create-order-management.js'
import { chanceFrom, type Chance } from '../../../src/testing/simulation/chance.js'
import { InventoryModel, type Wanted } from './inventory-model.js'

export interface ModelRun {
  /** Those that were played: a run ends at its first difference. */
  readonly operations: number
  /** How often each operation had each outcome. */
  readonly outcomes: ReadonlyMap<string, number>
  /** Where engine and model disagreed; empty when they never did. */
  readonly differences: readonly string[]
}

const skus = ['lamp', 'mug', 'tray', 'vase'] as const
const locations = ['main', 'north'] as const
const longestHoldSeconds = 1_800
/** A shop's records are not forgotten, so a shop does not live for ever. */
const operationsPerShop = 2_000
const operationsPerFullLook = 250

/** Plays random inventory operations against the engine and against the model, and compares what comes of each. */
export const runModel = async (seed: number, operations: number): Promise<ModelRun> => {
  const outcomes = new Map<string, number>()
  const differences: string[] = []
  for (let left = operations, shop = 0; left > 0 && differences.length === 0; shop += 1) {
    const count = Math.min(operationsPerShop, left)
    differences.push(...(await runShop(seed * 1_000_003 + shop, count, outcomes)))
    left -= count
  }
  let played = 0
  for (const times of outcomes.values()) played += times
  return { operations: played, outcomes, differences }
}

interface Shop {
  readonly chance: Chance
  readonly model: InventoryModel
  readonly oms: OrderManagementFor
  readonly storage: Storage
  readonly clock: ReturnType<typeof fixedClock>
  readonly now: () => number
  readonly options: () => { readonly idempotencyKey: string }
}

const runShop = async (
  seed: number,
  operations: number,
  outcomes: Map<string, number>,
): Promise<readonly string[]> => {
  const shop = await openShop(seed)
  for (let turn = 1; turn <= operations; turn += 1) {
    if (shop.chance.oneIn(10)) shop.clock.advance(shop.chance.of([1, 1_000, 60_000, 599_999, 600_000]))
    const name = shop.chance.of(drawn)
    const { expected, answer } = await plays[name](shop)
    const came = answer.ok ? 'ok' : answer.error.code
    const outcome = `${name} ${came}`
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    const at = `seed ${seed}, operation ${turn}`
    if (came !== expected) return [`${at}: ${name} came out as ${came}, expected was ${expected}`]
    if (turn % 10 === 0) {
      const [difference] = await compareCards(shop)
      if (difference !== undefined) return [`${at} (${name}): ${difference}`]
    }
    if (turn % operationsPerFullLook === 0 || turn === operations) {
      const [difference] = await compareAll(shop)
      if (difference !== undefined) return [`${at} (${name}): ${difference}`]
    }
  }
  return []
}

const openShop = async (seed: number): Promise<Shop> => {
  const clock = fixedClock()
  const storage = memoryStorage({ clock })
  const oms = createOrderManagement({
    storage,
    policy: trustHost,
    clock,
    ids: countedIds(),
    settings: { longestHoldSeconds },
  }).as({ actor: { kind: 'user', id: 'ada' } })
  const model = new InventoryModel(longestHoldSeconds * 1_000)
  let keys = 0
  const options = () => ({ idempotencyKey: `${(keys += 1)}` })
  for (const sku of skus) {
    await oms.orThrow.catalog.define({ sku, name: sku, price: { amount: '9.99', currency: 'EUR' } })
    for (const location of locations) {
      await oms.orThrow.inventory.receive({ sku, location, quantity: 20 }, options())
      model.receive({ sku, location, quantity: 20 })
    }
  }
  return {
    chance: chanceFrom(seed),
    model,
    oms,
    storage,
    clock,
    now: () => new Date(clock.now()).getTime(),
    options,
  }
}

interface Played {
  readonly expected: string
  readonly answer: Answer<unknown>
}

const wantedOf = ({ chance }: Shop, most = 6): Wanted => ({
  sku: chance.of(skus),
  location: chance.of(locations),
  quantity: 1 + chance.below(most),
})

const linesOf = (shop: Shop): readonly Wanted[] =>
  Array.from({ length: 1 + shop.chance.below(3) }, () => wantedOf(shop, 4))

const ownerOf = ({ chance }: Shop): string => (chance.oneIn(12) ? 'another-cart' : 'cart')

/** Mostly one of the newest: the old ones are over. */
const idOf = ({ chance }: Shop, known: ReadonlyMap<string, unknown>): string => {
  const ids = [...known.keys()]
  if (ids.length === 0) return '00000000-0000-4000-8000-0000000fffff'
  const newest = Math.min(ids.length, 12)
  return chance.oneIn(10) ? chance.of(ids) : chance.of(ids.slice(-newest))
}

type StockChange = 'quarantine' | 'releaseFromQuarantine' | 'scrap'

const changeStock =
  (name: StockChange) =>
  async (shop: Shop): Promise<Played> => {
    const wanted = wantedOf(shop, 3)
    const answer = await shop.oms.inventory[name]({ ...wanted, reason: 'inspected' }, shop.options())
    return { answer, expected: shop.model[name](wanted) }
  }

const plays = {
  receive: async (shop: Shop): Promise<Played> => {
    const wanted = wantedOf(shop)
    const answer = await shop.oms.inventory.receive(wanted, shop.options())
    return { answer, expected: shop.model.receive(wanted) }
  },
  adjust: async (shop: Shop): Promise<Played> => {
    const wanted = wantedOf(shop, 8)
    const signed = { ...wanted, quantity: shop.chance.oneIn(3) ? wanted.quantity : -wanted.quantity }
    const answer = await shop.oms.inventory.adjust({ ...signed, reason: 'counted' }, shop.options())
    return { answer, expected: shop.model.adjust(signed) }
  },
  configure: async (shop: Shop): Promise<Played> => {
    const wanted = { ...wantedOf(shop), quantity: shop.chance.below(3) }
    const { sku, location, quantity: safetyStock } = wanted
    const answer = await shop.oms.inventory.configure({ sku, location, safetyStock, backorderAllowance: 0 })
    return { answer, expected: shop.model.configure(wanted) }
  },
  quarantine: changeStock('quarantine'),
  releaseFromQuarantine: changeStock('releaseFromQuarantine'),
  scrap: changeStock('scrap'),
  hold: async (shop: Shop): Promise<Played> => {
    const lines = linesOf(shop)
    const owner = ownerOf(shop)
    const seconds = shop.chance.of([1, 60, 600, 1_200])
    const answer = await shop.oms.inventory.hold({ owner, lines: [...lines], seconds }, shop.options())
    const id = answer.ok ? answer.value.reservation : undefined
    return { answer, expected: shop.model.hold(id, owner, lines, seconds, shop.now()) }
  },
  extendHold: async (shop: Shop): Promise<Played> => {
    const reservation = idOf(shop, shop.model.holds)
    const owner = ownerOf(shop)
    const seconds = shop.chance.of([1, 600, 1_800])
    const answer = await shop.oms.inventory.extendHold({ reservation, owner, seconds })
    return { answer, expected: shop.model.extendHold(reservation, owner, seconds, shop.now()) }
  },
  releaseHold: async (shop: Shop): Promise<Played> => {
    const reservation = idOf(shop, shop.model.holds)
    const owner = ownerOf(shop)
    const answer = await shop.oms.inventory.releaseHold({ reservation, owner })
    return { answer, expected: shop.model.releaseHold(reservation, owner) }
  },
  expireHold: async (shop: Shop): Promise<Played> => {
    const reservation = idOf(shop, shop.model.holds)
    const answer = await shop.oms.inventory.expireHold({ reservation })
    return { answer, expected: shop.model.expireHold(reservation, shop.now()) }
  },
  place: (shop: Shop): Promise<Played> => place(shop, false),
  placeHeld: (shop: Shop): Promise<Played> => place(shop, true),
  confirm: async (shop: Shop): Promise<Played> => {
    const order = idOf(shop, shop.model.orders)
    const answer = await shop.oms.orders.confirm({ order })
    return { answer, expected: shop.model.confirm(order) }
  },
  cancel: async (shop: Shop): Promise<Played> => {
    const order = idOf(shop, shop.model.orders)
    const answer = await shop.oms.orders.cancel({ order, reason: 'changed-mind' }, shop.options())
    return { answer, expected: shop.model.cancel(order) }
  },
  plan: async (shop: Shop): Promise<Played> => {
    const order = idOf(shop, shop.model.orders)
    const answer = await shop.oms.fulfillments.plan({ order })
    const expected = shop.model.plan(order)
    if (typeof expected === 'string') return { answer, expected }
    const planned = answer.ok ? answer.value.fulfillments : []
    for (const { fulfillment, location } of planned) shop.model.planned(order, location, fulfillment)
    const isSame =
      planned
        .map(({ location }) => location)
        .sort()
        .join() === expected.toSorted().join()
    return { answer, expected: isSame ? 'ok' : `work at ${expected.join()}` }
  },
  pack: async (shop: Shop): Promise<Played> => {
    const fulfillment = idOf(shop, shop.model.works)
    const answer = await shop.oms.fulfillments.pack({ fulfillment })
    if (answer.ok) shop.model.shipments.set(answer.value.shipment, { work: fulfillment })
    return { answer, expected: shop.model.pack(fulfillment) }
  },
  cancelWork: async (shop: Shop): Promise<Played> => {
    const fulfillment = idOf(shop, shop.model.works)
    const answer = await shop.oms.fulfillments.cancel({ fulfillment, reason: 'no-picker' })
    return { answer, expected: shop.model.cancelWork(fulfillment) }
  },
  ship: async (shop: Shop): Promise<Played> => {
    const shipment = idOf(shop, shop.model.shipments)
    const answer = await shop.oms.shipments.ship({ shipment, carrier: 'Parcel Post' })
    return { answer, expected: shop.model.ship(shipment) }
  },
  planTransfer: async (shop: Shop): Promise<Played> => {
    const wanted = wantedOf(shop, 3)
    const to = wanted.location === 'main' ? 'north' : 'main'
    const { sku, location: from, quantity } = wanted
    const answer = await shop.oms.transfers.plan({ from, to, lines: [{ sku, quantity }] }, shop.options())
    if (answer.ok) shop.model.transfers.set(answer.value.transfer, { ...wanted, to, status: 'planned' })
    return { answer, expected: 'ok' }
  },
  shipTransfer: async (shop: Shop): Promise<Played> => {
    const transfer = idOf(shop, shop.model.transfers)
    const answer = await shop.oms.transfers.ship({ transfer })
    return { answer, expected: shop.model.shipTransfer(transfer) }
  },
  receiveTransfer: async (shop: Shop): Promise<Played> => {
    const transfer = idOf(shop, shop.model.transfers)
    const answer = await shop.oms.transfers.receive({ transfer }, shop.options())
    return { answer, expected: shop.model.receiveTransfer(transfer) }
  },
} as const

type PlayName = keyof typeof plays

const often: Readonly<Partial<Record<PlayName, number>>> = {
  receive: 3,
  hold: 4,
  place: 4,
  placeHeld: 3,
  confirm: 4,
  plan: 4,
  pack: 3,
  ship: 3,
  cancel: 2,
  expireHold: 2,
}

const drawn: readonly PlayName[] = (Object.keys(plays) as PlayName[]).flatMap((name) =>
  Array.from({ length: often[name] ?? 1 }, () => name),
)

const place = async (shop: Shop, withHold: boolean): Promise<Played> => {
  const id = idOf(shop, shop.model.holds)
  const hold = withHold ? shop.model.holds.get(id) : undefined
  const lines = hold !== undefined && shop.chance.oneIn(2) ? hold.lines : linesOf(shop)
  const held = withHold ? { id, owner: ownerOf(shop) } : undefined
  const answer = await shop.oms.orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      lines: lines.map(({ sku, location, quantity }) => ({ sku, location, quantity })),
      ...(held !== undefined && { held: { reservation: held.id, owner: held.owner } }),
    },
    shop.options(),
  )
  const order = answer.ok ? answer.value.order : undefined
  return { answer, expected: shop.model.place(order, lines, held, shop.now()) }
}

const compareCards = async ({ model, storage }: Shop): Promise<readonly string[]> => {
  const names = [...model.cards.keys()]
  const records = await storage.read(
    singleTenant,
    names.map((id) => ({ kind: 'stock', id })),
  )
  const levels = new Map(records.map(({ key, state }) => [key.id, state as Record<string, number>]))
  return names.flatMap((name) => {
    const level = levels.get(name)
    return Object.entries(model.cards.get(name) ?? {}).flatMap(([figure, expected]) => {
      const stored = level?.[figure] ?? 0
      return stored === expected ? [] : [`${figure} of ${name} is ${stored}, expected was ${expected}`]
    })
  })
}

interface StoredLine {
  readonly planned: number
  readonly canceled: number
  readonly shipped: number
}

const compareAll = async (shop: Shop): Promise<readonly string[]> => {
  const { model, storage } = shop
  const stateOf = async (kind: string, id: string): Promise<Record<string, unknown>> =>
    (await storage.read(singleTenant, [{ kind, id }]))[0]?.state as Record<string, unknown>
  const differences = [...(await compareCards(shop))]
  for (const [id, { status, expiresAt }] of model.holds) {
    const hold = await stateOf('reservation', id)
    if (hold['status'] !== status)
      differences.push(`hold ${id} is ${String(hold['status'])}, expected was ${status}`)
    if (new Date(hold['expiresAt'] as string).getTime() !== expiresAt)
      differences.push(`hold ${id} ends at ${String(hold['expiresAt'])}`)
  }
  for (const [id, { lines }] of model.orders) {
    const stored = (await stateOf('order', id))['lines'] as readonly StoredLine[]
    for (const [place, { planned, canceled, shipped }] of lines.entries()) {
      const line = stored[place]
      if (line?.planned !== planned || line.canceled !== canceled || line.shipped !== shipped)
        differences.push(`line ${place + 1} of order ${id} is ${JSON.stringify(line)}`)
    }
  }
  return differences
}
