import { z } from 'zod'
import { billedAmounts, type BilledAmounts } from '../../core/flows/billed-amounts.js'
import { orderIdSchema } from '../../core/ids/id-schema.js'
import type { OrderId, OrderNumber, PartyId } from '../../core/ids/ids.js'
import type { CalculatedAmounts } from '../../core/invoicing/invoice.js'
import type { CurrencyCode } from '../../core/money/currency.js'
import type { Money } from '../../core/money/money.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { dateOf, type LocalDate } from '../../core/time/local-date.js'
import { defineQuery } from '../query.js'
import { lineView, type DocumentLineView } from './invoices.js'

/** What an invoice of all of an order would say. It has no number, claims nothing, and stands in no books (UNTDID 1001 code 325). */
export interface Proforma extends CalculatedAmounts {
  readonly kind: 'proforma'
  readonly order: OrderId
  readonly orderNumber: OrderNumber
  /** The customer's own number of the order. */
  readonly purchaseOrder?: string
  readonly customer?: PartyId
  readonly legalEntity?: string
  readonly currency: CurrencyCode
  readonly lines: readonly DocumentLineView[]
  readonly total: Money
  readonly drawnOn: LocalDate
}

/**
 * Draws a proforma invoice from an order or a draft, at any time and as often as anybody asks: of all that is not canceled, whether billed or not. It takes
 * no number, is not stored and counts as nothing; nothing of the order changes.
 */
export const drawProforma = defineQuery({
  name: 'invoices.proforma',
  input: z.strictObject({ order: orderIdSchema }),
  run: async (input, context) => {
    const found = await context.get(orderKind, input.order)
    return found === undefined
      ? refuse('unknown_order', { order: input.order })
      : ok({ value: proformaOf(found.state, dateOf(context.now())), version: found.version })
  },
})

/** An order as if nothing of it were billed. */
export const unbilledOrder = ({ depositInvoices: _deposits, ...order }: Order): Order => ({
  ...order,
  lines: order.lines.map((line) => ({ ...line, invoiced: 0 })),
})

/** What all of an order that is not canceled comes to on one invoice. */
export const proformaAmounts = (order: Order): BilledAmounts =>
  billedAmounts(
    unbilledOrder(order),
    order.lines.flatMap(({ id, quantity, canceled }) =>
      quantity > canceled ? [{ line: id, quantity: quantity - canceled }] : [],
    ),
  )

const proformaOf = (order: Order, drawnOn: LocalDate): Proforma => {
  const { lines, ...amounts } = proformaAmounts(order)
  return {
    kind: 'proforma',
    order: order.id,
    orderNumber: order.number,
    ...(order.purchaseOrder !== undefined && { purchaseOrder: order.purchaseOrder }),
    ...(order.customer !== undefined && { customer: order.customer }),
    ...(order.legalEntity !== undefined && { legalEntity: order.legalEntity }),
    currency: order.currency,
    lines: lines.map(lineView),
    ...amounts,
    drawnOn,
  }
}
