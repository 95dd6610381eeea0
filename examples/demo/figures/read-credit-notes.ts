import type { OrderManagementFor } from 'orderwright'
import { monthOf } from '../days.js'
import { centsOf, type Cents } from '../exact-money.js'
import { everyItem } from '../store-pages.js'
import type { OrderFacts } from './read-orders.js'
import type { RevenueCounter } from './revenue-counter.js'

/** What the credit notes in the store come to. */
export interface CreditNotesRead {
  /** Those that correct an invoice. */
  readonly linked: { readonly count: number; readonly total: Cents }
  /** Those that correct none, each granted under a named rule. */
  readonly unlinked: { readonly count: number; readonly total: Cents }
}

export const readCreditNotes = async (
  books: OrderManagementFor,
  orders: ReadonlyMap<string, OrderFacts>,
  revenue: RevenueCounter,
  groupOfReference: (reference: string) => string | undefined,
): Promise<CreditNotesRead> => {
  const linked = { count: 0, total: 0n }
  const unlinked = { count: 0, total: 0n }
  for await (const note of everyItem((page) => books.orThrow.invoices.creditNotes(page))) {
    const total = centsOf(note.total.amount)
    const sum = note.invoice === undefined ? unlinked : linked
    sum.count += 1
    sum.total += total
    const group =
      note.order === undefined ? groupOfReference(note.reference ?? '') : orders.get(note.order)?.group
    revenue.add(monthOf(note.issuedOn), group ?? 'unknown', -total)
  }
  return { linked, unlinked }
}
