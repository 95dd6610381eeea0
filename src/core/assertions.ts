import { assertStockLevel } from './inventory/assert-stock-level.js'
import { stockKind } from './inventory/stock-level.js'
import { assertInvoice } from './invoicing/assert-invoice.js'
import { invoiceKind } from './invoicing/invoice-kind.js'
import { assertOrder } from './orders/assert-order.js'
import { orderKind } from './orders/order.js'
import { assertPayment } from './payments/assert-payment.js'
import { paymentKind } from './payments/payment.js'
import type { Change } from './plan.js'

/**
 * Throws `InvariantViolation` when what a command would leave behind breaks an invariant. It knows states alone and not how they came about, so it does
 * not share the mistakes of what decided them; asked of every change before anything of it is written, in production too.
 */
export const assertSound = ({ key, state }: Change): void => {
  const assert = assertions.get(key.kind)
  if (assert !== undefined && state !== null) assert(state as never)
}

const assertions: ReadonlyMap<string, (state: never) => void> = new Map<string, (state: never) => void>([
  [stockKind.name, assertStockLevel],
  [orderKind.name, assertOrder],
  [paymentKind.name, assertPayment],
  [invoiceKind.name, assertInvoice],
])
