import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InvoiceId, PaymentId } from '../../src/core/ids/ids.js'
import { imbalanceOf } from '../../src/core/ledger/journal-entry.js'
import { postPayment } from '../../src/core/ledger/post-payment.js'
import { runningBalances } from '../../src/core/ledger/trial-balance.js'
import { currencyDigits, type CurrencyCode } from '../../src/core/money/currency.js'
import { powerOfTen, readDecimal } from '../../src/core/money/decimal-string.js'
import {
  absolute,
  add,
  compare,
  fromMinor,
  isZero,
  sumOf,
  toMinor,
  zero,
} from '../../src/core/money/money.js'
import { exchangePayment, worthOf } from '../../src/core/payments/exchange.js'
import { decidePayment, receivePayment } from '../../src/core/payments/payment-decider.js'
import {
  paymentKind,
  unappliedAmount,
  type Payment,
  type PaymentEvent,
} from '../../src/core/payments/payment.js'
import type { Instant } from '../../src/core/time/instant.js'
import type { LocalDate } from '../../src/core/time/local-date.js'

/** 0, 2, 3 and 4 digits. */
const currencies = ['JPY', 'EUR', 'USD', 'KWD', 'CLF'] as CurrencyCode[]
const currencyArbitrary = fc.constantFrom(...currencies)
const rateArbitrary = fc
  .tuple(fc.bigInt(1n, 10n ** 15n), fc.integer({ min: 0, max: 12 }))
  .map(([digits, scale]) => {
    const text = digits.toString().padStart(scale + 1, '0')
    const written = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`
    return written.replace(/^0+(?=\d)/, '')
  })

const quoteArbitrary = fc
  .record({ from: currencyArbitrary, to: currencyArbitrary, rate: rateArbitrary })
  .map((quote) => ({ ...quote, source: 'ECB', at: '2026-03-01T09:00:00.000Z' as Instant }))

const paidArbitrary = fc.bigInt(1n, 10n ** 13n)
/** How far from its worth it counts for, in minor units. */
const besideArbitrary = fc.oneof(fc.constant(0n), fc.bigInt(-(10n ** 6n), 10n ** 6n))
const applicationsArbitrary = fc.array(fc.bigInt(1n, 10n ** 12n), { maxLength: 5 })

const today = '2026-03-01' as LocalDate

/** Receives the payment, applies what fits of each amount, and answers the payment with its events. */
const played = (start: readonly PaymentEvent[], amounts: readonly bigint[]) => {
  const events = [...start]
  const fold = (): Payment =>
    events.reduce<Payment | undefined>(
      (known, event) => paymentKind.evolve(known, event),
      undefined,
    ) as Payment
  for (const [index, wanted] of amounts.entries()) {
    const payment = fold()
    const amount = fromMinor(wanted, payment.amount.currency)
    const decided = decidePayment(payment, {
      type: 'ApplyPayment',
      invoice: `I${index}` as InvoiceId,
      amount,
    })
    if (decided.ok) events.push(...decided.value)
  }
  return { payment: fold(), events }
}

const booksOf = (events: readonly PaymentEvent[]) => {
  const running = runningBalances()
  let before: Payment | undefined
  for (const [index, event] of events.entries()) {
    const entry = postPayment({ before, event, version: index + 1, recordedOn: today })
    expect(isZero(imbalanceOf(entry.postings, entry.currency))).toBe(true)
    running.count(entry)
    before = paymentKind.evolve(before, event)
  }
  const [balance] = running.read()
  return (account: string) => balance?.accounts.find((each) => each.account === account)?.balance.amount
}

describe('the exchange of a payment', () => {
  it('MO11 what is applied, what is unapplied and the difference add up to what was paid, to the minor unit', () => {
    let lost = 0
    fc.assert(
      fc.property(
        quoteArbitrary,
        paidArbitrary,
        besideArbitrary,
        applicationsArbitrary,
        (quote, minor, beside, amounts) => {
          const paid = fromMinor(minor, quote.from)
          const worth = worthOf(paid, quote)
          const counted = toMinor(worth) + beside
          fc.pre(counted > 0n)
          const exchanged = exchangePayment(paid, quote, fromMinor(counted, quote.to))
          const start = receivePayment({
            id: 'P' as PaymentId,
            method: 'wire',
            receivedOn: today,
            ...exchanged,
          })
          const { payment, events } = played(start, amounts)
          const difference = exchanged.exchange.difference ?? zero(quote.to)
          const applied = sumOf(
            payment.applied.map(({ amount }) => amount),
            quote.to,
          )
          expect(add(add(applied, unappliedAmount(payment)), difference)).toEqual(worth)
          strictEqual(exchanged.exchange.difference === undefined, beside === 0n)
          const book = booksOf(events)
          strictEqual(book('money'), isZero(worth) ? undefined : worth.amount)
          strictEqual(book('exchange_losses'), beside > 0n ? absolute(difference).amount : undefined)
          if (beside > 0n) lost += 1
        },
      ),
      { numRuns: 10_000 },
    )
    expect(lost).toBeGreaterThan(1_000)
  })

  it('MO11 is worth the exact product to half a minor unit', () => {
    fc.assert(
      fc.property(quoteArbitrary, paidArbitrary, (quote, minor) => {
        const { digits, scale } = readDecimal(quote.rate)
        const worth = toMinor(worthOf(fromMinor(minor, quote.from), quote))
        // Both in units of 10^-(digits of `from` + scale) of the minor unit of `to`.
        const whole = powerOfTen(currencyDigits(quote.from) + scale)
        const exact = minor * digits * powerOfTen(currencyDigits(quote.to))
        const off = worth * whole - exact
        strictEqual((off < 0n ? -off : off) * 2n <= whole, true)
      }),
      { numRuns: 10_000 },
    )
  })

  it('MO8 leaves nothing in the books when the bank undoes it', () => {
    fc.assert(
      fc.property(quoteArbitrary, paidArbitrary, besideArbitrary, (quote, minor, beside) => {
        const paid = fromMinor(minor, quote.from)
        const counted = toMinor(worthOf(paid, quote)) + beside
        fc.pre(counted > 0n)
        const exchanged = exchangePayment(paid, quote, fromMinor(counted, quote.to))
        const start = receivePayment({
          id: 'P' as PaymentId,
          method: 'wire',
          receivedOn: today,
          ...exchanged,
        })
        const { payment } = played(start, [])
        const reversed = decidePayment(payment, { type: 'ReversePayment', reason: 'recalled' })
        if (!reversed.ok) throw new Error(reversed.error.code)
        const book = booksOf([...start, ...reversed.value])
        for (const account of ['money', 'unapplied_payments', 'exchange_gains', 'exchange_losses']) {
          strictEqual(
            compare({ amount: book(account) ?? zero(quote.to).amount, currency: quote.to }, zero(quote.to)),
            0,
          )
        }
      }),
      { numRuns: 10_000 },
    )
  })
})
