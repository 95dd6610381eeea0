import { describe, expect, it } from 'vitest'
import type { InvoiceId, PaymentId } from '../../../src/core/ids/ids.js'
import type { Money } from '../../../src/core/money/money.js'
import {
  decidePayment,
  receivePayment,
  type PaymentCommand,
} from '../../../src/core/payments/payment-decider.js'
import {
  appliedTo,
  paymentKind,
  unappliedAmount,
  type Payment,
  type PaymentEvent,
} from '../../../src/core/payments/payment.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const eur = (amount: string): Money => ({ amount, currency: 'EUR' }) as Money
const id = 'PAY-1' as PaymentId
const a = 'INV-A' as InvoiceId
const b = 'INV-B' as InvoiceId

const fold = (payment: Payment | undefined, events: readonly PaymentEvent[]): Payment => {
  const state = events.reduce<Payment | undefined>(paymentKind.evolve, payment)
  if (state === undefined) throw new Error('no events')
  return state
}

const received = fold(
  undefined,
  receivePayment({ id, method: 'cash', amount: eur('100.00'), receivedOn: '2026-03-01' as LocalDate }),
)

const after = (payment: Payment, command: PaymentCommand): Payment => {
  const decided = decidePayment(payment, command)
  if (!decided.ok) throw new Error(decided.error.code)
  return fold(payment, decided.value)
}

describe('a payment', () => {
  it('MO7 keeps one entry an invoice and takes back part of it', () => {
    let payment = after(received, { type: 'ApplyPayment', invoice: a, amount: eur('30.00') })
    payment = after(payment, { type: 'ApplyPayment', invoice: b, amount: eur('20.00') })
    payment = after(payment, { type: 'ApplyPayment', invoice: a, amount: eur('10.00') })
    expect(payment.applied).toEqual([
      { invoice: a, amount: eur('40.00') },
      { invoice: b, amount: eur('20.00') },
    ])
    payment = after(payment, { type: 'TakeBackPayment', invoice: a, amount: eur('15.00') })
    expect(appliedTo(payment, a)).toEqual(eur('25.00'))
    expect(unappliedAmount(payment)).toEqual(eur('55.00'))
    payment = after(payment, { type: 'TakeBackPayment', invoice: a, amount: eur('25.00') })
    expect(payment.applied).toEqual([{ invoice: b, amount: eur('20.00') }])
    expect(appliedTo(payment, a)).toEqual(eur('0.00'))
  })

  it('MO7 refuses to be applied beyond what is left of it', () => {
    const payment = after(received, { type: 'ApplyPayment', invoice: a, amount: eur('99.99') })
    expect(decidePayment(payment, { type: 'ApplyPayment', invoice: b, amount: eur('0.02') })).toMatchObject({
      ok: false,
      error: { code: 'allocation_exceeds_payment', details: { unapplied: eur('0.01') } },
    })
  })

  it('is refunded when nothing is left and nothing is applied, and captured until then', () => {
    const applied = after(received, { type: 'ApplyPayment', invoice: a, amount: eur('40.00') })
    const part = after(applied, { type: 'RefundPayment', amount: eur('60.00'), reason: 'x' })
    expect(part.status).toBe('captured')
    const free = after(part, { type: 'TakeBackPayment', invoice: a, amount: eur('40.00') })
    const rest = after(free, { type: 'RefundPayment', amount: eur('40.00'), reason: 'x' })
    expect(rest.status).toBe('refunded')
    expect(decidePayment(rest, { type: 'ApplyPayment', invoice: a, amount: eur('1.00') })).toMatchObject({
      ok: false,
      error: { code: 'invalid_state', details: { status: 'refunded', allowed: [] } },
    })
    expect(decidePayment(rest, { type: 'ExchangePayment', exchanged: {} as never })).toMatchObject({
      error: { code: 'invalid_state', details: { payment: id, status: 'refunded' } },
    })
  })

  it('PY5 is not reversed once part of it was paid back, nor paid back once reversed', () => {
    const part = after(received, { type: 'RefundPayment', amount: eur('1.00'), reason: 'x' })
    expect(decidePayment(part, { type: 'ReversePayment', reason: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_state', details: { refunded: eur('1.00') } },
    })
    const reversed = after(received, { type: 'ReversePayment', reason: 'x' })
    expect(unappliedAmount(reversed)).toEqual(eur('0.00'))
    expect(
      decidePayment(reversed, { type: 'RefundPayment', amount: eur('1.00'), reason: 'x' }),
    ).toMatchObject({ ok: false, error: { code: 'refund_exceeds_captured' } })
    expect(decidePayment(reversed, { type: 'ReversePayment', reason: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_state' },
    })
  })

  it('RC5 stops rather than reverse a payment that still pays for something', () => {
    const applied = after(received, { type: 'ApplyPayment', invoice: a, amount: eur('40.00') })
    expect(() => decidePayment(applied, { type: 'ReversePayment', reason: 'x' })).toThrow(/RC5/)
    expect(() =>
      decidePayment(applied, { type: 'TakeBackPayment', invoice: a, amount: eur('40.01') }),
    ).toThrow(/MO7/)
  })
})
