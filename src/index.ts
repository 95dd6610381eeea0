// The public door. Every name is listed; what is not listed here, in `orderwright/sqlite`, `/testing`, `/arbitraries`, `/machines`, `/csv`, `/sourcing`, `/revenue` or `/webhook` is not
// public.

export { createOrderManagement, type OrderManagementOptions } from './create-order-management.js'
export type { OrderManagement, OrderManagementFor, ReleaseParkedInput } from './app/order-management.js'
export { ContextRequired, type CallerInput } from './app/caller.js'
export { CommandFailed, type Answer } from './app/answer.js'
export type { QueryAnswer } from './app/run-query.js'
export type { CommandOptions } from './app/run.js'
export type { CommandInput, CommandValue, QueryInput, QueryValue } from './app/call-types.js'
export type { SettingsInput } from './app/settings.js'
export type { TaxSettings, TotalsSettingsInput } from './app/totals-settings.js'
export type { RelayOptions, RelayReport } from './app/relay.js'
export type { ReconcileInput } from './app/reconcile.js'
export type { ReconcileReport, UnmatchedEntry } from './app/reconcile-report.js'
export type { SweepReport } from './app/sweep.js'
export type { Running, StartOptions } from './app/start.js'

// Stores and the other ports
export { memoryStorage } from './adapters/memory/memory-storage.js'
export { systemClock } from './adapters/system/system-clock.js'
export { systemIds } from './adapters/system/system-ids.js'
export type { Actor } from './core/ids/actor.js'
export type { Clock } from './core/ports/clock.js'
export type { Ids } from './core/ports/ids.js'
export type { Notification, Notifier, Recipient } from './core/ports/notifier.js'
export { denyAll, roleTable, trustHost, type PolicyDecision } from './core/ports/policy.js'
export {
  UnreadableFile,
  type ReadStatement,
  type StatementEntry,
  type StatementReader,
  type UnreadableRow,
} from './core/ports/statement-reader.js'
export type { TaxAnswer, TaxedItem, TaxQuestion, TaxSource } from './core/ports/tax-source.js'
export {
  largestPage,
  type Delivery,
  type LockedRecords,
  type NewMessage,
  type OutboxMessage,
  type Page,
  type Query,
  type RecordedEvent,
  type RecordWrite,
  type Storage,
  type StorageHealth,
  type StoredRecord,
  type Writes,
} from './core/ports/storage.js'
export type { Facts, Versioned } from './core/plan.js'
export type { IndexEntries } from './core/record-kind.js'

// Errors
export {
  ConfigurationError,
  StorageError,
  type AnswerError,
  type ErrorCode,
  type Issue,
  type Retry,
} from './core/ports/errors.js'
export { InvariantViolation } from './core/invariant.js'
export type { RefusalCode } from './core/refusal.js'

// Settings and topics
export { defaultLimits, type Limits } from './core/settings.js'
export { topics, type Topic } from './core/notifications/topics.js'

