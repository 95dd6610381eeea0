import { z } from 'zod'
import type { GatherContext } from '../core/command.js'
import { findMatchHints, type MatchHints } from '../core/flows/match-hints.js'
import { matchBankEntry } from '../core/flows/match-bank-entry.js'
import type { MatchReceipt } from '../core/flows/pay-from-bank-entry.js'
import { statementIdSchema } from '../core/ids/id-schema.js'
import type { StatementId } from '../core/ids/ids.js'
import { invoiceKind } from '../core/invoicing/invoice-kind.js'
import { eachPage } from '../core/pages.js'
import { bankEntryKind, type BankEntry } from '../core/reconciliation/bank-entry.js'
import { statementKind } from '../core/reconciliation/statement.js'
import { largestPage, type Page, type StoredRecord } from '../core/ports/storage.js'
import { answerError, type Answer } from './answer.js'
import { lanesOf } from './lanes.js'
import { lookUp } from './look-up.js'
import { readInput } from './read-input.js'
import {
  count,
  emptyReport,
  failure,
  isTaken,
  type Counting,
  type ReconcileReport,
} from './reconcile-report.js'
import type { QueryAnswer } from './run-query.js'
import { gatherContext, runCommand, troubleOf, type Caller, type EngineParts } from './run.js'
import { withinDeadline } from './within-deadline.js'

const reconcileSchema = z.strictObject({ statement: statementIdSchema.optional() })

export interface ReconcileInput {
  /** Only the entries this import brought; all that are unmatched when left out. */
  readonly statement?: string
}

/**
 * Matches all unmatched entries, one command each, in the order of date, amount and reference (M93). Entries that could have to do with each
 * other, because they name or come from the same customer, take their turns in that order; the others go at once. So the outcome is the
 * same in whatever order entries came and however much is done at once (RC4). Stops at the first trouble; what is matched stays matched,
 * and another run goes on from there.
 */
export const reconcile = async (
  parts: EngineParts,
  caller: Caller,
  input: unknown,
): Promise<QueryAnswer<ReconcileReport>> => {
  const read = readInput(reconcileSchema, input, parts.settings.limits)
  if (!read.ok) return { ok: false, error: read.error }
  const { statement } = read.value
  const report = emptyReport()
  try {
    return await matchPages(parts, caller, statement, report)
  } catch (error) {
    return { ok: false, error: failure(troubleOf(error), report) }
  }
}

const matchPages = async (
  parts: EngineParts,
  caller: Caller,
  statement: StatementId | undefined,
  report: Counting,
): Promise<QueryAnswer<ReconcileReport>> => {
  if (statement !== undefined && !(await inTime(parts, () => isKnown(parts, caller, statement)))) {
    return { ok: false, error: answerError('unknown_statement', { statement }) }
  }
  const context = gatherContext(parts, caller.tenant)
  const pages = eachPage((from) => inTime(parts, () => unmatchedPage(parts, caller, statement, from)))
  for await (const records of pages) {
    const entries = records.map((record) => record.state as BankEntry)
    const answers = await matchAll(parts, caller, entries, context)
    for (const [index, entry] of entries.entries()) {
      const answer = answers[index]
      if (answer === undefined) continue
      if (!answer.ok && !isTaken(answer)) return { ok: false, error: failure(answer.error, report) }
      count(report, entry, answer)
    }
  }
  return { ok: true, value: report }
}

const isKnown = async (parts: EngineParts, { tenant }: Caller, id: StatementId): Promise<boolean> =>
  (await parts.storage.read(tenant, [{ kind: statementKind.name, id }])).length > 0

/** What is matched leaves the list behind the cursor, so no entry comes twice and none is passed over. */
const unmatchedPage = (
  parts: EngineParts,
  { tenant }: Caller,
  statement: StatementId | undefined,
  from: { readonly cursor?: string },
): Promise<Page<StoredRecord>> =>
  parts.storage.find(tenant, {
    kind: bankEntryKind.name,
    where: { status: 'unmatched', ...(statement !== undefined && { statement }) },
    order: { entry: 'place', direction: 'ascending' },
    limit: largestPage,
    ...from,
  })

const matchAll = async (
  parts: EngineParts,
  caller: Caller,
  entries: readonly BankEntry[],
  context: GatherContext,
): Promise<readonly (Answer<MatchReceipt> | undefined)[]> => {
  const hints = await inTime(parts, () => Promise.all(entries.map((entry) => findMatchHints(entry, context))))
  const lanes = lanesOf(await inTime(parts, () => partiesOf(parts, caller, hints)))
  const answers: (Answer<MatchReceipt> | undefined)[] = entries.map(() => undefined)
  await Promise.all(
    lanes.map(async (lane) => {
      for (const place of lane) {
        const entry = entries[place]
        const hint = hints[place]
        if (entry === undefined || hint === undefined) continue
        const answer = await matchOne(parts, caller, entry, hint)
        answers[place] = answer
        if (!answer.ok && !isTaken(answer)) return
      }
    }),
  )
  return answers
}

/** Whose balances each entry may move: those of the payer and of the customers whose invoices it names. */
const partiesOf = (
  parts: EngineParts,
  { tenant }: Caller,
  hints: readonly MatchHints[],
): Promise<readonly (readonly string[])[]> =>
  lookUp(parts.storage, tenant, (seen) =>
    hints.map(({ customer, invoices }) => [
      ...(customer === undefined ? [] : [customer]),
      ...invoices.map((id) => seen.get(invoiceKind, id)?.customer ?? id),
    ]),
  )

const inTime = <Value>(parts: EngineParts, work: () => Promise<Value>): Promise<Value> =>
  withinDeadline(parts.clock, parts.deadline, work)

/** The command as hosts call it, but for the search that is done already. */
const matchOne = (
  parts: EngineParts,
  caller: Caller,
  entry: BankEntry,
  hints: MatchHints,
): Promise<Answer<MatchReceipt>> =>
  runCommand(parts, caller, { ...matchBankEntry, gather: async () => hints }, { entry: entry.id })
