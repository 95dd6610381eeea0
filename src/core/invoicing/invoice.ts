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
import { invariant } from '../invariant.js'
import { add, isNegative, isZero, minimum, subtract, sumOf, zero, type Money } from '../money/money.js'
import type { UnitPrice } from '../money/unit-price.js'
import type { RecordKind } from '../record-kind.js'
import type { InvoiceStatus } from '../../state-machines/invoice.machine.js'
import type { TaxPlace } from '../tax/tax-table.js'
import type { TaxedBy } from '../tax/taxed-by.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import type { LocalDate } from '../time/local-date.js'
import type { DateRange } from '../time/recurrence.js'
import type { Difference } from './difference.js'
import { discountOf, openOf, type DuePart, type OfferedDiscount } from './due-dates.js'
import type { AgreedTerms } from '../pricing/payment-terms.js'
import type {
  AgreedAdjustment,
  AgreedDocumentAdjustment,
  Calculation,
  DocumentAmounts,
} from '../totals/calculation.js'
import type { DepositPart } from '../totals/deposit.js'
import { addAmounts } from '../totals/sum-amounts.js'
import { sumOfWithholdings, type Withholding } from '../totals/withholdings.js'
import type { Reminder } from './reminder.js'
import { withheldOf } from './withheld.js'

/** A line of an issued document: what of an order's line it bills. Quantities in base units. */
export interface InvoiceLine {
  readonly line: LineId
  /** Of a consolidated invoice, the order whose line it bills: ids of lines are an order's own. */
  readonly order?: OrderId
  readonly sku: Sku
  readonly name: string
  readonly unit: Unit
  readonly quantity: number
  readonly unitPrice: UnitPrice
  /** Without tax, after the line's own discounts and charges, before those of the document. */
  readonly net: Money
  /** The discounts and charges of the order's line, as they were agreed for all of it. */
  readonly adjustments?: readonly AgreedAdjustment[]
  /** Absent, like `shares`, where the document's amounts are the sum of its lines. */
  readonly tax?: TaxTreatment
  /** Its part of each of the document's discounts and charges: signed, without tax. */
  readonly shares?: readonly Money[]
  /** Of what is sold by the period, the days it bills (EN 16931 BG-26): from the first up to, but not including, `until`. */
  readonly period?: DateRange
}

/** What a document's amounts came to and how, where they are more than the sum of its lines. */
export interface CalculatedAmounts {
  /** The discounts and charges of the order, as they were agreed for all of it; what this document has of them stands in `totals`. */
  readonly adjustments?: readonly AgreedDocumentAdjustment[]
  readonly taxPlace?: TaxPlace
  /** The outside engine that said how it is taxed, where one did. */
  readonly taxedBy?: TaxedBy
  readonly calculation?: Calculation
  readonly totals?: DocumentAmounts
  /** What of its total the buyer keeps back and pays to the tax office for the seller; absent where nothing is. */
  readonly withholdings?: readonly Withholding[]
}

export interface InvoiceContent extends CalculatedAmounts {
  readonly id: InvoiceId
  /** `deposit`: a claim on part of an order's price before anything is delivered. `debit`: a debit note. Absent on invoices of what was delivered. */
  readonly kind?: 'deposit' | 'debit'
  /** Of a debit note, the invoice that claimed too little (EN 16931 BG-3), and whether its prices or its quantities were too low. */
  readonly corrects?: CorrectedInvoice
  /** Of a debit note, why. */
  readonly reason?: string
  readonly number: string
  /** The order it bills; absent on a consolidated invoice, which bills those of its `parts`. */
  readonly order?: OrderId
  readonly orderNumber?: OrderNumber
  /** Of a consolidated invoice, what it claims for each of its orders, in the order of its lines. */
  readonly parts?: readonly BilledPart[]
  readonly shipment?: ShipmentId
  readonly customer?: PartyId
  /** The legal entity that issued it; the business itself where absent. */
  readonly legalEntity?: string
  readonly currency: CurrencyCode
  readonly lines: readonly InvoiceLine[]
  /** What the customer owes on it: with tax, rounded to coins where they are. */
  readonly total: Money
  /** What earlier deposit invoices claimed of it, net and tax (EN 16931 BG-3, BT-113): it is not claimed again. Absent where there is none. */
  readonly deducted?: readonly DepositPart[]
  readonly issuedOn: LocalDate
  /** The day on which all of it is due. */
  readonly dueOn: LocalDate
  /** The terms that were agreed; absent where it is due after the usual number of days. */
  readonly terms?: AgreedTerms
  /** What is due when, in the order of the days; absent where all of it is due on `dueOn`. */
  readonly instalments?: readonly DuePart[]
  /** What is let go when all else is paid in time. */
  readonly discount?: OfferedDiscount
}