// What queries answer
export type { List } from './app/queries/page.js'
export type { AmountTrace } from './app/queries/trace-amounts.js'
export type { Arithmetic, Trace } from './core/totals/traces/trace.js'
export type { OrderDetails } from './app/queries/get-order.js'
export type { OrderLineView, OrderView } from './app/queries/order-view.js'
export type { TimelineEntry } from './app/queries/timeline-entry.js'
export type { LotTrace, LotView, StockLotsView } from './app/queries/lots.js'
export type { SerialHistory } from './app/queries/serials.js'
export type { Availability, AvailabilityView, LocationAvailability } from './app/queries/availability.js'
export type { StockAuditReport, StockFinding, WrittenFigures } from './app/queries/stock-audit.js'
export type { StockCountLineView, StockCountView } from './app/queries/stock-counts.js'
export type { ReorderView, StockLevelView } from './app/queries/stock-levels.js'
export type { TransferView } from './app/queries/transfers.js'
export type { LedgerFigures, StockMovement } from './app/queries/stock-movements.js'
export type { ExpectedReceiptView } from './app/queries/expected-receipts.js'
export type { PromisableDay, PromisableLevel, PromisedLine } from './app/queries/promise.js'
export type { DemandForecast } from './app/queries/demand-forecast.js'
export type { RequirementLine, VendorRequirements } from './app/queries/purchase-requirements.js'
export type { StockAtCost, StockHealthView } from './app/queries/stock-health.js'
export type { ReorderSuggestion } from './app/queries/suggest-reorder.js'
export type { ValueClassView } from './app/queries/value-classes.js'
export type { QuotedLine } from './app/queries/prices.js'
export type { OrderPreview } from './app/queries/preview-order.js'
export type { PromotionView } from './app/queries/promotions.js'
export type { PartyView } from './app/queries/parties.js'
export type {
  FulfillmentView,
  ShipmentView,
  WorkGoodsView,
  WorkLineView,
} from './app/queries/fulfillments.js'
export type { Proforma } from './app/queries/proforma.js'
export type { CreditNoteView, DocumentLineView, InvoiceView } from './app/queries/invoices.js'
export type { JournalPage, TrialBalanceReport } from './app/queries/ledger.js'
export type { WaitingView } from './app/queries/backorders.js'
export type { HoldView } from './app/queries/holds.js'
export type { PaymentView } from './app/queries/payments.js'
export type { Action, Policy, PolicyRequest } from './app/action.js'
export type { AnchorPage } from './app/queries/anchor-audit.js'
export type { AnchorReport } from './app/queries/verify-anchor.js'
export type { AuditReport } from './app/queries/verify-audit.js'
export type { AuditFinding } from './app/queries/verify-record.js'
export type { DepositReceipt, LinePart, PlacedOrder } from './core/flows/order-receipt.js'
export type { Offer, Substitute } from './core/flows/offer-substitutes.js'
export type { ShortReceipt } from './core/flows/short-stock.js'
export type { PaymentReceipt } from './core/flows/apply-payment.js'
export type { ReorderReceipt } from './core/flows/configure-reorder.js'
export type { ExpectedReceiptReceipt } from './core/flows/expect-goods.js'
export type { CapacityLoad } from './app/queries/capacity-load.js'
export type { FreeCapacity, FreeCapacityList } from './app/queries/free-capacity.js'
export type { BookingReceipt } from './core/capacity/booking-receipt.js'
export type { ClockNote } from './core/capacity/take-capacity.js'
export type { SeatReceipt } from './core/flows/assign-seat.js'
export type { Conflict, ResourceReceipt } from './core/flows/define-resource.js'
export type { CompensationReceipt } from './core/flows/compensate-stock.js'
export type { StockCountReceipt } from './core/flows/count-stock.js'
export type { MatchReceipt } from './core/flows/pay-from-bank-entry.js'
export type { AnchoredHead } from './core/audit/anchor.js'
export type { Blocker, Explanation } from './core/explain.js'
export type { ErasedRecords, KeptRecords } from './core/flows/erase-party.js'
export type { RecordedActor } from './core/audit/envelope.js'

