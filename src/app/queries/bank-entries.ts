import { z } from 'zod'
import { bankEntryIdSchema, statementIdSchema, wordSchema } from '../../core/ids/id-schema.js'
import { bankEntryKind } from '../../core/reconciliation/bank-entry.js'
import { statementKind } from '../../core/reconciliation/statement.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { localDateSchema } from '../../core/time/time-schema.js'
import { bankEntryLifecycle } from '../../state-machines/bank-entry.machine.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, rangeOf, whereOf } from './page.js'

/** One bank entry, with what explains it or why it needs a person. */
export const getBankEntry = defineQuery({
  name: 'reconciliation.entry',
  input: z.strictObject({ entry: bankEntryIdSchema }),
  run: async (input, context) => {
    const found = await context.get(bankEntryKind, input.entry)
    if (found === undefined) return refuse('unknown_bank_entry', { entry: input.entry })
    return ok({ value: found.state, version: found.version })
  },
})

/**
 * Bank entries from the oldest booking, `from` and `to` included. `{ status: 'needs_review' }` are those that wait for a person, and `reason` the
 * ones that wait for the same reason.
 */
export const listBankEntries = defineQuery({
  name: 'reconciliation.entries',
  input: z
    .strictObject({
      status: z.enum(bankEntryLifecycle.states).optional(),
      statement: statementIdSchema.optional(),
      reason: wordSchema.optional(),
      from: localDateSchema.optional(),
      to: localDateSchema.optional(),
      ...pageShape,
    })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      message: 'range.order',
      path: ['to'],
    }),
  run: async (input, context) => {
    const { status, statement, reason, from, to } = input
    const page = await context.list(bankEntryKind, {
      where: whereOf({ status, statement, reason }),
      ...rangeOf('bookedOn', from, to),
      order: { entry: 'bookedOn', direction: 'ascending' },
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})

/** One import of a bank statement: what it brought, what was known before and which rows were refused. */
export const getStatement = defineQuery({
  name: 'reconciliation.statement',
  input: z.strictObject({ statement: statementIdSchema }),
  run: async (input, context) => {
    const found = await context.get(statementKind, input.statement)
    if (found === undefined) return refuse('unknown_statement', { statement: input.statement })
    return ok({ value: found.state, version: found.version })
  },
})

/** Imports of bank statements, the newest first. */
export const listStatements = defineQuery({
  name: 'reconciliation.statements',
  input: z.strictObject({ ...pageShape }),
  run: async (input, context) => {
    const page = await context.list(statementKind, {
      order: { entry: 'importedOn', direction: 'descending' },
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})
