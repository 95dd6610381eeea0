import type { RefusalCode } from '../refusal.js'

/** Every code a host can meet in an answer: refusals of the domain, and what went wrong before or around the decision. */
export type ErrorCode =
  | RefusalCode
  | 'forbidden'
  | 'idempotency_key_required'
  | 'idempotency_key_reused'
  | 'deadline_exceeded'
  | 'outcome_unknown'
  | 'storage_unavailable'
  | 'tax_source_unavailable'

/** What a caller can do: nothing, repeat with the same key, or repeat after a while. */
export type Retry = 'never' | 'same-key' | 'after'

export interface Issue {
  /** Where in the input. The name of a field that is no plain word, and so none of ours, is written as `?`. */
  readonly path: readonly (string | number)[]
  /** The broken rule, as `money.precision`. */
  readonly rule: string
  readonly message: string
}

/** Safe to show: names the input, the rule and what to do, and never repeats a value that could be secret. */
export interface AnswerError {
  readonly code: ErrorCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]
  readonly retry: Retry
  /** The HTTP status that fits. */
  readonly status: number
}

interface CodeMeaning {
  readonly status: number
  readonly retry: Retry
  readonly message: string
}

const meaning = (status: number, message: string, retry: Retry = 'never'): CodeMeaning => ({
  status,
  retry,
  message,
})

