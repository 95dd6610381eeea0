import type { OrderManagementFor } from '../../src/app/order-management.js'
import type { SettingsInput } from '../../src/app/settings.js'
import type { StockCount } from '../../src/core/inventory/stock-count.js'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import type { Order } from '../../src/core/orders/order.js'
import { content } from '../../src/testing/simulation/shop-sales.js'
import { earlyTerms } from '../../src/testing/simulation/shop-bank.js'
import { epoch } from '../../src/testing/simulation/epoch.js'
import {
  euros,
  inStatus,
  oneOf,
  type InputOf,
  type KnownRecords,
} from '../../src/testing/simulation/workload.js'

/** Whoever does not pay is reminded, and then gets nothing more. */
export const tradeSettings = {
  paymentTerms: earlyTerms,
  dunning: [
    { daysOverdue: 1, topic: 'payment_reminder', action: 'watch' },
    { daysOverdue: 10, topic: 'payment_demand', fee: { EUR: '5.00' }, action: 'hold_orders' },
    { daysOverdue: 20, topic: 'final_notice', action: 'refuse_orders' },
  ],
} as const satisfies SettingsInput

const isOnHold = (state: unknown): boolean => ((state as Order | undefined)?.holds ?? []).length > 0

const isOverdue = (state: unknown): boolean =>
  inStatus('issued')(state) && (state as Invoice).dueOn < epoch.slice(0, 10)

const hasWork = (state: unknown): boolean =>
  inStatus('confirmed')(state) && (state as Order).lines.some(({ allocated, planned }) => allocated > planned)

const isAccepted = (state: unknown): boolean =>
  (state as Order).invoiceTrigger === 'on_acceptance' && inStatus('confirmed')(state)

const stateOf = <State>(known: KnownRecords, kind: string, id: string): Partial<State> =>
  known.stateOf(kind, id) ?? {}

/** Commands that the random trade has no move for: how often, and with what. */
export const furtherCommands: Readonly<Record<string, readonly [often: number, inputOf: InputOf]>> = {
  'counts.record whole': [
    2,
    (move, known) => {
      const count = oneOf(known, 'stock_count', move.pick, inStatus('open'))
      const { lines = [] } = stateOf<StockCount>(known, 'stock_count', count)
      return { count, lines: lines.map(({ sku }) => ({ sku, counted: 8 + move.quantity })) }
    },
  ],
  'parties.agreeTerms': [
    1,
    (move, known) => ({ party: oneOf(known, 'party', move.pick), termsName: move.flag ? 'early' : null }),
  ],
  'parties.stopOrders': [
    1,
    (move, known) => ({
      party: oneOf(known, 'party', move.pick, inStatus('active')),
      orders: move.flag ? 'hold' : 'refuse',
      reason: 'does not pay',
    }),
  ],
  'parties.allowOrders': [
    1,
    (move, known) => ({ party: oneOf(known, 'party', move.pick, inStatus('active')), reason: 'has paid' }),
  ],
  'orders.releaseHold': [
    1,
    (move, known) => {
      const order = oneOf(known, 'order', move.pick, isOnHold)
      const { holds = [] } = stateOf<Order>(known, 'order', order)
      return { order, hold: holds[move.quantity % Math.max(1, holds.length)]?.id ?? 'nothing' }
    },
  ],
  'orders.place billed on acceptance': [
    1,
    (move, known) => ({ ...content(move, known), invoiceTrigger: 'on_acceptance' }),
  ],
  'orders.accept': [
    2,
    (move, known) => ({
      order: oneOf(known, 'order', move.pick, isAccepted),
      ...(move.flag && { lines: [{ line: 'L1', quantity: 1 }] }),
    }),
  ],
  'fulfillments.plan whole': [3, (move, known) => ({ order: oneOf(known, 'order', move.pick, hasWork) })],
  'fulfillments.cancel': [
    1,
    (move, known) => ({
      fulfillment: oneOf(known, 'fulfillment', move.pick, inStatus('planned', 'picking')),
      reason: 'no-picker',
    }),
  ],
  'invoices.recordSent': [
    1,
    (move, known) => ({
      invoice: oneOf(known, 'invoice', move.pick),
      channel: move.flag ? 'post' : 'email',
    }),
  ],
  'invoices.remind': [2, (move, known) => ({ invoice: oneOf(known, 'invoice', move.pick, isOverdue) })],
}

/** Before all else, because numbers are given in the order of days: an invoice of last year that is paid in part and forgiven in part, an order of work that is accepted in parts, and one on hold. */
export const openFurther = async ({ orThrow }: OrderManagementFor): Promise<void> => {
  const price = euros('9.99')
  await orThrow.catalog.define({ sku: 'bowl', name: 'bowl', price })
  await orThrow.catalog.define({ sku: 'repair', name: 'repair', price, stocked: false })
  await orThrow.inventory.receive({ sku: 'bowl', quantity: 5 }, { idempotencyKey: 'opening bowl' })
  const { party: customer } = await orThrow.parties.register(
    { roles: ['customer'], name: 'Lin', termsName: 'early' },
    { idempotencyKey: 'the first who does not pay' },
  )
  const sold = { channel: 'store', currency: 'EUR', customer, lines: [{ sku: 'bowl', quantity: 1 }] }
  const late = await orThrow.orders.place(sold, { idempotencyKey: 'the first unpaid' })
  await orThrow.orders.confirm({ order: late.order })
  const [planned] = (await orThrow.fulfillments.plan({ order: late.order })).fulfillments
  const { shipment } = await orThrow.fulfillments.pack({ fulfillment: planned?.fulfillment ?? '' })
  await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post', shippedOn: '2025-12-01' })
  const [invoice] = (await orThrow.invoices.list({ order: late.order })).items
  const named = { invoice: invoice?.id ?? '' }
  await orThrow.invoices.writeOff(
    { ...named, kind: 'write_off', amount: euros('0.50'), reason: 'not worth asking for' },
    { idempotencyKey: 'the first that is forgiven' },
  )
  const { statement } = await orThrow.reconciliation.importStatement({
    format: 'plain',
    content: JSON.stringify({
      account: 'AT00 1',
      reference: 'second',
      currency: 'EUR',
      entries: [{ bookedOn: '2026-03-01', ...euros('2.00'), remittanceText: 'a part', line: 1 }],
    }),
  })
  const [entry] = (await orThrow.reconciliation.entries({ statement })).items
  await orThrow.reconciliation.match(
    { entry: entry?.id ?? '', invoices: [named] },
    { idempotencyKey: 'the first match' },
  )
  const work = {
    ...sold,
    invoiceTrigger: 'on_acceptance',
    lines: [{ sku: 'repair', quantity: 4 }],
  } as const
  const { order } = await orThrow.orders.place(work, { idempotencyKey: 'the first work' })
  await orThrow.orders.confirm({ order })
  const held = await orThrow.orders.place(sold, { idempotencyKey: 'the first on hold' })
  await orThrow.orders.hold(
    { order: held.order, reason: 'fraud_risk' },
    { idempotencyKey: 'the first hold of an order' },
  )
}
