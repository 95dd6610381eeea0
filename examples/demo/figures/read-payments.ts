import type { OrderManagementFor } from 'orderwright'
import type { Day } from '../days.js'
import { centsOf, type Cents } from '../exact-money.js'
import { everyItem } from '../store-pages.js'

/** What the payments in the store come to. */
export interface PaymentsRead {
  readonly count: number
  readonly received: Cents
  readonly applied: Cents
  readonly unapplied: Cents
  readonly refunded: Cents
  readonly byMethod: ReadonlyMap<string, Cents>
  /** The day on which the newest payment for an invoice came in. */
  readonly lastPaidOn: ReadonlyMap<string, Day>
}

export const readPayments = async (books: OrderManagementFor): Promise<PaymentsRead> => {
  const sums = { count: 0, received: 0n, applied: 0n, unapplied: 0n, refunded: 0n }
  const byMethod = new Map<string, Cents>()
  const lastPaidOn = new Map<string, Day>()
  for await (const payment of everyItem((page) => books.orThrow.payments.list(page))) {
    const amount = centsOf(payment.amount.amount)
    sums.count += 1
    sums.received += amount
    sums.unapplied += centsOf(payment.unapplied.amount)
    sums.refunded += centsOf(payment.refunded.amount)
    byMethod.set(payment.method, (byMethod.get(payment.method) ?? 0n) + amount)
    for (const applied of payment.applied) {
      sums.applied += centsOf(applied.amount.amount)
      const known = lastPaidOn.get(applied.invoice)
      if (known === undefined || known < payment.receivedOn)
        lastPaidOn.set(applied.invoice, payment.receivedOn)
    }
  }
  return { ...sums, byMethod, lastPaidOn }
}
