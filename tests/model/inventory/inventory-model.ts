import { emptyLots, type LotShare, type LotsCard } from './lots-card.js'

/** The stock of one product at one place, as a warehouse clerk would keep it on a card. */
export interface Card {
  onHand: number
  quarantined: number
  reserved: number
  incoming: number
  safetyStock: number
}

/** What one unit that is sold takes from stock: itself, or the components of a kit. */
export interface Part {
  readonly sku: string
  readonly perUnit: number
}

export interface Wanted {
  readonly sku: string
  readonly location: string
  readonly quantity: number
}

export interface HeldGoods {
  readonly owner: string
  readonly lines: readonly Wanted[]
  readonly heldAt: number
  expiresAt: number
  status: 'held' | 'committed' | 'released' | 'expired' | 'shipped' | 'canceled'
}

export interface OrderLine extends Wanted {
  planned: number
  canceled: number
  shipped: number
}

export interface PlacedOrder {
  readonly lines: readonly OrderLine[]
  readonly hold?: string
  status: 'placed' | 'confirmed' | 'canceled'
}

export interface Work {
  readonly order: string
  readonly location: string
  readonly lines: readonly { readonly line: number; readonly quantity: number }[]
  /** The lots that it has set aside. */
  readonly lots: readonly { readonly sku: string; readonly shares: readonly LotShare[] }[]
  status: 'planned' | 'packed' | 'handed_over' | 'canceled'
}

export interface Shipment {
  readonly work: string
}

export interface Transfer extends Wanted {
  readonly to: string
  status: 'planned' | 'in_transit' | 'received'
  /** The lots that are on their way. */
  lots: readonly LotShare[]
}

/** The count of one product at one place. */
export interface Count {
  readonly location: string
  readonly sku: string
  status: 'open' | 'awaiting_approval' | 'booked' | 'canceled'
  found?: { readonly counted: number; readonly expected: number } | undefined
}

export interface Rules {
  /** In milliseconds. */
  readonly longestLife: number
  /** One in so many may be missing without a second pair of eyes. */
  readonly toleratedShare: number
  /** The lots of the products that are tracked by lot, first expired first. */
  readonly lots: ReadonlyMap<string, readonly string[]>
  readonly kits: ReadonlyMap<string, readonly Part[]>
}

/**
 * The reference: plain maps and sums, without events, versions, locks or state machines. It says of each operation what must come of it; ids are the
 * engine's, which the model is told afterwards.
 */
export class InventoryModel {
  readonly cards = new Map<string, Card>()
  readonly holds = new Map<string, HeldGoods>()
  readonly orders = new Map<string, PlacedOrder>()
  readonly works = new Map<string, Work>()
  readonly shipments = new Map<string, Shipment>()
  readonly transfers = new Map<string, Transfer>()
  readonly counts = new Map<string, Count>()
  readonly #lots = new Map<string, LotsCard>()

  constructor(private readonly rules: Rules) {}

  card(location: string, sku: string): Card {
    const name = `${location}/${sku}`
    const known = this.cards.get(name)
    if (known !== undefined) return known
    const fresh = { onHand: 0, quarantined: 0, reserved: 0, incoming: 0, safetyStock: 0 }
    this.cards.set(name, fresh)
    return fresh
  }

  /** Absent for goods that nobody tells apart. */
  lots(location: string, sku: string): LotsCard | undefined {
    const names = this.rules.lots.get(sku)
    const id = `${location}/${sku}`
    const known = this.#lots.get(id)
    if (known !== undefined || names === undefined) return known
    const fresh = emptyLots(names)
    this.#lots.set(id, fresh)
    return fresh
  }

  receive({ location, sku, quantity }: Wanted, lot?: string): string {
    this.card(location, sku).onHand += quantity
    if (lot !== undefined) this.lots(location, sku)?.add([{ lot, quantity }])
    return 'ok'
  }

  adjust({ location, sku, quantity }: Wanted, lot?: string): string {
    const card = this.card(location, sku)
    // What is in quarantine is not what was miscounted.
    if (quantity < 0 && card.onHand + quantity < card.quarantined) return 'quantity_exceeded'
    if (quantity < 0 && card.onHand + quantity - card.quarantined < card.reserved)
      return 'stock_below_reserved'
    if (lot !== undefined && quantity < 0) {
      const refused = this.lots(location, sku)?.take('free', { lot, quantity: -quantity })
      if (refused !== undefined) return refused
    } else if (lot !== undefined) this.lots(location, sku)?.add([{ lot, quantity }])
    card.onHand += quantity
    return 'ok'
  }

  configure({ location, sku, quantity }: Wanted): string {
    this.card(location, sku).safetyStock = quantity
    return 'ok'
  }

