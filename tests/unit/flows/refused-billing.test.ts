import { beforeEach, describe, expect, it } from 'vitest'
import type { InvoiceId, PaymentId } from '../../../src/core/ids/ids.js'
import type { Money } from '../../../src/core/money/money.js'
import { decideOrder } from '../../../src/core/orders/order-decider.js'
import { orderKind, type Order } from '../../../src/core/orders/order.js'
import { decidePayment } from '../../../src/core/payments/payment-decider.js'
import { paymentKind } from '../../../src/core/payments/payment.js'
import type { DepositPart } from '../../../src/core/totals/deposit.js'
import { plantDrift } from '../../support/plant-drift.js'
import { confirmed, newKey, openShop, shipped, stock, type Shop } from '../../support/shop.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' }) as Money
const payment = 'P-1' as PaymentId

/** A claim on what is not taxed. */
const claim = (amount: string, invoice = 'I-1'): DepositPart => ({
  invoice: invoice as InvoiceId,
  number: 'INV-000009',
  issuedOn: '2026-03-01' as DepositPart['issuedOn'],
  amount: eur(amount),
  net: eur(amount),
  tax: eur('0.00'),
  taxes: [{ treatment: { category: 'O', components: [] }, base: eur(amount), amounts: [], tax: eur('0.00') }],
})

let shop: Shop
let id: string
let order: Order
beforeEach(async () => {
  shop = openShop()
  await stock(shop.oms, 'MUG', 10, '10.00')
  id = await confirmed(shop.oms, [{ sku: 'MUG', quantity: 2 }])
  order = await shop.stored(orderKind, id)
})

describe('what an order refuses to be billed, whoever asks', () => {
  it('F101 a deposit of more than nobody claims yet', () => {
    expect(decideOrder(order, { type: 'BillDeposit', deposit: claim('20.00') })).toMatchObject({ ok: true })
    expect(decideOrder(order, { type: 'BillDeposit', deposit: claim('20.01') })).toMatchObject({
      error: { code: 'quantity_exceeded', details: { wanted: eur('20.01'), limit: eur('20.00') } },
    })
  })

  it('F101 a deposit once it is canceled', async () => {
    await shop.oms.orThrow.orders.cancel({ order: id, reason: 'changed-mind' }, newKey())
    const canceled = await shop.stored(orderKind, id)
    expect(decideOrder(canceled, { type: 'BillDeposit', deposit: claim('1.00') })).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'canceled' } },
    })
  })

  it('F101 to give back of a deposit what does not stand', () => {
    expect(decideOrder(order, { type: 'WithdrawDeposit', deposit: claim('1.00') })).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { wanted: eur('1.00'), limit: eur('0.00') } },
    })
  })

  it('M25 to pay from a deposit what was not paid in advance', () => {
    expect(decideOrder(order, { type: 'ApplyDeposit', payment, amount: eur('1.00') })).toMatchObject({
      error: { code: 'allocation_exceeds_payment', details: { payment, amount: eur('1.00') } },
    })
  })

  it('counts a debit note as its first document where it has no other', () => {
    const decided = decideOrder(order, {
      type: 'DebitOrder',
      invoice: 'I-1' as InvoiceId,
      amount: eur('1.00'),
    })
    expect(decided).toMatchObject({ ok: true, value: [{ type: 'OrderDebited', nth: 1 }] })
  })
})

describe('money that pays', () => {
  const received = async () =>
    (await shop.oms.orThrow.payments.record({ amount: eur('20.00'), method: 'card', order: id }, newKey()))
      .payment

  it('M25 pays no more of an order than the order knows to be paid in advance', async () => {
    const paid = await received()
    await plantDrift<Order>(shop.storage, 'order', id, (state) => ({
      ...state,
      deposits: state.deposits.map((deposit) => ({ ...deposit, unapplied: eur('1.00') })),
    }))
    const { invoice } = await shipped(shop.oms, id)
    expect(await shop.oms.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('19.00') })
    await plantDrift<Order>(shop.storage, 'order', id, (state) => ({
      ...state,
      deposits: state.deposits.map((deposit) => ({ ...deposit, unapplied: eur('1.00') })),
    }))
    expect(
      await shop.oms.payments.apply(
        { payment: paid, invoices: [{ invoice, amount: eur('2.00') }] },
        newKey(),
      ),
    ).toMatchObject({ error: { code: 'allocation_exceeds_payment', details: { unapplied: eur('1.00') } } })
  })

  it('PY2 goes back in the currency it came in', async () => {
    const state = await shop.stored(paymentKind, await received())
    const amount = { amount: '1.00', currency: 'USD' } as Money
    expect(decidePayment(state, { type: 'RefundPayment', amount, reason: 'overpaid' })).toMatchObject({
      error: { code: 'currency_mismatch', details: { expected: 'EUR', got: 'USD' } },
    })
  })
})
