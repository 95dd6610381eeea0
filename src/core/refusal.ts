/**
 * Every reason for which a command may be refused. A refusal is decided on locked facts and is an answer, not an error: it is stored
 * under the idempotency key and replayed, but for those that are `noDecision`. `details` holds the facts that explain it.
 */
export type RefusalCode =
  | 'order_exists'
  | 'unknown_order'
  | 'unknown_party'
  | 'unknown_legal_entity'
  | 'unknown_terms'
  | 'customer_stopped'
  | 'reminder_not_due'
  | 'tolerance_exceeded'
  | 'exchange_out_of_range'
  | 'withholding_exceeded'
  | 'number_series_exhausted'
  | 'unknown_address'
  | 'unknown_sku'
  | 'unknown_reservation'
  | 'unknown_fulfillment'
  | 'unknown_shipment'
  | 'unknown_invoice'
  | 'unknown_payment'
  | 'unknown_statement'
  | 'unknown_bank_entry'
  | 'unknown_line'
  | 'unknown_expected_receipt'
  | 'unknown_lot'
  | 'unknown_serial'
  | 'unknown_credit_note'
  | 'unknown_record'
  | 'unknown_resource'
  | 'unknown_booking'
  | 'unknown_seat'
  | 'capacity_unavailable'
  | 'capacity_below_promised'
  | 'seat_taken'
  | 'time_nonexistent'
  | 'time_ambiguous'
  | 'unknown_transfer'
  | 'unknown_stock_count'
  | 'unknown_location'
  | 'unknown_sourcing'
  | 'location_closed'
  | 'not_sourceable'
  | 'already_exists'
  | 'out_of_stock'
  | 'waiting_for_stock'
  | 'stock_below_reserved'
  | 'lot_conflict'
  | 'lot_expired'
  | 'serial_unavailable'
  | 'reservation_expired'
  | 'reservation_released'
  | 'reservation_already_committed'
  | 'reservation_owned_by_another'
  | 'currency_mismatch'
  | 'total_mismatch'
  | 'limit_exceeded'
  | 'invalid_state'
  | 'order_on_hold'
  | 'payment_due'
  | 'quantity_exceeded'
  | 'quantity_precision'
  | 'price_missing'
  | 'unknown_price_list'
  | 'unknown_promotion'
  | 'promotion_unavailable'
  | 'tax_rate_missing'
  | 'credit_exceeds_invoice'
  | 'allocation_exceeds_payment'
  | 'allocation_exceeds_invoice'
  | 'refund_exceeds_captured'
  | 'statement_unbalanced'
  | 'unreadable_file'
  | 'not_stocked'
  | 'count_incomplete'
  | 'expected_receipt_mismatch'
  | 'counter_cannot_approve'
  | 'version_conflict'
  | 'changed_meanwhile'
  | 'validation_failed'

/**
 * Refusals that settle nothing and are not kept under the key: the request was wrong and may come corrected (ID5), or what it rests on was looked up
 * without a lock and was not so any more.
 */
export const noDecision: ReadonlySet<string> = new Set<RefusalCode>([
  'validation_failed',
  'version_conflict',
  'changed_meanwhile',
])

export interface Refusal {
  readonly code: RefusalCode
  readonly details: Readonly<Record<string, unknown>>
}

export const refuse = (
  code: RefusalCode,
  details: Readonly<Record<string, unknown>> = {},
): { readonly ok: false; readonly error: Refusal } => ({ ok: false, error: { code, details } })
