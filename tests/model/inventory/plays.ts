import type { Answer } from '../../../src/app/answer.js'
import { idOf, inLot, linesOf, lotOf, ownerOf, plain, wantedOf, type Shop } from './shop.js'

/** What came of an operation, and what the model says should have come of it. */
export interface Played {
  readonly expected: string
  readonly answer: Answer<unknown>
}

type StockChange = 'quarantine' | 'releaseFromQuarantine' | 'scrap'

const changeStock =
  (name: StockChange) =>
  async (shop: Shop): Promise<Played> => {
    const wanted = wantedOf(shop, 3)
    const lot = lotOf(shop, wanted)
    const answer = await shop.oms.inventory[name](
      { ...wanted, ...inLot(wanted, lot), reason: 'inspected' },
      shop.options(),
    )
    return { answer, expected: shop.model[name](wanted, lot) }
  }

export const plays = {
  receive: async (shop: Shop): Promise<Played> => {
    const wanted = wantedOf(shop)
    const lot = lotOf(shop, wanted)
    const answer = await shop.oms.inventory.receive(
      { ...wanted, ...inLot(wanted, lot, 'dated') },
      shop.options(),
    )
    return { answer, expected: shop.model.receive(wanted, lot) }
  },
  adjust: async (shop: Shop): Promise<Played> => {
    const wanted = wantedOf(shop, 8)
    const signed = { ...wanted, quantity: shop.chance.oneIn(3) ? wanted.quantity : -wanted.quantity }
    const lot = lotOf(shop, wanted)
    const named = inLot(wanted, lot, signed.quantity > 0 ? 'dated' : undefined)
    const answer = await shop.oms.inventory.adjust({ ...signed, ...named, reason: 'counted' }, shop.options())
    return { answer, expected: shop.model.adjust(signed, lot) }
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
    if (answer.ok)
      shop.model.transfers.set(answer.value.transfer, { ...wanted, to, status: 'planned', lots: [] })
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
  openCount: async (shop: Shop): Promise<Played> => {
    const { sku, location } = wantedOf(shop, 1, plain)
    const answer = await shop.oms.counts.open({ skus: [sku], location }, shop.options())
    return {
      answer,
      expected: shop.model.openCount(answer.ok ? answer.value.count : undefined, location, sku),
    }
  },
  recordCount: async (shop: Shop): Promise<Played> => {
    const count = idOf(shop, shop.model.counts)
    const { sku, location } = shop.model.counts.get(count) ?? { sku: 'lamp', location: 'main' }
    const there = shop.model.card(location, sku).onHand
    const counted = Math.max(0, there + shop.chance.of([0, 0, 1, -1, 2, -3, 6, -8]))
    const answer = await shop.oms.counts.record({ count, lines: [{ sku, counted }] })
    return { answer, expected: shop.model.recordCount(count, counted) }
  },
  submitCount: async (shop: Shop): Promise<Played> => {
    const count = idOf(shop, shop.model.counts)
    return { answer: await shop.oms.counts.submit({ count }), expected: shop.model.submitCount(count) }
  },
  approveCount: async (shop: Shop): Promise<Played> => {
    const count = idOf(shop, shop.model.counts)
    const isCounter = shop.chance.oneIn(4)
    const answer = await (isCounter ? shop.oms : shop.grace).counts.approve({ count, reason: 'theft' })
    return { answer, expected: shop.model.approveCount(count, isCounter) }
  },
  rejectCount: async (shop: Shop): Promise<Played> => {
    const count = idOf(shop, shop.model.counts)
    const answer = await shop.grace.counts.reject({ count, reason: 'count-again' })
    return { answer, expected: shop.model.rejectCount(count) }
  },
  cancelCount: async (shop: Shop): Promise<Played> => {
    const count = idOf(shop, shop.model.counts)
    const answer = await shop.oms.counts.cancel({ count, reason: 'no-time' })
    return { answer, expected: shop.model.cancelCount(count) }
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
  openCount: 2,
  recordCount: 3,
  submitCount: 3,
  approveCount: 3,
}

export const drawn: readonly PlayName[] = (Object.keys(plays) as PlayName[]).flatMap((name) =>
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
