import { z } from 'zod'
import { quantitySchema, piece, toBaseUnits } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import {
  invoiceIdSchema,
  legalEntitySchema,
  orderIdSchema,
  partyIdSchema,
  referenceSchema,
  skuSchema,
} from '../ids/id-schema.js'
import type { CreditNoteId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { creditNoteKind, type CreditNote } from '../invoicing/credit-note.js'
import { correctPrices, type CorrectedPrice } from '../invoicing/correct-prices.js'
import { creditedOf } from '../invoicing/credit-limits.js'
import { creditUnits } from '../invoicing/credit-units.js'
import { decideInvoice } from '../invoicing/invoice-decider.js'
import type { Credit, Invoice, InvoiceLine, InvoiceOfOrder } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { ordersOf, partOf } from '../invoicing/invoice-parts.js'
import { knownEntity, seriesKey, takeNumber } from '../invoicing/number-series.js'
import { keepOpenInvoices, openInvoicesKind } from '../invoicing/open-invoices.js'
import { withheldOfCredit } from '../invoicing/withheld.js'
import { currencySchema, unitPriceSchema } from '../money/money-schema.js'
import type { CurrencyCode } from '../money/currency.js'
import { add, fromMinor, sumOf } from '../money/money.js'
import { extendPrice } from '../money/unit-price.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind, type Order } from '../orders/order.js'
import type { LineQuantity } from '../orders/order-line.js'
import { partyKind } from '../parties/party.js'
import { workOn } from '../plan.js'
import { lineIdAt } from '../pricing/price-lines.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { looksLikeFraction } from '../tax/looks-like-fraction.js'
import { taxTreatmentSchema } from '../tax/tax-schema.js'
import type { TaxTreatment } from '../tax/tax-treatment.js'
import { lineSchema } from '../text/text-schema.js'
import { laterOf } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import { documentTotals } from '../totals/document-totals.js'
import { storedAmounts, totalsInputOf } from '../totals/stored-totals.js'
import { businessDate } from './business-date.js'
import { calculationOf } from './calculate-order.js'
import { closeIfDone } from './close-order.js'
import { creditedDeposit, creditOfDeposit, withWithheld } from './credit-deposit.js'
import { followInvoice } from './follow-invoice.js'
import { partOfInvoice } from './part-of-invoice.js'
import { returnDeductions } from './return-deductions.js'
import { correctionsSchema, countLines, wantedLinesSchema, type WantedLines } from './wanted-lines.js'
import { withinLargest } from './within-largest.js'

/**
 * Credits an invoice in whole or in part: units for a cancellation after invoice or a return, or amounts that correct prices (goodwill included). Never
 * more than was invoiced per line and per tax treatment (MO6, OQ5); any number of credits in any order adds up to exactly the invoice. Without `lines`
 * and `corrections` all units that are not credited yet.
 */
export const creditInvoice = defineCommand({
  name: 'invoices.credit',
  input: z
    .strictObject({
      invoice: invoiceIdSchema,
      /** Of a consolidated invoice, the order whose part is credited; each credit note is about one. */
      order: orderIdSchema.optional(),
      lines: wantedLinesSchema.optional(),
      /** By how much the prices of lines were too high, without tax, or with it where prices contain it; no more than they cost after discounts. No units come back. */
      corrections: correctionsSchema.optional(),
      reason: lineSchema(200),
      issuedOn: localDateSchema.optional(),
    })
    .refine(({ lines, corrections }) => lines === undefined || corrections === undefined, {
      message: 'credit.one',
      path: ['corrections'],
    }),
  idempotencyKey: 'required',
  touches: (input, seen, { ids, settings, today }) => {
    const invoice = seen.get(invoiceKind, input.invoice)
    const wanted = input.issuedOn ?? today()
    const date = invoice === undefined ? wanted : laterOf(invoice.issuedOn, wanted)
    return [
      { kind: invoiceKind.name, id: input.invoice },
      { kind: creditNoteKind.name, id: ids.of('credit note') },
      seriesKey(settings, { series: 'credit_note', legalEntity: invoice?.legalEntity, date }),
      ...(invoice === undefined ? [] : ordersOf(invoice).map((id) => ({ kind: orderKind.name, id }))),
      ...(invoice?.deducted ?? []).map((deposit) => ({ kind: invoiceKind.name, id: deposit.invoice })),
      ...(invoice?.customer === undefined ? [] : [{ kind: openInvoicesKind.name, id: invoice.customer }]),
    ]
  },
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, input.invoice)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const issuedOn = businessDate(input.issuedOn, 'issuedOn', context.now)
    if (!issuedOn.ok) return issuedOn
    const part = partOfInvoice(invoice, input.order)
    if (!part.ok) return part
    const order = present(work.find(orderKind, part.value.order)?.state, 'every invoice has its order')
    const wanted = wantedCredit(order, part.value, input)
    if (!wanted.ok) return wanted
    const credit = invoice.kind === 'deposit' ? withWithheld(order, invoice, wanted.value) : wanted.value
    const id = context.ids.of('credit note') as CreditNoteId
    const corrects = input.corrections === undefined ? undefined : ('price' as const)
    const credited = decideInvoice(invoice, {
      type: 'CreditInvoice',
      creditNote: id,
      credit: credit,
      ...(corrects !== undefined && { corrects }),
      ...(invoice.parts !== undefined && { order: order.id }),
    })
    if (!credited.ok) return credited
    const after = work.append(invoiceKind, invoice.id, credited.value)
    keepOpenInvoices(work, after)
    const withholdings = withheldOfCredit(part.value, present(partOf(after, order.id), 'it is still billed'))
    const note = {
      ...noteOn(part.value, credit),
      ...(corrects !== undefined && { corrects }),
      ...(withholdings.length > 0 && { withholdings }),
    }
    const counted = decideOrder(
      order,
      invoice.kind === 'deposit'
        ? { type: 'WithdrawDeposit', creditNote: id, deposit: creditedDeposit(invoice, credit) }
        : {
            type: 'CreditOrder',
            creditNote: id,
            amount: note.total,
            lines: countedUnits(invoice, credit),
          },
    )
    if (!counted.ok) return counted
    const creditedOrder = work.append(orderKind, order.id, counted.value)
    followInvoice(work, invoice, after)
    returnDeductions(work, after)
    const date = laterOf(invoice.issuedOn, issuedOn.value)
    const taken = takeNumber(
      work,
      context.settings,
      { series: 'credit_note', legalEntity: invoice.legalEntity, date },
      { kind: creditNoteKind.name, id },
    )
    if (!taken.ok) return taken
    work.append(creditNoteKind, id, [
      { type: 'CreditNoteIssued', creditNote: { ...note, id, ...taken.value, reason: input.reason } },
    ])
    sendAboutOrder(work, context.settings, creditedOrder, 'credit_note_issued', {
      creditNote: id,
      number: taken.value.number,
    })
    for (const billed of ordersOf(invoice)) closeIfDone(work, context.settings, billed)
    return ok(
      work.finish(
        { kind: creditNoteKind.name, id },
        { creditNote: id, number: taken.value.number, invoice: invoice.id, total: note.total },
      ),
    )
  },
})

