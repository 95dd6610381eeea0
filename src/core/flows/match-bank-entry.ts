import { z } from 'zod'
import { canonicalJson } from '../canonical-json.js'
import { defineCommand, type PlanContext, type Seen } from '../command.js'
import { bankEntryIdSchema, orderIdSchema } from '../ids/id-schema.js'
import type { Key } from '../ids/key.js'
import { present } from '../invariant.js'
import { payableAmount } from '../invoicing/invoice-amounts.js'
import { invoiceKind } from '../invoicing/invoice-kind.js'
import { openInvoicesKind } from '../invoicing/open-invoices.js'
import { isPositive } from '../money/money.js'
import { orderKind } from '../orders/order.js'
import { partyNumberKind } from '../parties/party-number.js'
import { wantedApplicationsSchema } from '../payments/payment-input.js'
import { paymentKind } from '../payments/payment.js'
import { workOn, type Work } from '../plan.js'
import { decideBankEntry, notAllowed } from '../reconciliation/bank-entry-decider.js'
import { bankEntryKind, type BankEntry } from '../reconciliation/bank-entry.js'
import type { MatchDecision } from '../reconciliation/match-decision.js'
import { matchEntry, type MatchFacts } from '../reconciliation/match-entry.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { keysOfInvoice } from './apply-to-invoice.js'
import { matchFacts, seenIn } from './match-facts.js'
import { findMatchHints, type MatchHints } from './match-hints.js'
import { payFromBankEntry, type MatchReceipt, type PaidByEntry } from './pay-from-bank-entry.js'

/**
 * Finds what a bank entry pays, makes the payment and applies it (M93, F132, F133). What has no certain answer is set aside with the reason and the
 * candidates (M94, F137). A person who knows better names the `invoices` or the `order`; what those do not take stays on the payment. Refused as
 * `changed_meanwhile` when the entry was imported meanwhile: try again.
 */
export const matchBankEntry = defineCommand({
  name: 'reconciliation.match',
  input: z.strictObject({
    entry: bankEntryIdSchema,
    /** What a person says it pays, in this order. */
    invoices: wantedApplicationsSchema.optional(),
    /** The order a person says it was made for: what no invoice takes is its deposit. */
    order: orderIdSchema.optional(),
  }),
  // A matched entry is not matched again.
  idempotencyKey: 'optional',
  gather: async (input, context): Promise<MatchHints> => {
    if (isByHand(input)) return { invoices: [] }
    const entry = await context.read(bankEntryKind, input.entry)
    return entry === undefined ? { invoices: [], isUnread: true } : findMatchHints(entry, context)
  },
  touches: (input, seen, { ids, settings }, hints: MatchHints) => {
    const entry = seen.get(bankEntryKind, input.entry)
    const named = isByHand(input) ? (input.invoices ?? []).map(({ invoice }) => invoice) : hints.invoices
    return [
      { kind: bankEntryKind.name, id: input.entry },
      { kind: paymentKind.name, id: ids.of('payment') },
      ...named.flatMap((invoice) => keysOfInvoice(seen, invoice)),
      ...(input.order === undefined ? [] : [{ kind: orderKind.name, id: input.order }]),
      ...(entry === undefined || isByHand(input) ? [] : payerKeys(entry, seen, named.length === 0, settings)),
    ]
  },
  plan: (facts, input, context, hints: MatchHints) => {
    const work = workOn(facts)
    const entry = work.find(bankEntryKind, input.entry)?.state
    if (entry === undefined) return refuse('unknown_bank_entry', { entry: input.entry })
    const refused = notAllowed(entry, 'match')
    if (refused !== undefined) return refused
    if (hints.isUnread === true) return refuse('changed_meanwhile', { entry: entry.id })
    const settled = isByHand(input)
      ? matchByHand(work, entry, input, context)
      : matchByRules(work, entry, hints, context)
    if (!settled.ok) return settled
    return ok(work.finish({ kind: bankEntryKind.name, id: entry.id }, settled.value))
  },
})

const isByHand = (input: PaidByEntry): boolean => input.invoices !== undefined || input.order !== undefined

/** What the payer owes, and of that what would be paid by what is seen now: a large customer's other invoices are left unlocked. */
const payerKeys = (
  entry: BankEntry,
  seen: Seen,
  namesNothing: boolean,
  settings: Settings,
): readonly Key[] => {
  if (entry.payerReference === undefined) return []
  const payer = { kind: partyNumberKind.name, id: entry.payerReference }
  if (!namesNothing) return [payer]
  const facts = matchFacts(entry, { invoices: [] }, seen, settings)
  const likely = matchEntry(facts)
  const customer = facts.payer?.customer
  return [
    payer,
    ...(customer === undefined ? [] : [{ kind: openInvoicesKind.name, id: customer }]),
    ...(likely.outcome === 'matched'
      ? likely.applications.flatMap(({ invoice }) => keysOfInvoice(seen, invoice))
      : []),
  ]
}

const matchByRules = (
  work: Work,
  entry: BankEntry,
  hints: MatchHints,
  context: PlanContext,
): Result<MatchReceipt, Refusal> => {
  const facts = matchFacts(entry, hints, seenIn(work), context.settings)
  const decision = matchEntry(facts)
  if (decision.outcome === 'needs_review') return setAside(work, entry, decision)
  const { outcome: _outcome, ...match } = decision
  const wanted = { invoices: match.applications, customer: facts.payer?.customer }
  const { reason: _reason, ...whole } = match
  return payFromBankEntry(work, entry, wanted, context, () => (isPaid(work, facts) ? whole : match))
}

/** Whoever has kept a discount for early payment, and no more, has not paid too little. */
const isPaid = (work: Work, { named }: MatchFacts): boolean =>
  named.every(({ id }) => {
    const invoice = present(work.find(invoiceKind, id)?.state, 'an invoice that is named exists')
    return !isPositive(payableAmount(invoice))
  })

const matchByHand = (
  work: Work,
  entry: BankEntry,
  wanted: PaidByEntry,
  context: PlanContext,
): Result<MatchReceipt, Refusal> => {
  if (!isPositive(entry.amount)) {
    return refuse('invalid_state', { entry: entry.id, status: entry.status, reason: 'outgoing' })
  }
  return payFromBankEntry(work, entry, wanted, context, (applications) => ({
    rule: 'manual',
    applications,
    candidates: [],
    leftOut: 0,
  }))
}

/** Asking again with the same result writes nothing: the log shows when the reason changed. */
const setAside = (
  work: Work,
  entry: BankEntry,
  decision: Extract<MatchDecision, { readonly outcome: 'needs_review' }>,
): Result<MatchReceipt, Refusal> => {
  const { outcome: _outcome, ...review } = decision
  const decided = granted(
    decideBankEntry(entry, { type: 'SetEntryAside', review }),
    'an entry that may be matched may be set aside',
  )
  const same = entry.review !== undefined && canonicalJson(entry.review) === canonicalJson(review)
  const { status } = same ? entry : work.append(bankEntryKind, entry.id, decided)
  return ok({ entry: entry.id, status, reason: review.reason, applied: [], candidates: review.candidates })
}
