import { writeQuantity, type WrittenQuantity } from '../../core/catalog/quantity.js'
import type { LineId, LocationId, Sku } from '../../core/ids/ids.js'
import type { Money } from '../../core/money/money.js'
import type { UnitPrice } from '../../core/money/unit-price.js'
import type { Order } from '../../core/orders/order.js'
import type { OrderLine } from '../../core/orders/order-line.js'
import { backorderedQuantity } from '../../core/orders/backorders.js'
import {
  allocationStatusOf,
  fulfillmentStatusOf,
  invoicingStatusOf,
  openQuantity,
  paymentStatusOf,
  type AllocationStatus,
  type FulfillmentStatus,
  type InvoicingStatus,
  type PaymentStatus,
} from '../../core/orders/order-status.js'
import type { TaxTreatment } from '../../core/tax/tax-treatment.js'
import type { LocalDate } from '../../core/time/local-date.js'

/** A line as people read it: quantities in the unit of the SKU, `"1.5"` for a kilogram and a half. */
export interface OrderLineView {
  readonly id: LineId
  readonly sku: Sku
  readonly name: string
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly location: LocationId
  /** The line as it was ordered, where its units come from several locations and this is a part of it. */
  readonly splitFrom?: LineId
  readonly unitPrice: UnitPrice
  /** The price list that the price is from; absent where it is the product's own or came with the order. */
  readonly listed?: OrderLine['listed']
  readonly net: Money
  /** Discounts and charges on this line alone. */
  readonly adjustments?: OrderLine['adjustments']
  /** How it is taxed; absent where nothing of the order is taxed, discounted or charged. */
  readonly tax?: TaxTreatment
  /** Its part of each of the order's discounts and charges: signed, without tax. */
  readonly shares?: readonly Money[]
  readonly quantity: WrittenQuantity
  /** Neither shipped nor canceled. */
  readonly open: WrittenQuantity
  /** Open and with goods. */
  readonly allocated: WrittenQuantity
  /** Open and waiting for goods. */
  readonly backordered: WrittenQuantity
  /** The day promised for what waits, where one was. */
  readonly promisedOn?: LocalDate
  /** What one kit takes from stock, in base units of each component; absent for what is no kit. */
  readonly components?: OrderLine['components']
  /** Allocated and being worked on. */
  readonly planned: WrittenQuantity
  readonly canceled: WrittenQuantity
  readonly shipped: WrittenQuantity
  readonly delivered: WrittenQuantity
  /** Shipped, billed and lost for good; absent where nothing is. */
  readonly lost?: WrittenQuantity
  readonly invoiced: WrittenQuantity
  readonly credited: WrittenQuantity
}

/** An order with the statuses that are derived from its quantities and amounts. */
export interface OrderView extends Omit<Order, 'lines'> {
  readonly lines: readonly OrderLineView[]
  readonly allocationStatus: AllocationStatus
  readonly fulfillmentStatus: FulfillmentStatus
  readonly paymentStatus: PaymentStatus
  readonly invoicingStatus: InvoicingStatus
}

export const orderView = (order: Order): OrderView => ({
  ...order,
  lines: order.lines.map(lineView),
  allocationStatus: allocationStatusOf(order),
  fulfillmentStatus: fulfillmentStatusOf(order),
  paymentStatus: paymentStatusOf(order),
  invoicingStatus: invoicingStatusOf(order),
})

const lineView = (line: OrderLine): OrderLineView => {
  const written = (quantity: number): WrittenQuantity => writeQuantity(quantity, line.unit)
  return {
    id: line.id,
    sku: line.sku,
    name: line.name,
    unit: line.unit.code,
    location: line.location,
    ...(line.splitFrom !== undefined && { splitFrom: line.splitFrom }),
    unitPrice: line.unitPrice,
    ...(line.listed !== undefined && { listed: line.listed }),
    net: line.net,
    ...(line.adjustments !== undefined && { adjustments: line.adjustments }),
    ...(line.tax !== undefined && { tax: line.tax }),
    ...(line.shares !== undefined && { shares: line.shares }),
    quantity: written(line.quantity),
    open: written(openQuantity(line)),
    allocated: written(line.allocated),
    backordered: written(backorderedQuantity(line)),
    ...(line.promisedOn !== undefined && line.lacking !== undefined && { promisedOn: line.promisedOn }),
    ...(line.components !== undefined && { components: line.components }),
    planned: written(line.planned),
    canceled: written(line.canceled),
    shipped: written(line.shipped),
    delivered: written(line.delivered),
    ...(line.lost !== undefined && { lost: written(line.lost) }),
    invoiced: written(line.invoiced),
    credited: written(line.credited),
  }
}
