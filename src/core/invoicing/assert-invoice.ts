import { invariant } from '../invariant.js'
import { compare, equals, isNegative, sumOf, type Money } from '../money/money.js'
import type { Invoice, InvoicePart } from './invoice.js'

/** What must be true of every invoice that a command leaves behind (MO6, MO7), whatever led there. */
export const assertInvoice = (invoice: Invoice): void => {
  invariant(!isNegative(invoice.credited), 'MO6 what was credited is never negative')
  invariant(compare(invoice.credited, invoice.total) <= 0, 'MO6 no more is credited than was invoiced')
  invariant(!isNegative(invoice.paid), 'MO7 what was paid is never negative')
  invariant(compare(invoice.paid, invoice.total) <= 0, 'MO7 no more is paid than was invoiced')
  if (invoice.parts !== undefined) assertParts(invoice, invoice.parts)
}

const assertParts = ({ total, credited, currency, lines }: Invoice, parts: readonly InvoicePart[]): void => {
  const sum = (of: (part: InvoicePart) => Money): Money => sumOf(parts.map(of), currency)
  invariant(
    equals(
      sum((part) => part.total),
      total,
    ),
    'MO3 a consolidated invoice is the sum of its orders',
  )
  invariant(
    equals(
      sum((part) => part.credited),
      credited,
    ),
    'MO6 what is credited of a consolidated invoice is credited of its orders',
  )
  for (const part of parts) {
    invariant(compare(part.credited, part.total) <= 0, 'MO6 no more of an order is credited than its part')
  }
  invariant(
    parts.reduce((count, part) => count + part.lines, 0) === lines.length,
    'MO3 each line of a consolidated invoice is of one of its orders',
  )
}
