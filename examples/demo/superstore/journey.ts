import type { SuperstoreOrder } from '../data/superstore.js'
import { monthOf, type Day } from '../days.js'
import { amountOf, type Cents } from '../exact-money.js'
import { addressIdOf } from './made-addresses.js'
import type { MadeOrderFacts } from './make-order-facts.js'

/** An order on its way through the house: what the data says, what was made, and what came back on the way. */
export interface Journey {
  readonly order: SuperstoreOrder
  readonly made: MadeOrderFacts
  id: string
  total: Cents
  shipment: string
  invoiceNumber: string
}

export const journeyOf = (order: SuperstoreOrder, made: MadeOrderFacts): Journey => ({
  order,
  made,
  id: '',
  total: 0n,
  shipment: '',
  invoiceNumber: '',
})

/** The journeys with a step in this month, in the order of its days. */
export const inMonth = (
  journeys: readonly Journey[],
  month: string,
  dayOf: (journey: Journey) => Day,
): readonly Journey[] => {
  const keyOf = (journey: Journey): string => `${dayOf(journey)} ${journey.order.orderId}`
  return journeys
    .filter((journey) => monthOf(dayOf(journey)) === month)
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
}

export const usd = (cents: Cents) => ({ amount: amountOf(cents), currency: 'USD' })

/** The order as it is captured: the data's own order id is the channel's reference, and its exact unit prices hold. */
export const contentOf = ({ order, made }: Journey) => ({
  channel: made.channel,
  reference: order.orderId,
  customer: order.customerId,
  currency: 'USD',
  orderedOn: order.orderedOn,
  shipTo: addressIdOf(order),
  billTo: addressIdOf(order),
  payment: made.payment,
  delivery: { method: order.shipMode.toLowerCase().replaceAll(' ', '-') },
  metadata: { region: order.region, segment: order.segment },
  lines: order.lines.map(({ sku, quantity, unitPrice }) => ({
    sku,
    quantity,
    unitPrice: { amount: unitPrice, currency: 'USD' },
  })),
})
