import { assertAscending } from './assert-ascending.js'
import { assertBooking } from './capacity/assert-booking.js'
import { assertResourceDay } from './capacity/assert-resource-day.js'
import { assertSeatPool } from './capacity/assert-seat-pool.js'
import { bookingKind } from './capacity/booking.js'
import { openedDaysKind, resourceDayKind, type OpenedDays } from './capacity/resource-day.js'
import { seatPoolKind } from './capacity/seat-pool.js'
import { skillKind, type Skill } from './capacity/skill.js'
import { assertFulfillment } from './fulfillment/assert-fulfillment.js'
import { fulfillmentKind } from './fulfillment/fulfillment.js'
import { assertBackorderQueue } from './inventory/assert-backorder-queue.js'
import { assertReservation } from './inventory/assert-reservation.js'
import { assertSerial } from './inventory/assert-serial.js'
import { assertStockCount } from './inventory/assert-stock-count.js'
import { assertStockLevel } from './inventory/assert-stock-level.js'
import { assertStockLots } from './inventory/assert-stock-lots.js'
import { assertTransfer } from './inventory/assert-transfer.js'
import { backorderQueueKind } from './inventory/backorder-queue.js'
import { reservationKind } from './inventory/reservation.js'
import { serialKind } from './inventory/serial.js'
import { stockCountKind } from './inventory/stock-count.js'
import { stockKind } from './inventory/stock-level.js'
import { stockLotsKind } from './inventory/stock-lots.js'
import { transferKind } from './inventory/transfer.js'
import { assertCreditNote } from './invoicing/assert-credit-note.js'
import { assertInvoice } from './invoicing/assert-invoice.js'
import { assertNumberSeries } from './invoicing/assert-number-series.js'
import { assertOpenInvoices } from './invoicing/assert-open-invoices.js'
import { creditNoteKind } from './invoicing/credit-note.js'
import { invoiceKind } from './invoicing/invoice-kind.js'
import { numberSeriesKind } from './invoicing/number-series.js'
import { openInvoicesKind } from './invoicing/open-invoices.js'
import { assertOrder } from './orders/assert-order.js'
import { orderKind } from './orders/order.js'
import { assertParty } from './parties/assert-party.js'
import { partyKind } from './parties/party.js'
import { assertPayment } from './payments/assert-payment.js'
import { paymentKind } from './payments/payment.js'
import { assertSkuPrices } from './pricing/assert-sku-prices.js'
import { skuPricesKind } from './pricing/sku-prices.js'
import { assertPromotionUses } from './promotions/assert-promotion-uses.js'
import { promotionListKind, type PromotionList } from './promotions/promotion-list.js'
import { promotionUsesKind } from './promotions/promotion-uses.js'
import { assertBankEntry } from './reconciliation/assert-bank-entry.js'
import { bankEntryKind } from './reconciliation/bank-entry.js'
import { assertExpectedReceipt } from './replenishment/assert-expected-receipt.js'
import { expectedReceiptKind } from './replenishment/expected-receipt.js'
import { assertShipment } from './shipping/assert-shipment.js'
import { shipmentKind } from './shipping/shipment.js'
import { locationListKind, type LocationList } from './sourcing/location-list.js'
import type { Change } from './plan.js'

/**
 * Throws `InvariantViolation` when what a command would leave behind breaks an invariant. It knows states alone and not how they came about, so it does
 * not share the mistakes of what decided them; asked of every change before anything of it is written, in production too.
 */
export const assertSound = ({ key, before, events, state }: Change): void => {
  const assert = assertions.get(key.kind)
  if (assert !== undefined && state !== null) assert(state as never, before + events.length)
}

const assertions: ReadonlyMap<string, (state: never, version: number) => void> = new Map<
  string,
  (state: never, version: number) => void
>([
  [backorderQueueKind.name, assertBackorderQueue],
  [bankEntryKind.name, assertBankEntry],
  [bookingKind.name, assertBooking],
  [creditNoteKind.name, assertCreditNote],
  [expectedReceiptKind.name, assertExpectedReceipt],
  [fulfillmentKind.name, assertFulfillment],
  [invoiceKind.name, assertInvoice],
  [locationListKind.name, assertAscending(({ locations }: LocationList) => locations)],
  [numberSeriesKind.name, assertNumberSeries],
  [openInvoicesKind.name, assertOpenInvoices],
  [openedDaysKind.name, assertAscending(({ dates }: OpenedDays) => dates)],
  [orderKind.name, assertOrder],
  [partyKind.name, assertParty],
  [paymentKind.name, assertPayment],
  [promotionListKind.name, assertAscending(({ promotions }: PromotionList) => promotions)],
  [promotionUsesKind.name, assertPromotionUses],
  [reservationKind.name, assertReservation],
  [resourceDayKind.name, assertResourceDay],
  [seatPoolKind.name, assertSeatPool],
  [serialKind.name, assertSerial],
  [shipmentKind.name, assertShipment],
  [skillKind.name, assertAscending(({ resources }: Skill) => resources)],
  [skuPricesKind.name, assertSkuPrices],
  [stockCountKind.name, assertStockCount],
  [stockKind.name, assertStockLevel],
  [stockLotsKind.name, assertStockLots],
  [transferKind.name, assertTransfer],
])
