import { z } from 'zod'
import { defineCommand } from '../command.js'
import { invoiceIdSchema, orderIdSchema } from '../ids/id-schema.js'
import type { InvoiceId } from '../ids/ids.js'
import { present } from '../invariant.js'
import type { CorrectedPrice } from '../invoicing/correct-prices.js'
import { debitAmounts, debitPrices, debitUnits, type DebitedLine } from '../invoicing/debit-amounts.js'
import { decideInvoice } from '../invoicing/invoice-decider.js'
import type { Invoice } from '../invoicing/invoice.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { takeNumber } from '../invoicing/number-series.js'
import { keepOpenInvoices } from '../invoicing/open-invoices.js'
import { isPositive } from '../money/money.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import { decideOrder } from '../orders/order-decider.js'
import { orderKind } from '../orders/order.js'
import { workOn } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import { lineSchema } from '../text/text-schema.js'
import { laterOf } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import {
  applyDeposits,
  billingKeys,
  lessWithheld,
  numberedBy,
  whenDue,
  withinInvoiceLimit,
} from './bill-units.js'
import { businessDate } from './business-date.js'
import { partOfInvoice } from './part-of-invoice.js'
import { correctionsSchema, countLines, wantedLinesSchema, type WantedLines } from './wanted-lines.js'
import { withinLargest } from './within-largest.js'

/**
 * Issues a debit note (UNTDID 1001 code 383): claims what an invoice had claimed too little, because prices were too low or units were left out. It is an
 * invoice of its own, with a number of their series and the terms of the order, taxed as the lines it corrects; it is paid, reminded, credited and voided like
 * any other. The invoice it corrects stays what it is, and so does what can be credited of it.
 */
export const debitInvoice = defineCommand({
  name: 'invoices.debit',
  input: z
    .strictObject({
      /** The invoice that claimed too little: none that is itself a deposit invoice or a debit note. */
      invoice: invoiceIdSchema,
      /** Of a consolidated invoice, the order whose part is corrected; a debit note is about one. */
      order: orderIdSchema.optional(),
      /** Units that were left out of its lines. They are none of those that the order still has to bill: `invoices.bill` bills them. */
      lines: wantedLinesSchema.optional(),
      /** By how much the prices of lines were too low, without tax, or with it where the invoice's prices contain it. */
      corrections: correctionsSchema.optional(),
      /** Why, in a few words and without names: it stands on the document. */
      reason: lineSchema(200),
      /** The day of the debit note, not before that of the invoice; the store's when left out. */
      issuedOn: localDateSchema.optional(),
    })
    .refine(({ lines, corrections }) => (lines === undefined) !== (corrections === undefined), {
      message: 'debit.one',
      path: ['corrections'],
    }),
  idempotencyKey: 'required',
  touches: (input, seen, { ids, settings, today }) => {
    const keys = [{ kind: invoiceKind.name, id: input.invoice }]
    const invoice = seen.get(invoiceKind, input.invoice)
    if (invoice === undefined) return keys
    const date = laterOf(invoice.issuedOn, input.issuedOn ?? today())
    const id = input.order ?? invoice.order
    if (id === undefined) return keys
    return [
      ...keys,
      { kind: orderKind.name, id },
      ...billingKeys(ids.of('invoice'), seen.get(orderKind, id), settings, date),
    ]
  },
  plan: (facts, input, { ids, now, settings }) => {
    const work = workOn(facts)
    const invoice = work.find(invoiceKind, input.invoice)?.state
    if (invoice === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    const part = partOfInvoice(invoice, input.order)
    if (!part.ok) return part
    const order = present(work.find(orderKind, part.value.order)?.state, 'every invoice has its order')
    const given = businessDate(input.issuedOn, 'issuedOn', now)
    if (!given.ok) return given
    const limited = withinInvoiceLimit(settings, order)
    if (!limited.ok) return limited
    const debited = debitedLines(part.value, input)
    if (!debited.ok) return debited
    const amounts = debitAmounts(part.value, debited.value)
    const { total } = amounts
    const bounded = withinLargest(amounts, input.corrections === undefined ? 'lines' : 'corrections')
    if (!bounded.ok) return bounded
    const id = ids.of('invoice') as InvoiceId
    const date = laterOf(invoice.issuedOn, given.value)
    const taken = takeNumber(work, settings, numberedBy(order, date), { kind: invoiceKind.name, id })
    if (!taken.ok) return taken
    const { number, issuedOn } = taken.value
    const corrected = decideInvoice(invoice, {
      type: 'DebitInvoice',
      debitNote: { invoice: id, number, issuedOn, total },
    })
    if (!corrected.ok) return corrected
    const counted = decideOrder(order, { type: 'DebitOrder', invoice: id, amount: total })
    work.append(invoiceKind, invoice.id, corrected.value)
    const owing = work.append(
      orderKind,
      order.id,
      granted(counted, 'an order counts what a debit note claims'),
    )
    const debitNote = work.append(invoiceKind, id, [
      {
        type: 'InvoiceIssued',
        invoice: {
          id,
          kind: 'debit',
          corrects: {
            invoice: invoice.id,
            number: invoice.number,
            issuedOn: invoice.issuedOn,
            what: input.lines === undefined ? 'price' : 'quantity',
          },
          reason: input.reason,
          number,
          order: order.id,
          orderNumber: order.number,
          ...(order.purchaseOrder !== undefined && { purchaseOrder: order.purchaseOrder }),
          ...(invoice.customer !== undefined && { customer: invoice.customer }),
          ...(invoice.legalEntity !== undefined && { legalEntity: invoice.legalEntity }),
          currency: invoice.currency,
          ...amounts,
          issuedOn,
          ...whenDue(order, settings, issuedOn, lessWithheld(total, amounts.withholdings)),
        },
      },
      ...(isPositive(total) ? [] : [{ type: 'InvoiceSettled' } as const]),
    ])
    keepOpenInvoices(work, debitNote)
    sendAboutOrder(work, settings, owing, 'invoice_issued', { invoice: id, number })
    applyDeposits(work, settings, owing, debitNote)
    return ok(
      work.finish(
        { kind: invoiceKind.name, id },
        { invoice: id, invoiceNumber: number, corrects: invoice.id, order: order.id, total },
      ),
    )
  },
})

interface WantedDebit {
  readonly lines?: WantedLines | undefined
  readonly corrections?: readonly CorrectedPrice[] | undefined
}

const debitedLines = (
  invoice: Invoice,
  { lines = [], corrections }: WantedDebit,
): Result<readonly DebitedLine[], Refusal> => {
  if (corrections !== undefined) return debitPrices(invoice, corrections)
  const units = countLines(lines, invoice.lines)
  return units.ok ? ok(debitUnits(invoice, units.value)) : units
}
