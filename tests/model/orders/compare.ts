import { expect } from 'vitest'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import { fulfillmentOf, open, type Model } from './order-model.js'

/** Model and shop show the same stock and the same orders, line by line. */
export const compare = async (model: Model, oms: OrderManagementFor): Promise<void> => {
  for (const [sku, { onHand, reserved }] of model.stock) {
    const level = await oms.orThrow.inventory.level({ sku })
    expect([sku, level.onHand, level.reserved]).toEqual([sku, onHand, reserved])
  }
  for (const order of model.orders) {
    const shown = await oms.orThrow.orders.get({ order: order.id })
    const promised = order.status === 'draft' || order.status === 'canceled' ? () => 0 : open
    expect([shown.status, shown.fulfillmentStatus, shown.paid.amount]).toEqual([
      order.status,
      fulfillmentOf(order),
      `${order.paid}.00`,
    ])
    expect(
      shown.lines.map(({ sku, quantity, canceled, allocated, planned, shipped, delivered, invoiced }) => ({
        sku,
        quantity,
        canceled,
        allocated,
        planned,
        shipped,
        delivered,
        invoiced,
      })),
    ).toEqual(
      order.lines.map((line) => ({
        sku: line.sku,
        quantity: line.ordered,
        canceled: line.canceled,
        allocated: promised(line),
        planned: line.planned,
        shipped: line.shipped,
        delivered: line.delivered,
        invoiced: line.shipped,
      })),
    )
  }
}
