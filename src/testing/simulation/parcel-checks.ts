import { stockKind, stockLevelId, type StockLevel } from '../../core/inventory/stock-level.js'
import { triggerOf } from '../../core/orders/billable.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { shipmentKind, type Shipment } from '../../core/shipping/shipment.js'
import { eventsOf, type Shadow, type ShadowRecord } from './shadow.js'

/**
 * What became of goods that left, for shops whose products are plain pieces: what shipments carry is what lines count as shipped, delivered and lost (OQ2), and what
 * has left does not come back by itself. Answers what does not agree.
 */
export const checkParcels = (shadow: Shadow): readonly string[] => {
  const parcels = [...shadow.records.ofKind(shipmentKind.name)].map(({ state }) => state as Shipment)
  const left = parcels.filter(({ transport }) => transport !== undefined)
  return [...checkLines(shadow, left), ...checkLevels(shadow, left)]
}

const sumBy = (
  parcels: readonly Shipment[],
  nameOf: (shipment: Shipment, line: Shipment['lines'][number]) => string,
): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const shipment of parcels) {
    for (const line of shipment.lines) {
      const name = nameOf(shipment, line)
      sums.set(name, (sums.get(name) ?? 0) + line.quantity)
    }
  }
  return sums
}

/**
 * F84: what is given up is either still claimed, and counts as shipped and lost, or nobody owes it, and it counts as if it had never left. What is billed on
 * delivery is never claimed before it arrives.
 */
const checkLines = (shadow: Shadow, left: readonly Shipment[]): readonly string[] => {
  const byLine = (parcels: readonly Shipment[]) => sumBy(parcels, ({ order }, { line }) => `${order}/${line}`)
  const sent = byLine(left)
  const arrived = byLine(left.filter(({ status }) => status === 'delivered'))
  const givenUp = byLine(left.filter(({ status }) => status === 'given_up'))
  return [...shadow.records.ofKind(orderKind.name)].flatMap(({ state }) => {
    const order = state as Order
    return order.lines.flatMap((line) => {
      const name = `${order.id}/${line.id}`
      const lost = line.lost ?? 0
      const gone = givenUp.get(name) ?? 0
      const kept = (sent.get(name) ?? 0) - line.shipped
      const isLate = triggerOf(order, line) === 'on_delivery'
      return [
        ...(line.delivered === (arrived.get(name) ?? 0)
          ? []
          : [
              `OQ2 line ${name} counts ${line.delivered} as delivered, its parcels ${arrived.get(name) ?? 0}`,
            ]),
        ...(kept + lost === gone
          ? []
          : [
              `F84 ${gone} of line ${name} are given up: ${lost} are still claimed, ${kept} are owed by nobody`,
            ]),
        ...(isLate && lost > 0 ? [`F84 ${lost} of line ${name} were lost and are claimed all the same`] : []),
        ...(kept > line.canceled ? [`F84 ${kept} of line ${name} were given up and not canceled`] : []),
      ]
    })
  })
}

const comesIn = new Set(['StockReceived', 'StockAdjusted', 'StockTransferredIn'])

/** ST1: stock gives what parcels carry, lost ones included, and gets what somebody brings: nothing that was given up is there again. */
const checkLevels = (shadow: Shadow, left: readonly Shipment[]): readonly string[] => {
  const carried = sumBy(left, ({ location }, { sku }) => stockLevelId(location, sku))
  return [...shadow.records.ofKind(stockKind.name)].flatMap((record) => {
    const { location, sku } = record.state as StockLevel
    const id = stockLevelId(location, sku)
    const given = givenOf(record)
    const back = record.events.find(
      ({ type, body }) => comesIn.has(type) && !body.includes('"command":"inventory.'),
    )
    return [
      ...(given === (carried.get(id) ?? 0)
        ? []
        : [`ST1 ${given} of ${id} have left, parcels carry ${carried.get(id) ?? 0}`]),
      ...(back === undefined ? [] : [`ST1 ${back.type} brings back ${id}, and nobody has brought any`]),
    ]
  })
}

const givenOf = (record: ShadowRecord): number => {
  let given = 0
  for (const { type, quantity = 0 } of eventsOf<{ readonly type: string; readonly quantity?: number }>(
    record,
  ))
    if (type === 'StockShipped') given += quantity
  return given
}
