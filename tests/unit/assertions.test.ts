import { describe, expect, it } from 'vitest'
import { assertSound } from '../../src/core/assertions.js'
import type { StockLevel } from '../../src/core/inventory/stock-level.js'
import type { InvoiceId } from '../../src/core/ids/ids.js'
import type { CurrencyCode } from '../../src/core/money/currency.js'
import type { Invoice, InvoiceOfOrder, InvoicePart } from '../../src/core/invoicing/invoice.js'
import { orderKind, type Order } from '../../src/core/orders/order.js'
import type { OrderLine } from '../../src/core/orders/order-line.js'
import type { Payment } from '../../src/core/payments/payment.js'
import type { DerivedKind } from '../../src/core/record-kind.js'
import { plantDrift } from '../support/plant-drift.js'
import { confirmed, newKey, openShop, packed, stock } from '../support/shop.js'

/** A shop in which an order of three mugs has two of them shipped and billed, and some money came in. */
const openTrade = async () => {
  const shop = openShop()
  const { orThrow } = shop.oms
  await stock(shop.oms, 'MUG', 10, '12.50')
  const order = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 3 }])
  const shipment = await packed(shop.oms, order, [{ line: 'L1', quantity: 2 }])
  await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
  const { items } = await orThrow.invoices.list({ order })
  const { payment } = await orThrow.payments.record(
    { amount: { amount: '10.00', currency: 'EUR' }, method: 'cash' },
    newKey(),
  )
  const ids: Readonly<Record<string, string>> = {
    order,
    payment,
    invoice: items[0]?.id ?? '',
    stock: 'main/MUG',
  }
  const stateOf = (kind: string): Promise<object> =>
    shop.stored<object>({ name: kind } as DerivedKind<object>, ids[kind] ?? '')
  const ask = (kind: string, state: unknown): void => {
    assertSound({ key: { kind, id: ids[kind] ?? '' }, before: 1, state, entries: {}, events: [] })
  }
  return { shop, order, stateOf, ask }
}

const euros = (amount: string) => ({ amount, currency: 'EUR' as CurrencyCode })
const firstLine =
  (change: Partial<OrderLine>) =>
  (order: Order): Order => ({ ...order, lines: order.lines.map((line) => ({ ...line, ...change })) })
const level =
  (change: Partial<StockLevel>) =>
  (known: StockLevel): StockLevel => ({ ...known, ...change })

/** The invoice as if it billed two orders, 20.00 of the first one and the rest of the other. */
const inParts =
  (change: Partial<Invoice>, ...parts: readonly Partial<InvoicePart>[]) =>
  ({ order, orderNumber, ...invoice }: InvoiceOfOrder) => {
    const part = { order, orderNumber, adjustments: 0, credited: euros('0.00') }
    const whole = [
      { ...part, lines: 1, total: euros('20.00') },
      { ...part, lines: 0, total: euros('5.00') },
    ]
    return { ...invoice, parts: whole.map((each, at) => ({ ...each, ...parts[at] })), ...change }
  }

const changedPayment =
  (change: Partial<Payment>) =>
  (payment: Payment): Payment => ({ ...payment, ...change })
const applied = (amount: string): Payment['applied'] => [
  { invoice: 'I-1' as InvoiceId, amount: euros(amount) },
]

