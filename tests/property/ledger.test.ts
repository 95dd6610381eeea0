import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPayment } from '../../src/core/flows/apply-payment.js'
import { confirmOrder } from '../../src/core/flows/confirm-order.js'
import { creditInvoice } from '../../src/core/flows/issue-credit-note.js'
import { packGoods } from '../../src/core/flows/work-on-fulfillment.js'
import { placeOrder } from '../../src/core/flows/place-order.js'
import { planFulfillment } from '../../src/core/flows/plan-fulfillment.js'
import { recordPayment } from '../../src/core/flows/record-payment.js'
import { refundPayment } from '../../src/core/flows/refund-payment.js'
import { shipGoods } from '../../src/core/flows/ship-goods.js'
import { undoWriteOff, writeOff } from '../../src/core/flows/write-off.js'
import type { OrderId } from '../../src/core/ids/ids.js'
import { creditNoteKind, type CreditNote } from '../../src/core/invoicing/credit-note.js'
import type { Invoice } from '../../src/core/invoicing/invoice.js'
import { openAmount } from '../../src/core/invoicing/invoice-amounts.js'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import type { JournalEntry } from '../../src/core/ledger/journal-entry.js'
import { postCreditNote, postInvoice } from '../../src/core/ledger/post-documents.js'
import { postPayment } from '../../src/core/ledger/post-payment.js'
import type { Posted } from '../../src/core/ledger/posted.js'
import { runningBalances } from '../../src/core/ledger/trial-balance.js'
import { type CurrencyCode } from '../../src/core/money/currency.js'
import { fromMinor, negate, subtract, sumOf, type Money } from '../../src/core/money/money.js'
import { orderKind } from '../../src/core/orders/order.js'
import { paymentKind, unappliedAmount, type Payment } from '../../src/core/payments/payment.js'
import type { PlannedEvent } from '../../src/core/plan.js'
import { dateOf } from '../../src/core/time/local-date.js'
import { now, openPureShop, stockGoods, type PureShop } from '../support/pure-shop.js'
import { moveArbitrary, openTrade, playInTurn, type Move, type Trade } from '../support/random-trade.js'
import { statesOf } from '../support/trade-checks.js'

const euros = 'EUR' as CurrencyCode

const trade: readonly Move['command'][] = ['place', 'confirm', 'plan', 'pack', 'ship', 'cancel']
const paying: readonly Move['command'][] = [
  'credit',
  'record',
  'refund',
  'importStatement',
  'match',
  'unmatch',
]

const moneyMoves = fc
  .tuple(moveArbitrary, fc.constantFrom(...trade, ...paying, ...paying))
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

/** What of a trade the books are about, by its plans alone. */
const bookedMoves = [
  'place',
  'ship',
  'credit',
  'pay',
  'record',
  'apply',
  'refund',
  'writeOff',
  'undo',
] as const

const bookedMove = fc.record({
  what: fc.constantFrom(...bookedMoves),
  pick: fc.nat(20),
  quantity: fc.integer({ min: 1, max: 4 }),
  cents: fc.integer({ min: 1, max: 4_000 }),
})
type BookedMove = typeof bookedMove extends fc.Arbitrary<infer One> ? One : never

const vat = { category: 'S' as const, components: [{ name: 'VAT', percent: '19' }] }

const place = (shop: PureShop, quantity: number): void => {
  const placed = shop.run(placeOrder, {
    channel: 'web',
    currency: 'EUR',
    lines: [{ sku: 'NAIL', quantity, tax: vat }],
    adjustments: [{ kind: 'discount', reason: 'agreed', percent: '3' }],
  })
  if (placed.ok) shop.run(confirmOrder, { order: placed.value.order })
}

const ship = (shop: PureShop, order: OrderId, quantity: number): void => {
  const planned = shop.run(planFulfillment, { order, lines: [{ line: 'L1', quantity }] })
  if (!planned.ok) return
  for (const { fulfillment } of planned.value.fulfillments) {
    const packed = shop.run(packGoods, { fulfillment })
    if (packed.ok) shop.run(shipGoods, { shipment: packed.value.shipment, carrier: 'Parcel Post' })
  }
}

/** A shop with goods, and two orders of which some has been shipped and billed. */
const trading = openPureShop()
stockGoods(trading, 'NAIL', 100, '7.77')
for (const quantity of [3, 5]) place(trading, quantity)
for (const { id } of trading.all(orderKind)) ship(trading, id, 2)

