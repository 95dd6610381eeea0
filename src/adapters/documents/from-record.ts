import { readDecimal } from '../../core/money/decimal-string.js'
import { subtract, sumOf, toMinor } from '../../core/money/money.js'
import { extendPrice } from '../../core/money/unit-price.js'
import { ConfigurationError } from '../../core/ports/errors.js'
import type { TaxTreatment } from '../../core/tax/tax-treatment.js'
import { daysBetween, earlierOf, laterOf, plusDays, type LocalDate } from '../../core/time/local-date.js'
import type { AgreedAdjustment, Calculation } from '../../core/totals/calculation.js'
import {
  cannot,
  checkTaxes,
  documentOf,
  noteOf,
  rateOf,
  writerOf,
  type Sums,
  type Write,
} from './document-amounts.js'
import type {
  EarlyPaymentDiscount,
  ElectronicInvoice,
  InvoiceLine,
  InvoiceNote,
  InvoicePeriod,
  LineLevelAmount,
  LinePrice,
  PriceWithTax,
  WithheldTaxes,
} from './electronic-invoice.js'
import type {
  DrawnProforma,
  EarlierInvoice,
  IssuedCreditNote,
  IssuedDocument,
  IssuedHeader,
  IssuedInvoice,
  IssuedLine,
  PageHeader,
} from './issued-document.js'
import type { PrintableInvoice, PrintedTax } from './printable-invoice.js'
import { isPeppol } from './specifications.js'
import { buyersOrder, proformaCode } from './syntax-names.js'

/**
 * An issued invoice as EN 16931 writes it, to the cent what was issued: number, dates, lines, discounts and charges by their reasons, and the amounts
 * that are stored. The order's number stands as BT-14 and the buyer's own as BT-13 unless the header has another. Deposits that are deducted are its
 * paid amount (BT-113) and preceding invoices (BG-3). A debit note names the invoice it corrects as the preceding one and says why as its first
 * note (BT-22); XRechnung does not know its code and takes it as 384. A discount for early payment and instalments go with it as data, to be said in words behind the payment
 * terms (BT-20); of instalments the first day is the due date (BT-9).
 *
 * Prices that contain tax are no prices of EN 16931: such a line says what all of its units cost without tax (BT-149 is its quantity), which is
 * exact; pages show the price with tax that was agreed (`priceWithTax`). What rounding leaves between price times quantity and the net amount stands as an allowance or a
 * charge of the line.
 *
 * The orders of a consolidated invoice that have one number of the buyer have it as BT-13. Where the numbers differ BT-13 has room for none, and each line carries
 * that of its order as BT-128 under the scheme `ON`; Peppol then asks for a `buyerReference` (BT-10) in the header.
 *
 * What deposit invoices claimed before stands as paid (BT-113), each of them as a preceding invoice (BG-3). What the buyer withholds is no part of the totals: it
 * stands behind the payment terms (BT-20).
 *
 * Throws `configuration` for what the standard cannot express: tax rounded per line, a tax on a tax, an invoice without tax where the header
 * does not say why; and for an invoice that was voided.
 */
export const invoiceFromRecord = (invoice: IssuedInvoice, header: IssuedHeader): ElectronicInvoice => {
  checkExpressible(invoice, header)
  return { ...invoiceOf(invoice, header), specification: header.specification }
}

/**
 * An issued invoice for pages only, for `invoiceHtml` and `invoicePdf`: also one that EN 16931 cannot express. Every tax has its own row where several are levied on a line;
 * of an order that is calculated without tax the page says nothing of one unless the header does. Throws `configuration` for an invoice that was voided.
 */
export const printableInvoiceFromRecord = (invoice: IssuedInvoice, header: PageHeader): PrintableInvoice =>
  invoiceOf(invoice, header)

type AnyHeader = PageHeader & Pick<PrintableInvoice, 'specification'>

