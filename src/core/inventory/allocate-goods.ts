import { productKind } from '../catalog/product.js'
import { invariant, present } from '../invariant.js'
import type { FulfillmentId, LocationId, OrderId, SerialNumber, ShipmentId, Sku } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { plusDays, type LocalDate } from '../time/local-date.js'
import { chooseLots, mayLeave } from './choose-lots.js'
import { decideSerial } from './serial-decider.js'
import { serialId, serialKey, serialKind, type SerialEvent } from './serial.js'
import { stockLevelId } from './stock-level.js'
import { decideLots } from './stock-lots-decider.js'
import { stockLotsKey, stockLotsKind, type LotShare, type StockLot } from './stock-lots.js'
import type { Goods, TrackedSku } from './tracked-goods.js'

/** Units of one lot that a fulfillment has set aside, with the dates a picker reads on the label. */
export interface AllocatedLot extends LotShare {
  readonly expiresOn?: LocalDate
  /** The last day on which they may leave; absent for goods that keep. */
  readonly shipBy?: LocalDate
}

/** What a line of work takes of one SKU whose goods are told apart (a kit's line may take several). */
export interface AllocatedGoods extends TrackedSku {
  /** In base units of the SKU. */
  readonly quantity: number
  /** Which lots: set aside from the moment the work is planned. Adds up to `quantity`. */
  readonly lots?: readonly AllocatedLot[]
  /** Which pieces: named when the work is planned, or when the goods are packed; absent until then. */
  readonly serials?: readonly SerialNumber[]
}

/** For whom goods are set aside. */
export interface Claimant {
  readonly order: OrderId
  readonly fulfillment: FulfillmentId
}

/** The records of goods that are set aside, or that are to be. */
export const allocationKeys = (
  location: LocationId,
  goods: readonly Pick<AllocatedGoods, 'sku' | 'tracking' | 'serials'>[],
): readonly Key[] =>
  goods.flatMap(({ sku, tracking, serials }) =>
    tracking === 'lot'
      ? [stockLotsKey(location, sku), { kind: productKind.name, id: sku }]
      : (serials ?? []).map((serial) => serialKey(sku, serial)),
  )

/**
 * Sets goods aside for one fulfillment. Lots that are not named are chosen: first expired first out, then first in first out, never one that may not
 * leave on `day`. Pieces that are not named stay open until they are packed.
 */
export const allocateGoods = (
  work: Work,
  location: LocationId,
  wanted: TrackedSku & { readonly quantity: number },
  named: Goods | undefined,
  claimant: Claimant,
  day: LocalDate,
): Result<AllocatedGoods, Refusal> => {
  if (wanted.tracking === 'lot') {
    const lots = named?.tracking === 'lot' ? named.lots : undefined
    return allocateLots(work, location, wanted, lots, claimant, day)
  }
  if (named?.tracking !== 'serial') return ok(wanted)
  const event: SerialEvent = { type: 'SerialAllocated', ...claimant }
  const taken = stepSerials(work, location, wanted.sku, named.serials, event)
  return taken.ok ? ok({ ...wanted, serials: named.serials }) : taken
}

/** Gives back what a fulfillment has set aside. */
export const releaseGoods = (
  work: Work,
  location: LocationId,
  goods: AllocatedGoods,
  claimant: Claimant,
  reason: string,
): Result<void, Refusal> => {
  const { sku, lots, serials } = goods
  if (lots !== undefined) {
    const source = { kind: 'fulfillment', id: claimant.fulfillment }
    return changeLots(work, location, sku, { type: 'ReleaseLots', lots: sharesOf(lots), source, reason })
  }
  const event: SerialEvent = { type: 'SerialReleased', reason }
  return stepSerials(work, location, sku, serials ?? [], event, claimant.fulfillment)
}

