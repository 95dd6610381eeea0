import type { OrderManagementFor } from '../../src/app/order-management.js'
import { acceptWork } from '../../src/core/flows/accept-work.js'
import { runAll } from './callers.js'
import type { WorkLoad } from './work-load.js'

const skus = Array.from({ length: 200 }, (_, index) => `SKU-${String(index).padStart(4, '0')}`)
const customers = 500

/** Ten lines of two tax rates, billed when the customer accepts them. */
const orderInput = (index: number) => ({
  channel: 'web',
  currency: 'EUR',
  customer: `customer-${index % customers}`,
  invoiceTrigger: 'on_acceptance' as const,
  payment: { method: 'invoice', terms: 'on_account' as const },
  lines: Array.from({ length: 10 }, (_, line) => ({
    sku: skus[(index * 7 + line * 13) % skus.length] ?? '',
    quantity: 1 + line,
    unitPrice: { amount: '19.99', currency: 'EUR' },
    tax: vat(line % 3 === 0 ? '7' : '19'),
  })),
})

const vat = (percent: string) => ({ category: 'S' as const, components: [{ name: 'VAT', percent }] })

/**
 * Invoices of ten lines, each issued in the commit of its order's acceptance: order, invoice, number series and what the customer owes are written. The
 * orders stand there before the first round.
 */
export const acceptOrders = (orders: number): WorkLoad => {
  const ids: string[] = []
  return {
    stockUp: async (oms) => {
      await defineShop(oms)
      await runAll(0, orders, 256, async (index) => {
        const placed = await oms.orThrow.orders.place(orderInput(index), { idempotencyKey: `cart ${index}` })
        await oms.orThrow.orders.confirm({ order: placed.order })
        ids[index] = placed.order
      })
    },
    run: (oms, first, count, callers) =>
      runAll(first, count, callers, async (index) => {
        const answer = await oms.orders.accept(
          { order: ids[index] ?? '' },
          { idempotencyKey: `accept ${index}` },
        )
        if (!answer.ok) throw new Error(`order ${index} was not accepted: ${answer.error.code}`)
        if (answer.value.invoice === undefined) throw new Error(`order ${index} was not billed`)
      }),
    parse: (index) => acceptWork.input.safeParse({ order: ids[index] }),
  }
}

const defineShop = async ({ orThrow }: OrderManagementFor): Promise<void> => {
  for (const sku of skus) {
    await orThrow.catalog.define({ sku, name: `Product ${sku}` })
    await orThrow.inventory.receive({ sku, quantity: 100_000_000 }, { idempotencyKey: `stock ${sku}` })
  }
  for (let index = 0; index < customers; index += 1) {
    const id = `customer-${index}`
    await orThrow.parties.register({ id, roles: ['customer'], name: id }, { idempotencyKey: id })
  }
}
