import { productKind, type Product } from '../catalog/product.js'
import { writeQuantity, type Unit } from '../catalog/quantity.js'
import type { Seen } from '../command.js'
import { creditNoteKind } from '../invoicing/credit-note.js'
import { openAmount, payableAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import type { Reminder } from '../invoicing/reminder.js'
import { backorderedQuantity } from '../orders/backorders.js'
import type { Order } from '../orders/order.js'
import type { OrderLine } from '../orders/order-line.js'
import { orderKind } from '../orders/order.js'
import { receivedFor } from '../orders/order-status.js'
import { paymentKind } from '../payments/payment.js'
import type { DerivedKind, RecordKind } from '../record-kind.js'
import { shipmentKind } from '../shipping/shipment.js'
import type { Message } from './message.js'
import { deliveryAddressOf, noteOf, orderAbout } from './recipient.js'

export type Content = Readonly<Record<string, unknown>>

/**
 * What a message tells, as plain data for the host's templates: looked up when it is sent, so nothing of it is stored twice and what was erased
 * since is not in it. `undefined` when the record it is about is gone. Every message about an order names the order and the status that
 * the message reports; which fields a topic adds stands in `topicContents`.
 */
export const contentOf = (message: Message, seen: Seen): Content | undefined => {
  if (message.about.kind !== orderKind.name && message.about.kind !== invoiceKind.name)
    return stockContent(message, seen)
  const order = orderAbout(message, seen)
  if (order === undefined) return undefined
  return withoutGaps({
    ...message.data,
    order: order.id,
    orderNumber: order.number,
    status: message.data['status'] ?? order.status,
    reference: order.reference,
    purchaseOrder: order.purchaseOrder,
    ...topicContents.get(message.topic)?.(order, message.data, seen),
  })
}

/** A message about stock tells quantities in the unit of its SKU; planned they are in base units. */
const stockContent = ({ topic, data }: Message, seen: Seen): Content => {
  const goods = named(seen, productKind, data['sku'])
  return goods === undefined ? data : (stockContents.get(topic)?.(data, goods) ?? data)
}

type StockContent = (data: Content, goods: Product) => Content

/** M122: what is low, where, and how far. */
const restockInformation: StockContent = (data, { sku, name, unit }) => ({
  sku,
  name,
  unit: unit.code,
  location: data['location'],
  position: writeQuantity(Number(data['position']), unit),
  point: writeQuantity(Number(data['point']), unit),
})

const backInStockInformation: StockContent = (data, { sku, name }) => ({
  sku,
  name,
  location: data['location'],
})

const stockContents: ReadonlyMap<string, StockContent> = new Map([
  ['restock_due', restockInformation],
  ['back_in_stock', backInStockInformation],
])

type TopicContent = (order: Order, data: Content, seen: Seen) => Content

/** M112: products ordered, sum paid, total, payment method, delivery address. */
const orderSummary: TopicContent = (order, _data, seen) => ({
  orderedOn: order.orderedOn,
  products: order.lines.map(orderedProduct),
  total: order.total,
  paid: receivedFor(order),
  paymentMethod: order.payment.method,
  deliveryMethod: order.delivery.method,
  deliveryAddress: deliveryAddressOf(order, seen),
  requestedOn: order.delivery.requestedOn,
  specialRequests: noteOf(order, seen),
})

/** M114 to M116: who gets how many units where, with which carrier, and how to follow them. */
const shippingInformation: TopicContent = (order, data, seen) => {
  const address = deliveryAddressOf(order, seen)
  const shipment = named(seen, shipmentKind, data['shipment'])
  const products = shipment === undefined ? order.lines.map(wholeLine) : shipment.lines.flatMap(lineOf(order))
  return {
    recipientName: address?.name,
    shippingAddress: address,
    products: products.map(({ line, quantity }) => product(line, quantity)),
    units: products.reduce((sum, { line, quantity }) => sum + unitsIn(line.unit, quantity), 0),
    deliveryMethod: order.delivery.method,
    requestedOn: order.delivery.requestedOn,
    specialRequests: noteOf(order, seen),
    carrier: shipment?.transport?.carrier,
    tracking: shipment?.transport?.tracking,
    trackingUrl: shipment?.transport?.trackingUrl,
    shippedOn: shipment?.transport?.shippedOn,
  }
}

/** What has goods now, or has lost them and waits again. */
const backorderInformation: TopicContent = (order, data) => {
  const lines = (data['lines'] ?? []) as readonly { readonly line: string; readonly quantity: number }[]
  return {
    products: lines.flatMap(lineOf(order)).map(({ line, quantity }) => product(line, quantity)),
    deliveryMethod: order.delivery.method,
    requestedOn: order.delivery.requestedOn,
  }
}

/** M117: the delivery date and the special requests. */
const deliveryInformation: TopicContent = (order, data, seen) => ({
  ...shippingInformation(order, data, seen),
  deliveredOn: data['deliveredOn'] ?? named(seen, shipmentKind, data['shipment'])?.deliveredOn,
})

const invoiceInformation: TopicContent = (_order, data, seen) => {
  const invoice = named(seen, invoiceKind, data['invoice'])
  return {
    invoiceNumber: invoice?.number ?? data['number'],
    ...(invoice !== undefined && {
      total: invoice.total,
      open: openAmount(invoice),
      payable: payableAmount(invoice),
      withholdings: invoice.withholdings,
      kind: invoice.kind,
      orders: invoice.parts?.map(({ order, orderNumber, total }) => ({ order, orderNumber, total })),
      deducted: invoice.deducted,
      issuedOn: invoice.issuedOn,
      dueOn: invoice.dueOn,
      instalments: invoice.instalments,
      discount: invoice.discount,
      products: invoice.lines.map((line) => ({
        ...product(line, line.quantity),
        unitPrice: line.unitPrice,
        net: line.net,
      })),
    }),
  }
}

const voidInformation: TopicContent = (_order, data, seen) => {
  const invoice = named(seen, invoiceKind, data['invoice'])
  return {
    invoiceNumber: invoice?.number ?? data['number'],
    total: invoice?.total,
    issuedOn: invoice?.issuedOn,
    voidedOn: invoice?.voided?.on,
    reason: data['reason'],
  }
}

/** What is asked for, at which level, with fee and interest and how the interest was computed. */
const reminderInformation: TopicContent = (order, data, seen) => {
  const { level, daysOverdue, overdue, fee, interest } = (data['reminder'] ?? {}) as Partial<Reminder>
  return {
    ...invoiceInformation(order, data, seen),
    reminder: undefined,
    level,
    daysOverdue,
    overdue,
    fee,
    interest,
  }
}

const creditNoteInformation: TopicContent = (_order, data, seen) => {
  const note = named(seen, creditNoteKind, data['creditNote'])
  return {
    creditNoteNumber: note?.number ?? data['number'],
    invoiceNumber: note?.invoiceNumber,
    total: note?.total,
    issuedOn: note?.issuedOn,
    reason: note?.reason ?? data['reason'],
  }
}

const paymentInformation: TopicContent = (order, data, seen) => {
  const payment = named(seen, paymentKind, data['payment'])
  return {
    amount: data['amount'] ?? payment?.amount,
    paymentMethod: payment?.method,
    receivedOn: payment?.receivedOn,
    total: order.total,
    paid: receivedFor(order),
  }
}

/** Topics that are not listed tell what every message about an order tells, and the data it was planned with. */
const topicContents: ReadonlyMap<string, TopicContent> = new Map([
  ['order_received', orderSummary],
  ['order_placed', orderSummary],
  ['order_confirmed', orderSummary],
  ['order_backordered', backorderInformation],
  ['order_backorder_filled', backorderInformation],
  ['order_shipped', shippingInformation],
  ['order_delivered', deliveryInformation],
  ['thank_you', deliveryInformation],
  ['invoice_issued', invoiceInformation],
  ['invoice_voided', voidInformation],
  ['credit_note_issued', creditNoteInformation],
  ['payment_received', paymentInformation],
  ['payment_reminder', reminderInformation],
  ['payment_demand', reminderInformation],
  ['final_notice', reminderInformation],
])

interface NamedLine {
  readonly sku: string
  readonly name: string
  readonly unit: Unit
}

const product = (line: NamedLine, quantity: number): Content => ({
  sku: line.sku,
  name: line.name,
  quantity: writeQuantity(quantity, line.unit),
  unit: line.unit.code,
})

const orderedProduct = (line: OrderLine): Content => ({
  ...product(line, line.quantity - line.canceled),
  unitPrice: line.unitPrice,
  net: line.net,
  ...(line.lacking !== undefined && {
    waiting: writeQuantity(backorderedQuantity(line), line.unit),
    ...(line.promisedOn !== undefined && { promisedOn: line.promisedOn }),
  }),
})

interface Portion {
  readonly line: OrderLine
  readonly quantity: number
}

const wholeLine = (line: OrderLine): Portion => ({ line, quantity: line.quantity - line.canceled })

const lineOf =
  (order: Order) =>
  (shipped: { readonly line: string; readonly quantity: number }): readonly Portion[] => {
    const line = order.lines.find((candidate) => candidate.id === shipped.line)
    return line === undefined ? [] : [{ line, quantity: shipped.quantity }]
  }

/** Pieces count each; what is weighed or measured is one unit to whoever carries it. */
const unitsIn = (unit: Unit, quantity: number): number => (unit.digits === 0 ? quantity : 1)

const named = <State>(
  seen: Seen,
  kind: DerivedKind<State> | RecordKind<State, never>,
  id: unknown,
): State | undefined => (typeof id === 'string' ? seen.get(kind, id) : undefined)

const withoutGaps = (content: Content): Content =>
  Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined))
