import type { OrderManagementFor } from 'orderwright'
import type { Day } from '../days.js'
import { centsOf, type Cents } from '../exact-money.js'
import type { Share } from '../report/report-data.js'
import { everyItem } from '../store-pages.js'
import { shareCounter } from './share-counter.js'

/** What the orders in the store come to. */
export interface OrdersRead {
  readonly count: number
  readonly lines: number
  readonly total: Cents
  /** The documents' sums as the orders know them. */
  readonly invoiced: Cents
  readonly credited: Cents
  readonly byStatus: readonly Share[]
  readonly byPayment: readonly Share[]
  readonly byChannel: readonly Share[]
  /** What orders that are not finished have reserved, by SKU. */
  readonly allocated: ReadonlyMap<string, number>
  /** Units that left, by SKU. */
  readonly shipped: ReadonlyMap<string, number>
  /** What later documents are looked up by. */
  readonly byId: ReadonlyMap<string, OrderFacts>
}

export interface OrderFacts {
  readonly orderedOn: Day
  readonly isPrepaid: boolean
  /** What revenue is split by: a region, a country. */
  readonly group: string
}

/** Reads every order, page by page. `groupBy` names the entry of its metadata that it is grouped by. */
export const readOrders = async (books: OrderManagementFor, groupBy: string): Promise<OrdersRead> => {
  const sums = { count: 0, lines: 0, total: 0n, invoiced: 0n, credited: 0n }
  const [status, payment, channel] = [shareCounter(), shareCounter(), shareCounter()]
  const allocated = new Map<string, number>()
  const shipped = new Map<string, number>()
  const byId = new Map<string, OrderFacts>()
  for await (const order of everyItem((page) => books.orThrow.orders.list(page))) {
    const total = centsOf(order.total.amount)
    sums.count += 1
    sums.lines += order.lines.length
    sums.total += total
    sums.invoiced += centsOf(order.invoiced.amount)
    sums.credited += centsOf(order.credited.amount)
    status.add(order.status, total)
    payment.add(order.paymentStatus.replace('_', ' '), total)
    channel.add(order.channel, total)
    for (const line of order.lines) {
      addTo(allocated, line.sku, Number(line.allocated))
      addTo(shipped, line.sku, Number(line.shipped))
    }
    byId.set(order.id, {
      orderedOn: order.orderedOn,
      isPrepaid: order.payment.terms === 'prepaid',
      group: order.metadata?.[groupBy] ?? 'unknown',
    })
  }
  return {
    ...sums,
    byStatus: status.shares(),
    byPayment: payment.shares(['paid', 'overpaid', 'partly paid', 'not paid']),
    byChannel: channel.shares(),
    allocated,
    shipped,
    byId,
  }
}

const addTo = (sums: Map<string, number>, name: string, count: number): void => {
  if (count !== 0) sums.set(name, (sums.get(name) ?? 0) + count)
}
