import type { Storage } from 'orderwright'
import { commandTally, type CommandTally } from '../command-tally.js'
import { readOnlineRetail, type OnlineRetail, type RetailInvoice } from '../data/online-retail.js'
import type { RetailTotals } from '../data/online-retail-totals.js'
import { openBooks, type Staff } from '../demo-books.js'
import type { Cents } from '../exact-money.js'
import { grouped, type Progress } from '../progress.js'
import { giveBack } from './give-back.js'
import { lineBook, type LineBook } from './line-book.js'
import { moveStock } from './move-stock.js'
import { sell, type InvoiceIds } from './sell.js'
import { setUpShop } from './set-up-shop.js'
import { survey, type Survey } from './survey.js'

/** What a run leaves behind for the checks and the report, beside what stands in the store. */
export interface RetailRun {
  readonly staff: Staff
  readonly tally: CommandTally
  readonly survey: Survey
  readonly lines: LineBook
  /** What the reader of the file counted. */
  readonly totals: RetailTotals
  /** What was credited against purchases. */
  readonly linkedCredits: Cents
  /** The country of every cancellation, by its number: a credit without invoice leads to no order that would tell. */
  readonly cancellations: ReadonlyMap<string, string>
  readonly lastDay: string
}

/** So many invoices are under way at a time; more would need more memory and not be faster. */
const stretchLength = 512

/** Reads the file twice, in a stream: once to know what is sold, once to sell it. */
export const runOnlineRetail = async (
  path: string,
  limit: number | undefined,
  storage: Storage,
  progress: Progress,
): Promise<RetailRun> => {
  const tally = commandTally()
  const { staff } = openBooks(storage, 'GBP', {
    // The longest invoice has 1,114 lines.
    settings: { limits: { linesPerOrder: 2_000, inputCharacters: 1_048_576 } },
  })
  const reading = progress.step('reading the file')
  const surveyed = await survey(invoicesOf(readOnlineRetail(path), limit))
  reading.did(surveyed.invoices)
  reading.end(`${grouped(surveyed.products.size)} stock codes, ${grouped(surveyed.customers.size)} customers`)
  await setUpShop(surveyed, staff, tally, progress)

  const lines = lineBook()
  const ids: InvoiceIds = new Map()
  const retail = readOnlineRetail(path)
  const step = progress.step('invoices', surveyed.invoices)
  const cancellations = new Map<string, string>()
  let linkedCredits = 0n
  let lastDay = ''
  for await (const stretch of stretches(invoicesOf(retail, limit))) {
    step.at(stretch[0]?.invoicedOn ?? '')
    for (const invoice of stretch) {
      lines.add(invoice)
      if (invoice.kind === 'cancellation') cancellations.set(invoice.number, invoice.country)
    }
    await sell(stretch, staff, tally, ids)
    linkedCredits += await giveBack(stretch, staff, tally, ids)
    await moveStock(stretch, staff, tally)
    lastDay = stretch.at(-1)?.invoicedOn ?? lastDay
    step.did(stretch.length)
  }
  step.end(`${grouped(tally.done + tally.replayed)} commands`)
  return {
    staff,
    tally,
    survey: surveyed,
    lines,
    totals: retail.totals(),
    linkedCredits,
    cancellations,
    lastDay,
  }
}

/** The invoices of the file without the rows that cannot be read, which the reader counts. */
async function* invoicesOf(
  retail: OnlineRetail,
  limit = Infinity,
): AsyncGenerator<RetailInvoice, void, undefined> {
  let count = 0
  for await (const item of retail) {
    if (item.kind === 'refused') continue
    yield item
    count += 1
    if (count >= limit) return
  }
}

async function* stretches(
  invoices: AsyncIterable<RetailInvoice>,
): AsyncGenerator<readonly RetailInvoice[], void, undefined> {
  let stretch: RetailInvoice[] = []
  for await (const invoice of invoices) {
    stretch.push(invoice)
    if (stretch.length < stretchLength) continue
    yield stretch
    stretch = []
  }
  if (stretch.length > 0) yield stretch
}
