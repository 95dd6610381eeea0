import type { OrderManagementFor } from '../../app/order-management.js'
import type { Order } from '../../core/orders/order.js'
import { isPositive } from '../../core/money/money.js'
import type { Payment } from '../../core/payments/payment.js'
import { content, exchangeOf, freight, vat } from './shop-sales.js'
import { euros, inStatus, oneOf, type InputOf, type KnownRecords, type PlannedMove } from './workload.js'

/** A deposit with the placement, with the confirmation, or with both: shares that fit, and amounts that may be more than the price. */
const agreedDeposits = ({ pick, quantity, amount }: PlannedMove) => {
  const order = { percent: `${quantity * 15}` }
  const confirmation = pick % 2 === 0 ? { percent: '25' } : { amount: euros(amount) }
  if (pick % 3 === 0) return { order }
  return pick % 3 === 1 ? { confirmation } : { order, confirmation }
}

const withDeposits: InputOf = (move, known) => ({
  ...content(move, known),
  lines: move.lines.map((line, place) => ({
    ...line,
    ...(move.flag && { tax: vat(place === 0 ? '19' : '7') }),
  })),
  ...(move.flag && move.pick % 4 === 0 && { adjustments: [freight] }),
  ...(move.pick % 4 === 3 && { invoiceTrigger: 'on_delivery' }),
  depositOn: agreedDeposits(move),
})

const billedOnDelivery: InputOf = (move, known) => ({
  ...content(move, known),
  invoiceTrigger: 'on_delivery',
  lines: move.lines.map((line, place) => ({
    ...line,
    ...(place === 1 && { invoiceTrigger: 'on_shipment' }),
    ...(move.flag && { tax: vat('19') }),
  })),
})

/** Money that waits in its own currency. */
const isForeign = (state: unknown): boolean => {
  const { amount, exchange } = state as Payment
  return amount.currency !== 'EUR' && exchange === undefined
}

const isPaidBackInPart = (state: unknown): boolean =>
  isForeign(state) && isPositive((state as Payment).refunded)

/** Now and then what went back in part, which nothing exchanges. */
const foreignPayment = (move: PlannedMove, known: KnownRecords): string => {
  const isPartLeft = known.idsOf('payment').some((id) => isPaidBackInPart(known.stateOf('payment', id)))
  return oneOf(known, 'payment', move.pick, isPartLeft ? isPaidBackInPart : isForeign)
}

const isDraftWithDeposit = (state: unknown): boolean =>
  inStatus('draft')(state) && (state as Order).depositOn !== undefined

/** What is claimed otherwise than by an invoice of what has left: how often, and with what. */
export const billingCommands: Readonly<Record<string, readonly [often: number, inputOf: InputOf]>> = {
  'orders.place with deposits agreed': [2, withDeposits],
  'orders.capture with deposits agreed': [1, withDeposits],
  'orders.placeDraft with deposits agreed': [
    1,
    (move, known) => ({ order: oneOf(known, 'order', move.pick, isDraftWithDeposit) }),
  ],
  'orders.place billed on delivery': [2, billedOnDelivery],
  'shipments.giveUp': [
    2,
    (move, known) => ({ shipment: oneOf(known, 'shipment', move.pick, inStatus('lost')) }),
  ],
  'payments.record without a rate': [
    1,
    ({ amount }) => ({ amount: { amount, currency: 'USD' }, method: 'bank_transfer' }),
  ],
  'payments.refund of another currency': [
    2,
    (move, known) => ({
      payment: oneOf(known, 'payment', move.pick, isForeign),
      amount: { amount: move.amount, currency: 'USD' },
      reason: 'overpaid',
    }),
  ],
  'payments.apply with a rate': [
    2,
    (move, known) => ({
      payment: foreignPayment(move, known),
      invoices: [{ invoice: oneOf(known, 'invoice', move.pick, inStatus('issued')) }],
      exchange: exchangeOf(move),
    }),
  ],
}

/** Parcels that were lost, billed and not yet billed, a draft and an order with deposits agreed, and money that waits in its own currency. */
export const openBilling = async ({ orThrow }: OrderManagementFor): Promise<void> => {
  for (const invoiceTrigger of ['on_shipment', 'on_delivery'] as const) {
    const { order } = await orThrow.orders.place(
      { channel: 'store', currency: 'EUR', invoiceTrigger, lines: [{ sku: 'tray', quantity: 1 }] },
      { idempotencyKey: `the first lost, ${invoiceTrigger}` },
    )
    await orThrow.orders.confirm({ order })
    const [planned] = (await orThrow.fulfillments.plan({ order })).fulfillments
    const { shipment } = await orThrow.fulfillments.pack({ fulfillment: planned?.fulfillment ?? '' })
    await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    await orThrow.shipments.reportLost({ shipment, reason: 'not_found' })
  }
  const agreed = {
    channel: 'store',
    currency: 'EUR',
    lines: [{ sku: 'lamp', quantity: 1, tax: vat('19') }],
    depositOn: { order: { percent: '30' }, confirmation: { percent: '40' } },
  } as const
  await orThrow.orders.capture(agreed, { idempotencyKey: 'the first draft with deposits agreed' })
  const { order } = await orThrow.orders.place(agreed, { idempotencyKey: 'the first with deposits agreed' })
  await orThrow.orders.confirm({ order })
  const [planned] = (await orThrow.fulfillments.plan({ order })).fulfillments
  await orThrow.fulfillments.pack({ fulfillment: planned?.fulfillment ?? '' })
  await orThrow.payments.record(
    { amount: { amount: '25.00', currency: 'USD' }, method: 'bank_transfer' },
    { idempotencyKey: 'the first of another currency' },
  )
}
