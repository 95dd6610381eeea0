import { z } from 'zod'
import {
  explanationOf,
  type Blocker,
  type BlockersByCommand,
  type Explanation,
} from '../../core/explain.js'
import { fulfillmentKind } from '../../core/fulfillment/fulfillment.js'
import { reservationKind } from '../../core/inventory/reservation.js'
import { invoiceKind } from '../../core/invoicing/invoice.js'
import { blockersOfOrder, orderBlockers } from '../../core/orders/order-blockers.js'
import { orderKind } from '../../core/orders/order.js'
import { paymentKind } from '../../core/payments/payment.js'
import { refuse, type RefusalCode } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { shipmentKind, type Shipment } from '../../core/shipping/shipment.js'
import { fulfillmentLifecycle } from '../../state-machines/fulfillment.machine.js'
import { invoiceLifecycle } from '../../state-machines/invoice.machine.js'
import { paymentLifecycle } from '../../state-machines/payment.machine.js'
import { reservationLifecycle } from '../../state-machines/reservation.machine.js'
import { shipmentLifecycle } from '../../state-machines/shipment.machine.js'
import { defineQuery, type KindOf, type QueryContext } from '../query.js'
import { lifecycleBlockers } from './lifecycle-blockers.js'

/**
 * What can be done with a record now, and for everything else the facts that stand in the way and what takes them out of it (F12). Orders are
 * explained by the very blockers their decider asks; other kinds by their lifecycles, and what an order adds to them.
 */
export const explainRecord = defineQuery({
  name: 'records.explain',
  input: z.strictObject({
    kind: z.enum(['order', 'fulfillment', 'shipment', 'invoice', 'payment', 'reservation']),
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

const blockersOfShipment = async (shipment: Shipment, context: QueryContext): Promise<BlockersByCommand> => {
  const blockers = lifecycleBlockers(shipmentLifecycle, shipment.status, {
    'shipments.ship': ['hand_over'],
    'shipments.deliver': ['deliver'],
    'shipments.reportLost': ['report_lost'],
    'shipments.reportFound': ['find'],
  })
  const order = (await context.get(orderKind, shipment.order))?.state
  const inTheOrder: readonly Blocker[] = order === undefined ? [] : orderBlockers['shipments.ship'](order)
  return { ...blockers, 'shipments.ship': [...(blockers['shipments.ship'] ?? []), ...inTheOrder] }
}

const explainers: Readonly<
  Record<'order' | 'fulfillment' | 'shipment' | 'invoice' | 'payment' | 'reservation', Explainer>
> = {
  order: explainer(orderKind, 'unknown_order', blockersOfOrder),
  fulfillment: explainer(fulfillmentKind, 'unknown_fulfillment', ({ status }) =>
    lifecycleBlockers(fulfillmentLifecycle, status, {
      'fulfillments.pick': ['start_picking'],
      'fulfillments.pack': ['pack'],
      'fulfillments.cancel': ['cancel'],
      'shipments.ship': ['hand_over'],
    }),
  ),
  shipment: explainer(shipmentKind, 'unknown_shipment', blockersOfShipment),
  invoice: explainer(invoiceKind, 'unknown_invoice', ({ status }) =>
    lifecycleBlockers(invoiceLifecycle, status, {
      'invoices.credit': ['credit_some', 'credit_rest'],
      'payments.apply': ['apply_some', 'settle'],
    }),
  ),
  payment: explainer(paymentKind, 'unknown_payment', ({ status }) =>
    lifecycleBlockers(paymentLifecycle, status, {
      'payments.refund': ['refund_some', 'refund_rest'],
      'payments.reverse': ['reverse'],
    }),
  ),
  reservation: explainer(reservationKind, 'unknown_reservation', ({ status }) =>
    lifecycleBlockers(reservationLifecycle, status, {
      'inventory.extendHold': ['extend'],
      'inventory.releaseHold': ['release'],
      'inventory.expireHold': ['expire'],
      'orders.place': ['commit'],
    }),
  ),
}
