import { stockKind } from '../../../src/core/inventory/stock-level.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { chanceFrom, type Chance } from '../../../src/testing/simulation/chance.js'
import type { Answer } from '../../../src/app/answer.js'
import { openPromiseShop, type PromiseShop } from '../../support/promise-shop.js'
import { playShops, type ModelRun, type PlayShop } from '../model-run.js'
import { allocated, isWaiting, plannable, Shelves, type Promised, type Wanted } from './shelves.js'

const opening = { mug: 6, cup: 4, novel: 0 } as const
const allowance = { mug: 5, cup: 2, novel: 0 } as const
const goods = ['mug', 'cup', 'novel'] as const
const kits = new Map([
  [
    'set',
    [
      { sku: 'mug', perUnit: 2 },
      { sku: 'cup', perUnit: 1 },
    ],
  ],
])
const sold = [...goods, 'set'] as const

interface Warehouse {
  readonly chance: Chance
  readonly shop: PromiseShop
  readonly shelves: Shelves
  readonly key: () => { readonly idempotencyKey: string }
}

/** Plays random sales, preorders, receipts, losses and shipments against the engine and against plain shelves, and compares who has what. */
export const runPromises = (seed: number, operations: number): Promise<ModelRun> =>
  playShops(runShop, { seed, operations, perShop: 500 })

const runShop: PlayShop = async (seed, operations, outcomes) => {
  const warehouse = await openWarehouse(seed)
  for (let turn = 1; turn <= operations; turn += 1) {
    warehouse.shop.clock.advance(1_000)
    const name = warehouse.chance.of(drawn)
    const { came, expected } = await plays[name](warehouse)
    outcomes.set(`${name} ${came}`, (outcomes.get(`${name} ${came}`) ?? 0) + 1)
    const at = `seed ${seed}, operation ${turn} (${name})`
    if (came !== expected) return [`${at}: came out as ${came}, expected was ${expected}`]
    const [difference] = await compare(warehouse)
    if (difference !== undefined) return [`${at}: ${difference}`]
  }
  return []
}

const openWarehouse = async (seed: number): Promise<Warehouse> => {
  const shop = openPromiseShop({ longestHoldSeconds: 86_400 })
  const { catalog, inventory } = shop.oms.orThrow
  const shelves = new Shelves(kits)
  let keys = 0
  const key = () => ({ idempotencyKey: `${(keys += 1)}` })
  const price = { amount: '9.99', currency: 'EUR' }
  for (const sku of goods) {
    await catalog.define({ sku, name: sku, price })
    await inventory.configure({ sku, backorderAllowance: allowance[sku] })
    shelves.shelf(sku).allowance = allowance[sku]
    if (opening[sku] === 0) continue
    await inventory.receive({ sku, quantity: opening[sku] }, key())
    shelves.receive(sku, opening[sku])
  }
  for (const [sku, parts] of kits) {
    const components = parts.map((part) => ({ sku: part.sku, quantity: part.perUnit }))
    await catalog.define({ sku, name: sku, price, components })
  }
  return { chance: chanceFrom(seed), shop, shelves, key }
}

interface Outcome {
  readonly came: string
  readonly expected: string
}

const nothingToDo: Outcome = { came: 'nothing to do', expected: 'nothing to do' }

const codeOf = (answer: Answer<unknown>): string => (answer.ok ? 'ok' : answer.error.code)

/** One or two different things, a few of each. */
const wantedBy = (chance: Chance): readonly Wanted[] => {
  const first = chance.of(sold)
  const second = chance.of(sold)
  const lines = [{ sku: first, quantity: 1 + chance.below(4) }]
  return chance.oneIn(2) && second !== first
    ? [...lines, { sku: second, quantity: 1 + chance.below(2) }]
    : lines
}

const one = (
  { chance, shelves }: Warehouse,
  kind: Promised['kind'],
  fits: (promise: Promised) => boolean = () => true,
): Promised | undefined => {
  const some = shelves.promises.filter(
    (promise) => promise.kind === kind && promise.lines.some(({ open }) => open > 0) && fits(promise),
  )
  return some.length === 0 ? undefined : chance.of(some)
}

