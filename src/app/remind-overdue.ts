import { z } from 'zod'
import { remindInvoice } from '../core/flows/remind-invoice.js'
import type { Invoice } from '../core/invoicing/invoice.js'
import { invoiceKind } from '../core/invoicing/invoice-kind.js'
import { nextReminder } from '../core/invoicing/next-reminder.js'
import { dateOf, plusDays } from '../core/time/local-date.js'
import { localDateSchema } from '../core/time/time-schema.js'
import { readInput } from './read-input.js'
import { runForEach } from './run-for-each.js'
import type { QueryAnswer } from './run-query.js'
import { runCommand, type Caller, type EngineParts } from './run.js'

const remindSchema = z.strictObject({ on: localDateSchema.optional() })

export interface RemindInput {
  /** The day of the reminders; today when left out, never one that is still to come. */
  readonly on?: string
}

export interface RemindReport {
  /** Reminders sent now, by their level: `{ 1: 12, 2: 3 }`. */
  readonly reminded: Readonly<Record<number, number>>
  /** Invoices that somebody else has reminded, or that were paid, meanwhile. */
  readonly refused: number
}

interface Counting {
  readonly reminded: Record<number, number>
  refused: number
}

/** Asks for the next reminder of every overdue invoice that has reached one (F103), by this process's clock. */
export const remindOverdue = async (
  parts: EngineParts,
  caller: Caller,
  input: unknown,
): Promise<QueryAnswer<RemindReport>> => {
  const read = readInput(remindSchema, input, parts.settings.limits)
  if (!read.ok) return { ok: false, error: read.error }
  const on = read.value.on ?? dateOf(parts.clock.now())
  const report: Counting = { reminded: {}, refused: 0 }
  return runForEach(parts, caller, {
    find: {
      kind: invoiceKind.name,
      where: { status: 'issued' },
      range: { entry: 'dueOn', to: plusDays(on, -1) },
      order: { entry: 'dueOn', direction: 'ascending' },
    },
    isDue: ({ state }) => {
      const next = nextReminder(state as Invoice, parts.settings.dunning)
      return next !== undefined && next.on <= on
    },
    ask: (invoice) => runCommand(parts, caller, remindInvoice, { invoice, on }),
    report,
    count: ({ level }, { reminded }) => {
      reminded[level] = (reminded[level] ?? 0) + 1
    },
  })
}