const invoiceOf = (invoice: IssuedInvoice, header: AnyHeader): PrintableInvoice => {
  if (invoice.status === 'voided') throw new ConfigurationError(`invoice ${invoice.number} was voided`)
  const { typeCode = typeCodes[invoice.kind ?? 'invoice'], ...rest } = header
  const { corrects, deducted = [], reason } = invoice
  const preceding = [
    ...(corrects === undefined ? [] : [corrects]),
    ...deducted,
    ...earlierOnes(invoice, header.earlierInvoices),
  ].map(({ number, issuedOn }) => ({ number, issuedOn }))
  const document = written(invoice, {
    ...(invoice.orderNumber !== undefined && { salesOrderReference: invoice.orderNumber }),
    ...(preceding.length > 0 && { precedingInvoices: preceding }),
    ...rest,
    ...notesWith(reason, rest),
    typeCode,
    ...whenDue(invoice),
  })
  const earlyPayment = earlyPaymentOf(invoice, document)
  return { ...document, ...(earlyPayment !== undefined && { earlyPayment }) }
}

/** Of what is due in parts the first day is BT-9, as the standard says; nothing due has no parts. */
const whenDue = ({
  dueOn,
  currency,
  instalments = [],
}: IssuedInvoice): Pick<ElectronicInvoice, 'dueOn' | 'instalments'> => {
  const write = writerOf(currency)
  const parts = instalments.filter(({ amount }) => toMinor(amount) !== 0n)
  const [first] = parts
  if (first === undefined) return { dueOn }
  return {
    dueOn: first.dueOn,
    instalments: parts.map((part) => ({ dueOn: part.dueOn, amount: write(toMinor(part.amount)) })),
  }
}

/** Deposits are named where they are deducted, and by the debit notes of an invoice that invoice is. */
const earlierOnes = (
  { number, issuedOn }: IssuedInvoice,
  all: readonly EarlierInvoice[] = [],
): readonly EarlierInvoice[] =>
  all
    .filter(
      (one) =>
        one.status !== 'voided' &&
        one.kind !== 'deposit' &&
        one.number !== number &&
        one.corrects?.number !== number &&
        one.issuedOn <= issuedOn,
    )
    .toSorted((one, other) => (one.issuedOn < other.issuedOn ? -1 : one.issuedOn > other.issuedOn ? 1 : 0))

/** It is of what is to be paid, without what the buyer withholds; none where nothing is. */
const earlyPaymentOf = (
  { discount, issuedOn, currency }: IssuedInvoice,
  { totals, withheld }: PrintableInvoice,
): EarlyPaymentDiscount | undefined => {
  if (discount === undefined || toMinor(discount.amount) === 0n) return undefined
  const write = writerOf(currency)
  const less = toMinor(discount.amount)
  return {
    percent: discount.percent,
    days: daysBetween(issuedOn as LocalDate, discount.until),
    until: discount.until,
    discount: write(less),
    payable: write(toMinor({ amount: withheld?.payable ?? totals.due, currency }) - less),
  }
}

const typeCodes = { invoice: '380', deposit: '386', debit: '383' } as const

/** Why a document was issued stands before the notes of the header, unless they say it. Peppol allows one note: there they stand in one. */
const notesWith = (
  reason: string | undefined,
  { notes = [], specification = '' }: AnyHeader,
): Pick<ElectronicInvoice, 'notes'> => {
  const isSaid = reason === undefined || notes.some(({ text }) => text.includes(reason))
  const all: readonly InvoiceNote[] = isSaid ? notes : [{ text: reason }, ...notes]
  const [first] = all
  if (first === undefined) return {}
  return isPeppol(specification) && !isSaid
    ? { notes: [{ text: all.map(({ text }) => text).join('\n') }] }
    : { notes: all }
}

/**
 * The same for a credit note; the invoice it takes back is named with its date (BT-25, BT-26), and why as the first note (BT-22). What a credit without an
 * invoice refers to is what it is about (BT-18).
 */
