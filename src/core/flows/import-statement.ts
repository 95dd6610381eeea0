import { z } from 'zod'
import { defineCommand, type GatherContext } from '../command.js'
import { wordSchema } from '../ids/id-schema.js'
import type { StatementId } from '../ids/ids.js'
import { paymentReferenceSchema } from '../payments/payment-input.js'
import { workOn, type Work } from '../plan.js'
import { bankEntryKind } from '../reconciliation/bank-entry.js'
import { readEntries, type CheckedStatement } from '../reconciliation/read-entries.js'
import { statementKind, type Statement } from '../reconciliation/statement.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { dateOf } from '../time/local-date.js'

const importStatementSchema = z.strictObject({
  /** The name of one of the configured statement readers, such as `csv`. */
  format: wordSchema,
  /** The file, decoded to text; at most `limits.statementCharacters`. It is read and not kept. */
  content: z.string('type').min(1, 'required'),
  /** The host's own name of the file; the statement's number when left out. */
  reference: paymentReferenceSchema.optional(),
})

type ImportStatement = z.output<typeof importStatementSchema>
type Reading = Result<CheckedStatement, Refusal>

/**
 * Takes the entries of a bank statement (F131), in one commit. Entries that an earlier import brought are counted and not taken again, so a file
 * may be sent twice and files may overlap by whole days (RC3). Rows that cannot be read are named; a file whose balances and entries do not add up
 * is refused whole (RC1).
 */
export const importStatement = defineCommand({
  name: 'reconciliation.importStatement',
  input: importStatementSchema,
  largestInput: 'statementCharacters',
  // Every entry has an id of its own making: a repeat finds them all known.
  idempotencyKey: 'optional',
  gather: (input, context) => readStatement(input, context),
  touches: (_input, _seen, { ids, settings }, reading: Reading) => {
    const statement = { kind: statementKind.name, id: ids.of('statement') }
    if (!reading.ok || tooMany(reading.value, settings) !== undefined) return [statement]
    return [statement, ...reading.value.entries.map(({ id }) => ({ kind: bankEntryKind.name, id }))]
  },
  plan: (facts, input, context, reading: Reading) => {
    if (!reading.ok) return reading
    const refused = tooMany(reading.value, context.settings)
    if (refused !== undefined) return refused
    const work = workOn(facts)
    const id = context.ids.of('statement') as StatementId
    const taken = takeEntries(work, id, reading.value)
    const statement = statementOf(id, input, reading.value, taken, dateOf(context.now))
    work.append(statementKind, id, [{ type: 'StatementImported', statement }])
    return ok(
      work.finish(
        { kind: statementKind.name, id },
        { statement: id, taken, known: statement.known, refused: statement.refused },
      ),
    )
  },
})

const readStatement = async (input: ImportStatement, context: GatherContext): Promise<Reading> => {
  const { statementReaders, settings, hash } = context
  const reader = Object.hasOwn(statementReaders, input.format) ? statementReaders[input.format] : undefined
  if (reader === undefined) {
    return refuse('validation_failed', { issues: [{ path: ['format'], rule: 'choice' }] })
  }
  try {
    const { statement, refused } = await reader.read(input.content)
    return readEntries(statement, refused, settings.limits.textCharacters, hash)
  } catch (error) {
    return unreadable(error)
  }
}

/** What a reader throws by contract is an answer about the file; anything else is a broken reader. */
const unreadable = (error: unknown): Reading => {
  const { code, issues, details } = error as Partial<UnreadableShape>
  const rows = (issues ?? []).map(({ line, rule, column }) => ({
    line,
    rule,
    ...(column !== undefined && { column }),
  }))
  switch (code) {
    case 'unreadable_file':
      return refuse('unreadable_file', {
        issues: rows.map(({ line, rule }) => ({ path: ['content', line], rule })),
      })
    case 'statement_unbalanced':
    case 'limit_exceeded':
      return refuse(code, { ...details, rows })
    default:
      throw error
  }
}

interface UnreadableShape {
  readonly code: 'unreadable_file' | 'statement_unbalanced' | 'limit_exceeded'
  readonly issues: readonly { readonly line: number; readonly rule: string; readonly column?: string }[]
  readonly details: Readonly<Record<string, unknown>>
}

const tooMany = ({ entries, refused }: CheckedStatement, { limits }: Settings) =>
  entries.length + refused.length <= limits.bankEntriesPerStatement
    ? undefined
    : refuse('limit_exceeded', { limit: 'bankEntriesPerStatement', most: limits.bankEntriesPerStatement })

/** How many were new. */
const takeEntries = (work: Work, statement: StatementId, checked: CheckedStatement): number => {
  let taken = 0
  for (const entry of checked.entries) {
    if (work.find(bankEntryKind, entry.id) !== undefined) continue
    work.append(bankEntryKind, entry.id, [
      { type: 'BankEntryImported', entry: { ...entry, statement, account: checked.account } },
    ])
    taken += 1
  }
  return taken
}

const statementOf = (
  id: StatementId,
  input: ImportStatement,
  checked: CheckedStatement,
  taken: number,
  importedOn: Statement['importedOn'],
): Statement => {
  const { entries, refused, reference, ...read } = checked
  const name = input.reference ?? reference
  return {
    ...read,
    id,
    format: input.format,
    ...(name !== undefined && { reference: name }),
    importedOn,
    taken,
    known: entries.length - taken,
    refused,
  }
}
