import { sumBy } from '../catalog/quantity.js'
import type { InvoiceId, PartyId, ShipmentId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { dueDates } from '../invoicing/due-dates.js'
import {
  invoiceKind,
  openAmount,
  type CalculatedAmounts,
  type Invoice,
  type InvoiceLine,
} from '../invoicing/invoice.js'
import { seriesKey, takeNumber, type Numbered } from '../invoicing/number-series.js'
import { keepOpenInvoices, openInvoicesKind } from '../invoicing/open-invoices.js'
import { add, fromMinor, isPositive, isZero, minimum, subtract, sumOf, type Money } from '../money/money.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderPart } from '../orders/order-part.js'
import { orderKind, type LineQuantity, type Order, type OrderLine } from '../orders/order.js'
import { paymentKind } from '../payments/payment.js'
import type { Work } from '../plan.js'
import { netOfUnits } from '../pricing/net-of-units.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { plusDays, type LocalDate } from '../time/local-date.js'
import type { PartTotals } from '../totals/part-totals.js'
import { storedAmounts } from '../totals/stored-totals.js'
import { applyToInvoice } from './apply-to-invoice.js'

/** What is billed: units of an order, on a day, for a shipment where that is the reason. */
export interface Billing {
  readonly invoice: InvoiceId
  readonly shipment?: ShipmentId
  readonly lines: readonly LineQuantity[]
  readonly on: LocalDate
}

/**
 * Issues the invoice for units of an order in the commit of the fact that makes them billable (M88), takes its number, and applies what the customer
 * has paid in advance. Line by line it equals the order (M89): each bills what all units billed so far and now come to, less what was billed so far, so
 * partial invoices add up to the order without a cent between them, taxes, discounts and charges included.
 */
export const billUnits = (
  work: Work,
  settings: Settings,
  order: Order,
  billing: Billing,
): Result<Invoice, Refusal> => {
  const most = settings.limits.invoicesPerOrder
  if ((order.invoices ?? 0) >= most) return refuse('limit_exceeded', { limit: 'invoicesPerOrder', most })
  const { lines, total, ...amounts } = billedAmounts(order, billing.lines)
  const taken = takeNumber(work, settings, numberedBy(order, billing.on), {
    kind: invoiceKind.name,
    id: billing.invoice,
  })
  if (!taken.ok) return taken
  const { number, issuedOn } = taken.value
  const invoiced = decideOrder(order, {
    type: 'InvoiceOrder',
    invoice: billing.invoice,
    amount: total,
    lines: billing.lines,
  })
  if (!invoiced.ok) return invoiced
  const billed = work.append(orderKind, order.id, invoiced.value)
  const invoice = work.append(invoiceKind, billing.invoice, [
    {
      type: 'InvoiceIssued',
      invoice: {
        id: billing.invoice,
        number,
        order: order.id,
        orderNumber: order.number,
        ...(billing.shipment !== undefined && { shipment: billing.shipment }),
        ...(order.customer !== undefined && { customer: order.customer }),
        ...(order.legalEntity !== undefined && { legalEntity: order.legalEntity }),
        currency: order.currency,
        lines,
        ...amounts,
        total,
        issuedOn,
        ...whenDue(order, settings, issuedOn, total),
      },
    },
    ...(isZero(total) ? [{ type: 'InvoiceSettled' } as const] : []),
  ])
  keepOpenInvoices(work, invoice)
  sendAboutOrder(work, settings, billed, 'invoice_issued', { invoice: invoice.id, number })
  return applyDeposits(work, settings, billed, invoice)
}

/** What is prepaid is due at once; terms that were agreed say when else, and go with the invoice as they are. */
const whenDue = (
  { payment: { terms, agreed } }: Order,
  settings: Settings,
  issuedOn: LocalDate,
  total: Money,
): Pick<Invoice, 'dueOn' | 'terms' | 'instalments' | 'discount'> => {
  if (terms === 'prepaid') return { dueOn: issuedOn }
  if (agreed === undefined) return { dueOn: plusDays(issuedOn, settings.paymentTermsDays) }
  const { parts, discount } = dueDates(agreed.terms, issuedOn, total)
  return {
    dueOn: parts.at(-1)?.dueOn ?? issuedOn,
    terms: agreed,
    ...(parts.length > 1 && { instalments: parts }),
    ...(discount !== undefined && { discount }),
  }
}

/** The records a bill touches besides the order: the new invoice, the customer's open ones, its deposits, and the number series. */
export const billingKeys = (
  invoice: string,
  order: Billable | undefined,
  settings: Settings,
  on: LocalDate,
): readonly Key[] => [
  { kind: invoiceKind.name, id: invoice },
  seriesKey(settings, numberedBy(order, on)),
  ...(order?.customer === undefined ? [] : [{ kind: openInvoicesKind.name, id: order.customer }]),
  ...(order?.deposits ?? []).map((deposit) => ({ kind: paymentKind.name, id: deposit.payment })),
]

/** What an order tells about its invoices before it is placed. */
interface Billable {
  readonly customer?: PartyId | undefined
  readonly legalEntity?: string | undefined
  readonly deposits?: Order['deposits']
}

const numberedBy = (order: Pick<Billable, 'legalEntity'> | undefined, date: LocalDate): Numbered => ({
  series: 'invoice',
  legalEntity: order?.legalEntity,
  date,
})

/** What units of an order come to when they are billed next. */
export const billedAmounts = (order: Order, billed: readonly LineQuantity[]): BilledAmounts => {
  const quantities = sumBy(
    billed,
    (one) => one.line,
    (one) => one.quantity,
  )
  const part = orderPart(
    order,
    (line) => line.invoiced,
    (line) => line.invoiced + (quantities.get(line.id) ?? 0),
  )
  if (part !== undefined) return calculatedAmounts(order, quantities, part)
  const lines = order.lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    return quantity === undefined ? [] : [plainLine(line, quantity)]
  })
  return {
    lines,
    total: sumOf(
      lines.map((line) => line.net),
      order.currency,
    ),
  }
}

