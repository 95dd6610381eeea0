import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invoiceKind } from '../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../src/core/orders/order.js'
import { confirmed, newKey, openShop, shipped, stock } from '../support/shop.js'

/** A quantity cut into parts, and a price of up to four decimals. */
const partition = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
const price = fc.integer({ min: 1, max: 99_999 }).map((units) => {
  const digits = String(units).padStart(5, '0')
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`
})
const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0)

describe('invoices and credit notes', () => {
  it('OQ4 MO6 shipping in any partition and crediting in any other leaves the order’s total, then zero', async () => {
    await fc.assert(
      fc.asyncProperty(partition, price, fc.integer({ min: 1, max: 5 }), async (parts, unitPrice, step) => {
        const { oms, stored } = openShop()
        await stock(oms, 'NAIL', 1_000, unitPrice)
        const id = await confirmed(oms, [{ sku: 'NAIL', quantity: sum(parts) }])
        const invoices: string[] = []
        for (const quantity of parts)
          invoices.push((await shipped(oms, id, [{ line: 'L1', quantity }])).invoice)
        const order = await stored(orderKind, id)
        expect(order.invoiced).toEqual(order.total)
        for (const invoice of invoices) {
          const { lines } = await stored(invoiceKind, invoice)
          let rest = lines[0]?.quantity ?? 0
          while (rest > 0) {
            const quantity = Math.min(step, rest)
            rest -= quantity
            await oms.orThrow.invoices.credit(
              { invoice, lines: [{ line: 'L1', quantity }], reason: 'returned' },
              newKey(),
            )
          }
        }
        expect((await stored(orderKind, id)).credited).toEqual(order.total)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps the set of a customer’s open invoices equal to what its invoices say (EV12)', async () => {
    await fc.assert(
      fc.asyncProperty(partition, price, fc.boolean(), async (parts, unitPrice, pays) => {
        const { oms, stored } = openShop()
        await stock(oms, 'NAIL', 1_000, unitPrice)
        await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
        const id = await confirmed(oms, [{ sku: 'NAIL', quantity: sum(parts) }], { customer: 'C-1' })
        const invoices: string[] = []
        for (const quantity of parts)
          invoices.push((await shipped(oms, id, [{ line: 'L1', quantity }])).invoice)
        const [first] = invoices
        if (first !== undefined) {
          if (pays) {
            const { total } = await stored(invoiceKind, first)
            if (total.amount !== '0.00') {
              await oms.orThrow.payments.record(
                { amount: total, method: 'cash', invoices: [{ invoice: first }] },
                newKey(),
              )
            }
          } else await oms.orThrow.invoices.credit({ invoice: first, reason: 'returned' }, newKey())
        }
        const expected: string[] = []
        for (const invoice of invoices.slice(1)) {
          if ((await stored(invoiceKind, invoice)).total.amount !== '0.00') expected.push(invoice)
        }
        const open = await stored(openInvoicesKind, 'C-1')
        expect(open.invoices.map((each) => each.invoice)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })
})
