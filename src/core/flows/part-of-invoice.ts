import type { OrderId } from '../ids/ids.js'
import type { Invoice, InvoiceOfOrder } from '../invoicing/invoice.js'
import { isOfOneOrder, partOf } from '../invoicing/invoice-parts.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

/** What a command about an invoice is about: the invoice of one order, or of a consolidated invoice the part of the order that is named. */
export const partOfInvoice = (
  invoice: Invoice,
  order: OrderId | undefined,
): Result<InvoiceOfOrder, Refusal> => {
  if (order === undefined) {
    return isOfOneOrder(invoice)
      ? ok(invoice)
      : refuse('validation_failed', { issues: [{ path: ['order'], rule: 'order.ofInvoice' }] })
  }
  const part = partOf(invoice, order)
  return part === undefined ? refuse('unknown_order', { order }) : ok(part)
}