interface BilledAmounts extends CalculatedAmounts {
  readonly lines: readonly InvoiceLine[]
  readonly total: Money
}

const plainLine = (line: OrderLine, quantity: number): InvoiceLine => ({
  line: line.id,
  sku: line.sku,
  name: line.name,
  unit: line.unit,
  quantity,
  unitPrice: line.unitPrice,
  net: subtract(netOfUnits(line, line.invoiced + quantity), netOfUnits(line, line.invoiced)),
})

const calculatedAmounts = (
  order: Order,
  quantities: ReadonlyMap<string, number>,
  part: PartTotals,
): BilledAmounts => {
  const { currency, calculation, adjustments, taxPlace, taxedBy } = order
  const lines = order.lines.flatMap((line, index): readonly InvoiceLine[] => {
    const quantity = quantities.get(line.id)
    const billed = part.lines[index]
    if (quantity === undefined || billed === undefined) return []
    const { id, sku, name, unit, unitPrice, tax, adjustments: own } = line
    return [
      {
        line: id,
        sku,
        name,
        unit,
        quantity,
        unitPrice,
        net: fromMinor(billed.net, currency),
        ...(own !== undefined && { adjustments: own }),
        ...(tax !== undefined && { tax }),
        ...(billed.shares.length > 0 && { shares: billed.shares.map((share) => fromMinor(share, currency)) }),
      },
    ]
  })
  const totals = storedAmounts(part, currency)
  return {
    lines,
    ...(adjustments !== undefined && { adjustments }),
    ...(taxPlace !== undefined && { taxPlace }),
    ...(taxedBy !== undefined && { taxedBy }),
    ...(calculation !== undefined && { calculation }),
    totals,
    total: add(totals.gross, totals.rounding),
  }
}

const applyDeposits = (
  work: Work,
  settings: Settings,
  order: Order,
  invoice: Invoice,
): Result<Invoice, Refusal> => {
  let current = invoice
  for (const deposit of order.deposits) {
    const amount = minimum(deposit.unapplied, openAmount(current))
    if (!isPositive(amount)) continue
    const applied = applyToInvoice(work, settings, deposit.payment, invoice.id, amount)
    if (!applied.ok) return applied
    current = work.find(invoiceKind, invoice.id)?.state ?? current
  }
  return ok(current)
}
