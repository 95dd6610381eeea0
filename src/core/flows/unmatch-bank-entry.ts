import { z } from 'zod'
import { defineCommand } from '../command.js'
import { bankEntryIdSchema } from '../ids/id-schema.js'
import { present } from '../invariant.js'
import { decidePayment } from '../payments/payment-decider.js'
import { paymentReasonSchema } from '../payments/payment-input.js'
import { paymentKind } from '../payments/payment.js'
import { workOn } from '../plan.js'
import { decideBankEntry, notAllowed } from '../reconciliation/bank-entry-decider.js'
import { bankEntryKind } from '../reconciliation/bank-entry.js'
import { refuse } from '../refusal.js'
import { granted, ok } from '../result.js'
import { leaveDeposit } from './leave-deposit.js'
import { keysOfPayment } from './refund-payment.js'
import { takeBackFromInvoice } from './take-back-from-invoice.js'

/**
 * Undoes a match (F136): the payment is taken back from every invoice and reversed, so that all balances are what they were before, and match and
 * undoing both stand in the log (RC5). Refused when part of the payment was paid back since: that money is gone (PY5).
 */
export const unmatchBankEntry = defineCommand({
  name: 'reconciliation.unmatch',
  input: z.strictObject({ entry: bankEntryIdSchema, reason: paymentReasonSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen) => {
    const payment = seen.get(bankEntryKind, input.entry)?.payment
    return [
      { kind: bankEntryKind.name, id: input.entry },
      ...(payment === undefined
        ? []
        : [{ kind: paymentKind.name, id: payment }, ...keysOfPayment(seen, payment)]),
    ]
  },
  plan: (facts, input) => {
    const work = workOn(facts)
    const entry = work.find(bankEntryKind, input.entry)?.state
    if (entry === undefined) return refuse('unknown_bank_entry', { entry: input.entry })
    const refused = notAllowed(entry, 'unmatch')
    if (refused !== undefined) return refused
    const matched = 'RC5 a matched entry has its payment'
    const payment = present(work.find(paymentKind, present(entry.payment, matched))?.state, matched)
    if (payment.order !== undefined) leaveDeposit(work, payment.order, payment.id, payment.amount)
    for (const { invoice, amount } of payment.applied) {
      takeBackFromInvoice(work, payment.id, invoice, amount)
    }
    const free = present(work.find(paymentKind, payment.id)?.state, matched)
    const reversed = decidePayment(free, { type: 'ReversePayment', reason: input.reason })
    if (!reversed.ok) return reversed
    work.append(paymentKind, payment.id, reversed.value)
    const decided = decideBankEntry(entry, {
      type: 'UnmatchEntry',
      payment: payment.id,
      reason: input.reason,
    })
    const { status } = work.append(
      bankEntryKind,
      entry.id,
      granted(decided, 'an entry that may be unmatched is unmatched'),
    )
    return ok(
      work.finish(
        { kind: bankEntryKind.name, id: entry.id },
        { entry: entry.id, status, payment: payment.id, takenBack: payment.applied },
      ),
    )
  },
})
