import { CommandFailed } from './answer.js'
import { remindOverdue, type RemindInput, type RemindReport } from './remind-overdue.js'
import type { QueryAnswer } from './run-query.js'
import type { Caller, EngineParts } from './run.js'

/** The run over all overdue invoices, beside the commands about single ones. */
export type BoundDunning = {
  readonly invoices: {
    /** Takes the next level of the dunning ladder for every invoice that has reached one. */
    readonly remindOverdue: (input?: RemindInput) => Promise<QueryAnswer<RemindReport>>
  }
}

export type BoundDunningOrThrow = {
  readonly invoices: { readonly remindOverdue: (input?: RemindInput) => Promise<RemindReport> }
}

export const bindDunning = (parts: EngineParts, caller: Caller): BoundDunning => ({
  invoices: { remindOverdue: (input = {}) => remindOverdue(parts, caller, input) },
})

export const bindDunningOrThrow = (parts: EngineParts, caller: Caller): BoundDunningOrThrow => ({
  invoices: {
    remindOverdue: async (input = {}) => {
      const answer = await remindOverdue(parts, caller, input)
      if (!answer.ok) throw new CommandFailed(answer.error)
      return answer.value
    },
  },
})