/**
 * What a consolidated invoice claims for one of its orders: exactly what an invoice of that order alone would have claimed. Its lines and its discounts and
 * charges are the next ones of the document's own; the places in `totals` count from its first.
 */
export interface BilledPart extends Pick<
  CalculatedAmounts,
  'taxPlace' | 'taxedBy' | 'totals' | 'withholdings'
> {
  readonly order: OrderId
  readonly orderNumber: OrderNumber
  /** How many of the document's lines, and of its discounts and charges, are its own. */
  readonly lines: number
  readonly adjustments: number
  readonly total: Money
}

export interface CorrectedInvoice {
  readonly invoice: InvoiceId
  readonly number: string
  readonly issuedOn: LocalDate
  readonly what: 'price' | 'quantity'
}

/** A debit note as the invoice that it corrects knows it. */
export interface DebitNote {
  readonly invoice: InvoiceId
  readonly number: string
  readonly issuedOn: LocalDate
  readonly total: Money
}

/** A claim on a customer: issued with its number, never changed afterwards (MO9). Only what was paid and credited on it moves. */
export interface Invoice extends InvoiceContent {
  readonly parts?: readonly InvoicePart[]
  readonly status: InvoiceStatus
  readonly paid: Money
  readonly credited: Money
  /**
   * Of an invoice that was credited, what it no longer deducts; of a deposit invoice, what of it is not deducted any more for that reason, and is owed back.
   * Absent where there is none.
   */
  readonly returned?: Money
  /** Base units credited, and their amounts, by line in the order of `lines`. */
  readonly creditedLines: readonly CreditedSoFar[]
  /** Sums of what was credited, where the invoice has `totals`; of a consolidated invoice they stand in its parts. */
  readonly creditedTotals?: DocumentAmounts
  /** What was credited when a price was corrected last: units that are credited later share in what was left then. */
  readonly restFrom?: CreditedFrom
  /** What of it is no longer asked for, without a credit note; absent where there is none. */
  readonly differences?: readonly Difference[]
  /** When it was sent last, and how; absent as long as nobody has recorded that. */
  readonly sent?: { readonly channel: string; readonly on: LocalDate }
  /** Oldest first; absent where there is none. */
  readonly reminders?: readonly Reminder[]
  /** When it was withdrawn, and why; its number stays used. */
  readonly voided?: { readonly on: LocalDate; readonly reason: string }
  /** What was to be withheld of it and was not is to be paid. */
  readonly withheldClaimed?: true
  /** Some of what paid it came after the days of its discount. */
  readonly paidLate?: true
  /** What was claimed later, because it had claimed too little: documents of their own. Oldest first; absent where there is none. */
  readonly debitNotes?: readonly DebitNote[]
}

/** An invoice of one order, or the part of a consolidated invoice that is of one. */
export interface InvoiceOfOrder extends Invoice {
  readonly order: OrderId
  readonly orderNumber: OrderNumber
}

/** A part of a consolidated invoice with what was credited of it. */
export interface InvoicePart extends BilledPart {
  readonly credited: Money
  readonly creditedTotals?: DocumentAmounts
  readonly restFrom?: CreditedFrom
}

interface CreditedFrom {
  readonly lines: readonly CreditedSoFar[]
  readonly totals?: DocumentAmounts
}

interface CreditedSoFar {
  readonly quantity: number
  readonly net: Money
  /** Signed like the shares of the line; absent where nothing of them was credited. */
  readonly shares?: readonly Money[]
}

export interface CreditedLine extends CreditedSoFar {
  readonly line: LineId
}

/** What a credit note gives back: `quantity` 0 where it corrects a price and no unit comes back. */
export interface Credit {
  readonly lines: readonly CreditedLine[]
  /** What the customer gets back: with tax, rounded to coins where they are. */
  readonly total: Money
  /** Where the invoice has `totals`. */
  readonly totals?: DocumentAmounts
}

