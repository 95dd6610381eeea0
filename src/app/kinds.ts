import { denialKind } from '../core/audit/denial.js'
import { productKind } from '../core/catalog/product.js'
import { fulfillmentKind } from '../core/fulfillment/fulfillment.js'
import { reservationKind } from '../core/inventory/reservation.js'
import { stockKind } from '../core/inventory/stock-level.js'
import { creditNoteKind } from '../core/invoicing/credit-note.js'
import { invoiceKind } from '../core/invoicing/invoice.js'
import { numberSeriesKind } from '../core/invoicing/number-series.js'
import { orderKind } from '../core/orders/order.js'
import { partyKind } from '../core/parties/party.js'
import { paymentKind } from '../core/payments/payment.js'
import { bankEntryKind } from '../core/reconciliation/bank-entry.js'
import { statementKind } from '../core/reconciliation/statement.js'
import type { RecordKind } from '../core/record-kind.js'
import { shipmentKind } from '../core/shipping/shipment.js'

type AnyKind = RecordKind<unknown, { readonly type: string }>

/** Every kind of record with a history of its own, by the name it is stored under. */
export const kindsWithHistory: ReadonlyMap<string, AnyKind> = new Map(
  [
    bankEntryKind,
    creditNoteKind,
    denialKind,
    fulfillmentKind,
    invoiceKind,
    numberSeriesKind,
    orderKind,
    partyKind,
    paymentKind,
    productKind,
    reservationKind,
    shipmentKind,
    statementKind,
    stockKind,
  ].map((kind) => [kind.name, kind as AnyKind]),
)