  quarantine({ location, sku, quantity }: Wanted, lot?: string): string {
    const card = this.card(location, sku)
    if (quantity > card.onHand - card.quarantined) return 'quantity_exceeded'
    if (card.onHand - card.quarantined - quantity < card.reserved) return 'stock_below_reserved'
    const refused = lot === undefined ? undefined : this.lots(location, sku)?.setAside({ lot, quantity })
    if (refused !== undefined) return refused
    card.quarantined += quantity
    return 'ok'
  }

  releaseFromQuarantine({ location, sku, quantity }: Wanted, lot?: string): string {
    const card = this.card(location, sku)
    if (quantity > card.quarantined) return 'quantity_exceeded'
    const refused = lot === undefined ? undefined : this.lots(location, sku)?.bringBack({ lot, quantity })
    if (refused !== undefined) return refused
    card.quarantined -= quantity
    return 'ok'
  }

  scrap({ location, sku, quantity }: Wanted, lot?: string): string {
    const card = this.card(location, sku)
    if (quantity > card.quarantined) return 'quantity_exceeded'
    const refused =
      lot === undefined ? undefined : this.lots(location, sku)?.take('quarantined', { lot, quantity })
    if (refused !== undefined) return refused
    card.quarantined -= quantity
    card.onHand -= quantity
    return 'ok'
  }

  openCount(id: string | undefined, location: string, sku: string): string {
    for (const count of this.counts.values()) {
      const isRunning = count.status === 'open' || count.status === 'awaiting_approval'
      if (isRunning && count.location === location && count.sku === sku) return 'already_exists'
    }
    if (id !== undefined) this.counts.set(id, { location, sku, status: 'open' })
    return 'ok'
  }

  recordCount(id: string, counted: number): string {
    const count = this.counts.get(id)
    if (count === undefined) return 'unknown_stock_count'
    if (count.status !== 'open') return 'invalid_state'
    count.found = { counted, expected: this.card(count.location, count.sku).onHand }
    return 'ok'
  }

  submitCount(id: string): string {
    const count = this.counts.get(id)
    if (count === undefined) return 'unknown_stock_count'
    if (count.status !== 'open') return 'invalid_state'
    if (count.found === undefined) return 'count_incomplete'
    const { counted, expected } = count.found
    if (Math.abs(counted - expected) <= Math.floor(expected / this.rules.toleratedShare))
      return this.#book(count)
    count.status = 'awaiting_approval'
    return 'ok'
  }

  approveCount(id: string, isCounter: boolean): string {
    const count = this.counts.get(id)
    if (count === undefined) return 'unknown_stock_count'
    if (count.status !== 'awaiting_approval') return 'invalid_state'
    return isCounter ? 'counter_cannot_approve' : this.#book(count)
  }

  rejectCount(id: string): string {
    const count = this.counts.get(id)
    if (count === undefined) return 'unknown_stock_count'
    if (count.status !== 'awaiting_approval') return 'invalid_state'
    count.status = 'open'
    count.found = undefined
    return 'ok'
  }

  cancelCount(id: string): string {
    const count = this.counts.get(id)
    if (count === undefined) return 'unknown_stock_count'
    if (count.status === 'booked' || count.status === 'canceled') return 'invalid_state'
    count.status = 'canceled'
    return 'ok'
  }

  hold(
    id: string | undefined,
    owner: string,
    lines: readonly Wanted[],
    seconds: number,
    now: number,
  ): string {
    const goods = this.#goodsOf(lines)
    const refused = this.#reserve(goods)
    if (refused !== undefined) return refused
    if (id !== undefined)
      this.holds.set(id, {
        owner,
        lines: goods,
        heldAt: now,
        expiresAt: now + seconds * 1_000,
        status: 'held',
      })
    return 'ok'
  }

  extendHold(id: string, owner: string, seconds: number, now: number): string {
    const hold = this.holds.get(id)
    if (hold === undefined) return 'unknown_reservation'
    const refused = unusable(hold, owner, now)
    if (refused !== undefined) return refused
    const wanted = Math.min(now + seconds * 1_000, hold.heldAt + this.rules.longestLife)
    hold.expiresAt = Math.max(hold.expiresAt, wanted)
    return 'ok'
  }

  releaseHold(id: string, owner: string): string {
    const hold = this.holds.get(id)
    if (hold === undefined) return 'unknown_reservation'
    if (hold.owner !== owner) return 'reservation_owned_by_another'
    if (hold.status !== 'held') return 'invalid_state'
    hold.status = 'released'
    this.#giveBack(hold.lines)
    return 'ok'
  }