export type InvoiceEvent =
  | { readonly type: 'InvoiceIssued'; readonly invoice: InvoiceContent }
  | {
      readonly type: 'InvoicePaid'
      readonly payment: PaymentId
      readonly amount: Money
      /** The money came after the days of the invoice's discount. */
      readonly late?: true
    }
  | { readonly type: 'InvoiceDifferenceBooked'; readonly difference: Difference }
  | { readonly type: 'InvoiceDifferenceTakenBack'; readonly id: string; readonly reason?: string }
  /** What the buyer was to withhold and has brought no certificate for is to be paid after all. */
  | { readonly type: 'InvoiceWithheldClaimed'; readonly amount: Money; readonly reason: string }
  | { readonly type: 'InvoicePaymentTakenBack'; readonly payment: PaymentId; readonly amount: Money }
  | {
      readonly type: 'InvoiceCredited'
      readonly creditNote: CreditNoteId
      readonly amount: Money
      readonly lines: readonly CreditedLine[]
      readonly totals?: DocumentAmounts
      /** No units were given back: prices were too high. */
      readonly corrects?: 'price'
      /** Of a consolidated invoice, the order whose part was credited. */
      readonly order?: OrderId
    }
  | { readonly type: 'InvoiceSent'; readonly channel: string; readonly on: LocalDate }
  | { readonly type: 'InvoiceReminded'; readonly reminder: Reminder }
  /** A credit left less than was deducted: the deposit is owed back by so much. Both invoices have this event, each with the other. */
  | { readonly type: 'InvoiceDeductionReturned'; readonly invoice: InvoiceId; readonly amount: Money }
  /** It had claimed too little, and the debit note claims the rest. */
  | { readonly type: 'InvoiceDebited'; readonly debitNote: DebitNote }
  /** One of its debit notes was voided. */
  | { readonly type: 'InvoiceDebitWithdrawn'; readonly invoice: InvoiceId }
  | { readonly type: 'InvoiceVoided'; readonly voidedOn: LocalDate; readonly reason: string }
  | { readonly type: 'InvoiceSettled' }
  | { readonly type: 'InvoiceReopened' }

/** What the customer still owes on it; negative when more was paid than is left after credit notes (MO7), nothing on one that was voided. */
export const openAmount = (invoice: Invoice): Money => {
  if (invoice.status === 'voided') return zero(invoice.currency)
  const open = subtract(subtract(dueAmount(invoice), invoice.credited), invoice.paid)
  return invoice.differences === undefined ? open : subtract(open, differencesOf(invoice))
}

/** What it claims: its total, less what deposit invoices claimed before. */
export const dueAmount = ({ kind, total, deducted, returned }: Invoice): Money => {
  const due = deducted === undefined ? total : subtract(total, deductedOf(deducted, total.currency))
  if (returned === undefined) return due
  return kind === 'deposit' ? subtract(due, returned) : add(due, returned)
}

export const deductedOf = (deducted: readonly DepositPart[], currency: CurrencyCode): Money =>
  sumOf(
    deducted.map(({ amount }) => amount),
    currency,
  )

/** What of it is no longer asked for, without a credit note. */
export const differencesOf = ({ differences = [], currency }: Invoice): Money =>
  sumOf(
    differences.map(({ amount }) => amount),
    currency,
  )

/** What a certificate can still be recorded for: what is withheld of it, less the certificates that are there, and never more than is open. */
export const uncertifiedAmount = (invoice: Invoice): Money => {
  const nothing = zero(invoice.currency)
  const certificates = (invoice.differences ?? []).filter(({ kind }) => kind === 'withholding')
  const left = certificates.reduce((sum, { amount }) => subtract(sum, amount), withheldOf(invoice))
  const most = minimum(left, openAmount(invoice))
  return isNegative(most) ? nothing : most
}

/** What the customer is still to pay of it: what is open, less what is to be withheld. */
export const payableAmount = (invoice: Invoice): Money => {
  const open = openAmount(invoice)
  if (invoice.withholdings === undefined || invoice.withheldClaimed === true) return open
  return subtract(open, uncertifiedAmount(invoice))
}