// What policies and adapters meet: the states of records
export type {
  BookedFor,
  BookedLine,
  BookedMinutes,
  BookedSeats,
  BookedTime,
  Booking,
} from './core/capacity/booking.js'
export type { Calendar, CalendarException, Period, Weekday, WorkingHours } from './core/capacity/calendar.js'
export type { Capacity } from './core/capacity/capacity.js'
export type { MinutesTaken, ResourceDay, Taking, TimeTaken } from './core/capacity/resource-day.js'
export type { LaborHours, Machine, Resource, SeatPool, SlotCalendar } from './core/capacity/resource.js'
export type { SeatCount } from './core/capacity/seat-pool.js'
export type { Seat } from './core/capacity/seat.js'
export type { OrderQuantity } from './core/catalog/order-quantity.js'
export type { Product } from './core/catalog/product.js'
export type { Unit, WrittenQuantity } from './core/catalog/quantity.js'
export type { Fulfillment, WorkLine } from './core/fulfillment/fulfillment.js'
export type { Reservation } from './core/inventory/reservation.js'
export type { Demand } from './core/inventory/reserve-stock.js'
export type { AllocatedGoods, AllocatedLot } from './core/inventory/allocate-goods.js'
export type { Serial } from './core/inventory/serial.js'
export type { StockLot, StockLots } from './core/inventory/stock-lots.js'
export type { StockStatus } from './core/inventory/availability.js'
export type { StockCount, StockCountLine } from './core/inventory/stock-count.js'
export type { Transfer, TransferLine } from './core/inventory/transfer.js'
export type { StockDifference } from './core/inventory/stock-differences.js'
export type { KeepBack, MovementSource, StockFigures, StockLevel } from './core/inventory/stock-level.js'
export type { BackInStockRequest } from './core/inventory/back-in-stock.js'
export type { Reorder, ReorderRule } from './core/inventory/reorder-rule.js'
export type { ExpectedReceipt } from './core/replenishment/expected-receipt.js'
export type { Derivation } from './core/replenishment/derivation.js'
export type { Candidate as ForecastCandidate } from './core/forecasting/choose-forecast.js'
export type { DemandPattern } from './core/forecasting/demand-pattern.js'
export type { ForecastMethod } from './core/forecasting/forecast.js'
export type { CreditNote } from './core/invoicing/credit-note.js'
export type { CalculatedAmounts, Invoice, InvoiceLine } from './core/invoicing/invoice.js'
export type { Account, JournalEntry, Posting } from './core/ledger/journal-entry.js'
export type { AccountBalance, TrialBalance } from './core/ledger/trial-balance.js'
export type { RemindInput, RemindReport } from './app/remind-overdue.js'
export type { OverdueCustomer, OverdueInvoice } from './app/queries/watch-list.js'
export type { Aging } from './core/invoicing/aging.js'
export type { DunningAction, DunningLadder, DunningLevel, ReminderTopic } from './core/invoicing/dunning.js'
export type { ClaimedInterest, InterestPart, Reminder } from './core/invoicing/reminder.js'
export type { InterestBasis, InterestRate } from './core/money/simple-interest.js'
export type { Difference, DifferenceKind } from './core/invoicing/difference.js'
export type { DuePart, OfferedDiscount } from './core/invoicing/due-dates.js'
export type {
  AgreedTerms,
  DueRule,
  EarlyPayment,
  Instalment,
  PaymentTerms,
} from './core/pricing/payment-terms.js'
export type { AgreedWithholding } from './core/parties/agreed-withholding.js'
export type { Withholding } from './core/totals/withholdings.js'
export type { Order, OrderHold, OrderHoldReason, OrderBooking } from './core/orders/order.js'
export type { OrderLine } from './core/orders/order-line.js'
export type { PassedOverReason, PriceChoice } from './core/pricing/choose-price.js'
export type { TierShare } from './core/pricing/extend-tiers.js'
export type { PriceListTerms, PriceTier, TieredPrice } from './core/pricing/listed-price.js'
export type { PriceList } from './core/pricing/price-list.js'
export type { ListedFrom } from './core/pricing/price-lines.js'
export type { SkuPrices } from './core/pricing/sku-prices.js'
export type { Audience } from './core/pricing/audience.js'
export type { AppliedPromotion } from './core/promotions/applied-promotion.js'
export type { PassedOverPromotion, PassedOverPromotionReason } from './core/promotions/apply-promotions.js'
export type { Benefit, Promotion, PromotionTerms } from './core/promotions/promotion.js'
export type { LackingStock } from './core/orders/backorders.js'
export type {
  AllocationStatus,
  FulfillmentStatus,
  InvoicingStatus,
  PaymentStatus,
} from './core/orders/order-status.js'
export type { Party, PartyRole } from './core/parties/party.js'
export type { PersonalData, PostalAddress } from './core/parties/personal-data.js'
export type { Exchange, QuotedRate } from './core/payments/exchange.js'
export type { Applied, Payment } from './core/payments/payment.js'
export type { BankEntry, EntryMatch, EntryReview } from './core/reconciliation/bank-entry.js'
export type { Candidate, MatchRule, ReviewReason, Verdict } from './core/reconciliation/match-decision.js'
export type { RefusedRow, Statement } from './core/reconciliation/statement.js'
export type { LocationView } from './app/queries/locations.js'
export type { SourcingView } from './app/queries/sourcing.js'
export type { LocationLoad } from './core/sourcing/location-load.js'
export type { Location, LocationFacts } from './core/sourcing/location.js'
export type { SourcingRules } from './core/sourcing/sourcing-rules.js'
export type { SourcingRule } from './core/sourcing/sourcing-rule.js'
export type { SourcingDecision } from './core/sourcing/sourcing-decision.js'
export type { Shipment, Transport } from './core/shipping/shipment.js'

export type { BuyerTaxes, TaxExemption, TaxPlace, TaxRate, TaxRule } from './core/tax/tax-table.js'
export type { TaxedBy } from './core/tax/taxed-by.js'
export type { TaxCategory, TaxComponent, TaxTreatment } from './core/tax/tax-treatment.js'
export type {
  AdjustmentAmount,
  AgreedAdjustment,
  AgreedDocumentAdjustment,
  Calculation,
  CashRounding,
  DocumentAmounts,
  TaxAmount,
} from './core/totals/calculation.js'
export type { TotalsProfile } from './core/totals/totals-input.js'

// Values
export type { RoundingMode } from './core/money/rounding.js'
export type { CurrencyCode } from './core/money/currency.js'
export type { Money } from './core/money/money.js'
export type { UnitPrice } from './core/money/unit-price.js'
export type { Key } from './core/ids/key.js'
export type {
  AddressId,
  BankEntryId,
  BookingId,
  CreditNoteId,
  ExpectedReceiptId,
  FulfillmentId,
  InvoiceId,
  LineId,
  LocationId,
  LotNumber,
  OrderId,
  OrderNumber,
  PartyId,
  PaymentId,
  ReservationId,
  ResourceId,
  SerialNumber,
  ShipmentId,
  Sku,
  StatementId,
  StockCountId,
  TenantId,
  TransferId,
  Version,
} from './core/ids/ids.js'
export type { Instant, Milliseconds } from './core/time/instant.js'
export type { LocalDate } from './core/time/local-date.js'
export type { ClockChange, LocalDateTime, LocalTime, ZoneId } from './core/time/zone.js'
