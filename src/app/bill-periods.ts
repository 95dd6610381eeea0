import { z } from 'zod'
import { billOpenOrder } from '../core/flows/bill-order.js'
import { orderKind } from '../core/orders/order.js'
import { dateOf } from '../core/time/local-date.js'
import { localDateSchema } from '../core/time/time-schema.js'
import { readInput } from './read-input.js'
import { runForEach } from './run-for-each.js'
import type { QueryAnswer } from './run-query.js'
import { runCommand, type Caller, type EngineParts } from './run.js'

const billSchema = z.strictObject({ on: localDateSchema.optional() })

export interface BillPeriodsInput {
  /** Up to which day periods have begun, or are over, and the day of the invoices; today when left out, never one that is still to come. */
  readonly on?: string
}

export interface BillPeriodsReport {
  /** Invoices issued now. */
  readonly billed: number
  /** Orders for which somebody else was there first, or that cannot be billed; `invoices.bill` says why. */
  readonly refused: number
}

/**
 * Asks for the invoice of every order with a period that is due (F153), by this process's clock: what has begun, or is over, and is not billed. Whatever was missed
 * is billed by the next run, and a second run bills nothing.
 */
export const billPeriods = async (
  parts: EngineParts,
  caller: Caller,
  input: unknown,
): Promise<QueryAnswer<BillPeriodsReport>> => {
  const read = readInput(billSchema, input, parts.settings.limits)
  if (!read.ok) return { ok: false, error: read.error }
  const on = read.value.on ?? dateOf(parts.clock.now())
  return runForEach(parts, caller, {
    find: {
      kind: orderKind.name,
      range: { entry: 'periodDueOn', to: on },
      order: { entry: 'periodDueOn', direction: 'ascending' },
    },
    isDue: () => true,
    ask: (order) => runCommand(parts, caller, billOpenOrder, { order, issuedOn: on }),
    report: { billed: 0, refused: 0 },
    count: ({ invoice }, report) => {
      if (invoice !== undefined) report.billed += 1
    },
  })
}
