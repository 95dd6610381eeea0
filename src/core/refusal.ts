/**
 * Every reason for which a command may be refused. A refusal is decided on locked facts and is an answer, not an error: it is stored
 * under the idempotency key and replayed. `details` holds the facts that explain it.
 */
export type RefusalCode =
  | 'order_exists'
  | 'unknown_order'
  | 'unknown_party'
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
  | 'unknown_credit_note'
  | 'unknown_record'
  | 'already_exists'
  | 'out_of_stock'
  | 'stock_below_reserved'
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
  | 'credit_exceeds_invoice'
  | 'allocation_exceeds_payment'
  | 'allocation_exceeds_invoice'
  | 'refund_exceeds_captured'
  | 'statement_unbalanced'
  | 'unreadable_file'
  | 'version_conflict'
  | 'validation_failed'

export interface Refusal {
  readonly code: RefusalCode
  readonly details: Readonly<Record<string, unknown>>
}

export const refuse = (
  code: RefusalCode,
  details: Readonly<Record<string, unknown>> = {},
): { readonly ok: false; readonly error: Refusal } => ({ ok: false, error: { code, details } })
