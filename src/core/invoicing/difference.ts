import type { PaymentId } from '../ids/ids.js'
import type { Money } from '../money/money.js'
import type { LocalDate } from '../time/local-date.js'

/**
 * Why something of an invoice is no longer asked for, without a credit note: the customer paid early (`early_payment_discount`), it is not worth asking for
 * (`small_difference`), it will not come (`write_off`), or the customer has paid it to the tax office for the seller (`withholding`).
 */
export type DifferenceKind = 'early_payment_discount' | 'small_difference' | 'write_off' | 'withholding'

/** What of an invoice is no longer asked for. The document stays what it is; what of it is open is less. */
export interface Difference {
  /** Unique within the invoice. */
  readonly id: string
  readonly kind: DifferenceKind
  readonly amount: Money
  readonly on: LocalDate
  /** The payment that earned the discount. */
  readonly payment?: PaymentId
  /** The customer's certificate of what was withheld. */
  readonly certificate?: string
  /** Why, in a few words of the host's own; who stands with the event. */
  readonly reason?: string
}
