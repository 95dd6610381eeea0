import { z } from 'zod'
import { defineCommand } from '../command.js'
import { bankEntryIdSchema } from '../ids/id-schema.js'
import { paymentReasonSchema } from '../payments/payment-input.js'
import { workOn } from '../plan.js'
import { decideBankEntry } from '../reconciliation/bank-entry-decider.js'
import { bankEntryKind } from '../reconciliation/bank-entry.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'

/** Sets an entry aside for a person, with the reason: it is no longer matched by itself, only when asked for by name. */
export const setAsideBankEntry = defineCommand({
  name: 'reconciliation.setAside',
  input: z.strictObject({ entry: bankEntryIdSchema, reason: paymentReasonSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: bankEntryKind.name, id: input.entry }],
  plan: (facts, input) => {
    const work = workOn(facts)
    const entry = work.find(bankEntryKind, input.entry)?.state
    if (entry === undefined) return refuse('unknown_bank_entry', { entry: input.entry })
    const review = { reason: 'set_aside', note: input.reason } as const
    const decided = decideBankEntry(entry, { type: 'SetEntryAside', review })
    if (!decided.ok) return decided
    const { status } = work.append(bankEntryKind, entry.id, decided.value)
    return ok(work.finish({ kind: bankEntryKind.name, id: entry.id }, { entry: entry.id, status }))
  },
})