/** One place for the words and the HTTP status of each code. */
export const meaningOf: Readonly<Record<ErrorCode, CodeMeaning>> = {
  validation_failed: meaning(
    422,
    'The input breaks the rules listed in `issues`; correct those fields and send it again.',
  ),
  limit_exceeded: meaning(422, 'The input is larger than the limit named in `details` allows; split it up.'),
  forbidden: meaning(403, 'The policy does not let this actor do that.'),
  idempotency_key_required: meaning(400, 'A repeat would do this twice: give `idempotencyKey`.'),
  idempotency_key_reused: meaning(
    422,
    'This idempotency key was used with another input; use a new key for a new request.',
  ),
  deadline_exceeded: meaning(
    503,
    'It was not started in time and has not been done; try again with the same key.',
    'same-key',
  ),
  outcome_unknown: meaning(
    503,
    'It may or may not have been done; repeat it with the same key to learn which.',
    'same-key',
  ),
  tax_source_unavailable: meaning(
    503,
    'The tax engine gave no answer that can be used, so nothing was done; send it again after a while.',
    'after',
  ),
  storage_unavailable: meaning(
    503,
    'The store cannot be reached or is too busy; nothing was done. Try again later.',
    'after',
  ),
  unreadable_file: meaning(
    422,
    'The file cannot be read; `issues` says where and why. Nothing of it was taken.',
  ),
  order_exists: meaning(409, 'This channel has sent an order with this reference before.'),
  already_exists: meaning(409, 'A record with this id exists already.'),
  unknown_order: meaning(404, 'There is no such order.'),
  unknown_party: meaning(404, 'There is no such customer or vendor.'),
  unknown_address: meaning(404, 'The customer has no such address.'),
  unknown_sku: meaning(422, 'There is no such SKU, or no stock of it was ever opened at that location.'),
  unknown_reservation: meaning(404, 'There is no such stock hold.'),
  unknown_fulfillment: meaning(404, 'There is no such fulfillment.'),
  unknown_shipment: meaning(404, 'There is no such shipment.'),
  unknown_invoice: meaning(404, 'There is no such invoice.'),
  unknown_payment: meaning(404, 'There is no such payment.'),
  unknown_statement: meaning(404, 'There is no such statement.'),
  unknown_bank_entry: meaning(404, 'There is no such bank entry.'),
  unknown_legal_entity: meaning(404, 'The settings name no such legal entity.'),
  unknown_terms: meaning(422, 'The settings name no such payment terms.'),
  tolerance_exceeded: meaning(
    409,
    'That is more than the settings call a small difference; write it off as what it is.',
  ),
  exchange_out_of_range: meaning(
    422,
    'What the money counts for is further from what it was worth than the settings allow. Is the rate the other way round?',
  ),
  withholding_exceeded: meaning(
    409,
    'That is more than the customer is still to withhold of the invoice; `details` says how much that is.',
  ),
  customer_stopped: meaning(
    409,
    'New orders of this customer are not taken until somebody allows them again.',
  ),
  reminder_not_due: meaning(
    409,
    'The invoice has not reached the next level of the dunning ladder, or has taken them all; `details` says which and when.',
  ),
  number_series_exhausted: meaning(
    409,
    'The format of the series has no room for a further number; give it another one.',
  ),
  unknown_location: meaning(404, 'No such location was defined.'),
  unknown_sourcing: meaning(
    404,
    'There are no sourcing rules of this name, or the order was not sourced by rules.',
  ),
  location_closed: meaning(
    409,
    'The location is closed: it promises nothing new. Name another one, or open it.',
  ),
  not_sourceable: meaning(
    409,
    'No assignment to locations keeps to the rules; `details` says rule by rule what became of every candidate. Nothing was reserved.',
  ),
  unknown_line: meaning(422, 'There is no such line.'),
  unknown_expected_receipt: meaning(404, 'Nothing is expected under this id.'),
  expected_receipt_mismatch: meaning(
    409,
    'Another SKU or location was expected under this id; `details` says which.',
  ),
  unknown_lot: meaning(422, 'There is no such lot of this SKU at that location.'),
  unknown_serial: meaning(422, 'There is no piece of this SKU with that serial number.'),
  unknown_credit_note: meaning(404, 'There is no such credit note.'),
  unknown_record: meaning(404, 'There is no such record.'),
  unknown_resource: meaning(404, 'There is no such resource, or nobody has that skill.'),
  unknown_booking: meaning(404, 'There is no such booking.'),
  unknown_seat: meaning(404, 'Nobody of that name has a seat of this pool.'),
  capacity_unavailable: meaning(
    409,
    'That is not free; `details` says why and, where there is one, what is free next. Nothing was taken.',
  ),
  capacity_below_promised: meaning(
    409,
    'That would leave less than is booked; `details` names it. Move or release it first, or ask to displace it.',
  ),
  seat_taken: meaning(409, 'A holder has at most one seat of a pool.'),
  time_nonexistent: meaning(422, 'The clock of that zone jumps over this local time; name another.'),
  time_ambiguous: meaning(
    422,
    'The clock of that zone shows this local time twice; give the moment with its offset.',
  ),
  unknown_transfer: meaning(404, 'There is no such transfer.'),
  unknown_stock_count: meaning(404, 'There is no such stock count.'),
  out_of_stock: meaning(
    409,
    'Not enough is available; `details.shortages` lists what is missing. Nothing was reserved.',
  ),
  waiting_for_stock: meaning(
    409,
    'What is left of the order waits for goods; `details` says which. It can be worked on as soon as they are there.',
  ),
  stock_below_reserved: meaning(
    409,
    'That would leave less stock than is promised to orders; cancel or release some of it first.',
  ),
  lot_conflict: meaning(
    409,
    'The lot is known here with another expiry date, named in `details`; check the label.',
  ),
  lot_expired: meaning(
    409,
    'Units of this lot may no longer leave on that day; take another lot, or leave the choice to the plan.',
  ),
  serial_unavailable: meaning(
    409,
    'This piece is not free to be used that way; `details` says where it is and who has it.',
  ),
  reservation_expired: meaning(
    409,
    'The stock hold is over; place the order without it or hold the stock again.',
  ),
  reservation_released: meaning(409, 'The stock hold was released.'),
  reservation_already_committed: meaning(409, 'The stock hold already belongs to an order.'),
  reservation_owned_by_another: meaning(403, 'The stock hold belongs to somebody else.'),
  currency_mismatch: meaning(422, 'All amounts of one document are in one currency.'),
  total_mismatch: meaning(
    422,
    'The total that was expected differs from the total computed; show the new one and ask again.',
  ),
  invalid_state: meaning(409, 'That is not possible in the present status; `details` says what is.'),
  order_on_hold: meaning(409, 'The order is on hold; release the hold first.'),
  payment_due: meaning(409, 'The order must be paid before work on it starts.'),
  quantity_exceeded: meaning(409, 'That is more than is left; `details` says how much is.'),
  quantity_precision: meaning(422, 'The quantity is finer than the unit of the SKU allows.'),
  price_missing: meaning(
    422,
    'Neither the line nor the catalog has a price for this SKU, or no price list has one that holds; `details` says why not.',
  ),
  unknown_price_list: meaning(404, 'There is no such price list.'),
  unknown_promotion: meaning(404, 'There is no such promotion.'),
  promotion_unavailable: meaning(
    409,
    'The coupon or promotion gives this order nothing; `details.reason` says why. Nothing was placed.',
  ),
  tax_rate_missing: meaning(
    422,
    'The tax table has no rate for this tax class at this place on this day; nothing is sold untaxed by mistake.',
  ),
  credit_exceeds_invoice: meaning(409, 'No more can be credited than was invoiced.'),
  allocation_exceeds_payment: meaning(409, 'No more of a payment can be applied than is left of it.'),
  allocation_exceeds_invoice: meaning(409, 'No more can be applied to an invoice than is open on it.'),
  refund_exceeds_captured: meaning(422, 'No more can be paid back than was received.'),
  statement_unbalanced: meaning(
    422,
    'Opening balance and entries do not add up to the closing balance; nothing was imported.',
  ),
  not_stocked: meaning(
    409,
    'There is no stock of this SKU to speak of: it is a kit, or nothing of it is kept in stock.',
  ),
  count_incomplete: meaning(
    409,
    'Not every SKU of the stock count has been counted; `details` lists what is missing.',
  ),
  counter_cannot_approve: meaning(403, 'Whoever counted cannot approve the variance: somebody else has to.'),
  version_conflict: meaning(412, 'The record has changed since it was read; read it again.'),
  changed_meanwhile: meaning(
    409,
    'What this rests on has changed while it was looked up, so nothing was done; send it again as it is.',
    'after',
  ),
}

/** Thrown by adapters and the shell for what no answer can carry; recognized by `code`, never by `instanceof`. */
export class StorageError extends Error {
  constructor(
    readonly code:
      'storage_unavailable' | 'outcome_unknown' | 'deadline_exceeded' | 'adapter_contract' | 'schema_too_new',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'StorageError'
  }
}

/** A programmer's mistake in setting up or calling the library. */
export class ConfigurationError extends Error {
  readonly code = 'configuration'

  constructor(message: string) {
    super(message)
    this.name = 'ConfigurationError'
  }
}
