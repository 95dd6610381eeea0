import { invariant } from '../invariant.js'
import { compare, isNegative } from '../money/money.js'
import type { Invoice } from './invoice.js'

/** What must be true of every invoice that a command leaves behind (MO6, MO7), whatever led there. */
export const assertInvoice = (invoice: Invoice): void => {
  invariant(compare(invoice.credited, invoice.total) <= 0, 'MO6 no more is credited than was invoiced')
  invariant(!isNegative(invoice.paid), 'MO7 what was paid is never negative')
  invariant(compare(invoice.paid, invoice.total) <= 0, 'MO7 no more is paid than was invoiced')
}