/**
 * Grants a credit that corrects no invoice we issued: goods bought before the books began, goodwill. Says so on the document, and is never
 * mixed with credits that have an invoice. Where its lines say how they are taxed, it gives back the tax as well.
 */
export const creditWithoutInvoice = defineCommand({
  name: 'invoices.creditWithoutInvoice',
  input: z.strictObject({
    customer: partyIdSchema.optional(),
    currency: currencySchema,
    lines: z
      .array(
        z.strictObject({
          sku: skuSchema,
          name: lineSchema(500),
          quantity: quantitySchema,
          unitPrice: unitPriceSchema,
          /** How the sale was taxed; then the credit gives back its tax, and prices contain it where the settings say so. */
          tax: taxTreatmentSchema.optional(),
        }),
      )
      .min(1, 'lines.min')
      .refine((lines) => lines.every(isTaxed) || !lines.some(isTaxed), 'tax.all'),
    reason: lineSchema(200),
    reference: referenceSchema.optional(),
    issuedOn: localDateSchema.optional(),
    /** Which legal entity of the business grants it; the business itself when left out. */
    legalEntity: legalEntitySchema.optional(),
  }),
  idempotencyKey: 'required',
  touches: (input, _seen, { ids, settings, today }) => [
    { kind: creditNoteKind.name, id: ids.of('credit note') },
    seriesKey(settings, {
      series: 'credit_note',
      legalEntity: input.legalEntity,
      date: input.issuedOn ?? today(),
    }),
    ...(input.customer === undefined ? [] : [{ kind: partyKind.name, id: input.customer }]),
  ],
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const issuedOn = businessDate(input.issuedOn, 'issuedOn', context.now)
    if (!issuedOn.ok) return issuedOn
    if (input.customer !== undefined && work.find(partyKind, input.customer) === undefined) {
      return refuse('unknown_party', { party: input.customer })
    }
    const lines: InvoiceLine[] = []
    for (const [index, line] of input.lines.entries()) {
      const quantity = toBaseUnits(line.quantity, piece)
      if (typeof quantity === 'string') {
        return refuse('validation_failed', {
          issues: [{ path: ['lines', index, 'quantity'], rule: quantity }],
        })
      }
      if (line.unitPrice.currency !== input.currency) {
        return refuse('currency_mismatch', { expected: input.currency, got: line.unitPrice.currency })
      }
      if (line.tax !== undefined && looksLikeFraction(line.tax, context.settings.tax)) {
        return refuse('validation_failed', { issues: [{ path: ['lines', index, 'tax'], rule: 'tax.unit' }] })
      }
      const net = extendPrice(line.unitPrice, { baseUnits: BigInt(quantity), digits: 0 }, 'half_up')
      const { sku, name, unitPrice, tax } = line
      lines.push({
        line: lineIdAt(undefined, index),
        sku,
        name,
        unit: piece,
        quantity,
        unitPrice,
        net,
        ...(tax !== undefined && { tax }),
      })
    }
    const amounts = creditedAmounts(lines, input.currency, context.settings)
    const bounded = withinLargest(amounts, 'lines')
    if (!bounded.ok) return bounded
    const id = context.ids.of('credit note') as CreditNoteId
    const { legalEntity } = input
    const entity = knownEntity(context.settings, legalEntity)
    if (!entity.ok) return entity
    const taken = takeNumber(
      work,
      context.settings,
      { series: 'credit_note', legalEntity, date: issuedOn.value },
      { kind: creditNoteKind.name, id },
    )
    if (!taken.ok) return taken
    const note: CreditNote = {
      id,
      ...taken.value,
      ...(legalEntity !== undefined && { legalEntity }),
      ...(input.customer !== undefined && { customer: input.customer }),
      ...(input.reference !== undefined && { reference: input.reference }),
      currency: input.currency,
      ...amounts,
      reason: input.reason,
    }
    work.append(creditNoteKind, id, [{ type: 'CreditNoteIssued', creditNote: note }])
    return ok(
      work.finish(
        { kind: creditNoteKind.name, id },
        { creditNote: id, number: taken.value.number, total: amounts.total },
      ),
    )
  },
})

