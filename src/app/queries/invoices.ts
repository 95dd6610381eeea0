import { z } from 'zod'
import { writeQuantity, type WrittenQuantity } from '../../core/catalog/quantity.js'
import {
  creditNoteIdSchema,
  invoiceIdSchema,
  orderIdSchema,
  partyIdSchema,
} from '../../core/ids/id-schema.js'
import { creditNoteKind, type CreditNote } from '../../core/invoicing/credit-note.js'
import type { DuePart } from '../../core/invoicing/due-dates.js'
import type { Invoice, InvoiceLine } from '../../core/invoicing/invoice.js'
import { nextDueOn, openAmount, openParts, payableAmount } from '../../core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { isPositive, type Money } from '../../core/money/money.js'
import { orderKind } from '../../core/orders/order.js'
import { eachPage } from '../../core/pages.js'
import type { Versioned } from '../../core/plan.js'
import { largestPage } from '../../core/ports/storage.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { dateOf, daysBetween, type LocalDate } from '../../core/time/local-date.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { invoiceLifecycle } from '../../state-machines/invoice.machine.js'
import { defineQuery, type QueryContext } from '../query.js'
import { listOf, pageOf, pageOfAll, pageShape, rangeOf, whereOf } from './page.js'

/** A line of a document, as people read it. */
export interface DocumentLineView extends Omit<InvoiceLine, 'quantity' | 'unit'> {
  /** UN/ECE Recommendation 20 code. */
  readonly unit: string
  readonly quantity: WrittenQuantity
}

export interface InvoiceView extends Omit<Invoice, 'lines' | 'creditedLines'> {
  readonly lines: readonly DocumentLineView[]
  /** What the customer still owes on it. */
  readonly open: Money
  /** What of that is to be paid: all of it, but for what the customer is to withhold. */
  readonly payable: Money
  /** What of it is to be paid by the day on which it is due. */
  readonly openParts: readonly DuePart[]
  /** Days since the first open part was due; 0 until then (M124). */
  readonly daysOverdue: number
}

export interface CreditNoteView extends Omit<CreditNote, 'lines'> {
  readonly lines: readonly DocumentLineView[]
}

export const getInvoice = defineQuery({
  name: 'invoices.get',
  input: z.strictObject({ invoice: invoiceIdSchema }),
  run: async (input, context) => {
    const found = await context.get(invoiceKind, input.invoice)
    if (found === undefined) return refuse('unknown_invoice', { invoice: input.invoice })
    return ok({ value: invoiceView(found.state, dateOf(context.now())), version: found.version })
  },
})

/** Invoices from the one due first; of an invoice in instalments its first open one counts. `dueFrom` and `dueTo` are included: `{ status: 'issued', dueTo: yesterday }` are the overdue ones. */
export const listInvoices = defineQuery({
  name: 'invoices.list',
  input: z
    .strictObject({
      status: z.enum(invoiceLifecycle.states).optional(),
      customer: partyIdSchema.optional(),
      order: orderIdSchema.optional(),
      /** Only deposit invoices, or only debit notes. */
      kind: z.enum(['deposit', 'debit']).optional(),
      /** `unsent`: nobody has recorded that it went to the customer. */
      sending: z.enum(['unsent', 'sent']).optional(),
      dueFrom: localDateSchema.optional(),
      dueTo: localDateSchema.optional(),
      ...pageShape,
    })
    .refine(({ dueFrom, dueTo }) => dueFrom === undefined || dueTo === undefined || dueFrom <= dueTo, {
      message: 'range.order',
      path: ['dueTo'],
    }),
  run: async (input, context) => {
    const today = dateOf(context.now())
    const view = ({ state }: { readonly state: Invoice }): InvoiceView => invoiceView(state, today)
    const consolidated = await consolidatedOf(input.order, context)
    if (consolidated.length === 0) {
      return ok({
        value: listOf(await context.list(invoiceKind, { ...wanted(input), ...pageOf(input) }), view),
      })
    }
    const own = consolidated.filter(({ state }) => isWanted(state, input))
    const page = pageOfAll(
      [...own, ...(await allOf(input, context))].map(({ state }) => state).sort(byDueDay),
      input,
    )
    return page.ok ? ok({ value: listOf(page.value, (state) => view({ state })) }) : page
  },
})

