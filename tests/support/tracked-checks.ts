import { strictEqual } from 'node:assert/strict'
import { expect } from 'vitest'
import { fulfillmentKind, type Fulfillment } from '../../src/core/fulfillment/fulfillment.js'
import { serialId, serialKind, type Serial } from '../../src/core/inventory/serial.js'
import { stockKind, stockLevelId, type StockLevel } from '../../src/core/inventory/stock-level.js'
import { stockLotsKind, type StockLots } from '../../src/core/inventory/stock-lots.js'
import { lotShipmentKind, type LotShipment } from '../../src/core/shipping/lot-shipment.js'
import { shipmentKind, type Shipment } from '../../src/core/shipping/shipment.js'
import { statesOf } from './trade-checks.js'
import type { WatchedStorage } from './watched-storage.js'

/**
 * ST14: what is told apart adds up to the level it is part of, and what is set aside is set aside for exactly one fulfillment that is not done: lots and
 * pieces say what fulfillments say, and the other way round.
 */
export const checkTracked = async (storage: WatchedStorage): Promise<void> => {
  const levels = new Map(
    (await statesOf<StockLevel>(storage, stockKind.name)).map((level) => [
      stockLevelId(level.location, level.sku),
      level,
    ]),
  )
  const claims = claimsOf(await statesOf<Fulfillment>(storage, fulfillmentKind.name))
  await checkLots(storage, levels, claims.lots)
  await checkSerials(storage, levels, claims.serials)
  await checkRecallLists(storage)
}

interface Claims {
  readonly lots: ReadonlyMap<string, number>
  readonly serials: ReadonlyMap<string, string>
}

const claimsOf = (fulfillments: readonly Fulfillment[]): Claims => {
  const lots = new Map<string, number>()
  const serials = new Map<string, string>()
  for (const { id, location, status, lines } of fulfillments) {
    if (status === 'handed_over' || status === 'canceled') continue
    for (const goods of lines.flatMap((line) => line.goods ?? [])) {
      for (const { lot, quantity } of goods.lots ?? []) {
        const name = `${stockLevelId(location, goods.sku)} ${lot}`
        lots.set(name, (lots.get(name) ?? 0) + quantity)
      }
      if (goods.lots !== undefined) {
        const sum = goods.lots.reduce((total, { quantity }) => total + quantity, 0)
        strictEqual(sum, goods.quantity, `lots of ${id}`)
      }
      if (goods.serials !== undefined) strictEqual(goods.serials.length, goods.quantity, `pieces of ${id}`)
      for (const serial of goods.serials ?? []) {
        const name = serialId(goods.sku, serial)
        expect(serials.get(name), `ST14 ${name} is in one live allocation`).toBeUndefined()
        serials.set(name, id)
      }
    }
  }
  return { lots, serials }
}

const checkLots = async (
  storage: WatchedStorage,
  levels: ReadonlyMap<string, StockLevel>,
  claimed: ReadonlyMap<string, number>,
): Promise<void> => {
  const allocated = new Map<string, number>()
  for (const { sku, location, lots } of await statesOf<StockLots>(storage, stockLotsKind.name)) {
    const id = stockLevelId(location, sku)
    const sums = { onHand: 0, quarantined: 0, allocated: 0 }
    for (const lot of lots) {
      expect(lot.onHand, `${id} ${lot.lot}`).toBeGreaterThan(0)
      expect(lot.allocated, `${id} ${lot.lot}`).toBeGreaterThanOrEqual(0)
      expect(lot.quarantined, `${id} ${lot.lot}`).toBeGreaterThanOrEqual(0)
      expect(lot.allocated + lot.quarantined, `${id} ${lot.lot}`).toBeLessThanOrEqual(lot.onHand)
      sums.onHand += lot.onHand
      sums.quarantined += lot.quarantined
      sums.allocated += lot.allocated
      if (lot.allocated > 0) allocated.set(`${id} ${lot.lot}`, lot.allocated)
    }
    const level = levels.get(id)
    expect([sums.onHand, sums.quarantined], `the lots of ${id}`).toEqual([level?.onHand, level?.quarantined])
    expect(sums.allocated, `set aside of ${id}`).toBeLessThanOrEqual(level?.reserved ?? 0)
  }
  expect(new Map([...allocated].toSorted()), 'ST14 lots set aside').toEqual(new Map([...claimed].toSorted()))
}

const checkSerials = async (
  storage: WatchedStorage,
  levels: ReadonlyMap<string, StockLevel>,
  claimed: ReadonlyMap<string, string>,
): Promise<void> => {
  const onHand = new Map<string, number>()
  const quarantined = new Map<string, number>()
  const allocated = new Map<string, string>()
  const skus = new Set<string>()
  for (const piece of await statesOf<Serial>(storage, serialKind.name)) {
    const { sku, serial, status, location, allocation } = piece
    skus.add(sku)
    strictEqual(allocation !== undefined, status === 'allocated', `${serial} ${status}`)
    if (allocation !== undefined) allocated.set(serialId(sku, serial), allocation.fulfillment)
    if (location === undefined) continue
    const id = stockLevelId(location, sku)
    onHand.set(id, (onHand.get(id) ?? 0) + 1)
    if (status === 'quarantined') quarantined.set(id, (quarantined.get(id) ?? 0) + 1)
  }
  for (const [id, level] of levels) {
    if (!skus.has(level.sku)) continue
    const pieces = [onHand.get(id) ?? 0, quarantined.get(id) ?? 0]
    expect(pieces, `the pieces of ${id}`).toEqual([level.onHand, level.quarantined])
  }
  expect(new Map([...allocated].toSorted()), 'ST14 pieces set aside').toEqual(
    new Map([...claimed].toSorted()),
  )
}

/** What left with shipments and what the recall lists say is the same. */
const checkRecallLists = async (storage: WatchedStorage): Promise<void> => {
  const left = new Map<string, number>()
  for (const { id, status, lines } of await statesOf<Shipment>(storage, shipmentKind.name)) {
    if (status === 'planned' || status === 'canceled') continue
    for (const { sku, lots } of lines.flatMap((line) => line.goods ?? [])) {
      for (const { lot, quantity } of lots ?? []) {
        const name = `${id} ${sku} ${lot}`
        left.set(name, (left.get(name) ?? 0) + quantity)
      }
    }
  }
  const listed = (await statesOf<LotShipment>(storage, lotShipmentKind.name)).map(
    ({ shipment, sku, lot, quantity }) => [`${shipment} ${sku} ${lot}`, quantity] as const,
  )
  expect(new Map(listed.toSorted())).toEqual(new Map([...left].toSorted()))
}
