import { writeQuantity, type WrittenQuantity } from '../catalog/quantity.js'
import type { InvoiceId, LineId, OrderId, OrderNumber, Sku } from '../ids/ids.js'
import type { Invoice } from '../invoicing/invoice.js'
import type { Money } from '../money/money.js'
import { backorderedQuantity } from '../orders/backorders.js'
import { remainingTotal } from '../orders/order-status.js'
import type { Order, OrderBooking } from '../orders/order.js'
import type { OrderLine } from '../orders/order-line.js'
import type { OrderStatus } from '../../state-machines/order.machine.js'
import type { LocalDate } from '../time/local-date.js'
import type { PromisedStock } from './promise-stock.js'

/** The answer of the commands about an order: enough to go on with; `orders.get` has the rest. */
export interface OrderReceipt {
  readonly order: OrderId
  readonly number: OrderNumber
  readonly status: OrderStatus
  readonly total: Money
}

export const orderReceipt = (order: Order): OrderReceipt => ({
  order: order.id,
  number: order.number,
  status: order.status,
  total: order.total,
})

/** The deposit invoice that was issued with a fact. */
export interface DepositReceipt {
  readonly invoice: InvoiceId
  readonly invoiceNumber: string
  readonly total: Money
}

export const depositReceipt = (invoice: Invoice | undefined): { readonly deposit?: DepositReceipt } =>
  invoice === undefined
    ? {}
    : { deposit: { invoice: invoice.id, invoiceNumber: invoice.number, total: invoice.total } }

/** A part of an order's line, in the unit of its SKU. */
export interface LinePart {
  readonly line: LineId
  readonly sku: Sku
  readonly quantity: WrittenQuantity
}

/** The answer of placing an order. What is absent did not happen: an ordinary order has all it wants, with goods. */
export interface PlacedOrder extends OrderReceipt {
  /** What has no goods yet and waits for them, with the day promised for it where one is known. */
  readonly waiting?: readonly (LinePart & { readonly promisedOn?: LocalDate })[]
  /** What was not there and was left out because of `whenShort: 'reduce'`. */
  readonly leftOut?: readonly LinePart[]
  /** What the rest of it comes to, where something was left out. */
  readonly remainingTotal?: Money
  /** The capacity that was booked for it. */
  readonly bookings?: readonly OrderBooking[]
  /** The invoice of what is billed on order. */
  readonly invoice?: InvoiceId
  readonly invoiceNumber?: string
  /** The deposit that was claimed with it. */
  readonly deposit?: DepositReceipt
  /** The hold was over; the stock was still to be had and has been promised afresh. */
  readonly reacquired?: true
}

export const placedOrder = (order: Order, promised: PromisedStock): PlacedOrder => {
  const receipt = orderReceipt(order)
  const { lacking, leftOut, reacquired } = promised
  if (lacking === undefined && leftOut === undefined && reacquired === undefined) return receipt
  return {
    ...receipt,
    ...(lacking !== undefined && { waiting: order.lines.flatMap(waitingPart) }),
    ...(leftOut !== undefined && {
      leftOut: order.lines.flatMap((line) => (line.canceled > 0 ? [partOf(line, line.canceled)] : [])),
      remainingTotal: remainingTotal(order),
    }),
    ...(reacquired !== undefined && { reacquired }),
  }
}

const partOf = (line: OrderLine, quantity: number): LinePart => ({
  line: line.id,
  sku: line.sku,
  quantity: writeQuantity(quantity, line.unit),
})

const waitingPart = (line: OrderLine) => {
  const quantity = backorderedQuantity(line)
  if (quantity === 0) return []
  return [
    { ...partOf(line, quantity), ...(line.promisedOn !== undefined && { promisedOn: line.promisedOn }) },
  ]
}
