import type { PlanContext } from '../command.js'
import type { BankEntryId, OrderId, PartyId, PaymentId } from '../ids/ids.js'
import { present } from '../invariant.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import type { Money } from '../money/money.js'
import { orderKind } from '../orders/order.js'
import { receivePayment } from '../payments/payment-decider.js'
import type { WantedApplications } from '../payments/payment-input.js'
import { paymentKind } from '../payments/payment.js'
import type { Work } from '../plan.js'
import { decideBankEntry } from '../reconciliation/bank-entry-decider.js'
import { bankEntryKind, type BankEntry, type EntryMatch } from '../reconciliation/bank-entry.js'
import type { Application, Candidate, MatchRule, ReviewReason } from '../reconciliation/match-decision.js'
import type { Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { BankEntryStatus } from '../../state-machines/bank-entry.machine.js'
import { applyToInvoices } from './apply-payment.js'
import { keepDeposit } from './record-payment.js'

export interface MatchReceipt {
  readonly entry: BankEntryId
  readonly status: BankEntryStatus
  /** How it was matched. */
  readonly rule?: MatchRule
  /** Why it needs a person, or that less was paid than was named. */
  readonly reason?: ReviewReason | 'short_payment'
  readonly payment?: PaymentId
  readonly applied: readonly Application[]
  /** What of the payment pays for nothing yet. */
  readonly unapplied?: Money
  /** The invoices considered, and what became of each. */
  readonly candidates: readonly Candidate[]
}

/** What an entry pays: invoices in this order, and the order whose deposit is what they leave. */
export interface PaidByEntry {
  readonly invoices?: WantedApplications | undefined
  readonly order?: OrderId | undefined
  readonly customer?: PartyId | undefined
}

/** The whole entry becomes one payment, so that no part of it is in two places (RC2). */
export const payFromBankEntry = (
  work: Work,
  entry: BankEntry,
  wanted: PaidByEntry,
  { ids, settings }: PlanContext,
  matchOf: (applications: readonly Application[]) => EntryMatch,
): Result<MatchReceipt, Refusal> => {
  const id = ids.of('payment') as PaymentId
  const { invoices = [], order } = wanted
  const customer = wanted.customer ?? payerOf(work, wanted)
  work.append(
    paymentKind,
    id,
    receivePayment({
      id,
      method: 'bank_transfer',
      amount: entry.amount,
      receivedOn: entry.bookedOn,
      ...(customer !== undefined && { customer }),
      ...(order !== undefined && { order }),
      bankEntry: entry.id,
      ...(entry.bankReference !== undefined && { reference: entry.bankReference }),
    }),
  )
  const unapplied = applyToInvoices(work, settings, id, invoices)
  if (!unapplied.ok) return unapplied
  const kept = keepDeposit(work, settings, order, id, unapplied.value)
  if (!kept.ok) return kept
  const { applied } = present(work.find(paymentKind, id)?.state, 'a payment that was received exists')
  const match = matchOf(applied)
  const decided = decideBankEntry(entry, { type: 'MatchEntry', payment: id, match })
  const { status } = work.append(
    bankEntryKind,
    entry.id,
    granted(decided, 'an entry that may be matched is matched'),
  )
  return ok({
    entry: entry.id,
    status,
    rule: match.rule,
    ...(match.reason !== undefined && { reason: match.reason }),
    payment: id,
    applied: match.applications,
    unapplied: unapplied.value,
    candidates: match.candidates,
  })
}

/** Whose order or invoice it pays. */
const payerOf = (work: Work, { invoices, order }: PaidByEntry): PartyId | undefined => {
  const invoice = invoices?.[0]?.invoice
  return order === undefined
    ? invoice && work.find(invoiceKind, invoice)?.state.customer
    : work.find(orderKind, order)?.state.customer
}