/** Does one move, or is refused. */
const move = (shop: PureShop, { what, pick, quantity, cents }: BookedMove): void => {
  const nth = <One extends { readonly id: string }>(all: readonly One[]): One | undefined =>
    all[pick % Math.max(1, all.length)]
  const amount = fromMinor(BigInt(cents), euros)
  const invoice = nth(shop.all(invoiceKind))
  const payment = nth(shop.all(paymentKind))
  const order = nth(shop.all(orderKind))
  if (invoice === undefined || order === undefined) return
  switch (what) {
    case 'place':
      place(shop, quantity)
      return
    case 'ship':
      ship(shop, order.id, quantity)
      return
    case 'credit':
      shop.run(creditInvoice, { invoice: invoice.id, lines: [{ line: 'L1', quantity }], reason: 'returned' })
      return
    case 'pay':
      shop.run(recordPayment, { amount, method: 'card', invoices: [{ invoice: invoice.id }] })
      return
    case 'record':
      shop.run(recordPayment, { amount, method: 'cash' })
      return
    case 'apply':
      if (payment) shop.run(applyPayment, { payment: payment.id, invoices: [{ invoice: invoice.id }] })
      return
    case 'refund':
      if (payment) shop.run(refundPayment, { payment: payment.id, amount, reason: 'too_much' })
      return
    case 'writeOff':
      shop.run(writeOff, { invoice: invoice.id, kind: 'write_off', amount, reason: 'lost' })
      return
    case 'undo': {
      const [difference] = invoice.differences ?? []
      if (difference)
        shop.run(undoWriteOff, { invoice: invoice.id, difference: difference.id, reason: 'found' })
    }
  }
}

const ledgers: Readonly<Record<string, AnyLedger>> = {
  [invoiceKind.name]: { kind: invoiceKind, post: postInvoice } as unknown as AnyLedger,
  [creditNoteKind.name]: { kind: creditNoteKind, post: postCreditNote } as unknown as AnyLedger,
  [paymentKind.name]: { kind: paymentKind, post: postPayment } as unknown as AnyLedger,
}
interface AnyLedger {
  readonly kind: { readonly evolve: (before: unknown, event: PlannedEvent) => unknown }
  readonly post: (posted: Posted<unknown, PlannedEvent>) => JournalEntry | undefined
}

/** The journal of all documents: their events one by one, each with the state before it. */
const journalOf = ({ events }: PureShop): readonly JournalEntry[] => {
  const known = new Map<string, { readonly state: unknown; readonly version: number }>()
  return events.flatMap(({ key, event }): readonly JournalEntry[] => {
    const ledger = ledgers[key.kind]
    if (ledger === undefined) return []
    const name = `${key.kind} ${key.id}`
    const { state: before, version } = known.get(name) ?? { state: undefined, version: 0 }
    known.set(name, { state: ledger.kind.evolve(before, event), version: version + 1 })
    const entry = ledger.post({ before, event, version: version + 1, recordedOn: dateOf(now) })
    return entry === undefined ? [] : [entry]
  })
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

  it('MO8 balance entry by entry, and hold what invoices and payments say, whatever is billed, credited, paid, given back and let go', () => {
    const reached = new Map<string, number>()
    fc.assert(
      fc.property(fc.array(bookedMove, { minLength: 4, maxLength: 8 }), (moves) => {
        const shop = trading.copy()
        for (const each of moves) move(shop, each)
        const running = runningBalances()
        for (const entry of journalOf(shop)) {
          const sides = (['debit', 'credit'] as const).map((side) =>
            sumOf(
              entry.postings.filter((posting) => posting.side === side).map(({ amount }) => amount),
              euros,
            ),
          )
          expect(sides[0]).toEqual(sides[1])
          running.count(entry)
          reached.set(entry.what, (reached.get(entry.what) ?? 0) + 1)
        }
        const [balance] = running.read()
        strictEqual(balance?.balanced, true)
        const booked = (account: string) =>
          balance?.accounts.find((each) => each.account === account)?.balance ?? sumOf([], euros)
        const payments = shop.all(paymentKind)
        const sum = (amounts: readonly Money[]): Money => sumOf(amounts, euros)
        expect(booked('receivables')).toEqual(sum(shop.all(invoiceKind).map(openAmount)))
        expect(booked('unapplied_payments')).toEqual(negate(sum(payments.map(unappliedAmount))))
        expect(booked('money')).toEqual(
          sum(payments.map(({ amount, refunded }) => subtract(amount, refunded))),
        )
      }),
      { numRuns: 10_000 },
    )
    for (const what of [
      'CreditNoteIssued',
      'InvoiceDifferenceBooked',
      'InvoiceDifferenceTakenBack',
      'InvoiceIssued',
      'PaymentApplied',
      'PaymentReceived',
      'PaymentRefunded',
    ]) {
      expect(reached.get(what), what).toBeGreaterThan(200)
    }
  }, 180_000)
})
