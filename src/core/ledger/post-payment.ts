import { invariant } from '../invariant.js'
import { unappliedAmount, paymentKind, type Payment, type PaymentEvent } from '../payments/payment.js'
import { journalEntry, type JournalEntry, type Transfer } from './journal-entry.js'
import type { Posted } from './posted.js'

/**
 * What an event of a payment means to the books. Money that comes in is owed to the customer until it pays for an invoice; what pays for one settles
 * the claim; what goes back or is undone by the bank leaves the money again.
 */
export const postPayment = (posted: Posted<Payment, PaymentEvent>): JournalEntry => {
  const { before, event, version, recordedOn } = posted
  const payment = event.type === 'PaymentReceived' ? event.payment : before
  invariant(payment !== undefined, 'a payment is received before anything else happens to it')
  return journalEntry(
    {
      on: event.type === 'PaymentReceived' ? payment.receivedOn : recordedOn,
      what: event.type,
      document: { kind: paymentKind.name, id: payment.id },
      version,
      currency: payment.amount.currency,
    },
    transfersOf(event, before),
  )
}

const transfersOf = (event: PaymentEvent, before: Payment | undefined): readonly Transfer[] => {
  switch (event.type) {
    case 'PaymentReceived':
      return [{ debit: 'money', credit: 'unapplied_payments', amount: event.payment.amount }]
    case 'PaymentApplied':
      return [{ debit: 'unapplied_payments', credit: 'receivables', amount: event.amount }]
    case 'PaymentTakenBack':
      return [{ debit: 'receivables', credit: 'unapplied_payments', amount: event.amount }]
    case 'PaymentRefunded':
      return [{ debit: 'unapplied_payments', credit: 'money', amount: event.amount }]
    case 'PaymentReversed':
      return before === undefined
        ? []
        : [{ debit: 'unapplied_payments', credit: 'money', amount: unappliedAmount(before) }]
  }
}
