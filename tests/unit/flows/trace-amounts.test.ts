import { describe, expect, it } from 'vitest'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'
import { shipped } from '../../support/shop.js'
import { germanTax } from '../../support/tax.js'

describe('the trace of an amount', () => {
  it('F130 says why one of three equal invoices has a cent less tax', async () => {
    const { clerk } = openDesk({ settings: { tax: germanTax } })
    await stockMugs(clerk)
    const lines = [{ sku: 'MUG', quantity: 3, unitPrice: { amount: '0.03', currency: 'EUR' } }]
    const { order } = await clerk.orThrow.orders.place({ channel: 'web', currency: 'EUR', lines }, freshKey())
    await clerk.orThrow.orders.confirm({ order })
    const texts: string[] = []
    for (let unit = 0; unit < 2; unit += 1) {
      const { invoice } = await shipped(clerk, order, [{ line: 'L1', quantity: 1 }])
      texts.push((await clerk.orThrow.invoices.trace({ invoice, amount: 'tax' })).text.split('\n')[1] ?? '')
    }
    expect(texts).toEqual([
      '  VAT 19% 0.01 = 19% of 0.03, rounded half up: 0.01',
      '  VAT 19% 0.00 = 19% of 0.06, rounded half up: 0.01, less 0.01 before',
    ])
    const { text, trace } = await clerk.orThrow.orders.trace({ order })
    expect(trace).toMatchObject({ name: 'amount due', amount: '0.11' })
    expect(text).toContain('VAT 19% 0.02 = 19% of 0.09, rounded half up once for the sum [BR-CO-17]')
  })

  it('F130 explains an invoice of an order without taxes by its lines', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const lines = [{ sku: 'MUG', quantity: 3, unitPrice: { amount: '0.335', currency: 'EUR' } }]
    const { order } = await clerk.orThrow.orders.place({ channel: 'web', currency: 'EUR', lines }, freshKey())
    await clerk.orThrow.orders.confirm({ order })
    await shipped(clerk, order, [{ line: 'L1', quantity: 1 }])
    const { invoice } = await shipped(clerk, order, [{ line: 'L1', quantity: 2 }])
    expect((await clerk.orThrow.invoices.trace({ invoice })).text).toContain(
      'line 1 0.67 = 0.335 x 3, rounded half up: 1.01, less 0.34 before',
    )
  })
})
