import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceptWork } from '../../src/core/flows/accept-work.js'
import { billOpenOrder } from '../../src/core/flows/bill-order.js'
import { cancelOrder } from '../../src/core/flows/cancel-order.js'
import { confirmOrder } from '../../src/core/flows/confirm-order.js'
import { giveUpShipment } from '../../src/core/flows/give-up-shipment.js'
import { creditInvoice } from '../../src/core/flows/issue-credit-note.js'
import { placeOrder } from '../../src/core/flows/place-order.js'
import { planFulfillment } from '../../src/core/flows/plan-fulfillment.js'
import { reportLost } from '../../src/core/flows/report-shipment.js'
import { deliverGoods, shipGoods } from '../../src/core/flows/ship-goods.js'
import { packGoods } from '../../src/core/flows/work-on-fulfillment.js'
import type { OrderId } from '../../src/core/ids/ids.js'
import { creditNoteKind } from '../../src/core/invoicing/credit-note.js'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import { toMinor } from '../../src/core/money/money.js'
import { billableQuantity } from '../../src/core/orders/billable.js'
import { orderKind } from '../../src/core/orders/order.js'
import { invoiceTriggers } from '../../src/core/pricing/invoice-trigger.js'
import { shipmentKind } from '../../src/core/shipping/shipment.js'
import { openPureShop, stockGoods, type PureShop } from '../support/pure-shop.js'

const step = fc.record({
  what: fc.constantFrom('pack', 'ship', 'deliver', 'lose', 'giveUp', 'accept', 'bill', 'credit', 'cancel'),
  line: fc.constantFrom('L1', 'L2'),
  quantity: fc.integer({ min: 1, max: 5 }),
  pick: fc.nat(20),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** Does one step, or is refused. What is asked is often impossible, and must then change nothing. */
const take = (shop: PureShop, order: OrderId, { what, line, quantity, pick }: Step): void => {
  const nth = <One extends { readonly id: string }>(all: readonly One[]): string =>
    all[pick % Math.max(1, all.length)]?.id ?? 'none'
  const lines = [{ line, quantity }]
  switch (what) {
    case 'pack': {
      const planned = shop.run(planFulfillment, { order, lines })
      if (!planned.ok) return
      for (const { fulfillment } of planned.value.fulfillments) shop.run(packGoods, { fulfillment })
      return
    }
    case 'ship':
      shop.run(shipGoods, { shipment: nth(shop.all(shipmentKind)), carrier: 'Parcel Post' })
      return
    case 'deliver':
      shop.run(deliverGoods, { shipment: nth(shop.all(shipmentKind)) })
      return
    case 'lose':
      shop.run(reportLost, { shipment: nth(shop.all(shipmentKind)), reason: 'no_scan' })
      return
    case 'giveUp':
      shop.run(giveUpShipment, { shipment: nth(shop.all(shipmentKind)) })
      return
    case 'accept':
      shop.run(acceptWork, { order, lines })
      return
    case 'bill':
      shop.run(billOpenOrder, { order })
      return
    case 'credit':
      shop.run(creditInvoice, { invoice: nth(shop.all(invoiceKind)), lines, reason: 'goodwill' })
      return
    case 'cancel':
      shop.run(cancelOrder, { order, lines, reason: 'regret' })
  }
}

const stocked = openPureShop()
stockGoods(stocked, 'NAIL', 100, '0.3333')
stockGoods(stocked, 'BOLT', 100, '1.0050')

describe('billing', () => {
  it('OQ4 OQ5 MO6 whatever happens in whatever order, an order is the sum of its invoices, never more is billed than is billable, never more is credited than was billed, and a rerun bills nothing', () => {
    let invoices = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...invoiceTriggers),
        fc.constantFrom(...invoiceTriggers, undefined),
        fc.array(step, { minLength: 4, maxLength: 12 }),
        (trigger, ofLine, steps) => {
          const shop = stocked.copy()
          const second = { sku: 'BOLT', quantity: 7, ...(ofLine !== undefined && { invoiceTrigger: ofLine }) }
          const placed = shop.run(placeOrder, {
            channel: 'web',
            currency: 'EUR',
            invoiceTrigger: trigger,
            lines: [{ sku: 'NAIL', quantity: 10 }, second],
          })
          if (!placed.ok) throw new Error(placed.error.code)
          const { order: id } = placed.value
          shop.run(confirmOrder, { order: id })
          for (const one of steps) {
            take(shop, id, one)
            const order = shop.stored(orderKind, id)
            const items = shop.all(invoiceKind)
            const billed = items.reduce((sum, invoice) => sum + toMinor(invoice.total), 0n)
            strictEqual(toMinor(order.invoiced), billed)
            for (const line of order.lines) {
              // What was canceled after its credit note is no longer billable, but it was when it was billed.
              expect(line.invoiced - line.credited).toBeLessThanOrEqual(
                billableQuantity(order, line, '2026-03-01' as never),
              )
              expect(line.credited).toBeLessThanOrEqual(line.invoiced)
              // Every fact bills in its own commit: nothing is ever left to bill.
              expect(line.invoiced).toBeGreaterThanOrEqual(
                billableQuantity(order, line, '2026-03-01' as never),
              )
              if (line.invoiced === line.quantity) {
                const parts = items.flatMap((invoice) =>
                  invoice.lines.filter((each) => each.line === line.id),
                )
                strictEqual(
                  parts.reduce((sum, part) => sum + toMinor(part.net), 0n),
                  toMinor(line.net),
                )
              }
            }
          }
          const before = shop.all(invoiceKind).length
          expect(shop.run(billOpenOrder, { order: id })).toEqual({ ok: true, value: { order: id } })
          expect(shop.all(invoiceKind)).toHaveLength(before)
          invoices += before
          const notes = shop.all(creditNoteKind)
          for (const { id: invoice, credited, total } of shop.all(invoiceKind)) {
            const own = notes.filter((note) => note.invoice === invoice)
            strictEqual(
              own.reduce((sum, note) => sum + toMinor(note.total), 0n),
              toMinor(credited),
            )
            strictEqual(toMinor(credited) <= toMinor(total), true)
          }
        },
      ),
      { numRuns: 10_000 },
    )
    expect(invoices).toBeGreaterThan(5_000)
  }, 180_000)
})
