import type { OrderManagementFor } from 'orderwright'
import { dayCounts, type DayCounts } from '../day-counts.js'
import { daysBetween } from '../days.js'
import { everyItem } from '../store-pages.js'
import type { OrderFacts } from './read-orders.js'

/** How long the goods took. */
export interface ShipmentsRead {
  readonly count: number
  readonly orderToShipment: DayCounts
  readonly shipmentToDelivery: DayCounts
}

export const readShipments = async (
  books: OrderManagementFor,
  orders: ReadonlyMap<string, OrderFacts>,
): Promise<ShipmentsRead> => {
  const [orderToShipment, shipmentToDelivery] = [dayCounts(), dayCounts()]
  let count = 0
  for await (const shipment of everyItem((page) => books.orThrow.shipments.list(page))) {
    count += 1
    const shippedOn = shipment.transport?.shippedOn
    const orderedOn = orders.get(shipment.order)?.orderedOn
    if (shippedOn === undefined) continue
    if (orderedOn !== undefined) orderToShipment.add(daysBetween(orderedOn, shippedOn))
    if (shipment.deliveredOn !== undefined)
      shipmentToDelivery.add(daysBetween(shippedOn, shipment.deliveredOn))
  }
  return { count, orderToShipment, shipmentToDelivery }
}
