import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditNoteKind } from '../../src/core/invoicing/credit-note.js'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import { toMinor } from '../../src/core/money/money.js'
import { billableQuantity } from '../../src/core/orders/billable.js'
import { orderKind } from '../../src/core/orders/order.js'
import { invoiceTriggers } from '../../src/core/pricing/invoice-trigger.js'
import { newKey, openShop, stock, type Shop } from '../support/shop.js'

const step = fc.record({
  what: fc.constantFrom('pack', 'ship', 'deliver', 'lose', 'giveUp', 'accept', 'bill', 'credit', 'cancel'),
  line: fc.constantFrom('L1', 'L2'),
  quantity: fc.integer({ min: 1, max: 5 }),
  pick: fc.nat(20),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** Does one step, or is refused. What is asked is often impossible, and must then change nothing. */
const take = async ({ oms }: Shop, order: string, { what, line, quantity, pick }: Step): Promise<void> => {
  const shipments = (await oms.orThrow.shipments.list({ order })).items
  const invoices = (await oms.orThrow.invoices.list({ order })).items
  const shipment = shipments[pick % Math.max(1, shipments.length)]?.id ?? 'none'
  const lines = [{ line, quantity }]
  switch (what) {
    case 'pack': {
      const planned = await oms.fulfillments.plan({ order, lines })
      if (!planned.ok) return
      for (const { fulfillment } of planned.value.fulfillments) await oms.fulfillments.pack({ fulfillment })
      return
    }
    case 'ship':
      await oms.shipments.ship({ shipment, carrier: 'Parcel Post' })
      return
    case 'deliver':
      await oms.shipments.deliver({ shipment })
      return
    case 'lose':
      await oms.shipments.reportLost({ shipment, reason: 'no_scan' })
      return
    case 'giveUp':
      await oms.shipments.giveUp({ shipment })
      return
    case 'accept':
      await oms.orders.accept({ order, lines }, newKey())
      return
    case 'bill':
      await oms.invoices.bill({ order })
      return
    case 'credit': {
      const invoice = invoices[pick % Math.max(1, invoices.length)]?.id ?? 'none'
      await oms.invoices.credit({ invoice, lines, reason: 'goodwill' }, newKey())
      return
    }
    case 'cancel':
      await oms.orders.cancel({ order, lines, reason: 'regret' }, newKey())
  }
}

describe('billing', () => {
  it('OQ4 OQ5 MO6 whatever happens in whatever order, an order is the sum of its invoices, never more is billed than is billable, never more is credited than was billed, and a rerun bills nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...invoiceTriggers),
        fc.constantFrom(...invoiceTriggers, undefined),
        fc.array(step, { minLength: 4, maxLength: 16 }),
        async (trigger, ofLine, steps) => {
          const shop = openShop()
          const { oms, stored } = shop
          await stock(oms, 'NAIL', 100, '0.3333')
          await stock(oms, 'BOLT', 100, '1.0050')
          const second = { sku: 'BOLT', quantity: 7, ...(ofLine !== undefined && { invoiceTrigger: ofLine }) }
          const { order: id } = await oms.orThrow.orders.place(
            {
              channel: 'web',
              currency: 'EUR',
              invoiceTrigger: trigger,
              lines: [{ sku: 'NAIL', quantity: 10 }, second],
            },
            newKey(),
          )
          await oms.orThrow.orders.confirm({ order: id })
          for (const one of steps) {
            await take(shop, id, one)
            const order = await stored(orderKind, id)
            const { items } = await oms.orThrow.invoices.list({ order: id })
            const billed = items.reduce((sum, invoice) => sum + toMinor(invoice.total), 0n)
            expect(toMinor(order.invoiced)).toBe(billed)
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
                expect(parts.reduce((sum, part) => sum + toMinor(part.net), 0n)).toBe(toMinor(line.net))
              }
            }
          }
          const before = (await oms.orThrow.invoices.list({ order: id })).items.length
          expect(await oms.orThrow.invoices.bill({ order: id })).toEqual({ order: id })
          expect((await oms.orThrow.invoices.list({ order: id })).items).toHaveLength(before)
          for (const invoice of (await oms.orThrow.invoices.list({ order: id })).items) {
            const notes = (await oms.orThrow.invoices.creditNotes({ invoice: invoice.id })).items
            const credited = await Promise.all(notes.map((note) => stored(creditNoteKind, note.id)))
            const sum = credited.reduce((total, note) => total + toMinor(note.total), 0n)
            expect(sum).toBe(toMinor((await stored(invoiceKind, invoice.id)).credited))
            expect(sum <= toMinor(invoice.total)).toBe(true)
          }
        },
      ),
      { numRuns: 120 },
    )
  })
})