/** Of a deposit invoice that is credited whole, what no later invoice has deducted. */
const wantedCredit = (
  order: Order,
  invoice: Invoice,
  { lines, corrections }: WantedCredit,
): Result<Credit, Refusal> => {
  if (corrections !== undefined) return correctPrices(invoice, corrections)
  return invoice.kind === 'deposit' && lines === undefined
    ? creditOfDeposit(order, invoice)
    : unitsToCredit(invoice, lines)
}

interface WantedCredit {
  readonly lines?: WantedLines | undefined
  readonly corrections?: readonly CorrectedPrice[] | undefined
}

/** The units of a debit note are none that the order has billed. */
const countedUnits = ({ kind }: Invoice, { lines }: Credit): readonly LineQuantity[] =>
  kind === 'debit' ? [] : lines.map(({ line, quantity }) => ({ line, quantity }))

const isTaxed = ({ tax }: { readonly tax?: TaxTreatment | undefined }): boolean => tax !== undefined

/** The sum of the lines, or where they are taxed what they come to by the settings. */
const creditedAmounts = (
  lines: readonly InvoiceLine[],
  currency: CurrencyCode,
  settings: Settings,
): Pick<CreditNote, 'lines' | 'total' | 'calculation' | 'totals'> => {
  if (!lines.some(isTaxed)) {
    return {
      lines,
      total: sumOf(
        lines.map(({ net }) => net),
        currency,
      ),
    }
  }
  const calculation = calculationOf(settings, currency)
  const computed = documentTotals(totalsInputOf({ currency, lines }, calculation))
  const totals = storedAmounts(computed, currency)
  return {
    lines: lines.map((line, index) => ({
      ...line,
      net: fromMinor(present(computed.lines[index], 'each line has its totals').net, currency),
    })),
    calculation,
    totals,
    total: add(totals.gross, totals.rounding),
  }
}

const unitsToCredit = (invoice: Invoice, wanted: WantedLines | undefined): Result<Credit, Refusal> => {
  const counted = wanted === undefined ? ok(uncreditedLines(invoice)) : countLines(wanted, invoice.lines)
  if (!counted.ok) return counted
  return counted.value.length === 0
    ? refuse('credit_exceeds_invoice', { invoice: invoice.id, limit: 0 })
    : creditUnits(invoice, counted.value)
}

const uncreditedLines = (invoice: Invoice) =>
  invoice.lines.flatMap(({ line, quantity }, index) => {
    const rest = quantity - creditedOf(invoice, index).quantity
    return rest > 0 ? [{ line, quantity: rest }] : []
  })

const noteOn = (
  invoice: InvoiceOfOrder,
  { lines, total, totals }: Credit,
): Omit<CreditNote, 'id' | 'number' | 'issuedOn' | 'reason'> => {
  const byLine = new Map(lines.map((line) => [line.line, line]))
  const { adjustments, taxPlace, taxedBy, calculation } = invoice
  return {
    invoice: invoice.id,
    invoiceNumber: invoice.number,
    invoiceIssuedOn: invoice.issuedOn,
    order: invoice.order,
    ...(invoice.purchaseOrder !== undefined && { purchaseOrder: invoice.purchaseOrder }),
    ...(invoice.kind !== undefined && { kind: invoice.kind }),
    ...(invoice.legalEntity !== undefined && { legalEntity: invoice.legalEntity }),
    ...(invoice.customer !== undefined && { customer: invoice.customer }),
    currency: invoice.currency,
    lines: invoice.lines.flatMap(({ shares: _shares, gross: _gross, ...line }): readonly InvoiceLine[] => {
      const credit = byLine.get(line.line)
      return credit === undefined ? [] : [{ ...line, ...credit }]
    }),
    ...(adjustments !== undefined && { adjustments }),
    ...(taxPlace !== undefined && { taxPlace }),
    ...(taxedBy !== undefined && { taxedBy }),
    ...(calculation !== undefined && { calculation }),
    ...(totals !== undefined && { totals }),
    total,
  }
}
