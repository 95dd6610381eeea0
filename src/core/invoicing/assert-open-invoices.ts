import { invariant } from '../invariant.js'
import { isPositive } from '../money/money.js'
import type { OpenInvoices } from './open-invoices.js'

/** What must be true of what a customer owes whenever a command leaves it behind (MO7), whatever led there. */
export const assertOpenInvoices = ({ invoices }: OpenInvoices): void => {
  const newest = invoices.at(-1)
  for (const each of invoices)
    invariant(
      isPositive(each.open) && (each === newest || each.invoice !== newest?.invoice),
      'MO7 an open invoice is owed once',
    )
}
