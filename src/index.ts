// The public door. Every name is listed; what is not listed here, in `orderwright/sqlite`, `/testing`, `/arbitraries`, `/machines` or `/csv` is not
// public.

export { createOrderManagement, type OrderManagementOptions } from './create-order-management.js'
export type { OrderManagement, OrderManagementFor, ReleaseParkedInput } from './app/order-management.js'
export { ContextRequired, type CallerInput } from './app/caller.js'
export { CommandFailed, type Answer } from './app/answer.js'
export type { QueryAnswer } from './app/run-query.js'
export type { CommandOptions } from './app/run.js'
export type { CommandInput, CommandValue, QueryInput, QueryValue } from './app/call-types.js'
export type { SettingsInput } from './app/settings.js'
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
export {
  denyAll,
  roleTable,
  trustHost,
  type Policy,
  type PolicyDecision,
  type PolicyRequest,
} from './core/ports/policy.js'
export {
  UnreadableFile,
  type ReadStatement,
  type StatementEntry,
  type StatementReader,
  type UnreadableRow,
} from './core/ports/statement-reader.js'
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
export type { OrderDetails } from './app/queries/get-order.js'
export type { OrderLineView, OrderView } from './app/queries/order-view.js'
export type { TimelineEntry } from './app/queries/order-timeline.js'
export type { StockLevelView } from './app/queries/stock-levels.js'
export type { PartyView } from './app/queries/parties.js'
export type { FulfillmentView, ShipmentView, WorkLineView } from './app/queries/fulfillments.js'
export type { CreditNoteView, DocumentLineView, InvoiceView } from './app/queries/invoices.js'
export type { HoldView } from './app/queries/holds.js'
export type { PaymentView } from './app/queries/payments.js'
export type { AuditFinding, AuditReport } from './app/queries/verify-audit.js'
export type { PaymentReceipt } from './core/flows/apply-payment.js'
export type { MatchReceipt } from './core/flows/pay-from-bank-entry.js'
export type { Blocker, Explanation } from './core/explain.js'
export type { RecordedActor } from './core/audit/envelope.js'

// What policies and adapters meet: the states of records
export type { Product } from './core/catalog/product.js'
export type { Unit, WrittenQuantity } from './core/catalog/quantity.js'
export type { Fulfillment, WorkLine } from './core/fulfillment/fulfillment.js'
export type { Reservation } from './core/inventory/reservation.js'
export type { Demand } from './core/inventory/reserve-stock.js'
export type { StockLevel } from './core/inventory/stock-level.js'
export type { CreditNote } from './core/invoicing/credit-note.js'
export type { Invoice, InvoiceLine } from './core/invoicing/invoice.js'
export type { Order, OrderHold, OrderHoldReason, OrderLine } from './core/orders/order.js'
export type { FulfillmentStatus, InvoicingStatus, PaymentStatus } from './core/orders/order-status.js'
export type { Party, PartyRole } from './core/parties/party.js'
export type { PersonalData, PostalAddress } from './core/parties/personal-data.js'
export type { Applied, Payment } from './core/payments/payment.js'
export type { BankEntry, EntryMatch, EntryReview } from './core/reconciliation/bank-entry.js'
export type { Candidate, MatchRule, ReviewReason, Verdict } from './core/reconciliation/match-decision.js'
export type { RefusedRow, Statement } from './core/reconciliation/statement.js'
export type { Shipment, Transport } from './core/shipping/shipment.js'

// Values
export type { CurrencyCode } from './core/money/currency.js'
export type { Money } from './core/money/money.js'
export type { UnitPrice } from './core/money/unit-price.js'
export type { Key } from './core/ids/key.js'
export type {
  AddressId,
  BankEntryId,
  CreditNoteId,
  FulfillmentId,
  InvoiceId,
  LineId,
  LocationId,
  OrderId,
  OrderNumber,
  PartyId,
  PaymentId,
  ReservationId,
  ShipmentId,
  Sku,
  StatementId,
  TenantId,
  Version,
} from './core/ids/ids.js'
export type { Instant, Milliseconds } from './core/time/instant.js'
export type { LocalDate } from './core/time/local-date.js'
