import type { OrderId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { add, subtract } from '../money/money.js'
import { creditedOf } from './credit-limits.js'
import type { Invoice, InvoiceContent, InvoiceOfOrder, InvoicePart } from './invoice.js'

/** The orders that it bills: one, unless it is consolidated. */
export const ordersOf = ({ order, parts = [] }: InvoiceContent): readonly OrderId[] =>
  order === undefined ? parts.map((part) => part.order) : [order]

export const isOfOneOrder = (invoice: Invoice): invoice is InvoiceOfOrder => invoice.order !== undefined

interface PlaceOfPart {
  readonly part: InvoicePart
  readonly firstLine: number
  readonly firstAdjustment: number
}

const placeOfPart = ({ parts = [] }: Invoice, order: OrderId): PlaceOfPart | undefined => {
  let [firstLine, firstAdjustment] = [0, 0]
  for (const part of parts) {
    if (part.order === order) return { part, firstLine, firstAdjustment }
    firstLine += part.lines
    firstAdjustment += part.adjustments
  }
  return undefined
}

/** What an invoice claims for one of its orders, as if it were an invoice of that order alone; nothing where the order is none of them. */
export const partOf = (invoice: Invoice, order: OrderId): InvoiceOfOrder | undefined => {
  if (isOfOneOrder(invoice)) return invoice.order === order ? invoice : undefined
  const place = placeOfPart(invoice, order)
  return place === undefined ? undefined : partAt(invoice, place)
}

/** An invoice of which one part has changed as `change` says: what was credited of it. */
export const withPart = (
  invoice: Invoice,
  order: OrderId,
  change: (own: InvoiceOfOrder) => Invoice,
): Invoice => {
  const place = present(placeOfPart(invoice, order), 'what changes of an invoice is of one of its orders')
  const { credited, creditedLines, creditedTotals, restFrom } = change(partAt(invoice, place))
  const after: InvoicePart = {
    ...place.part,
    credited,
    ...(creditedTotals !== undefined && { creditedTotals }),
    ...(restFrom !== undefined && { restFrom }),
  }
  return {
    ...invoice,
    credited: subtract(add(invoice.credited, credited), place.part.credited),
    creditedLines: invoice.lines.map(
      (_, at) => creditedLines[at - place.firstLine] ?? creditedOf(invoice, at),
    ),
    parts: present(invoice.parts, 'what has a part has parts').map((part) =>
      part.order === order ? after : part,
    ),
  }
}

/** What of it is paid and let go is not told apart by its orders here. */
const partAt = (invoice: Invoice, { part, firstLine, firstAdjustment }: PlaceOfPart): InvoiceOfOrder => {
  const { parts: _parts, totals: _totals, withholdings: _withholdings, ...document } = invoice
  const { adjustments: all, taxPlace: _taxPlace, taxedBy: _taxedBy, calculation, ...same } = document
  const { lines, adjustments, ...own } = part
  return {
    ...same,
    ...own,
    // An order that comes to the sum of its lines is not calculated, whatever others on the document are.
    ...(own.totals !== undefined && calculation !== undefined && { calculation }),
    lines: same.lines.slice(firstLine, firstLine + lines).map(({ order: _order, ...line }) => line),
    creditedLines: same.creditedLines.slice(firstLine, firstLine + lines),
    ...(all !== undefined &&
      adjustments > 0 && { adjustments: all.slice(firstAdjustment, firstAdjustment + adjustments) }),
  }
}
