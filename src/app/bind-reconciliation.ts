import { CommandFailed } from './answer.js'
import { reconcile, type ReconcileInput } from './reconcile.js'
import type { ReconcileReport } from './reconcile-report.js'
import type { QueryAnswer } from './run-query.js'
import type { Caller, EngineParts } from './run.js'

/** The run over all unmatched entries, beside the commands about single ones. */
export type BoundReconciliation = {
  readonly reconciliation: {
    /** Matches every unmatched bank entry, of one import or of all; answers what was matched how and what needs a person. */
    readonly run: (input?: ReconcileInput) => Promise<QueryAnswer<ReconcileReport>>
  }
}

export type BoundReconciliationOrThrow = {
  readonly reconciliation: { readonly run: (input?: ReconcileInput) => Promise<ReconcileReport> }
}

export const bindReconciliation = (parts: EngineParts, caller: Caller): BoundReconciliation => ({
  reconciliation: { run: (input = {}) => reconcile(parts, caller, input) },
})

export const bindReconciliationOrThrow = (
  parts: EngineParts,
  caller: Caller,
): BoundReconciliationOrThrow => ({
  reconciliation: {
    run: async (input = {}) => {
      const answer = await reconcile(parts, caller, input)
      if (!answer.ok) throw new CommandFailed(answer.error)
      return answer.value
    },
  },
})
