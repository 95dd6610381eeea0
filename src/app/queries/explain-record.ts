import { z } from 'zod'
import { explanationOf, type BlockersByCommand } from '../../core/explain.js'
import { bookingKind } from '../../core/capacity/booking.js'
import { fulfillmentKind } from '../../core/fulfillment/fulfillment.js'
import { reservationKind } from '../../core/inventory/reservation.js'
import { stockCountKind } from '../../core/inventory/stock-count.js'
import { transferKind } from '../../core/inventory/transfer.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { orderKind } from '../../core/orders/order.js'
import { paymentKind } from '../../core/payments/payment.js'
import { bankEntryKind } from '../../core/reconciliation/bank-entry.js'
import { expectedReceiptKind } from '../../core/replenishment/expected-receipt.js'
import { refuse, type RefusalCode } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { shipmentKind } from '../../core/shipping/shipment.js'
import { defineQuery, type KindOf, type QueryContext } from '../query.js'
import { blockersOfExpectedReceipt, blockersOfStockCount, blockersOfTransfer } from './stock-blockers.js'
import {
  blockersOfBankEntry,
  blockersOfBooking,
  blockersOfFulfillment,
  blockersOfInvoice,
  blockersOfOrderAlone,
  blockersOfPayment,
  blockersOfReservation,
  blockersOfShipment,
} from './record-blockers.js'

const explainedKinds = [
  'order',
  'fulfillment',
  'shipment',
  'invoice',
  'payment',
  'reservation',
  'bank_entry',
  'booking',
  'transfer',
  'stock_count',
  'expected_receipt',
] as const

/**
 * What can be done with a record now, and for everything else the facts that stand in the way and what takes them out of it (F12). Orders are
 * explained by the very blockers their decider asks. It says what the record allows; whether the caller may do it says the policy.
 */
export const explainRecord = defineQuery({
  name: 'records.explain',
  input: z.strictObject({
    kind: z.enum(explainedKinds),
    id: z.string('type').min(1, 'id.length').max(64, 'id.length'),
  }),
  run: async ({ kind, id }, context) => {
    const { explain, unknown } = explainers[kind]
    const found = await explain(id, context)
    if (found === undefined) return refuse(unknown, { [kind]: id })
    return ok({ value: explanationOf(kind, id, found.status, found.blockers), version: found.version })
  },
})

interface Explained {
  readonly status: string
  readonly version: number
  readonly blockers: BlockersByCommand
}

interface Explainer {
  readonly unknown: RefusalCode
  readonly explain: (id: string, context: QueryContext) => Promise<Explained | undefined>
}

const explainer = <State extends { readonly status: string }>(
  kind: KindOf<State>,
  unknown: RefusalCode,
  blockersOf: (state: State, context: QueryContext) => BlockersByCommand | Promise<BlockersByCommand>,
): Explainer => ({
  unknown,
  explain: async (id, context) => {
    const found = await context.get(kind, id)
    if (found === undefined) return undefined
    const { state, version } = found
    return { status: state.status, version, blockers: await blockersOf(state, context) }
  },
})

const explainers: Readonly<Record<(typeof explainedKinds)[number], Explainer>> = {
  order: explainer(orderKind, 'unknown_order', blockersOfOrderAlone),
  fulfillment: explainer(fulfillmentKind, 'unknown_fulfillment', blockersOfFulfillment),
  shipment: explainer(shipmentKind, 'unknown_shipment', blockersOfShipment),
  invoice: explainer(invoiceKind, 'unknown_invoice', blockersOfInvoice),
  payment: explainer(paymentKind, 'unknown_payment', blockersOfPayment),
  reservation: explainer(reservationKind, 'unknown_reservation', blockersOfReservation),
  booking: explainer(bookingKind, 'unknown_booking', blockersOfBooking),
  transfer: explainer(transferKind, 'unknown_transfer', blockersOfTransfer),
  stock_count: explainer(stockCountKind, 'unknown_stock_count', blockersOfStockCount),
  expected_receipt: explainer(expectedReceiptKind, 'unknown_expected_receipt', blockersOfExpectedReceipt),
  bank_entry: explainer(bankEntryKind, 'unknown_bank_entry', blockersOfBankEntry),
}
