import type { InvoiceId, PartyId, ShipmentId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { dueDates } from '../invoicing/due-dates.js'
import type { Invoice } from '../invoicing/invoice.js'
import { deductedOf, payableAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { seriesKey, takeNumber, type Numbered } from '../invoicing/number-series.js'
import { withheldOfClaim } from '../invoicing/withheld.js'
import { keepOpenInvoices, openInvoicesKind } from '../invoicing/open-invoices.js'
import { isPositive, isZero, minimum, subtract, type Money } from '../money/money.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind, type Order } from '../orders/order.js'
import type { LineQuantity } from '../orders/order-line.js'
import { paymentKind } from '../payments/payment.js'
import type { Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { plusDays, type LocalDate } from '../time/local-date.js'
import type { DepositPart } from '../totals/deposit.js'
import type { Withholding } from '../totals/withholdings.js'
import { applyToInvoice } from './apply-to-invoice.js'
import { billedAmounts } from './billed-amounts.js'

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
  const limited = withinInvoiceLimit(settings, order)
  if (!limited.ok) return limited
  const { lines, total, deducted, ...amounts } = billedAmounts(order, billing.lines)
  const due = deducted === undefined ? total : subtract(total, deductedOf(deducted, order.currency))
  const taken = takeNumber(work, settings, numberedBy(order, billing.on), {
    kind: invoiceKind.name,
    id: billing.invoice,
  })
  if (!taken.ok) return taken
  const { number, issuedOn } = taken.value
  const invoiced = decideOrder(order, {
    type: 'InvoiceOrder',
    on: billing.on,
    invoice: billing.invoice,
    amount: total,
    lines: billing.lines,
    ...(deducted !== undefined && { deducted }),
    ...(amounts.withholdings !== undefined && { withholdings: amounts.withholdings }),
  })
  const billed = work.append(orderKind, order.id, granted(invoiced, 'what is unbilled can be billed'))
  const invoice = work.append(invoiceKind, billing.invoice, [
    {
      type: 'InvoiceIssued',
      invoice: {
        id: billing.invoice,
        number,
        order: order.id,
        orderNumber: order.number,
        ...(order.purchaseOrder !== undefined && { purchaseOrder: order.purchaseOrder }),
        ...(billing.shipment !== undefined && { shipment: billing.shipment }),
        ...(order.customer !== undefined && { customer: order.customer }),
        ...(order.legalEntity !== undefined && { legalEntity: order.legalEntity }),
        currency: order.currency,
        lines,
        ...amounts,
        total,
        ...(deducted !== undefined && { deducted }),
        issuedOn,
        ...whenDue(order, settings, issuedOn, lessWithheld(due, amounts.withholdings, deducted)),
      },
    },
    ...(isZero(due) ? [{ type: 'InvoiceSettled' } as const] : []),
  ])
  keepOpenInvoices(work, invoice)
  sendAboutOrder(work, settings, billed, 'invoice_issued', { invoice: invoice.id, number })
  return ok(applyDeposits(work, settings, billed, invoice))
}

/** Billing that never ends is a mistake, and stops. */
export const withinInvoiceLimit = (
  { limits: { invoicesPerOrder: most } }: Settings,
  order: Order,
): Result<void, Refusal> =>
  (order.invoices ?? 0) < most ? ok(undefined) : refuse('limit_exceeded', { limit: 'invoicesPerOrder', most })

/** What of an amount the customer is to pay, and not to withhold. */
export const lessWithheld = (
  due: Money,
  withholdings: readonly Withholding[] | undefined,
  deducted: readonly DepositPart[] = [],
): Money =>
  withholdings === undefined
    ? due
    : subtract(due, withheldOfClaim({ currency: due.currency, withholdings, deducted }))

/** What is prepaid is due at once; terms that were agreed say when else, and go with the invoice as they are. */
export const whenDue = (
  { payment: { terms, agreed } }: Order,
  settings: Settings,
  issuedOn: LocalDate,
  due: Money,
): Pick<Invoice, 'dueOn' | 'terms' | 'instalments' | 'discount'> => {
  if (terms === 'prepaid') return { dueOn: issuedOn }
  if (agreed === undefined) return { dueOn: plusDays(issuedOn, settings.paymentTermsDays) }
  const { parts, discount } = dueDates(agreed.terms, issuedOn, due)
  return {
    dueOn: present(parts.at(-1), 'terms name at least one day').dueOn,
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
export interface Billable {
  readonly customer?: PartyId | undefined
  readonly legalEntity?: string | undefined
  readonly deposits?: Order['deposits']
}

export const numberedBy = (order: Pick<Billable, 'legalEntity'> | undefined, date: LocalDate): Numbered => ({
  series: 'invoice',
  legalEntity: order?.legalEntity,
  date,
})

/** Applies what was paid for the order in advance. */
export const applyDeposits = (work: Work, settings: Settings, order: Order, invoice: Invoice): Invoice => {
  let current = invoice
  for (const deposit of order.deposits) {
    const amount = minimum(deposit.unapplied, payableAmount(current))
    if (!isPositive(amount)) continue
    const applied = applyToInvoice(work, settings, deposit.payment, invoice.id, amount)
    granted(applied, 'what was paid in advance pays the next invoice')
    current = present(work.find(invoiceKind, invoice.id)?.state, 'an invoice that was issued exists')
  }
  return current
}