interface WantedInvoices {
  readonly status?: string | undefined
  readonly customer?: string | undefined
  readonly order?: string | undefined
  readonly kind?: string | undefined
  readonly sending?: string | undefined
  readonly dueFrom?: string | undefined
  readonly dueTo?: string | undefined
}

const wanted = ({ status, customer, order, kind, sending, dueFrom, dueTo }: WantedInvoices) =>
  ({
    where: whereOf({ status, customer, order, kind, sending }),
    ...rangeOf('dueOn', dueFrom, dueTo),
    order: { entry: 'dueOn', direction: 'ascending' },
  }) as const

/** A consolidated invoice is found by none of its orders; each of them knows it. */
const consolidatedOf = async (
  order: string | undefined,
  context: QueryContext,
): Promise<readonly Versioned<Invoice>[]> => {
  const found = order === undefined ? undefined : await context.get(orderKind, order)
  return context.getAll(invoiceKind, found?.state.consolidatedInvoices ?? [])
}

const allOf = async (
  input: WantedInvoices,
  context: QueryContext,
): Promise<readonly Versioned<Invoice>[]> => {
  const invoices: Versioned<Invoice>[] = []
  const pages = eachPage((from) =>
    context.list(invoiceKind, { ...wanted(input), limit: largestPage, ...from }),
  )
  for await (const page of pages) invoices.push(...page)
  return invoices
}

const isWanted = (
  invoice: Invoice,
  { status, customer, kind, sending, dueFrom, dueTo }: WantedInvoices,
): boolean => {
  const entries = invoiceKind.entries(invoice)
  const dueOn = nextDueOn(invoice)
  return (
    Object.entries(whereOf({ status, customer, kind, sending })).every(
      ([name, value]) => entries[name] === value,
    ) &&
    (dueFrom === undefined || dueOn >= dueFrom) &&
    (dueTo === undefined || dueOn <= dueTo)
  )
}

const byDueDay = (one: Invoice, other: Invoice): number => {
  const [place, otherPlace] = [`${nextDueOn(one)} ${one.id}`, `${nextDueOn(other)} ${other.id}`]
  return place < otherPlace ? -1 : 1
}

export const getCreditNote = defineQuery({
  name: 'invoices.creditNote',
  input: z.strictObject({ creditNote: creditNoteIdSchema }),
  run: async (input, context) => {
    const found = await context.get(creditNoteKind, input.creditNote)
    if (found === undefined) return refuse('unknown_credit_note', { creditNote: input.creditNote })
    return ok({ value: creditNoteView(found.state), version: found.version })
  },
})

/** Credit notes of an invoice, an order or a customer, in the order of their dates. */
export const listCreditNotes = defineQuery({
  name: 'invoices.creditNotes',
  input: z.strictObject({
    invoice: invoiceIdSchema.optional(),
    customer: partyIdSchema.optional(),
    order: orderIdSchema.optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { invoice, customer, order } = input
    const page = await context.list(creditNoteKind, {
      where: whereOf({ invoice, customer, order }),
      order: { entry: 'issuedOn', direction: 'ascending' },
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }) => creditNoteView(state)) })
  },
})

const invoiceView = (invoice: Invoice, today: LocalDate): InvoiceView => {
  const { creditedLines: _creditedLines, ...shown } = invoice
  const payable = payableAmount(invoice)
  return {
    ...shown,
    lines: invoice.lines.map(lineView),
    open: openAmount(invoice),
    payable,
    openParts: openParts(invoice),
    daysOverdue: isPositive(payable) ? Math.max(0, daysBetween(nextDueOn(invoice), today)) : 0,
  }
}

const creditNoteView = (note: CreditNote): CreditNoteView => ({ ...note, lines: note.lines.map(lineView) })

export const lineView = (line: InvoiceLine): DocumentLineView => ({
  ...line,
  unit: line.unit.code,
  quantity: writeQuantity(line.quantity, line.unit),
})