  expireHold(id: string, now: number): string {
    const hold = this.holds.get(id)
    if (hold === undefined) return 'unknown_reservation'
    if (now < hold.expiresAt || hold.status !== 'held') return 'invalid_state'
    hold.status = 'expired'
    this.#giveBack(hold.lines)
    return 'ok'
  }

  place(
    id: string | undefined,
    lines: readonly Wanted[],
    held: { id: string; owner: string } | undefined,
    now: number,
  ): string {
    const hold = held === undefined ? undefined : this.holds.get(held.id)
    if (held !== undefined) {
      if (hold === undefined) return 'unknown_reservation'
      const refused = unusable(hold, held.owner, now)
      if (refused !== undefined) return refused
    }
    const own = hold?.lines ?? []
    const goods = this.#goodsOf(lines)
    const missing = goods.flatMap((line) => {
      const quantity = line.quantity - quantityAt(own, line)
      return quantity > 0 ? [{ ...line, quantity }] : []
    })
    const surplus = own.flatMap((line) => {
      const quantity = line.quantity - quantityAt(goods, line)
      return quantity > 0 ? [{ ...line, quantity }] : []
    })
    const refused = this.#reserve(missing)
    if (refused !== undefined) return refused
    this.#giveBack(surplus)
    if (hold !== undefined) hold.status = 'committed'
    if (id !== undefined)
      this.orders.set(id, {
        lines: lines.map((line) => ({ ...line, planned: 0, canceled: 0, shipped: 0 })),
        ...(held !== undefined && { hold: held.id }),
        status: 'placed',
      })
    return 'ok'
  }

  confirm(id: string): string {
    const order = this.orders.get(id)
    if (order === undefined) return 'unknown_order'
    if (order.status !== 'placed') return 'invalid_state'
    order.status = 'confirmed'
    return 'ok'
  }

  cancel(id: string): string {
    const order = this.orders.get(id)
    if (order === undefined) return 'unknown_order'
    if (order.status === 'canceled') return 'invalid_state'
    const free = order.lines.filter((line) => unplanned(line) > 0)
    if (free.length === 0) return 'quantity_exceeded'
    this.#giveBack(this.#goodsOf(free.map((line) => ({ ...line, quantity: unplanned(line) }))))
    for (const line of free) line.canceled += unplanned(line)
    if (order.lines.every((line) => line.canceled === line.quantity)) order.status = 'canceled'
    this.#finish(order, 'canceled')
    return 'ok'
  }

  /** Answers the locations that get work. */
  plan(id: string): string | readonly string[] {
    const order = this.orders.get(id)
    if (order === undefined) return 'unknown_order'
    if (order.status !== 'confirmed') return 'invalid_state'
    const locations = [
      ...new Set(order.lines.filter((line) => unplanned(line) > 0).map(({ location }) => location)),
    ]
    return locations.length === 0 ? 'quantity_exceeded' : locations
  }

  planned(id: string, location: string, work: string): void {
    const order = this.orders.get(id)
    if (order === undefined) return
    const lines = order.lines.flatMap((line, place) =>
      line.location === location && unplanned(line) > 0 ? [{ line: place, quantity: unplanned(line) }] : [],
    )
    const lots: { sku: string; shares: readonly LotShare[] }[] = []
    for (const { line: place, quantity } of lines) {
      const line = order.lines[place] as OrderLine
      line.planned += quantity
      for (const { sku, perUnit } of this.#partsOf(line.sku)) {
        const card = this.lots(location, sku)
        if (card !== undefined) lots.push({ sku, shares: card.allocate(quantity * perUnit) })
      }
    }
    this.works.set(work, { order: id, location, lines, lots, status: 'planned' })
  }

  pack(id: string): string {
    const work = this.works.get(id)
    if (work === undefined) return 'unknown_fulfillment'
    if (work.status !== 'planned') return 'invalid_state'
    work.status = 'packed'
    return 'ok'
  }

  cancelWork(id: string): string {
    const work = this.works.get(id)
    if (work === undefined) return 'unknown_fulfillment'
    if (work.status === 'canceled' || work.status === 'handed_over') return 'invalid_state'
    work.status = 'canceled'
    for (const { line, quantity } of work.lines) this.#line(work, line).planned -= quantity
    for (const { sku, shares } of work.lots) this.lots(work.location, sku)?.release(shares)
    return 'ok'
  }

