import { describe, expect, it } from 'vitest'
import { freshKey, openDesk, orderMugs, stockMugs } from '../../support/desk.js'
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
      '  VAT 19% 0.01 = 19% of 0.03 = 0.0057, rounded half up [BR-CO-17]',
      '  VAT 19% 0.00 = 0.01 so far, less 0.01 before',
    ])
    const { text, trace } = await clerk.orThrow.orders.trace({ order })
    expect(trace).toMatchObject({ name: 'amount due', amount: '0.11' })
    expect(text).toContain('VAT 19% 0.02 = 19% of 0.09 = 0.0171, rounded half up [BR-CO-17]')
  })

  it('F130 explains an invoice of an order without taxes by its lines', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const lines = [{ sku: 'MUG', quantity: 3, unitPrice: { amount: '0.335', currency: 'EUR' } }]
    const { order } = await clerk.orThrow.orders.place({ channel: 'web', currency: 'EUR', lines }, freshKey())
    await clerk.orThrow.orders.confirm({ order })
    await shipped(clerk, order, [{ line: 'L1', quantity: 1 }])
    const { invoice } = await shipped(clerk, order, [{ line: 'L1', quantity: 2 }])
    expect((await clerk.orThrow.invoices.trace({ invoice })).text).toBe(
      [
        'total 0.67 = sum of the lines, nothing taxed, discounted or charged',
        '  line 1 0.67 = 1.01 so far, less 0.34 before',
        '    so far 1.01 = 0.335 x 3 = 1.005, rounded half up',
        '    less before 0.34 = 0.335 x 1 = 0.335, rounded half up',
      ].join('\n'),
    )
  })

  it('F130 MO6 says why one of three equal credit notes has a cent less', async () => {
    const { clerk } = openDesk({ settings: { tax: germanTax } })
    await stockMugs(clerk)
    const lines = [{ sku: 'MUG', quantity: 3, unitPrice: { amount: '0.335', currency: 'EUR' } }]
    const { order } = await clerk.orThrow.orders.place({ channel: 'web', currency: 'EUR', lines }, freshKey())
    await clerk.orThrow.orders.confirm({ order })
    const { invoice } = await shipped(clerk, order)
    const one = { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' }
    await clerk.orThrow.invoices.credit(one, freshKey())
    const { creditNote } = await clerk.orThrow.invoices.credit(one, freshKey())
    const textOf = async (amount: string) =>
      (await clerk.orThrow.invoices.trace({ creditNote, amount })).text.split('\n')
    expect(await textOf('lines.0.net')).toEqual([
      'line 1 0.33 = 0.67 so far, less 0.34 before',
      '  so far 0.67 = 2 of 3 units of 1.01 = 0.673333…, rounded half up',
      '    line 1 of invoice INV-000001 1.01 = as it was billed',
      '  less before 0.34 = 1 of 3 units of 1.01 = 0.336666…, rounded half up',
      '    line 1 of invoice INV-000001 1.01 = as it was billed',
    ])
    expect((await textOf('totals.taxes.0.amounts.0')).filter((line) => !line.startsWith('    '))).toEqual([
      'VAT 19% of invoice INV-000001 0.07 = 0.13 so far, less 0.06 before',
      '  so far 0.13 = 0.19 for 0.67 of 1.01 = 0.126039…, rounded half up',
      '  less before 0.06 = 0.19 for 0.34 of 1.01 = 0.063960…, rounded half up',
    ])
    expect((await textOf('total'))[0]).toBe('amount credited 0.40 = total with tax [BR-CO-16]')
  })

  it('refuses an amount that no document has, two documents, and none', async () => {
    const { clerk } = openDesk()
    await stockMugs(clerk)
    const order = await orderMugs(clerk)
    await clerk.orThrow.orders.confirm({ order })
    const { invoice } = await shipped(clerk, order)
    for (const amount of ['totals.tax', 'lines.7.net', 'lines.0', 'lines.0.net.amount', 'deducted.0.net']) {
      expect(await clerk.invoices.trace({ invoice, amount }), amount).toMatchObject({
        error: { code: 'validation_failed', issues: [{ path: ['amount'], rule: 'amount.path' }] },
      })
    }
    for (const input of [{}, { invoice, proforma: order }]) {
      expect(await clerk.invoices.trace(input)).toMatchObject({
        error: { code: 'validation_failed', issues: [{ path: ['invoice'], rule: 'trace.one' }] },
      })
    }
  })
})
