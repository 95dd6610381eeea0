import { currencyCode } from '../../src/core/money/currency.js'
import { extendPrice } from '../../src/core/money/unit-price.js'
import type {
  InvoiceId,
  LineId,
  LocationId,
  OrderId,
  OrderNumber,
  ShipmentId,
  Sku,
} from '../../src/core/ids/ids.js'
import type { Money } from '../../src/core/money/money.js'
import { orderKind, type Order, type OrderEvent } from '../../src/core/orders/order.js'
import type { LineQuantity } from '../../src/core/orders/order-line.js'
import type { OrderContent } from '../../src/core/orders/order-content.js'
import type { PricedLine } from '../../src/core/pricing/price-lines.js'
import type { LocalDate } from '../../src/core/time/local-date.js'

const eur = currencyCode('EUR')

/** The order that these events, the first of which captures it, fold to. */
export const orderAfter = (...events: readonly OrderEvent[]): Order => {
  const order = events.reduce<Order | undefined>((state, event) => orderKind.evolve(state, event), undefined)
  if (order === undefined) throw new Error('an order has at least one event')
  return order
}

export const euros = (amount: string): Money => ({ amount, currency: eur })

/** `{ L1: 2 }` as the lines of a command or an event. */
export const units = (quantities: Readonly<Record<string, number>>): readonly LineQuantity[] =>
  Object.entries(quantities).map(([line, quantity]) => ({ line: line as LineId, quantity }))

/** Pieces at a price. */
export const pieces = (id: string, quantity: number, price = '10.00'): PricedLine => ({
  id: id as LineId,
  sku: `SKU-${id}` as Sku,
  name: `Thing ${id}`,
  unit: { code: 'C62', digits: 0 },
  quantity,
  unitPrice: euros(price),
  net: extendPrice(euros(price), { baseUnits: BigInt(quantity), digits: 0 }, 'half_up'),
  location: 'main' as LocationId,
})

export const content = (lines: readonly PricedLine[], more: Partial<OrderContent> = {}): OrderContent => ({
  channel: 'web',
  currency: eur,
  lines,
  orderedOn: '2026-03-01' as LocalDate,
  payment: { method: 'invoice', terms: 'on_account' },
  delivery: { method: 'standard' },
  ...more,
})

export const captured = (lines: readonly PricedLine[], more: Partial<OrderContent> = {}): OrderEvent => ({
  type: 'OrderCaptured',
  id: 'O-1' as OrderId,
  number: 'N-1' as OrderNumber,
  content: content(lines, more),
})

export const placed: OrderEvent = { type: 'OrderPlaced', placedOn: '2026-03-01' as LocalDate }
export const confirmed: OrderEvent = { type: 'OrderConfirmed' }

export const planned = (quantities: Readonly<Record<string, number>>): OrderEvent => ({
  type: 'OrderWorkPlanned',
  fulfillment: 'F-1' as never,
  lines: units(quantities),
})

export const shipped = (quantities: Readonly<Record<string, number>>): OrderEvent => ({
  type: 'OrderShipped',
  shipment: 'S-1' as ShipmentId,
  lines: units(quantities),
})

export const delivered = (quantities: Readonly<Record<string, number>>): OrderEvent => ({
  type: 'OrderDelivered',
  shipment: 'S-1' as ShipmentId,
  lines: units(quantities),
})

export const invoiced = (amount: string, quantities: Readonly<Record<string, number>>): OrderEvent => ({
  type: 'OrderInvoiced',
  invoice: 'I-1' as InvoiceId,
  amount: euros(amount),
  lines: units(quantities),
})

export const credited = (amount: string, quantities: Readonly<Record<string, number>>): OrderEvent => ({
  type: 'OrderCredited',
  creditNote: 'C-1' as never,
  amount: euros(amount),
  lines: units(quantities),
})

export const paid = (amount: string): OrderEvent => ({
  type: 'OrderPaid',
  payment: 'P-1' as never,
  amount: euros(amount),
})

export const deposited = (amount: string): OrderEvent => ({
  type: 'OrderDepositReceived',
  payment: 'P-1' as never,
  amount: euros(amount),
})

export const canceledUnits = (quantities: Readonly<Record<string, number>>): OrderEvent => ({
  type: 'OrderQuantitiesCanceled',
  lines: units(quantities),
  reason: 'changed_mind',
})