/** The goods leave. Lots that must not leave any more on that day are refused: what was set aside in time can be late when it leaves. */
export const shipGoodsOf = (
  work: Work,
  location: LocationId,
  goods: AllocatedGoods,
  left: Claimant & { readonly shipment: ShipmentId; readonly on: LocalDate },
): Result<void, Refusal> => {
  const { sku, lots, serials } = goods
  const { order, fulfillment, shipment, on } = left
  if (lots === undefined) {
    const event: SerialEvent = { type: 'SerialShipped', order, shipment }
    const pieces = present(serials, 'ST14 pieces are named before they leave')
    return stepSerials(work, location, sku, pieces, event, fulfillment)
  }
  const late = lots.find(({ shipBy }) => shipBy !== undefined && on > shipBy)
  if (late !== undefined) return lateLot(sku, location, late, on)
  const source = { kind: 'shipment', id: shipment }
  return changeLots(work, location, sku, { type: 'ShipLots', lots: sharesOf(lots), source })
}

const sharesOf = (lots: readonly LotShare[]): readonly LotShare[] =>
  lots.map(({ lot, quantity }) => ({ lot, quantity }))

const lateLot = (
  sku: Sku,
  location: LocationId,
  { lot, expiresOn, shipBy }: Omit<AllocatedLot, 'quantity'>,
  day: LocalDate,
) =>
  refuse('lot_expired', {
    sku,
    location,
    lot,
    day,
    ...(expiresOn !== undefined && { expiresOn }),
    ...(shipBy !== undefined && { shipBy }),
  })

const allocateLots = (
  work: Work,
  location: LocationId,
  wanted: TrackedSku & { readonly quantity: number },
  named: readonly LotShare[] | undefined,
  claimant: Claimant,
  day: LocalDate,
): Result<AllocatedGoods, Refusal> => {
  const { sku, quantity } = wanted
  const lots = work.find(stockLotsKind, stockLevelId(location, sku))?.state.lots ?? []
  const shelfLife = work.find(productKind, sku)?.state.shelfLife
  const chosen =
    named === undefined
      ? chooseLots(lots, quantity, day, shelfLife)
      : { enough: true as const, shares: sharesOf(named) }
  if (!chosen.enough) {
    const { available, passedOver } = chosen
    return refuse('out_of_stock', {
      shortages: [{ sku, location, wanted: quantity, available, passedOver }],
    })
  }
  const allocated: AllocatedLot[] = []
  for (const share of chosen.shares) {
    const lot = lots.find((candidate) => candidate.lot === share.lot)
    if (lot === undefined) return refuse('unknown_lot', { sku, location, lot: share.lot })
    if (!mayLeave(lot, day, shelfLife)) return lateLot(sku, location, lot, day)
    allocated.push({ ...share, ...datesOf(lot, shelfLife?.minimumDaysAtShipping ?? 0) })
  }
  const source = { kind: 'fulfillment', id: claimant.fulfillment }
  const taken = changeLots(work, location, sku, { type: 'AllocateLots', lots: chosen.shares, source })
  return taken.ok ? ok({ ...wanted, lots: allocated }) : taken
}

const datesOf = (
  { expiresOn }: Pick<StockLot, 'expiresOn'>,
  minimumDays: number,
): Pick<AllocatedLot, 'expiresOn' | 'shipBy'> =>
  expiresOn === undefined ? {} : { expiresOn, shipBy: plusDays(expiresOn, -minimumDays) }

const changeLots = (
  work: Work,
  location: LocationId,
  sku: Sku,
  command: Parameters<typeof decideLots>[1],
): Result<void, Refusal> => {
  const id = stockLevelId(location, sku)
  const stock = present(work.find(stockLotsKind, id)?.state, 'lots that are set aside are known')
  const decided = decideLots(stock, command)
  if (!decided.ok) return decided
  work.append(stockLotsKind, id, decided.value)
  return ok(undefined)
}

/** ST14: each piece takes the step alone; one that cannot is named. */
const stepSerials = (
  work: Work,
  location: LocationId,
  sku: Sku,
  serials: readonly SerialNumber[],
  event: SerialEvent,
  owner?: FulfillmentId,
): Result<void, Refusal> => {
  for (const serial of serials) {
    const piece = work.find(serialKind, serialId(sku, serial))?.state
    if (piece === undefined) return refuse('unknown_serial', { sku, serial })
    invariant(
      owner === undefined || piece.allocation?.fulfillment === owner,
      'ST14 only the fulfillment that has a piece ships it or gives it back',
    )
    const decided = decideSerial(piece, event, location)
    if (!decided.ok) return decided
    work.append(serialKind, serialId(sku, serial), decided.value)
  }
  return ok(undefined)
}