export const creditNoteFromRecord = (note: IssuedCreditNote, header: IssuedHeader): ElectronicInvoice => {
  checkExpressible(note, header)
  return { ...creditNoteOf(note, header), specification: header.specification }
}

/** The same for pages only. */
export const printableCreditNoteFromRecord = (note: IssuedCreditNote, header: PageHeader): PrintableInvoice =>
  creditNoteOf(note, header)

/**
 * A proforma invoice (UNTDID 1001 code 325), for pages only: it has no number, claims nothing and is in no books, so nobody is to receive it as an invoice by XML. The pages say
 * that it is none.
 */
export const proformaFromRecord = (proforma: DrawnProforma, header: PageHeader): PrintableInvoice => {
  const { typeCode = proformaCode, ...rest } = header
  return written(
    { ...proforma, number: '', issuedOn: proforma.drawnOn },
    { salesOrderReference: proforma.orderNumber, ...rest, typeCode },
  )
}

const creditNoteOf = (note: IssuedCreditNote, header: AnyHeader): PrintableInvoice => {
  const { typeCode = '381', ...rest } = header
  const { invoiceNumber: number, invoiceIssuedOn: issuedOn, reference } = note
  return written(note, {
    ...(reference !== undefined && { invoicedObject: { id: reference } }),
    ...(number !== undefined && {
      precedingInvoices: [{ number, ...(issuedOn !== undefined && { issuedOn }) }],
    }),
    ...rest,
    ...notesWith(note.reason, rest),
    typeCode,
  })
}

const written = (
  document: IssuedDocument,
  {
    itemOf,
    untaxed,
    earlierInvoices: _earlierInvoices,
    ...header
  }: AnyHeader & Pick<PrintableInvoice, 'typeCode' | 'dueOn' | 'instalments'>,
): PrintableInvoice => {
  const { number, issuedOn, purchaseOrder, currency, calculation, parts = [] } = document
  const orders = new Map(parts.map((part) => [part.order, part]))
  const write = writerOf(currency)
  const lines = document.lines.map((line, index): InvoiceLine => {
    const tax = treatmentOf(line.tax, untaxed)
    const prices = pricesOf(line, calculation, write)
    const order = line.order === undefined ? undefined : orders.get(line.order)
    return {
      id: String(index + 1),
      ...noteOf(tax, order?.orderNumber),
      // Where the orders of a document have several numbers of the buyer, BT-13 has room for none of them.
      ...(purchaseOrder === undefined &&
        order?.purchaseOrder !== undefined && {
          invoicedObject: { id: order.purchaseOrder, scheme: buyersOrder },
        }),
      ...prices,
      ...(line.period !== undefined && { period: writtenPeriod(line.period) }),
      net: write(toMinor(line.net)),
      tax: tax === undefined ? { category: '' } : { category: tax.category, ...rateOf(tax, 'rate') },
      item: { name: line.name, sellerId: line.sku, ...itemOf?.(line) },
    }
  })
  const period = wholePeriod(document.lines)
  const withheld = withheldTaxes(document, write)
  const taxesByName = header.specification === undefined ? namedTaxes(document, write) : undefined
  const written = {
    ...(period !== undefined && { period }),
    ...(purchaseOrder !== undefined && { purchaseOrderReference: purchaseOrder }),
    ...header,
    ...(withheld !== undefined && { withheld }),
    ...(taxesByName !== undefined && { taxesByName }),
    number,
    issuedOn,
  }
  return documentOf(currency, sumsOf(document, untaxed), written, lines)
}

/** Each tax with what it is levied on, where a line has more than one. */
const namedTaxes = ({ totals }: IssuedDocument, write: Write): readonly PrintedTax[] | undefined => {
  const taxes = totals?.taxes ?? []
  if (!taxes.some(({ amounts }) => amounts.length > 1)) return undefined
  return taxes.flatMap(({ treatment, base, amounts }) => {
    let taxed = toMinor(base)
    return treatment.components.map(({ name, percent, compound }, index): PrintedTax => {
      const amount = amounts[index]
      const tax = amount === undefined ? 0n : toMinor(amount)
      const taxable = compound === true ? taxed : toMinor(base)
      taxed += tax
      return { name, rate: percent, taxable: write(taxable), tax: write(tax) }
    })
  })
}