const place = async (
  { shop, key }: Warehouse,
  wanted: readonly Wanted[],
  hold?: string,
): Promise<Answer<{ readonly order: string }>> => {
  const held = hold === undefined ? {} : { held: { reservation: hold, owner: 'cart' } }
  const answer = await shop.oms.orders.place(
    { channel: 'web', currency: 'EUR', lines: [...wanted], ...held },
    key(),
  )
  if (answer.ok) await shop.oms.orThrow.orders.confirm({ order: answer.value.order })
  return answer
}

const plays = {
  place: async (warehouse: Warehouse): Promise<Outcome> => {
    const { shelves, chance } = warehouse
    const wanted = wantedBy(chance)
    const expected = shelves.canPromise(wanted) ? 'ok' : 'out_of_stock'
    const answer = await place(warehouse, wanted)
    if (answer.ok) shelves.promise('order', answer.value.order, wanted)
    return { came: codeOf(answer), expected }
  },
  hold: async ({ shop, shelves, chance, key }: Warehouse): Promise<Outcome> => {
    const wanted = wantedBy(chance)
    const expected = shelves.canPromise(wanted) ? 'ok' : 'out_of_stock'
    const hold = { owner: 'cart', lines: [...wanted], seconds: 86_000 }
    const answer = await shop.oms.inventory.hold(hold, key())
    if (answer.ok) shelves.promise('hold', answer.value.reservation, wanted)
    return { came: codeOf(answer), expected }
  },
  orderHold: async (warehouse: Warehouse): Promise<Outcome> => {
    const hold = one(warehouse, 'hold')
    if (hold === undefined) return nothingToDo
    const answer = await place(warehouse, hold.wanted, hold.id)
    if (answer.ok) warehouse.shelves.orderHold(hold, answer.value.order)
    return { came: codeOf(answer), expected: 'ok' }
  },
  releaseHold: async (warehouse: Warehouse): Promise<Outcome> => {
    const hold = one(warehouse, 'hold')
    if (hold === undefined) return nothingToDo
    const answer = await warehouse.shop.oms.inventory.releaseHold({ reservation: hold.id, owner: 'cart' })
    warehouse.shelves.release(hold)
    return { came: codeOf(answer), expected: 'ok' }
  },
  cancel: async (warehouse: Warehouse): Promise<Outcome> => {
    const { shop, shelves, chance, key } = warehouse
    const order = one(warehouse, 'order', ({ lines }) => lines.some(({ open, planned }) => open > planned))
    if (order === undefined) return nothingToDo
    const places = order.lines.flatMap(({ open, planned }, at) => (open > planned ? [at] : []))
    const at = chance.of(places)
    const line = order.lines[at] as Promised['lines'][number]
    const quantity = 1 + chance.below(line.open - line.planned)
    const canceled = { order: order.id, lines: [{ line: `L${at + 1}`, quantity }], reason: 'less' }
    const answer = await shop.oms.orders.cancel(canceled, key())
    shelves.cancel(line, quantity)
    return { came: codeOf(answer), expected: 'ok' }
  },
  receive: async ({ shop, shelves, chance, key }: Warehouse): Promise<Outcome> => {
    const [sku, quantity] = [chance.of(goods), 1 + chance.below(4)]
    const answer = await shop.oms.inventory.receive({ sku, quantity }, key())
    return { came: codeOf(answer), expected: shelves.receive(sku, quantity) }
  },
  lose: async ({ shop, shelves, chance, key }: Warehouse): Promise<Outcome> => {
    const [sku, quantity] = [chance.of(goods), 1 + chance.below(4)]
    const shortage = chance.oneIn(4) ? 'refuse' : 'backorder'
    const answer = await shop.oms.inventory.adjust(
      { sku, quantity: -quantity, reason: 'lost', shortage },
      key(),
    )
    return { came: codeOf(answer), expected: shelves.lose(sku, quantity, shortage) }
  },
  openPreorder: async ({ shop, shelves, chance }: Warehouse): Promise<Outcome> => {
    const [sku, limit] = [chance.oneIn(8) ? 'mug' : 'novel', 1 + chance.below(8)]
    const days = { until: '2050-01-01', expectedOn: '2050-01-02' }
    const answer = await shop.oms.inventory.openPreorder({ sku, limit, ...days })
    return { came: codeOf(answer), expected: shelves.openPreorder(sku, limit) }
  },
  closePreorder: async ({ shop, shelves }: Warehouse): Promise<Outcome> => {
    const answer = await shop.oms.inventory.closePreorder({ sku: 'novel' })
    return { came: codeOf(answer), expected: shelves.closePreorder('novel') }
  },
  plan: async (warehouse: Warehouse): Promise<Outcome> => {
    const order = one(warehouse, 'order')
    if (order === undefined) return nothingToDo
    const refused = order.lines.some(isWaiting) ? 'waiting_for_stock' : 'quantity_exceeded'
    const expected = order.lines.some((line) => plannable(line) > 0) ? 'ok' : refused
    const answer = await warehouse.shop.oms.fulfillments.plan({ order: order.id })
    const [work] = answer.ok ? answer.value.fulfillments : []
    if (work !== undefined) warehouse.shelves.plan(order, work.fulfillment)
    return { came: codeOf(answer), expected }
  },
  cancelWork: async ({ shop, shelves, chance }: Warehouse): Promise<Outcome> => {
    if (shelves.works.length === 0) return nothingToDo
    const work = chance.of(shelves.works)
    const answer = await shop.oms.fulfillments.cancel({ fulfillment: work.id, reason: 'no-picker' })
    shelves.cancelWork(work)
    return { came: codeOf(answer), expected: 'ok' }
  },
  ship: async ({ shop, shelves, chance }: Warehouse): Promise<Outcome> => {
    if (shelves.works.length === 0) return nothingToDo
    const work = chance.of(shelves.works)
    const { shipment } = await shop.oms.orThrow.fulfillments.pack({ fulfillment: work.id })
    const answer = await shop.oms.shipments.ship({ shipment, carrier: 'Parcel Post' })
    shelves.ship(work)
    return { came: codeOf(answer), expected: 'ok' }
  },
} as const

