import type { Invoice } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { causeOf, type Shadow, type ShadowRecord } from './shadow.js'

/** TM4, NR3: where nobody names a day, no order and no invoice bears one before that, in UTC, on which it came into being. */
export const checkDays = (shadow: Shadow): readonly string[] => [
  ...datedBefore([...shadow.records.ofKind(orderKind.name)], (state) => (state as Order).orderedOn),
  ...datedBefore(
    [...shadow.records.ofKind(invoiceKind.name)].filter((invoice) => !ofRuns.has(causeOf(invoice))),
    (state) => (state as Invoice).issuedOn,
  ),
]

/** These bear the day on which their run began. */
const ofRuns: ReadonlySet<string> = new Set(['invoices.billTogether', 'invoices.billConsolidated'])

const datedBefore = (
  records: readonly ShadowRecord[],
  dayOf: (state: unknown) => string,
): readonly string[] =>
  records.flatMap(({ key, state, events }) => {
    const made = events[0]?.recordedAt.slice(0, 10) ?? ''
    return dayOf(state) < made ? [`TM4 ${key.kind} ${key.id} of ${made} is dated ${dayOf(state)}`] : []
  })