/** What is withheld of what it claims itself: what was withheld of the deposits that it deducts stands on their invoices. */
const withheldTaxes = (document: IssuedDocument, write: Write): WithheldTaxes | undefined => {
  const { withholdings = [], total, deducted = [] } = document
  if (withholdings.length === 0) return undefined
  const before = deducted.flatMap((deposit) => deposit.withholdings ?? [])
  const taxes = withholdings.flatMap(({ name, percent, on, base, amount }) => {
    const own = before.filter((one) => one.name === name && one.percent === percent && one.on === on)
    const left = own.reduce((all, one) => all - toMinor(one.base), toMinor(base))
    const withheld = own.reduce((all, one) => all - toMinor(one.amount), toMinor(amount))
    return left === 0n ? [] : [{ name, rate: percent, base: left, amount: withheld }]
  })
  if (taxes.length === 0) return undefined
  const due = deducted.reduce((left, { amount }) => left - toMinor(amount), toMinor(total))
  return {
    taxes: taxes.map(({ base, amount, ...tax }) => ({ ...tax, base: write(base), amount: write(amount) })),
    payable: write(taxes.reduce((left, { amount }) => left - amount, due)),
  }
}

/** Both days are included. */
const writtenPeriod = ({ from, until }: NonNullable<IssuedLine['period']>): InvoicePeriod => ({
  from,
  to: plusDays(until, -1),
})

/** From the first day that a line is for to the last one (BG-14). */
const wholePeriod = (lines: readonly IssuedLine[]): InvoicePeriod | undefined => {
  const periods = lines.flatMap(({ period }) => (period === undefined ? [] : [period]))
  const [first] = periods
  return first === undefined
    ? undefined
    : writtenPeriod(
        periods.reduce(
          (all, { from, until }) => ({
            from: earlierOf(all.from, from),
            until: laterOf(all.until, until),
          }),
          first,
        ),
      )
}

/** Throws `configuration` for what EN 16931 cannot express. */
const checkExpressible = (document: IssuedDocument, { untaxed }: IssuedHeader): void => {
  const { calculation, lines, adjustments = [], totals } = document
  checkTaxes(
    calculation?.profile ?? 'per_category',
    [...lines, ...adjustments].map(({ tax }) => tax),
  )
  const treatments = [
    ...lines.map(({ tax }) => tax),
    ...(totals?.adjustments ?? []).map(({ tax }) => tax),
    ...(totals?.taxes ?? []).map(({ treatment }) => treatment),
  ]
  if (treatments.some((tax) => treatmentOf(tax, untaxed) === undefined)) {
    throw cannot('a line of which nobody says how it is taxed')
  }
}

/** Orders that are calculated without tax have none, or, where they have discounts, stand outside its scope for no given reason. */
const treatmentOf = (
  tax: TaxTreatment | undefined,
  untaxed: TaxTreatment | undefined,
): TaxTreatment | undefined => {
  const isKnown = tax !== undefined && (tax.category !== 'O' || tax.exemption !== undefined)
  return isKnown ? tax : untaxed
}

const priceWithTax = (
  { amount, per }: IssuedLine['unitPrice'],
  adjustments: readonly AgreedAdjustment[],
): PriceWithTax => ({
  amount,
  ...(per !== undefined && { per: String(per) }),
  ...(adjustments.length > 0 && {
    adjustments: adjustments.map((adjustment) => ({
      reason: adjustment.reason,
      ...('percent' in adjustment && { percent: adjustment.percent }),
    })),
  }),
})

