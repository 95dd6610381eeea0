import { invariant, present } from '../invariant.js'
import { isNegative, negate } from '../money/money.js'
import { paymentKind, type Payment, type PaymentContent, type PaymentEvent } from '../payments/payment.js'
import { journalEntry, type JournalEntry, type Transfer } from './journal-entry.js'
import type { Posted } from './posted.js'

/**
 * What an event of a payment means to the books. Money that comes in is owed to the customer until it pays for an invoice; what pays for one settles
 * the claim; what goes back or is undone by the bank leaves the money again. Money of another currency comes in at its worth, and what it counts for beside
 * that is a realized gain or loss (F129). Money that is exchanged
 * later leaves the one currency and comes in again in the other.
 */
export const postPayment = (posted: Posted<Payment, PaymentEvent>): JournalEntry => {
  const { before, event, version, recordedOn } = posted
  const payment = event.type === 'PaymentReceived' ? event.payment : before
  invariant(payment !== undefined, 'a payment is received before anything else happens to it')
  const came = cameIn(event)
  return journalEntry(
    {
      on: event.type === 'PaymentReceived' ? payment.receivedOn : recordedOn,
      what: event.type,
      document: { kind: paymentKind.name, id: payment.id },
      version,
      currency: (came ?? payment).amount.currency,
      ...(came?.exchange !== undefined && { exchange: came.exchange }),
    },
    transfersOf(event, before),
  )
}

/** The money that an event brings in: as it was received, or for what was given for it. */
const cameIn = (event: PaymentEvent): Received | undefined => {
  if (event.type === 'PaymentReceived') return event.payment
  return event.type === 'PaymentExchanged' ? event : undefined
}

type Received = Pick<PaymentContent, 'amount' | 'exchange'>

const transfersOf = (event: PaymentEvent, before: Payment | undefined): readonly Transfer[] => {
  switch (event.type) {
    case 'PaymentReceived':
      return received(event.payment)
    case 'PaymentGivenForExchange':
      return received({ amount: event.amount }).map(undone)
    case 'PaymentExchanged':
      return received(event)
    case 'PaymentApplied':
      return [{ debit: 'unapplied_payments', credit: 'receivables', amount: event.amount }]
    case 'PaymentTakenBack':
      return [{ debit: 'receivables', credit: 'unapplied_payments', amount: event.amount }]
    case 'PaymentRefunded':
      return [{ debit: 'unapplied_payments', credit: 'money', amount: event.amount }]
    case 'PaymentReversed':
      // It is undone whole: by then it pays for nothing, and nothing of it went back.
      return received(present(before, 'a payment is received before it is undone')).map(undone)
  }
}

/** Comes in at its worth, and counts for its amount; between the two stands the gain or loss. */
const received = ({ amount, exchange }: Received): readonly Transfer[] => {
  const { worth, difference } = exchange ?? {}
  if (worth === undefined || difference === undefined) {
    return [{ debit: 'money', credit: 'unapplied_payments', amount }]
  }
  return isNegative(difference)
    ? [
        { debit: 'money', credit: 'unapplied_payments', amount: worth },
        { debit: 'exchange_losses', credit: 'unapplied_payments', amount: negate(difference) },
      ]
    : [
        { debit: 'money', credit: 'unapplied_payments', amount },
        { debit: 'money', credit: 'exchange_gains', amount: difference },
      ]
}

const undone = ({ debit, credit, amount }: Transfer): Transfer => ({ debit: credit, credit: debit, amount })