type PlayName = keyof typeof plays

const often: Readonly<Partial<Record<PlayName, number>>> = { place: 5, receive: 4, plan: 3, ship: 2, lose: 2 }

const drawn: readonly PlayName[] = (Object.keys(plays) as PlayName[]).flatMap((name) =>
  Array.from({ length: often[name] ?? 1 }, () => name),
)

const compare = async ({ shop, shelves }: Warehouse): Promise<readonly string[]> => {
  const differences: string[] = []
  for (const promise of shelves.promises) {
    if (promise.kind === 'hold' || promise.lines.every(({ open }) => open === 0)) continue
    const { lines } = await shop.stored(orderKind, promise.id)
    const lacking = lines.map((line) => new Map(line.lacking?.map(({ sku, quantity }) => [sku, quantity])))
    const difference = shelves.adopt(promise, lacking)
    if (difference !== undefined) differences.push(`order ${promise.id}: ${difference}`)
    const stored = lines.map((line) => line.allocated)
    const expected = promise.lines.map(allocated)
    if (stored.join() !== expected.join())
      differences.push(`order ${promise.id} has ${stored.join()}, expected was ${expected.join()}`)
  }
  for (const sku of shelves.skus) {
    const { onHand, reserved, shorted = 0, backordered = 0 } = await shop.stored(stockKind, `main/${sku}`)
    const shelf = shelves.shelf(sku)
    const promised = shelves.promised(sku)
    const stored = { onHand, reserved, shorted, backordered }
    const covered = Math.min(promised, shelf.goods + shelf.allowance)
    const expected = {
      onHand: shelf.goods,
      reserved: covered,
      shorted: promised - covered,
      backordered: promised - shelves.given(sku),
    }
    if (JSON.stringify(stored) !== JSON.stringify(expected))
      differences.push(`${sku} is ${JSON.stringify(stored)}, expected was ${JSON.stringify(expected)}`)
  }
  return differences
}
