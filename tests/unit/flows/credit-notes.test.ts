import { describe, expect, it } from 'vitest'
import { creditNoteKind } from '../../../src/core/invoicing/credit-note.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { openInvoicesKind } from '../../../src/core/invoicing/open-invoices.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'

describe('credit notes', () => {
  it('MO6 add up to exactly the invoice after a full return in any number of steps', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'NAIL', 100, '0.333')
    const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }]))
    const totals: string[] = []
    for (const quantity of [1, 1, 1, 3, 4]) {
      const note = await oms.orThrow.invoices.credit(
        { invoice, lines: [{ line: 'L1', quantity }], reason: 'returned' },
        newKey(),
      )
      totals.push(note.total.amount)
    }
    expect(totals).toEqual(['0.33', '0.34', '0.33', '1.00', '1.33'])
    expect(await stored(invoiceKind, invoice)).toMatchObject({
      status: 'settled',
      total: { amount: '3.33' },
      credited: { amount: '3.33' },
    })
  })

  it('MO6 refuses to credit more units of a line than were invoiced', async () => {
    const { oms } = openShop()
    await stock(oms, 'NAIL', 100, '0.333')
    const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }]))
    const credit = (quantity: number) =>
      oms.invoices.credit({ invoice, lines: [{ line: 'L1', quantity }], reason: 'returned' }, newKey())
    expect((await credit(6)).ok).toBe(true)
    expect(await credit(5)).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { line: 'L1', wanted: 5, limit: 4 } },
    })
  })

  it('MO6 refuses to credit a line that the invoice does not have', async () => {
    const { oms } = openShop()
    await stock(oms, 'NAIL', 3, '1.11')
    const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'NAIL', quantity: 3 }]))
    const lines = [{ line: 'L9', quantity: 1 }]
    expect(await oms.invoices.credit({ invoice, lines, reason: 'returned' }, newKey())).toMatchObject({
      error: { code: 'unknown_line', details: { line: 'L9' } },
    })
  })

  it('MO6 lets exactly one of ten racing full credits through', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'NAIL', 100, '0.333')
    const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }])
    const { invoice } = await shipped(oms, order)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => oms.invoices.credit({ invoice, reason: 'returned' }, newKey())),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('credit_exceeds_invoice')
    expect((await stored(orderKind, order)).credited).toEqual({ amount: '3.33', currency: 'EUR' })
  })

  it('F113 says which invoice it corrects and has a number of its own series', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'NAIL', 100, '0.333')
    const { invoice } = await shipped(oms, await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }]))
    const { creditNote } = await oms.orThrow.invoices.credit({ invoice, reason: 'wrong color' }, newKey())
    expect(await stored(creditNoteKind, creditNote)).toMatchObject({
      number: 'CN-000001',
      invoice,
      invoiceNumber: 'INV-000001',
      reason: 'wrong color',
      total: { amount: '3.33', currency: 'EUR' },
    })
  })

  it('takes a credited invoice out of what the customer owes', async () => {
    const { oms, stored } = openShop()
    await stock(oms, 'NAIL', 100, '0.333')
    await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
    const { invoice } = await shipped(
      oms,
      await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }], { customer: 'C-1' }),
    )
    expect((await stored(openInvoicesKind, 'C-1')).invoices).toMatchObject([
      { invoice, open: { amount: '3.33' } },
    ])
    await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 4 }], reason: 'returned' },
      newKey(),
    )
    expect((await stored(openInvoicesKind, 'C-1')).invoices).toMatchObject([
      { invoice, open: { amount: '2.00' } },
    ])
    await oms.orThrow.invoices.credit({ invoice, reason: 'returned' }, newKey())
    expect((await stored(openInvoicesKind, 'C-1')).invoices).toEqual([])
  })

  it('grants a credit without an invoice only under its own name, with the reference it refers to', async () => {
    const { oms, stored } = openShop()
    const granted = await oms.orThrow.invoices.creditWithoutInvoice(
      {
        currency: 'EUR',
        lines: [
          {
            sku: 'OLD',
            name: 'Bought before the books began',
            quantity: 3,
            unitPrice: { amount: '1.115', currency: 'EUR' },
          },
        ],
        reason: 'cancellation without purchase',
        reference: 'C536379',
      },
      newKey(),
    )
    expect(granted.total).toEqual({ amount: '3.35', currency: 'EUR' })
    const note = await stored(creditNoteKind, granted.creditNote)
    expect(note).toMatchObject({ number: 'CN-000001', reference: 'C536379' })
    expect(note).not.toHaveProperty('invoice')
  })
})
