import { z } from 'zod'
import { readEnvelope } from '../../core/audit/envelope.js'
import { creditNoteKind } from '../../core/invoicing/credit-note.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import type { JournalEntry } from '../../core/ledger/journal-entry.js'
import { postCreditNote, postInvoice } from '../../core/ledger/post-documents.js'
import { postPayment } from '../../core/ledger/post-payment.js'
import type { Posted } from '../../core/ledger/posted.js'
import { runningBalances, type TrialBalance } from '../../core/ledger/trial-balance.js'
import { eachPage } from '../../core/pages.js'
import { paymentKind } from '../../core/payments/payment.js'
import { largestPage } from '../../core/ports/storage.js'
import type { RecordKind } from '../../core/record-kind.js'
import { ok } from '../../core/result.js'
import { dateOf, type LocalDate } from '../../core/time/local-date.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { defineQuery, type QueryContext } from '../query.js'
import { pageOf, pageShape } from './page.js'

/** A page of the journal: the entries of a page of documents, so there can be more of them, or fewer, than `limit`. */
export interface JournalPage {
  readonly items: readonly JournalEntry[]
  readonly next?: string
}

export interface TrialBalanceReport {
  /** The last day that is counted; all days where absent. */
  readonly through?: LocalDate
  readonly entries: number
  readonly balances: readonly TrialBalance[]
}

interface Ledger<State, Event extends { readonly type: string }> {
  readonly kind: RecordKind<State, Event>
  readonly post: (posted: Posted<State, Event>) => JournalEntry | undefined
}

type AnyLedger = Ledger<unknown, { readonly type: string }>

const ledger = <State, Event extends { readonly type: string }>(
  kind: RecordKind<State, Event>,
  post: Ledger<State, Event>['post'],
): AnyLedger => ({ kind, post }) as AnyLedger

const ledgers = {
  invoice: ledger(invoiceKind, postInvoice),
  credit_note: ledger(creditNoteKind, postCreditNote),
  payment: ledger(paymentKind, postPayment),
} as const

/**
 * What invoices, credit notes or payments mean to the books, as entries whose debits and credits are equal (MO8): for the export to accounting (M97, M154).
 * By the documents of a kind in the order of their ids; `limit` counts documents. An entry never changes once it is there.
 */
export const journal = defineQuery({
  name: 'ledger.journal',
  input: z.strictObject({ documents: z.enum(['invoice', 'credit_note', 'payment']), ...pageShape }),
  run: async (input, context) => {
    const { items, next } = await readPage(context, ledgers[input.documents], pageOf(input))
    return ok({ value: { items, ...(next !== undefined && { next }) } satisfies JournalPage })
  },
})

/**
 * Debits and credits of every account, by currency, of all entries up to a day (MO8). It reads every invoice, credit note and payment with its history,
 * unlocked: what is committed while it reads may or may not be counted, and balances either way.
 */
export const trialBalance = defineQuery({
  name: 'ledger.trialBalance',
  input: z.strictObject({ through: localDateSchema.optional() }),
  run: async ({ through }, context) => {
    const running = runningBalances()
    let entries = 0
    for (const each of Object.values(ledgers)) {
      for await (const entry of entriesOf(context, each)) {
        if (through !== undefined && entry.on > through) continue
        running.count(entry)
        entries += 1
      }
    }
    return ok({
      value: {
        ...(through !== undefined && { through }),
        entries,
        balances: running.read(),
      } satisfies TrialBalanceReport,
    })
  },
})

async function* entriesOf(context: QueryContext, each: AnyLedger): AsyncGenerator<JournalEntry> {
  const pages = eachPage((from) => readPage(context, each, { limit: largestPage, ...from }))
  for await (const entries of pages) yield* entries
}

const readPage = async (
  context: QueryContext,
  { kind, post }: AnyLedger,
  page: { readonly limit: number; readonly cursor?: string },
): Promise<JournalPage> => {
  const documents = await context.listStored({ kind: kind.name, ...page })
  const items: JournalEntry[] = []
  for (const { key } of documents.items) {
    let before: unknown
    for await (const { body, version, recordedAt } of context.history(key)) {
      const { event } = readEnvelope(body)
      const entry = post({ before, event, version, recordedOn: dateOf(recordedAt) })
      if (entry !== undefined) items.push(entry)
      before = kind.evolve(before, event)
    }
  }
  return { items, ...(documents.next !== undefined && { next: documents.next }) }
}
