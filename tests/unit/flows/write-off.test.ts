import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { invoiceKind } from '../../../src/core/invoicing/invoice-kind.js'
import { orderKind } from '../../../src/core/orders/order.js'
import { confirmed, newKey, openShop, shipped, stock } from '../../support/shop.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** An invoice over 100.00 for goods that have arrived. */
const open = async () => {
  const shop = openShop(memoryStorage, { smallDifferences: { EUR: '0.50' } })
  const { oms } = shop
  await stock(oms, 'NAIL', 100, '10.00')
  const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }])
  const { invoice, shipment } = await shipped(oms, order)
  await oms.orThrow.shipments.deliver({ shipment })
  const pay = (amount: string) =>
    oms.orThrow.payments.record({ amount: eur(amount), method: 'cash', invoices: [{ invoice }] }, newKey())
  return { ...shop, order, invoice, pay }
}

describe('invoices.writeOff', () => {
  it('F119 lets go of all that is open, says why, and closes what waited for it', async () => {
    const { oms, order, invoice, pay, stored } = await open()
    await pay('60.00')
    const receipt = await oms.orThrow.invoices.writeOff(
      { invoice, kind: 'write_off', reason: 'insolvent' },
      newKey(),
    )
    expect(receipt).toMatchObject({ status: 'settled', open: eur('0.00') })
    expect(await stored(invoiceKind, invoice)).toMatchObject({
      total: eur('100.00'),
      paid: eur('60.00'),
      differences: [{ kind: 'write_off', amount: eur('40.00'), on: '2026-03-01', reason: 'insolvent' }],
    })
    expect(await stored(orderKind, order)).toMatchObject({ status: 'closed', forgone: eur('40.00') })
  })

  it('lets go of nothing before the invoice was issued', async () => {
    const { oms, invoice } = await open()
    const early = { invoice, kind: 'write_off', reason: 'insolvent', on: '2026-02-28' } as const
    expect(await oms.invoices.writeOff(early, newKey())).toMatchObject({
      error: { code: 'validation_failed', issues: [{ path: ['on'], rule: 'date.before_invoice' }] },
    })
    expect(await oms.invoices.writeOff({ ...early, on: '2026-03-01' }, newKey())).toMatchObject({ ok: true })
  })

  it('F134 keeps small differences within the tolerance, in however many steps', async () => {
    const { oms, invoice, pay } = await open()
    await pay('99.40')
    const small = (amount?: string) =>
      oms.invoices.writeOff(
        {
          invoice,
          kind: 'small_difference',
          reason: 'bank charges',
          ...(amount !== undefined && { amount: eur(amount) }),
        },
        newKey(),
      )
    expect(await small()).toMatchObject({
      error: { code: 'tolerance_exceeded', details: { amount: eur('0.60'), tolerance: eur('0.50') } },
    })
    expect(await small('0.30')).toMatchObject({ ok: true })
    expect(await small('0.30')).toMatchObject({ error: { code: 'tolerance_exceeded' } })
    expect(await small('0.20')).toMatchObject({ ok: true, value: { open: eur('0.10') } })
  })

  it.each([
    ['more than is open', eur('100.01'), 'allocation_exceeds_invoice'],
    ['another currency', { amount: '1.00', currency: 'USD' }, 'currency_mismatch'],
    ['nothing', eur('0.00'), 'validation_failed'],
  ])('refuses %s', async (_name, amount, code) => {
    const { oms, invoice } = await open()
    const answer = await oms.invoices.writeOff(
      { invoice, kind: 'write_off', amount, reason: 'why' },
      newKey(),
    )
    expect(answer).toMatchObject({ error: { code } })
  })

  it('refuses what is settled; undone, the invoice is asked for again', async () => {
    const { oms, order, invoice, stored, pay } = await open()
    const { difference } = await oms.orThrow.invoices.writeOff(
      { invoice, kind: 'write_off', reason: 'lost' },
      newKey(),
    )
    expect(
      await oms.invoices.writeOff({ invoice, kind: 'write_off', reason: 'lost' }, newKey()),
    ).toMatchObject({
      error: { code: 'invalid_state', details: { status: 'settled' } },
    })
    const undone = await oms.orThrow.invoices.undoWriteOff({ invoice, difference, reason: 'found' })
    expect(undone).toMatchObject({ status: 'issued', open: eur('100.00') })
    expect(await stored(orderKind, order)).not.toHaveProperty('forgone')
    await pay('100.00')
    expect(await stored(invoiceKind, invoice)).toMatchObject({ status: 'settled' })
    expect(await oms.invoices.undoWriteOff({ invoice, difference, reason: 'again' })).toMatchObject({
      error: { code: 'invalid_state' },
    })
  })

  it('gives way to a credit note, so that nobody is credited what was let go', async () => {
    const { oms, invoice, pay, stored } = await open()
    await pay('60.00')
    await oms.orThrow.invoices.writeOff({ invoice, kind: 'write_off', reason: 'insolvent' }, newKey())
    await oms.orThrow.invoices.credit(
      { invoice, lines: [{ line: 'L1', quantity: 3 }], reason: 'returned' },
      newKey(),
    )
    expect(await stored(invoiceKind, invoice)).toMatchObject({ differences: [{ amount: eur('10.00') }] })
    expect(await oms.orThrow.invoices.get({ invoice })).toMatchObject({
      open: eur('0.00'),
      status: 'settled',
    })
  })
})
