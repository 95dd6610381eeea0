import { elementAt, invariant } from '../invariant.js'
import { compare, equals, isNegative, isPositive, isZero, sumOf, type Money } from '../money/money.js'
import { assertAmounts } from '../totals/assert-amounts.js'
import { dueAmount, openAmount } from './invoice-amounts.js'
import type { Invoice, InvoicePart } from './invoice.js'

/** What must be true of every invoice that a command leaves behind (MO3, MO6, MO7, OQ5), whatever led there. */
export const assertInvoice = (invoice: Invoice): void => {
  invariant(!isNegative(invoice.credited), 'MO6 what was credited is never negative')
  invariant(compare(invoice.credited, invoice.total) <= 0, 'MO6 no more is credited than was invoiced')
  invariant(!isNegative(invoice.paid), 'MO7 what was paid is never negative')
  invariant(compare(invoice.paid, invoice.total) <= 0, 'MO7 no more is paid than was invoiced')
  assertAmounts(invoice)
  invariant(!isNegative(dueAmount(invoice)), 'MO7 no more is deducted than was invoiced')
  assertCredited(invoice)
  const { status, paid, credited } = invoice
  invariant(
    status !== 'voided' || (isZero(paid) && isZero(credited)),
    'MO7 a voided invoice has no payments or credits',
  )
  invariant(
    status !== 'settled' || !isPositive(openAmount(invoice)),
    'MO7 nothing is open of a settled invoice',
  )
  if (invoice.parts !== undefined) assertParts(invoice, invoice.parts)
}

const assertCredited = ({ lines, creditedLines }: Invoice): void => {
  for (const [at, line] of lines.entries()) {
    const { quantity } = elementAt(creditedLines, at)
    invariant(quantity >= 0 && quantity <= line.quantity, 'OQ5 no more units are credited than invoiced')
  }
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
