import type { OrderManagementFor } from 'orderwright'
import { dayCounts, type DayCounts } from '../day-counts.js'
import { daysBetween, monthOf, type Day } from '../days.js'
import { centsOf, type Cents } from '../exact-money.js'
import type { OpenInvoice, Share } from '../report/report-data.js'
import { everyItem } from '../store-pages.js'
import type { OrderFacts } from './read-orders.js'
import type { RevenueCounter } from './revenue-counter.js'
import { shareCounter } from './share-counter.js'

/** What the invoices in the store come to. */
export interface InvoicesRead {
  readonly count: number
  readonly total: Cents
  readonly credited: Cents
  readonly paid: Cents
  readonly open: Cents
  /** Invoices paid without credit notes or open rests. */
  readonly settled: number
  readonly byAge: readonly Share[]
  readonly largest: readonly OpenInvoice[]
  /** From shipment, the day of the invoice, and from order, to the last cent; orders on account only. */
  readonly shipmentToCash: DayCounts
  readonly orderToCash: DayCounts
  /** The number and day of every invoice, for the check that no number is missing. */
  readonly numbered: readonly { readonly number: string; readonly issuedOn: Day }[]
}

export const ages = [
  'not due yet',
  '1 to 30 days late',
  '31 to 60 days late',
  'more than 60 days late',
] as const

export const readInvoices = async (
  books: OrderManagementFor,
  orders: ReadonlyMap<string, OrderFacts>,
  lastPaidOn: ReadonlyMap<string, Day>,
  revenue: RevenueCounter,
  asOf: Day,
): Promise<InvoicesRead> => {
  const sums = { count: 0, total: 0n, credited: 0n, paid: 0n, open: 0n, settled: 0 }
  const age = shareCounter()
  const largest: OpenInvoice[] = []
  const [shipmentToCash, orderToCash] = [dayCounts(), dayCounts()]
  const numbered: { readonly number: string; readonly issuedOn: Day }[] = []
  for await (const invoice of everyItem((page) => books.orThrow.invoices.list(page))) {
    const { number, issuedOn, dueOn, customer = 'unknown' } = invoice
    const [total, open] = [centsOf(invoice.total.amount), centsOf(invoice.open.amount)]
    const order = invoice.order === undefined ? undefined : orders.get(invoice.order)
    sums.count += 1
    sums.total += total
    sums.credited += centsOf(invoice.credited.amount)
    sums.paid += centsOf(invoice.paid.amount)
    sums.open += open
    numbered.push({ number, issuedOn })
    revenue.add(monthOf(issuedOn), order?.group ?? 'unknown', total)
    if (open > 0n) {
      age.add(ageOf(dueOn, asOf), open)
      keepLargest(largest, { number, customer, dueOn, total, open })
      continue
    }
    sums.settled += 1
    const paidOn = lastPaidOn.get(invoice.id)
    if (order === undefined || order.isPrepaid || paidOn === undefined) continue
    shipmentToCash.add(daysBetween(issuedOn, paidOn))
    orderToCash.add(daysBetween(order.orderedOn, paidOn))
  }
  return { ...sums, byAge: age.shares(ages), largest, shipmentToCash, orderToCash, numbered }
}

const ageOf = (dueOn: Day, asOf: Day): (typeof ages)[number] => {
  const late = daysBetween(dueOn, asOf)
  return late <= 0 ? ages[0] : late <= 30 ? ages[1] : late <= 60 ? ages[2] : ages[3]
}

const mostKept = 10

const keepLargest = (kept: OpenInvoice[], invoice: OpenInvoice): void => {
  kept.push(invoice)
  kept.sort((left, right) => (left.open > right.open ? -1 : left.open < right.open ? 1 : 0))
  if (kept.length > mostKept) kept.pop()
}