/** What is to be paid of it by the day on which it is due; payments and credit notes cover first what is due first. */
export const openParts = (invoice: Invoice): readonly DuePart[] => {
  const { instalments, dueOn, withholdings, withheldClaimed, currency } = invoice
  if (withholdings === undefined) {
    const due = dueAmount(invoice)
    return openOf(instalments ?? [{ dueOn, amount: due }], subtract(due, openAmount(invoice)))
  }
  const withheld = sumOfWithholdings(withholdings, currency)
  const paid = subtract(dueAmount(invoice), withheld)
  const parts = instalments ?? [{ dueOn, amount: paid }]
  const payable = payableAmount(invoice)
  if (withheldClaimed === undefined) return openOf(parts, subtract(paid, payable))
  // What was not withheld after all is due with the last part.
  const last = parts.length - 1
  const claimed = parts.map((part, at) =>
    at === last ? { ...part, amount: add(part.amount, withheld) } : part,
  )
  return openOf(claimed, subtract(dueAmount(invoice), payable))
}

/** The first day on which something open is due; the day on which all of it was due when nothing is open. */
export const nextDueOn = (invoice: Invoice): LocalDate =>
  invoice.instalments === undefined ? invoice.dueOn : (openParts(invoice)[0]?.dueOn ?? invoice.dueOn)

/** What may be kept by whoever pays the rest in time: of what is left of the invoice, rounded once, half up. */
export const discountFor = (invoice: Invoice, receivedOn: LocalDate): Money => {
  const { discount, currency } = invoice
  const isInTime = discount !== undefined && invoice.paidLate === undefined && receivedOn <= discount.until
  return isInTime ? discountOf(leftToPay(invoice), discount.percent) : zero(currency)
}

/** What an invoice comes to after its credit notes and without what is withheld of it, whatever was paid. */
export const leftToPay = (invoice: Invoice): Money => {
  const left = subtract(dueAmount(invoice), invoice.credited)
  return invoice.withholdings === undefined ? left : subtract(left, withheldOf(invoice))
}

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

/** What of it is paid and let go is not told apart by its orders here. */
const partAt = (invoice: Invoice, { part, firstLine, firstAdjustment }: PlaceOfPart): InvoiceOfOrder => {
  const { parts: _parts, totals: _totals, withholdings: _withholdings, ...document } = invoice
  const { adjustments: all, taxPlace: _taxPlace, taxedBy: _taxedBy, ...same } = document
  const { lines, adjustments, ...own } = part
  return {
    ...same,
    ...own,
    lines: same.lines.slice(firstLine, firstLine + lines).map(({ order: _order, ...line }) => line),
    creditedLines: same.creditedLines.slice(firstLine, firstLine + lines),
    ...(all !== undefined &&
      adjustments > 0 && { adjustments: all.slice(firstAdjustment, firstAdjustment + adjustments) }),
  }
}

const evolve = (known: Invoice | undefined, event: InvoiceEvent): Invoice => {
  if (event.type === 'InvoiceIssued') {
    const nothing = zero(event.invoice.currency)
    const { parts, ...content } = event.invoice
    return {
      ...content,
      ...(parts !== undefined && { parts: parts.map((part) => ({ ...part, credited: nothing })) }),
      status: 'issued',
      paid: nothing,
      credited: nothing,
      creditedLines: content.lines.map(() => ({ quantity: 0, net: nothing })),
    }
  }
  const invoice = known as Invoice
  switch (event.type) {
    case 'InvoicePaid':
      return {
        ...invoice,
        paid: add(invoice.paid, event.amount),
        ...(event.late !== undefined && { paidLate: event.late }),
      }
    case 'InvoicePaymentTakenBack':
      return takenBack(invoice, event.amount)
    case 'InvoiceDifferenceBooked':
      return { ...invoice, differences: [...(invoice.differences ?? []), event.difference] }
    case 'InvoiceDifferenceTakenBack':
      return withoutDifference(invoice, event.id)
    case 'InvoiceWithheldClaimed':
      return { ...invoice, withheldClaimed: true }
    case 'InvoiceCredited':
      return event.order === undefined
        ? withCredit(invoice, event)
        : withCreditedPart(invoice, event.order, event)
    case 'InvoiceSent':
      return { ...invoice, sent: { channel: event.channel, on: event.on } }
    case 'InvoiceReminded':
      return { ...invoice, reminders: [...(invoice.reminders ?? []), event.reminder] }
    case 'InvoiceDeductionReturned':
      return {
        ...invoice,
        returned: invoice.returned === undefined ? event.amount : add(invoice.returned, event.amount),
      }
    case 'InvoiceDebited':
      return { ...invoice, debitNotes: [...(invoice.debitNotes ?? []), event.debitNote] }
    case 'InvoiceDebitWithdrawn':
      return withoutDebitNote(invoice, event.invoice)
    case 'InvoiceVoided':
      return { ...invoice, status: 'voided', voided: { on: event.voidedOn, reason: event.reason } }
    case 'InvoiceSettled':
      return { ...invoice, status: 'settled' }
    case 'InvoiceReopened':
      return { ...invoice, status: 'issued' }
  }
}

