import { z } from 'zod'
import { billTogether, type BillTogetherReceipt } from '../core/flows/bill-together.js'
import { partyIdSchema } from '../core/ids/id-schema.js'
import type { OrderId } from '../core/ids/ids.js'
import { orderKind, type Order } from '../core/orders/order.js'
import { fits, sharedOf, standsAlone } from '../core/orders/share-invoice.js'
import { eachPage } from '../core/pages.js'
import { largestPage } from '../core/ports/storage.js'
import type { Limits } from '../core/settings.js'
import { dateOf, type LocalDate } from '../core/time/local-date.js'
import { localDateSchema } from '../core/time/time-schema.js'
import type { Answer } from './answer.js'
import { readInput } from './read-input.js'
import { askForEach, withReport } from './run-for-each.js'
import type { QueryAnswer } from './run-query.js'
import { runCommand, troubleOf, type Caller, type EngineParts } from './run.js'
import { withinDeadline } from './within-deadline.js'

const billSchema = z.strictObject({
  customer: partyIdSchema.optional(),
  on: localDateSchema.optional(),
})

export interface BillConsolidatedInput {
  /** The customer whose orders are billed; all customers when left out. */
  readonly customer?: string
  /** The day of the invoices, and up to which periods have begun or are over; today when left out, never one that is still to come. */
  readonly on?: string
}

export interface BillConsolidatedReport {
  /** Invoices issued now, and the orders of which they bill something. */
  readonly billed: number
  readonly orders: number
  /** Invoices whose orders somebody else has changed meanwhile, which the next run bills; or that are refused, for which `invoices.billTogether` says why. */
  readonly refused: number
}

/**
 * Bills all that waits to be billed with other orders of its customer (`billing: 'consolidated'`): one invoice for each customer, currency, legal entity and terms,
 * several where there are more orders than one may have. A second run bills nothing.
 */
export const billConsolidated = async (
  parts: EngineParts,
  caller: Caller,
  input: unknown,
): Promise<QueryAnswer<BillConsolidatedReport>> => {
  const read = readInput(billSchema, input, parts.settings.limits)
  if (!read.ok) return { ok: false, error: read.error }
  const { customer, on = dateOf(parts.clock.now()) } = read.value
  const report = { billed: 0, orders: 0, refused: 0 }
  try {
    const invoices = await gatherInvoices(parts, caller, customer, on)
    for (let at = 0; at < invoices.length; at += largestPage) {
      const trouble = await askForEach(
        invoices.slice(at, at + largestPage),
        (orders) => billInParts(parts, caller, orders, on),
        report,
        (invoices) => {
          for (const { invoice, orders } of invoices) {
            if (invoice === undefined) continue
            report.billed += 1
            report.orders += orders.length
          }
        },
      )
      if (trouble !== undefined) return { ok: false, error: withReport(trouble, report) }
    }
    return { ok: true, value: report }
  } catch (error) {
    return { ok: false, error: withReport(troubleOf(error), report) }
  }
}

/** Where so many roundings come together that one document cannot have them, its halves are billed. */
const billInParts = async (
  parts: EngineParts,
  caller: Caller,
  orders: readonly OrderId[],
  on: LocalDate,
): Promise<Answer<readonly BillTogetherReceipt[]>> => {
  const answer = await runCommand(parts, caller, billTogether, { orders, issuedOn: on })
  if (answer.ok) return { ...answer, value: [answer.value] }
  if (answer.error.details?.['because'] !== 'rounding') return answer
  const half = Math.ceil(orders.length / 2)
  const first = await billInParts(parts, caller, orders.slice(0, half), on)
  if (!first.ok) return first
  const second = await billInParts(parts, caller, orders.slice(half), on)
  return second.ok ? { ...second, value: [...first.value, ...second.value] } : second
}

/** Which orders may share an invoice is a hint by what is read; the command decides on locked facts. */
const gatherInvoices = async (
  { storage, clock, deadline, settings }: EngineParts,
  { tenant }: Caller,
  customer: string | undefined,
  on: LocalDate,
): Promise<readonly (readonly OrderId[])[]> => {
  const drafts = new Map<string, Draft[]>()
  const pages = eachPage((from) =>
    withinDeadline(clock, deadline, () =>
      storage.find(tenant, {
        kind: orderKind.name,
        ...(customer !== undefined && { where: { customer } }),
        range: { entry: 'consolidatesFrom', to: on },
        order: { entry: 'consolidatesFrom', direction: 'ascending' },
        limit: largestPage,
        ...from,
      }),
    ),
  )
  for await (const page of pages) {
    for (const { state } of page) addTo(drafts, state as Order, settings.limits)
  }
  return [...drafts.values()].flat().map(({ orders }) => orders)
}

/** An invoice that is to be: its orders in the order of their days, and how many lines it may get. */
interface Draft {
  readonly orders: OrderId[]
  lines: number
  calculation: Order['calculation']
}

const addTo = (drafts: Map<string, Draft[]>, order: Order, limits: Limits): void => {
  const { id, lines, calculation } = order
  const isFull = (order.invoices ?? 0) >= limits.invoicesPerOrder
  const key = standsAlone(order) === undefined && !isFull ? sharedOf(order) : id
  const known = drafts.get(key) ?? []
  const draft = known.find(
    (candidate) =>
      candidate.orders.length < limits.ordersPerInvoice &&
      candidate.lines + lines.length <= limits.linesPerInvoice &&
      fits(candidate.calculation, calculation),
  )
  if (draft === undefined) {
    drafts.set(key, [...known, { orders: [id], lines: lines.length, calculation }])
    return
  }
  draft.orders.push(id)
  draft.lines += lines.length
  draft.calculation ??= calculation
}
