import { denialKind } from '../core/audit/denial.js'
import { bookingKind } from '../core/capacity/booking.js'
import { resourceDayKind } from '../core/capacity/resource-day.js'
import { resourceKind } from '../core/capacity/resource.js'
import { seatPoolKind } from '../core/capacity/seat-pool.js'
import { seatKind } from '../core/capacity/seat.js'
import { productKind } from '../core/catalog/product.js'
import { fulfillmentKind } from '../core/fulfillment/fulfillment.js'
import { backInStockKind } from '../core/inventory/back-in-stock.js'
import { reservationKind } from '../core/inventory/reservation.js'
import { stockAuditKind } from '../core/inventory/stock-audit.js'
import { stockCountKind } from '../core/inventory/stock-count.js'
import { serialKind } from '../core/inventory/serial.js'
import { stockKind } from '../core/inventory/stock-level.js'
import { stockLotsKind } from '../core/inventory/stock-lots.js'
import { transferKind } from '../core/inventory/transfer.js'
import { creditNoteKind } from '../core/invoicing/credit-note.js'
import { invoiceKind } from '../core/invoicing/invoice-kind.js'
import { numberSeriesKind } from '../core/invoicing/number-series.js'
import { orderKind } from '../core/orders/order.js'
import { partyKind } from '../core/parties/party.js'
import { priceListKind } from '../core/pricing/price-list.js'
import { promotionKind } from '../core/promotions/promotion.js'
import { paymentKind } from '../core/payments/payment.js'
import { bankEntryKind } from '../core/reconciliation/bank-entry.js'
import { statementKind } from '../core/reconciliation/statement.js'
import { expectedReceiptKind } from '../core/replenishment/expected-receipt.js'
import type { RecordKind } from '../core/record-kind.js'
import { locationKind } from '../core/sourcing/location.js'
import { orderSourcingKind } from '../core/sourcing/order-sourcing.js'
import { sourcingRulesKind } from '../core/sourcing/sourcing-rules.js'
import { shipmentKind } from '../core/shipping/shipment.js'

type AnyKind = RecordKind<unknown, { readonly type: string }>

/** Every kind of record with a history of its own, by the name it is stored under. */
export const kindsWithHistory: ReadonlyMap<string, AnyKind> = new Map(
  [
    backInStockKind,
    bankEntryKind,
    bookingKind,
    creditNoteKind,
    denialKind,
    expectedReceiptKind,
    fulfillmentKind,
    invoiceKind,
    locationKind,
    numberSeriesKind,
    orderKind,
    orderSourcingKind,
    partyKind,
    paymentKind,
    priceListKind,
    productKind,
    promotionKind,
    reservationKind,
    resourceDayKind,
    resourceKind,
    seatKind,
    seatPoolKind,
    serialKind,
    shipmentKind,
    sourcingRulesKind,
    statementKind,
    stockAuditKind,
    stockCountKind,
    stockKind,
    stockLotsKind,
    transferKind,
  ].map((kind) => [kind.name, kind as AnyKind]),
)
