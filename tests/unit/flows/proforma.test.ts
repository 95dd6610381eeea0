import { describe, expect, it } from 'vitest'
import { orderKind } from '../../../src/core/orders/order.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const lines = [{ sku: 'DESK', quantity: 3, tax: vat('19') }] as never

const open = async () => {
  const shop = openShop()
  await stock(shop.oms, 'DESK', 100, '100.00')
  return shop
}

describe('invoices.proforma', () => {
  it('draws what an invoice of a draft would say, without a number', async () => {
    const { oms } = await open()
    const { order } = await oms.orThrow.orders.capture({ channel: 'web', currency: 'EUR', lines }, newKey())
    const proforma = await oms.orThrow.invoices.proforma({ order })
    expect(proforma).toMatchObject({
      kind: 'proforma',
      order,
      lines: [{ sku: 'DESK', quantity: 3, unit: 'C62', net: eur('300.00') }],
      totals: { net: eur('300.00'), tax: eur('57.00') },
      total: eur('357.00'),
      drawnOn: '2026-03-01',
    })
    expect(proforma).not.toHaveProperty('number')
  })

  it('claims and counts as nothing: the order, its invoices, the books and the numbers stay as they are', async () => {
    const { oms, stored } = await open()
    const order = await confirmed(oms, lines)
    const before = await stored(orderKind, order)
    await oms.orThrow.invoices.proforma({ order })
    await oms.orThrow.invoices.proforma({ order })
    expect(await stored(orderKind, order)).toEqual(before)
    expect((await oms.orThrow.invoices.list({ order })).items).toEqual([])
    expect((await oms.orThrow.ledger.trialBalance({})).entries).toBe(0)
    expect(await shipped(oms, order)).toMatchObject({ invoiceNumber: 'INV-000001', total: eur('357.00') })
  })

  it('is of all that is not canceled, whatever is billed or claimed as a deposit', async () => {
    const { oms } = await open()
    const order = await confirmed(oms, lines)
    await oms.orThrow.orders.cancel(
      { order, lines: [{ line: 'L1', quantity: 1 }], reason: 'regret' },
      newKey(),
    )
    await oms.orThrow.invoices.billDeposit({ order, deposit: { percent: '10' } }, newKey())
    await shipped(oms, order, [{ line: 'L1', quantity: 1 }])
    const proforma = await oms.orThrow.invoices.proforma({ order })
    expect(proforma).toMatchObject({ lines: [{ quantity: 2 }], total: eur('238.00') })
    expect(proforma).not.toHaveProperty('deducted')
  })

  it('refuses an order nobody knows', async () => {
    const { oms } = await open()
    expect(await oms.invoices.proforma({ order: 'none' })).toMatchObject({ error: { code: 'unknown_order' } })
  })
})
