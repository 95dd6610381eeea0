import { CommandFailed } from './answer.js'
import {
  billConsolidated,
  type BillConsolidatedInput,
  type BillConsolidatedReport,
} from './bill-consolidated.js'
import { billPeriods, type BillPeriodsInput, type BillPeriodsReport } from './bill-periods.js'
import { remindOverdue, type RemindInput, type RemindReport } from './remind-overdue.js'
import type { QueryAnswer } from './run-query.js'
import type { Caller, EngineParts } from './run.js'

/** The runs over all invoices and orders that are due, beside the commands about single ones. */
export type BoundInvoiceRuns = {
  readonly invoices: {
    /** Takes the next level of the dunning ladder for every invoice that has reached one. */
    readonly remindOverdue: (input?: RemindInput) => Promise<QueryAnswer<RemindReport>>
    /** Bills the periods of every order that have begun, or are over, and were not billed yet. */
    readonly billPeriods: (input?: BillPeriodsInput) => Promise<QueryAnswer<BillPeriodsReport>>
    /** Bills what waits to be billed with other orders of its customer: one invoice for all of them. */
    readonly billConsolidated: (input?: BillConsolidatedInput) => Promise<QueryAnswer<BillConsolidatedReport>>
  }
}

export type BoundInvoiceRunsOrThrow = {
  readonly invoices: {
    readonly remindOverdue: (input?: RemindInput) => Promise<RemindReport>
    readonly billPeriods: (input?: BillPeriodsInput) => Promise<BillPeriodsReport>
    readonly billConsolidated: (input?: BillConsolidatedInput) => Promise<BillConsolidatedReport>
  }
}

export const bindInvoiceRuns = (parts: EngineParts, caller: Caller): BoundInvoiceRuns => ({
  invoices: {
    remindOverdue: (input = {}) => remindOverdue(parts, caller, input),
    billPeriods: (input = {}) => billPeriods(parts, caller, input),
    billConsolidated: (input = {}) => billConsolidated(parts, caller, input),
  },
})

export const bindInvoiceRunsOrThrow = (parts: EngineParts, caller: Caller): BoundInvoiceRunsOrThrow => ({
  invoices: {
    remindOverdue: async (input = {}) => valueOf(await remindOverdue(parts, caller, input)),
    billPeriods: async (input = {}) => valueOf(await billPeriods(parts, caller, input)),
    billConsolidated: async (input = {}) => valueOf(await billConsolidated(parts, caller, input)),
  },
})

const valueOf = <Value>(answer: QueryAnswer<Value>): Value => {
  if (!answer.ok) throw new CommandFailed(answer.error)
  return answer.value
}
