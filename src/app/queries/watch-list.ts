import { z } from 'zod'
import type { InvoiceId, PartyId } from '../../core/ids/ids.js'
import { agingOf, type Aging } from '../../core/invoicing/aging.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import { nextDueOn, payableAmount, openParts } from '../../core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../core/invoicing/open-invoices.js'
import type { Money } from '../../core/money/money.js'
import { partyKind, type Party } from '../../core/parties/party.js'
import { ok } from '../../core/result.js'
import { dateOf, daysBetween, plusDays, type LocalDate } from '../../core/time/local-date.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery, type QueryContext } from '../query.js'
import { pageOf, pageShape, type List } from './page.js'

/** A customer with something overdue. */
export interface OverdueCustomer {
  readonly customer: PartyId
  /** The ladder has put the customer on watch, or stopped new orders. */
  readonly watched: boolean
  /** What becomes of new orders; they are taken where absent. */
  readonly stop?: NonNullable<Party['stop']>
  /** All that is open, one entry a currency. */
  readonly aging: readonly Aging[]
  /** The overdue invoices, the one due first first. */
  readonly invoices: readonly OverdueInvoice[]
}

export interface OverdueInvoice {
  readonly invoice: InvoiceId
  readonly number: string
  readonly dueOn: LocalDate
  readonly daysOverdue: number
  readonly open: Money
  /** The last level of the dunning ladder that was taken; 0 when none was. */
  readonly level: number
}

/**
 * Customers with overdue invoices, from the one whose invoice was due first: what they owe by its age (1-30, 31-60, 61-90, over 90 days), how far each
 * invoice has gone up the dunning ladder, and whether they are watched (M30, M91, M124, F159). Invoices without a registered customer are in
 * `invoices.list`.
 */
export const watchList = defineQuery({
  name: 'invoices.watchList',
  input: z.strictObject({
    /** The day by which ages are counted; today when left out. */
    on: localDateSchema.optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const on = input.on ?? dateOf(context.now())
    const page = await context.list(openInvoicesKind, {
      range: { entry: 'dueOn', to: plusDays(on, -1) },
      order: { entry: 'dueOn', direction: 'ascending' },
      ...pageOf(input),
    })
    const items: OverdueCustomer[] = []
    for (const { state } of page.items) {
      const customer = await overdueCustomer(
        context,
        state.invoices.map(({ invoice }) => invoice),
        on,
      )
      if (customer !== undefined) items.push(customer)
    }
    return ok({
      value: { items, ...(page.next !== undefined && { next: page.next }) } satisfies List<OverdueCustomer>,
    })
  },
})

const overdueCustomer = async (
  context: QueryContext,
  ids: readonly InvoiceId[],
  on: LocalDate,
): Promise<OverdueCustomer | undefined> => {
  const invoices = (await context.getAll(invoiceKind, ids)).map(({ state }) => state)
  const customer = invoices[0]?.customer
  if (customer === undefined) return undefined
  const stop = (await context.get(partyKind, customer))?.state.stop
  const currencies = [...new Set(invoices.map(({ currency }) => currency))].sort()
  const overdue = invoices.filter((invoice) => nextDueOn(invoice) < on)
  return {
    customer,
    watched: stop !== undefined || overdue.some((invoice) => isWatched(invoice, context)),
    ...(stop !== undefined && { stop }),
    aging: currencies.map((currency) =>
      agingOf(invoices.filter((invoice) => invoice.currency === currency).flatMap(openParts), currency, on),
    ),
    invoices: overdue
      .map((invoice) => overdueInvoice(invoice, on))
      .sort((left, right) => right.daysOverdue - left.daysOverdue),
  }
}

const isWatched = ({ reminders = [] }: Invoice, { settings }: QueryContext): boolean =>
  reminders.some(({ level }) => settings.dunning[level - 1]?.action !== undefined)

const overdueInvoice = (invoice: Invoice, on: LocalDate): OverdueInvoice => ({
  invoice: invoice.id,
  number: invoice.number,
  dueOn: nextDueOn(invoice),
  daysOverdue: daysBetween(nextDueOn(invoice), on),
  open: payableAmount(invoice),
  level: Math.max(0, ...(invoice.reminders ?? []).map(({ level }) => level)),
})