  ship(id: string): string {
    const shipment = this.shipments.get(id)
    const work = shipment === undefined ? undefined : this.works.get(shipment.work)
    if (work === undefined) return 'unknown_shipment'
    if (work.status !== 'packed') return 'invalid_state'
    work.status = 'handed_over'
    for (const { line: place, quantity } of work.lines) {
      const line = this.#line(work, place)
      line.planned -= quantity
      line.shipped += quantity
      for (const { sku, perUnit } of this.#partsOf(line.sku)) {
        const card = this.card(line.location, sku)
        card.onHand -= quantity * perUnit
        card.reserved -= quantity * perUnit
      }
    }
    for (const { sku, shares } of work.lots) this.lots(work.location, sku)?.ship(shares)
    const order = this.orders.get(work.order)
    if (order !== undefined) this.#finish(order, 'shipped')
    return 'ok'
  }

  shipTransfer(id: string): string {
    const transfer = this.transfers.get(id)
    if (transfer === undefined) return 'unknown_transfer'
    if (transfer.status !== 'planned') return 'invalid_state'
    const from = this.card(transfer.location, transfer.sku)
    if (transfer.quantity > Math.max(0, from.onHand - from.quarantined - from.reserved)) return 'out_of_stock'
    from.onHand -= transfer.quantity
    this.card(transfer.to, transfer.sku).incoming += transfer.quantity
    transfer.lots = this.lots(transfer.location, transfer.sku)?.send(transfer.quantity) ?? []
    transfer.status = 'in_transit'
    return 'ok'
  }

  receiveTransfer(id: string): string {
    const transfer = this.transfers.get(id)
    if (transfer === undefined) return 'unknown_transfer'
    if (transfer.status !== 'in_transit') return 'invalid_state'
    const to = this.card(transfer.to, transfer.sku)
    to.incoming -= transfer.quantity
    to.onHand += transfer.quantity
    this.lots(transfer.to, transfer.sku)?.add(transfer.lots)
    transfer.status = 'received'
    return 'ok'
  }

  /** What was found more or less is booked, not what was found: goods may have moved since. */
  #book(count: Count): string {
    const { counted, expected } = count.found ?? { counted: 0, expected: 0 }
    if (counted !== expected) {
      const booked = this.adjust({ ...count, quantity: counted - expected })
      if (booked !== 'ok') return booked
    }
    count.status = 'booked'
    return 'ok'
  }

  #partsOf(sku: string): readonly Part[] {
    return this.rules.kits.get(sku) ?? [{ sku, perUnit: 1 }]
  }

  /** What lines take from stock: kits by their components, each product at each place once. */
  #goodsOf(lines: readonly Wanted[]): readonly Wanted[] {
    return summed(
      lines.flatMap(({ sku, location, quantity }) =>
        this.#partsOf(sku).map((part) => ({ sku: part.sku, location, quantity: quantity * part.perUnit })),
      ),
    )
  }

  #line(work: Work, place: number): OrderLine {
    return this.orders.get(work.order)?.lines[place] as OrderLine
  }

  #finish(order: PlacedOrder, as: 'shipped' | 'canceled'): void {
    const hold = order.hold === undefined ? undefined : this.holds.get(order.hold)
    if (hold === undefined) return
    if (order.lines.every((line) => line.quantity === line.canceled + line.shipped)) hold.status = as
  }

  /** All of it or nothing. */
  #reserve(lines: readonly Wanted[]): string | undefined {
    for (const { location, sku, quantity } of lines) {
      const card = this.card(location, sku)
      if (quantity > card.onHand - card.quarantined - card.safetyStock - card.reserved) return 'out_of_stock'
    }
    for (const { location, sku, quantity } of lines) this.card(location, sku).reserved += quantity
    return undefined
  }

  #giveBack(lines: readonly Wanted[]): void {
    for (const { location, sku, quantity } of lines) this.card(location, sku).reserved -= quantity
  }
}

const unplanned = (line: OrderLine): number => line.quantity - line.canceled - line.shipped - line.planned

const unusable = (hold: HeldGoods, owner: string, now: number): string | undefined => {
  if (hold.owner !== owner) return 'reservation_owned_by_another'
  if (hold.status === 'committed' || hold.status === 'shipped' || hold.status === 'canceled')
    return 'reservation_already_committed'
  if (hold.status === 'released') return 'reservation_released'
  return hold.status === 'expired' || now >= hold.expiresAt ? 'reservation_expired' : undefined
}

const summed = (lines: readonly Wanted[]): readonly Wanted[] => {
  const sums = new Map<string, { sku: string; location: string; quantity: number }>()
  for (const { sku, location, quantity } of lines) {
    const known = sums.get(`${location}/${sku}`)
    if (known === undefined) sums.set(`${location}/${sku}`, { sku, location, quantity })
    else known.quantity += quantity
  }
  return [...sums.values()]
}

const quantityAt = (lines: readonly Wanted[], { sku, location }: Wanted): number =>
  lines.find((line) => line.sku === sku && line.location === location)?.quantity ?? 0
