import type { Unit } from '../catalog/quantity.js'
import type {
  CreditNoteId,
  InvoiceId,
  LineId,
  OrderId,
  OrderNumber,
  PartyId,
  PaymentId,
  ShipmentId,
  Sku,
} from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import { add, subtract, zero, type Money } from '../money/money.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { RecordKind } from '../record-kind.js'
import type { InvoiceStatus } from '../../state-machines/invoice.machine.js'
import type { LocalDate } from '../time/local-date.js'

/** A line of an issued document: what of an order's line it bills. Quantities in base units. */
export interface InvoiceLine {
  readonly line: LineId
  readonly sku: Sku
  readonly name: string
  readonly unit: Unit
  readonly quantity: number
  readonly unitPrice: UnitPrice
  readonly net: Money
}

export interface InvoiceContent {
  readonly id: InvoiceId
  readonly number: string
  readonly order: OrderId
  readonly orderNumber: OrderNumber
  readonly shipment?: ShipmentId
  readonly customer?: PartyId
  /** The legal entity that issued it; the business itself where absent. */
  readonly legalEntity?: string
  readonly currency: CurrencyCode
  readonly lines: readonly InvoiceLine[]
  readonly total: Money
  readonly issuedOn: LocalDate
  readonly dueOn: LocalDate
}

/** A claim on a customer: issued with its number, never changed afterwards (MO9). Only what was paid and credited on it moves. */
export interface Invoice extends InvoiceContent {
  readonly status: InvoiceStatus
  readonly paid: Money
  readonly credited: Money
  /** Base units credited, and their amount, by line in the order of `lines`. */
  readonly creditedLines: readonly { readonly quantity: number; readonly net: Money }[]
}

export interface CreditedLine {
  readonly line: LineId
  readonly quantity: number
  readonly net: Money
}

export type InvoiceEvent =
  | { readonly type: 'InvoiceIssued'; readonly invoice: InvoiceContent }
  | { readonly type: 'InvoicePaid'; readonly payment: PaymentId; readonly amount: Money }
  | { readonly type: 'InvoicePaymentTakenBack'; readonly payment: PaymentId; readonly amount: Money }
  | {
      readonly type: 'InvoiceCredited'
      readonly creditNote: CreditNoteId
      readonly amount: Money
      readonly lines: readonly CreditedLine[]
    }
  | { readonly type: 'InvoiceSettled' }
  | { readonly type: 'InvoiceReopened' }

/** What the customer still owes on it; negative when more was paid than is left after credit notes (MO7). */
export const openAmount = (invoice: Invoice): Money =>
  subtract(subtract(invoice.total, invoice.credited), invoice.paid)

const evolve = (known: Invoice | undefined, event: InvoiceEvent): Invoice => {
  if (event.type === 'InvoiceIssued') {
    const nothing = zero(event.invoice.currency)
    return {
      ...event.invoice,
      status: 'issued',
      paid: nothing,
      credited: nothing,
      creditedLines: event.invoice.lines.map(() => ({ quantity: 0, net: nothing })),
    }
  }
  const invoice = known as Invoice
  switch (event.type) {
    case 'InvoicePaid':
      return { ...invoice, paid: add(invoice.paid, event.amount) }
    case 'InvoicePaymentTakenBack':
      return { ...invoice, paid: subtract(invoice.paid, event.amount) }
    case 'InvoiceCredited':
      return {
        ...invoice,
        credited: add(invoice.credited, event.amount),
        creditedLines: invoice.creditedLines.map((credited, index) =>
          withCredit(credited, event.lines, invoice.lines[index]?.line),
        ),
      }
    case 'InvoiceSettled':
      return { ...invoice, status: 'settled' }
    case 'InvoiceReopened':
      return { ...invoice, status: 'issued' }
  }
}

const withCredit = (
  credited: Invoice['creditedLines'][number],
  lines: readonly CreditedLine[],
  id: LineId | undefined,
): Invoice['creditedLines'][number] => {
  const line = lines.find((candidate) => candidate.line === id)
  return line === undefined
    ? credited
    : { quantity: credited.quantity + line.quantity, net: add(credited.net, line.net) }
}

export const invoiceKind: RecordKind<Invoice, InvoiceEvent> = {
  name: 'invoice',
  evolve,
  entries: (invoice) => ({
    status: invoice.status,
    number: invoice.number,
    order: invoice.order,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    ...(invoice.customer !== undefined && { customer: invoice.customer }),
  }),
}
