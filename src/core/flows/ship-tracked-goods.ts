import type { LotNumber, Sku } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { shipGoodsOf, type AllocatedGoods } from '../inventory/allocate-goods.js'
import { checkLots } from '../inventory/move-goods.js'
import type { Work } from '../plan.js'
import type { Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { lotShipmentId, lotShipmentKind } from '../shipping/lot-shipment.js'
import type { Shipment } from '../shipping/shipment.js'
import type { LocalDate } from '../time/local-date.js'
import { goodsSetAside } from './repack-goods.js'

/** The records of the lots and pieces that leave with a shipment, and of its place in their recall lists. */
export const trackedGoodsKeys = (shipment: Shipment): readonly Key[] => [
  ...goodsSetAside(shipment),
  ...lotsIn(shipment).map(({ sku, lot }) => ({
    kind: lotShipmentKind.name,
    id: lotShipmentId(shipment.id, sku, lot),
  })),
]

/** The lots and pieces leave with the stock they are part of; nothing happens where nothing is told apart. */
export const shipTrackedGoods = (work: Work, shipment: Shipment, on: LocalDate): Result<void, Refusal> => {
  const { id, order, fulfillment, location } = shipment
  const goods = goodsOf(shipment)
  for (const taken of goods) {
    const left = shipGoodsOf(work, location, taken, { order, fulfillment, shipment: id, on })
    if (!left.ok) return left
  }
  for (const { sku, lot, quantity } of lotsIn(shipment)) {
    const entry = { sku, lot, location, order, shipment: id, quantity, shippedOn: on }
    work.put(lotShipmentKind, lotShipmentId(id, sku, lot), entry)
  }
  for (const { sku, tracking } of goods) if (tracking === 'lot') checkLots(work, { sku, location })
  return ok(undefined)
}

const goodsOf = ({ lines }: Shipment): readonly AllocatedGoods[] => lines.flatMap((line) => line.goods ?? [])

/** Two lines of one order may take units of the same lot: they leave as one. */
const lotsIn = (
  shipment: Shipment,
): readonly { readonly sku: Sku; readonly lot: LotNumber; readonly quantity: number }[] => {
  const sums = new Map<string, { sku: Sku; lot: LotNumber; quantity: number }>()
  for (const { sku, lots } of goodsOf(shipment)) {
    for (const { lot, quantity } of lots ?? []) {
      const id = lotShipmentId(shipment.id, sku, lot)
      const known = sums.get(id)
      if (known === undefined) sums.set(id, { sku, lot, quantity })
      else known.quantity += quantity
    }
  }
  return [...sums.values()]
}