type LinePrices = Pick<InvoiceLine, 'quantity' | 'unit' | 'price' | 'priceWithTax' | 'allowances' | 'charges'>

const pricesOf = (
  { quantity, unit, unitPrice, net, adjustments = [] }: IssuedLine,
  calculation: Calculation | undefined,
  write: Write,
): LinePrices => {
  const written = String(quantity)
  const { digits, scale } = readDecimal(written)
  // A price was corrected and no unit came back: the correction is one piece.
  if (digits === 0n) return { quantity: '1', unit: 'C62', price: { net: write(toMinor(net)) } }
  if (calculation?.prices === 'gross') {
    const price = { net: write(toMinor(net)), baseQuantity: written, baseUnit: unit }
    return { quantity: written, unit, price, priceWithTax: priceWithTax(unitPrice, adjustments) }
  }
  const price: LinePrice = {
    net: unitPrice.amount,
    ...(unitPrice.per !== undefined && { baseQuantity: String(unitPrice.per), baseUnit: unit }),
  }
  const extended = extendPrice(
    unitPrice,
    { baseUnits: digits, digits: scale },
    calculation?.rounding ?? 'half_up',
  )
  const less = toMinor(subtract(extended, net))
  // One unit is what rounding of the whole leaves on a part; it is within the tolerance of a line.
  const isRounding = adjustments.length === 0 && less >= -1n && less <= 1n
  if (isRounding || less === 0n) return { quantity: written, unit, price }
  return less > 0n
    ? { quantity: written, unit, price, allowances: [lineAmount('discount', less, adjustments, write)] }
    : { quantity: written, unit, price, charges: [lineAmount('charge', -less, adjustments, write)] }
}

/** What a line's discounts and charges come to together, by the reasons that count that way. */
const lineAmount = (
  kind: AgreedAdjustment['kind'],
  size: bigint,
  adjustments: readonly AgreedAdjustment[],
  write: Write,
): LineLevelAmount => {
  const reasons = adjustments.filter((one) => one.kind === kind).map(({ reason }) => reason)
  return { amount: write(size), reason: reasons.length === 0 ? usualReasons[kind] : reasons.join('; ') }
}

const usualReasons = { discount: 'Discount', charge: 'Charge' } as const

const sumsOf = (document: IssuedDocument, untaxed: TaxTreatment | undefined): Sums => {
  const { totals, total, currency, adjustments = [], deducted = [] } = document
  const prepaid = deducted.reduce((sum, { amount }) => sum + toMinor(amount), 0n)
  if (totals === undefined) {
    const net = toMinor(
      sumOf(
        document.lines.map((line) => line.net),
        currency,
      ),
    )
    const none = { discounts: 0n, charges: 0n, tax: 0n, prepaid, rounding: 0n, adjustments: [] }
    const taxes = untaxed === undefined ? [] : [{ treatment: untaxed, base: net, tax: 0n }]
    return { ...none, lineNet: net, net, gross: net, due: toMinor(total) - prepaid, taxes }
  }
  return {
    lineNet: toMinor(totals.lineNet),
    discounts: toMinor(totals.discounts),
    charges: toMinor(totals.charges),
    net: toMinor(totals.net),
    tax: toMinor(totals.tax),
    gross: toMinor(totals.gross),
    prepaid,
    rounding: toMinor(totals.rounding),
    due: toMinor(total) - prepaid,
    adjustments: totals.adjustments.flatMap(({ index, tax, amount }) => {
      const agreed = adjustments[index]
      if (agreed === undefined) return []
      return [
        {
          kind: agreed.kind,
          reason: agreed.reason,
          treatment: treatmentOf(tax, untaxed) ?? tax,
          amount: toMinor(amount),
        },
      ]
    }),
    taxes: totals.taxes.flatMap(({ treatment, base, tax }) => {
      const known = treatmentOf(treatment, untaxed)
      return known === undefined ? [] : [{ treatment: known, base: toMinor(base), tax: toMinor(tax) }]
    }),
  }
}