/** Of an invoice on which nothing is paid, nothing was paid late. */
const takenBack = (invoice: Invoice, amount: Money): Invoice => {
  const paid = subtract(invoice.paid, amount)
  const { paidLate: _paidLate, ...unpaid } = invoice
  return isZero(paid) ? { ...unpaid, paid } : { ...invoice, paid }
}

const withoutDebitNote = ({ debitNotes = [], ...invoice }: Invoice, id: InvoiceId): Invoice => {
  const left = debitNotes.filter((debitNote) => debitNote.invoice !== id)
  return left.length === 0 ? invoice : { ...invoice, debitNotes: left }
}

const withoutDifference = ({ differences = [], ...invoice }: Invoice, id: string): Invoice => {
  const left = differences.filter((difference) => difference.id !== id)
  return left.length === 0 ? invoice : { ...invoice, differences: left }
}

type InvoiceCredited = Extract<InvoiceEvent, { readonly type: 'InvoiceCredited' }>

const withCreditedPart = (invoice: Invoice, order: OrderId, event: InvoiceCredited): Invoice => {
  const place = placeOfPart(invoice, order)
  invariant(place !== undefined, 'what is credited of a consolidated invoice is of one of its orders')
  const { credited, creditedLines, creditedTotals, restFrom } = withCredit(partAt(invoice, place), event)
  const after: InvoicePart = {
    ...place.part,
    credited,
    ...(creditedTotals !== undefined && { creditedTotals }),
    ...(restFrom !== undefined && { restFrom }),
  }
  return {
    ...invoice,
    credited: add(invoice.credited, event.amount),
    creditedLines: invoice.creditedLines.map((line, at) => creditedLines[at - place.firstLine] ?? line),
    parts: (invoice.parts ?? []).map((part) => (part.order === order ? after : part)),
  }
}

const withCredit = (invoice: Invoice, { amount, lines, totals, corrects }: InvoiceCredited): Invoice => {
  const creditedLines = invoice.creditedLines.map((credited, index) => {
    const line = lines.find((candidate) => candidate.line === invoice.lines[index]?.line)
    return line === undefined ? credited : withLine(credited, line)
  })
  const before = invoice.creditedTotals
  const creditedTotals =
    before === undefined || totals === undefined ? (totals ?? before) : addAmounts(before, totals)
  const sums = creditedTotals !== undefined && { totals: creditedTotals }
  return {
    ...invoice,
    credited: add(invoice.credited, amount),
    creditedLines,
    ...(creditedTotals !== undefined && { creditedTotals }),
    ...(corrects !== undefined && { restFrom: { lines: creditedLines, ...sums } }),
  }
}

const withLine = (credited: CreditedSoFar, { quantity, net, shares }: CreditedLine): CreditedSoFar => {
  const before = credited.shares
  const sums = before === undefined || shares === undefined ? (shares ?? before) : before.map(addedTo(shares))
  return {
    quantity: credited.quantity + quantity,
    net: add(credited.net, net),
    ...(sums !== undefined && { shares: sums }),
  }
}

const addedTo =
  (others: readonly Money[]) =>
  (amount: Money, index: number): Money => {
    const other = others[index]
    return other === undefined ? amount : add(amount, other)
  }

export const invoiceKind: RecordKind<Invoice, InvoiceEvent> = {
  name: 'invoice',
  evolve,
  entries: (invoice) => ({
    status: invoice.status,
    number: invoice.number,
    ...(invoice.order !== undefined && { order: invoice.order }),
    issuedOn: invoice.issuedOn,
    dueOn: nextDueOn(invoice),
    sending: invoice.sent === undefined ? 'unsent' : 'sent',
    ...(invoice.kind !== undefined && { kind: invoice.kind }),
    ...(invoice.customer !== undefined && { customer: invoice.customer }),
  }),
}