// [what is wrong, with which record, how, and what is said]
const planted: readonly (readonly [string, string, (state: never) => unknown, string])[] = [
  [
    'units that nobody ordered are allocated',
    'order',
    firstLine({ allocated: 2 }),
    'OQ1 what is open of a line is allocated or backordered',
  ],
  [
    'units without goods are not said to lack any',
    'order',
    firstLine({ allocated: 0 }),
    'OQ1 a line says what it lacks',
  ],
  [
    'work is planned without goods',
    'order',
    firstLine({ planned: 2 }),
    'OQ1 work is planned for what has goods',
  ],
  [
    'more was delivered than shipped',
    'order',
    firstLine({ delivered: 3 }),
    'OQ2 no more is delivered than was shipped',
  ],
  [
    'more was credited than invoiced',
    'order',
    firstLine({ credited: 3 }),
    'OQ5 no more of a line is credited',
  ],
  [
    'more was invoiced than shipped',
    'order',
    firstLine({ invoiced: 3 }),
    'OQ4 no more of a line is invoiced',
  ],
  ['goods are less than none', 'stock', level({ onHand: -1 }), 'ST3 on hand is never negative'],
  [
    'more is in quarantine than there is',
    'stock',
    level({ quarantined: 50 }),
    'ST3 what is in quarantine is on hand',
  ],
  [
    'more is reserved than there is',
    'stock',
    level({ reserved: 50 }),
    'ST3 no more is reserved than is on hand',
  ],
  [
    'more promises have goods than there are',
    'stock',
    level({ shorted: 20 }),
    'ST9 no more promises have goods',
  ],
  ['less than nothing is on its way', 'stock', level({ incoming: -10 }), 'ST8 incoming is never negative'],
  [
    'more was paid back than came in',
    'payment',
    (payment: Payment) => ({ ...payment, refunded: euros('15.00') }),
    'MO7 no more is applied and paid back than was received',
  ],
  [
    'more was credited than the invoice claims',
    'invoice',
    (invoice: Invoice) => ({ ...invoice, credited: euros('99.00') }),
    'MO6 no more is credited than was invoiced',
  ],
  [
    'more of an order was credited than invoiced',
    'order',
    (order: Order) => ({ ...order, credited: euros('99.00') }),
    'MO6 no more of an order is credited than was invoiced',
  ],
  [
    'less than nothing was canceled',
    'order',
    firstLine({ quantity: 2, canceled: -1 }),
    'OQ2 no more is delivered',
  ],
  ['less than nothing is owed', 'stock', level({ shorted: -1 }), 'ST9 what is owed is never negative'],
  [
    'less than nothing was paid back',
    'payment',
    (payment: Payment) => ({ ...payment, refunded: euros('-1.00') }),
    'PY2 what was paid back is never negative',
  ],
  [
    'less than nothing was paid',
    'invoice',
    (invoice: Invoice) => ({ ...invoice, paid: euros('-1.00') }),
    'MO7 what was paid is never negative',
  ],
  [
    'more was paid than invoiced',
    'invoice',
    (invoice: Invoice) => ({ ...invoice, paid: euros('99.00') }),
    'MO7 no more is paid than was invoiced',
  ],
  [
    'a consolidated invoice claims more than its orders',
    'invoice',
    inParts({}, { total: euros('19.99') }),
    'MO3 a consolidated invoice is the sum of its orders',
  ],
  [
    'what was credited of a consolidated invoice was credited of no order',
    'invoice',
    inParts({ credited: euros('1.00') }),
    'MO6 what is credited of a consolidated invoice is credited of its orders',
  ],
  [
    'more was credited of an order than its part of a consolidated invoice',
    'invoice',
    inParts({ credited: euros('6.00') }, {}, { credited: euros('6.00') }),
    'MO6 no more of an order is credited than its part',
  ],
  [
    'a line of a consolidated invoice is of no order',
    'invoice',
    inParts({}, { lines: 0 }),
    'MO3 each line of a consolidated invoice is of one of its orders',
  ],
  [
    'a payment is of nothing',
    'payment',
    changedPayment({ amount: euros('0.00') }),
    'PY1 a payment is above zero',
  ],
  [
    'less than nothing of a payment is applied',
    'payment',
    changedPayment({ applied: applied('-1.00') }),
    'MO7 what is applied of a payment is above zero',
  ],
  [
    'a payment that went back has something left',
    'payment',
    changedPayment({ status: 'refunded', refunded: euros('9.00') }),
    'PY2 nothing is left of a payment that went back',
  ],
  [
    'a payment that went back pays for something',
    'payment',
    changedPayment({ status: 'refunded', refunded: euros('9.00'), applied: applied('1.00') }),
    'PY2 nothing is left of a payment that went back',
  ],
  [
    'what the bank has undone pays for something',
    'payment',
    changedPayment({ status: 'reversed', applied: applied('1.00') }),
    'PY5 what the bank has undone',
  ],
  [
    'the same money was undone by the bank and paid back',
    'payment',
    changedPayment({ status: 'reversed', refunded: euros('1.00') }),
    'PY5 what the bank has undone',
  ],
  [
    'less than nothing was credited',
    'invoice',
    (invoice: Invoice) => ({ ...invoice, credited: euros('-1.00') }),
    'MO6 what was credited is never negative',
  ],
  [
    'less than nothing of an order was credited',
    'order',
    (order: Order) => ({ ...order, credited: euros('-1.00') }),
    'MO6 what was credited of an order is never negative',
  ],
  [
    'less than nothing of a line was credited',
    'order',
    firstLine({ credited: -1 }),
    'OQ5 what was credited of a line is never negative',
  ],
]

describe('what a command leaves behind is asked once more before it is written', () => {
  it.each(['order', 'stock', 'payment', 'invoice'])(
    'what trade leaves of a record is sound: %s',
    async (kind) => {
      const { stateOf, ask } = await openTrade()
      const state = await stateOf(kind)
      expect(() => ask(kind, state)).not.toThrow()
    },
  )

  it.each(planted)('it is broken when %s', async (_name, kind, change, rule) => {
    const { stateOf, ask } = await openTrade()
    const state = change((await stateOf(kind)) as never)
    expect(() => ask(kind, state)).toThrow(rule)
  })

  it('a command on an order that somebody has changed by hand breaks off, and nothing is written', async () => {
    const { shop, order } = await openTrade()
    await plantDrift<Order>(shop.storage, 'order', order, firstLine({ invoiced: 3 }))
    const before = await shop.stored(orderKind, order)
    const held = shop.oms.orders.hold({ order, reason: 'other' }, newKey())
    await expect(held).rejects.toMatchObject({
      code: 'invariant_violated',
      message: expect.stringContaining('OQ4 no more of a line is invoiced than is billable') as string,
    })
    expect(await shop.stored(orderKind, order)).toEqual(before)
  })
})
