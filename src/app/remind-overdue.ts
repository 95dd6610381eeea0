import { z } from 'zod'
import { remindInvoice } from '../core/flows/remind-invoice.js'
import { invoiceKind, type Invoice } from '../core/invoicing/invoice.js'
import { nextReminder } from '../core/invoicing/next-reminder.js'
import { eachPage } from '../core/pages.js'
import type { AnswerError } from '../core/ports/errors.js'
import { largestPage } from '../core/ports/storage.js'
import { dateOf, plusDays, type LocalDate } from '../core/time/local-date.js'
import { localDateSchema } from '../core/time/time-schema.js'
import type { Answer } from './answer.js'
import { readInput } from './read-input.js'
import type { QueryAnswer } from './run-query.js'
import { runCommand, troubleOf, type Caller, type EngineParts } from './run.js'
import { withinDeadline } from './within-deadline.js'

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

/**
 * Asks for the next reminder of every overdue invoice that has reached one (F103). Which those are is a hint by what is read and by this process's clock; each
 * command decides on the locked invoice, so any number of runs may be under way at once. Stops at the first trouble; another run goes on from there.
 */
export const remindOverdue = async (
  parts: EngineParts,
  caller: Caller,
  input: unknown,
): Promise<QueryAnswer<RemindReport>> => {
  const read = readInput(remindSchema, input, parts.settings.limits)
  if (!read.ok) return { ok: false, error: read.error }
  const on = read.value.on ?? dateOf(parts.clock.now())
  const report: Counting = { reminded: {}, refused: 0 }
  try {
    for await (const [first, ...rest] of reachedInvoices(parts, caller, on)) {
      const remind = (invoice: string) => runCommand(parts, caller, remindInvoice, { invoice, on })
      // The first goes alone: when the policy forbids it, that is one denial on record and not hundreds.
      const answers = first === undefined ? [] : [await remind(first)]
      if (answers[0]?.ok !== false || isRefused(answers[0]))
        answers.push(...(await Promise.all(rest.map(remind))))
      for (const answer of answers) {
        if (!answer.ok && !isRefused(answer)) return { ok: false, error: withReport(answer.error, report) }
        count(report, answer)
      }
    }
  } catch (error) {
    return { ok: false, error: withReport(troubleOf(error), report) }
  }
  return { ok: true, value: report }
}

/** Pages of invoices that, as they are read, have reached a level of the ladder. */
async function* reachedInvoices(
  parts: EngineParts,
  { tenant }: Caller,
  on: LocalDate,
): AsyncGenerator<readonly string[]> {
  const { storage, clock, deadline, settings } = parts
  const pages = eachPage((from) =>
    withinDeadline(clock, deadline, () =>
      storage.find(tenant, {
        kind: invoiceKind.name,
        where: { status: 'issued' },
        range: { entry: 'dueOn', to: plusDays(on, -1) },
        order: { entry: 'dueOn', direction: 'ascending' },
        limit: largestPage,
        ...from,
      }),
    ),
  )
  for await (const overdue of pages) {
    yield overdue.flatMap(({ key, state }) => {
      const next = nextReminder(state as Invoice, settings.dunning)
      return next !== undefined && next.on <= on ? [key.id] : []
    })
  }
}

type Reminded = Answer<{ readonly level: number }>

interface Counting {
  reminded: Record<number, number>
  refused: number
}

/** Somebody else was there first: the level is taken, or the invoice is paid. */
const isRefused = (answer: Reminded): boolean => !answer.ok && answer.error.status === 409

const count = (report: Counting, answer: Reminded): void => {
  if (!answer.ok) report.refused += 1
  else report.reminded[answer.value.level] = (report.reminded[answer.value.level] ?? 0) + 1
}

/** The trouble that ended a run, and how far it came. */
const withReport = (error: AnswerError, report: Counting): AnswerError => ({
  ...error,
  details: { ...error.details, ...report },
})
