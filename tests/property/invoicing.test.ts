import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confirmOrder } from '../../src/core/flows/confirm-order.js'
import { creditInvoice } from '../../src/core/flows/issue-credit-note.js'
import { placeOrder } from '../../src/core/flows/place-order.js'
import { planFulfillment } from '../../src/core/flows/plan-fulfillment.js'
import { recordPayment } from '../../src/core/flows/record-payment.js'
import { registerParty } from '../../src/core/flows/register-party.js'
import { shipGoods } from '../../src/core/flows/ship-goods.js'
import { packGoods } from '../../src/core/flows/work-on-fulfillment.js'
import type { InvoiceId, OrderId } from '../../src/core/ids/ids.js'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../src/core/orders/order.js'
import type { Result } from '../../src/core/result.js'
import { openPureShop, stockGoods, type PureShop } from '../support/pure-shop.js'

const cases = { numRuns: 10_000 }

/** A quantity cut into parts, and a price of up to four decimals. */
const partition = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 })
const price = fc.integer({ min: 1, max: 99_999 }).map((units) => {
  const digits = String(units).padStart(5, '0')
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`
})
const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0)

const done = <Value>(answer: Result<Value, { readonly code: string }>): Value => {
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}

/** Goods that are there, at a price that each order names. */
const stocked = openPureShop()
stockGoods(stocked, 'NAIL', 1_000, '1.00')
done(stocked.run(registerParty, { id: 'C-1', roles: ['customer'] }))

const confirmed = (shop: PureShop, quantity: number, unitPrice: string, more: object = {}): OrderId => {
  const lines = [{ sku: 'NAIL', quantity, unitPrice: { amount: unitPrice, currency: 'EUR' } }]
  const { order } = done(shop.run(placeOrder, { channel: 'web', currency: 'EUR', lines, ...more }))
  done(shop.run(confirmOrder, { order }))
  return order
}

/** Ships so many units; answers the invoice that bills them. */
const shipped = (shop: PureShop, order: OrderId, quantity: number): InvoiceId => {
  const planned = done(shop.run(planFulfillment, { order, lines: [{ line: 'L1', quantity }] }))
  const [first] = planned.fulfillments
  if (first === undefined) throw new Error('nothing was planned')
  const { shipment } = done(shop.run(packGoods, { fulfillment: first.fulfillment }))
  const { invoice } = done(shop.run(shipGoods, { shipment, carrier: 'Parcel Post' }))
  if (invoice === undefined) throw new Error('the shipment was not billed')
  return invoice
}

describe('invoices and credit notes', () => {
  it('OQ4 MO6 shipping in any partition and crediting in any other leaves the order’s total, then zero', () => {
    fc.assert(
      fc.property(partition, price, fc.integer({ min: 1, max: 5 }), (parts, unitPrice, step) => {
        const shop = stocked.copy()
        const id = confirmed(shop, sum(parts), unitPrice)
        const invoices = parts.map((quantity) => shipped(shop, id, quantity))
        const order = shop.stored(orderKind, id)
        expect(order.invoiced).toEqual(order.total)
        for (const invoice of invoices) {
          let rest = shop.stored(invoiceKind, invoice).lines[0]?.quantity ?? 0
          while (rest > 0) {
            const quantity = Math.min(step, rest)
            rest -= quantity
            done(shop.run(creditInvoice, { invoice, lines: [{ line: 'L1', quantity }], reason: 'returned' }))
          }
        }
        expect(shop.stored(orderKind, id).credited).toEqual(order.total)
      }),
      cases,
    )
  }, 180_000)

  it('keeps the set of a customer’s open invoices equal to what its invoices say (EV12)', () => {
    fc.assert(
      fc.property(partition, price, fc.boolean(), (parts, unitPrice, pays) => {
        const shop = stocked.copy()
        const id = confirmed(shop, sum(parts), unitPrice, { customer: 'C-1' })
        const invoices = parts.map((quantity) => shipped(shop, id, quantity))
        const total = (invoice: InvoiceId) => shop.stored(invoiceKind, invoice).total
        const [first, ...others] = invoices
        if (first === undefined) throw new Error('there is a first invoice')
        if (!pays) done(shop.run(creditInvoice, { invoice: first, reason: 'returned' }))
        else if (total(first).amount !== '0.00') {
          const amount = total(first)
          done(shop.run(recordPayment, { amount, method: 'cash', invoices: [{ invoice: first }] }))
        }
        const open = shop.stored(openInvoicesKind, 'C-1')
        expect(open.invoices.map((each) => each.invoice)).toEqual(
          others.filter((invoice) => total(invoice).amount !== '0.00'),
        )
      }),
      cases,
    )
  }, 180_000)
})
