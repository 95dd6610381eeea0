import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditNoteKind, type CreditNote } from '../../src/core/invoicing/credit-note.js'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { openAmount } from '../../src/core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import { type CurrencyCode } from '../../src/core/money/currency.js'
import { negate, subtract, sumOf, type Money } from '../../src/core/money/money.js'
import { paymentKind, unappliedAmount, type Payment } from '../../src/core/payments/payment.js'
import { moveArbitrary, openTrade, playInTurn, type Move, type Trade } from '../support/random-trade.js'
import { statesOf } from '../support/trade-checks.js'

const euros = 'EUR' as CurrencyCode

const trading: readonly Move['command'][] = ['place', 'confirm', 'plan', 'pack', 'ship', 'cancel']
const paying: readonly Move['command'][] = [
  'credit',
  'record',
  'refund',
  'importStatement',
  'match',
  'unmatch',
]

const moneyMoves = fc
  .tuple(moveArbitrary, fc.constantFrom(...trading, ...paying, ...paying))
  .map(([move, command]): Move => ({ ...move, command }))

/** What the documents themselves say that the books must hold. */
const dueBalances = async (trade: Trade): Promise<Readonly<Record<string, Money>>> => {
  const invoices = await statesOf<Invoice>(trade.storage, invoiceKind.name)
  const notes = await statesOf<CreditNote>(trade.storage, creditNoteKind.name)
  const payments = await statesOf<Payment>(trade.storage, paymentKind.name)
  const sum = (amounts: readonly Money[]): Money => sumOf(amounts, euros)
  const granted = notes.filter(({ invoice }) => invoice === undefined).map(({ total }) => total)
  const kept = payments.filter(({ status }) => status !== 'reversed')
  return {
    receivables: subtract(sum(invoices.map(openAmount)), sum(granted)),
    unapplied_payments: negate(sum(payments.map(unappliedAmount))),
    money: sum(kept.map(({ amount, refunded }) => subtract(amount, refunded))),
  }
}

describe('the books of any trade', () => {
  it('MO8 balance after every command, and hold what the documents say is owed, unapplied and there', async () => {
    const reached = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(moneyMoves, { minLength: 40, maxLength: 60, size: 'max' }), async (moves) => {
        const trade = await openTrade()
        await playInTurn(trade, moves)
        const { balances } = await trade.oms.orThrow.ledger.trialBalance({})
        const due = await dueBalances(trade)
        expect(balances.map(({ currency, balanced }) => [currency, balanced])).toEqual([['EUR', true]])
        for (const [account, amount] of Object.entries(due)) {
          const booked = balances[0]?.accounts.find((each) => each.account === account)?.balance
          expect(booked ?? sumOf([], euros), account).toEqual(amount)
        }
        for (const documents of ['invoice', 'credit_note', 'payment'] as const) {
          const { items } = await trade.oms.orThrow.ledger.journal({ documents, limit: 200 })
          for (const { what } of items) reached.add(what)
        }
      }),
      { numRuns: 30, seed: 8 },
    )
    expect([...reached].sort()).toEqual([
      'CreditNoteIssued',
      'InvoiceIssued',
      'PaymentApplied',
      'PaymentReceived',
      'PaymentRefunded',
      'PaymentReversed',
      'PaymentTakenBack',
    ])
  })
})
