import { createOrderManagement, trustHost, type OrderManagementFor } from 'orderwright'
import { csvStatementReader } from 'orderwright/csv'
import { countedIds } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { plusDays, type LocalDate } from '../../../src/core/time/local-date.js'
import { confirmed, newKey, shipped, stock } from '../../support/shop.js'
import { storesUnderTest, type NamedStore } from '../../support/stores-under-test.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const settings = {
  paymentTerms: {
    'two-ten-net-thirty': { due: { rule: 'days', days: 30 }, discount: { percent: '2', days: 10 } },
  },
} as const

const reader = csvStatementReader({
  account: 'DE02120300000000202051',
  reference: '2026-03',
  currency: 'EUR',
  delimiter: ';',
  dateForm: 'DD.MM.YYYY',
  decimalMark: 'comma',
  columns: { date: 'Tag', amount: 'Betrag', payerReference: 'Kunde', remittanceText: ['Text'] },
})

/** An invoice over 100.00 for goods that have arrived, of which 2.00 may be kept for ten days; and an entry of the bank so many days after them. */
const open = async (store: NamedStore, more: object = {}) => {
  const opened = await store.open()
  const oms: OrderManagementFor = createOrderManagement({
    storage: opened.storage,
    policy: trustHost,
    ids: countedIds(),
    settings,
    statementReaders: { bank: reader },
  }).as({ actor: { kind: 'user', id: 'ada' } })
  const shop = oms.orThrow
  await stock(oms, 'NAIL', 100, '10.00')
  const termsName = 'two-ten-net-thirty'
  await shop.parties.register({ id: 'lin', number: 'C-1', roles: ['customer'], termsName }, newKey())
  const order = await confirmed(oms, [{ sku: 'NAIL', quantity: 10 }], { customer: 'lin', ...more })
  const { invoice, invoiceNumber, shipment } = await shipped(oms, order)
  await shop.shipments.deliver({ shipment })
  const lastDay = (await shop.invoices.get({ invoice })).discount?.until ?? ''
  opened.clock?.advance(20 * 86_400_000)
  const received = async (daysLate: number, amount: string) => {
    const [year, month, day] = plusDays(lastDay as LocalDate, daysLate).split('-')
    const row = `${day}.${month}.${year};${amount};C-1;Rechnung ${invoiceNumber}`
    const content = ['Tag;Betrag;Kunde;Text', row].join('\n')
    const { taken } = await shop.reconciliation.importStatement({ format: 'bank', content })
    expect(taken).toBe(1)
    const [entry] = (await shop.reconciliation.entries({ status: 'unmatched' })).items
    return shop.reconciliation.match({ entry: entry?.id ?? '' })
  }
  const look = async () => {
    const { status, paid, open: left, differences = [] } = await shop.invoices.get({ invoice })
    const kept = differences.map(({ kind, amount, on }) => [kind, amount.amount, on === lastDay])
    return [status, paid.amount, left.amount, kept, (await shop.orders.get({ order })).status] as const
  }
  return { shop, invoice, received, look, close: async () => opened.close?.() }
}

describe.each(await storesUnderTest())('a bank statement with a payment in time, in $name', (store) => {
  it('F102 F132 brings all but the discount: matched, booked, settled, and the order closed', async () => {
    const { received, look, close } = await open(store)
    try {
      const match = await received(0, '98,00')
      expect(match).toMatchObject({
        status: 'matched',
        rule: 'reference',
        applied: [{ amount: eur('98.00') }],
        unapplied: eur('0.00'),
      })
      expect(match).not.toHaveProperty('reason')
      expect(await look()).toEqual([
        'settled',
        '98.00',
        '0.00',
        [['early_payment_discount', '2.00', true]],
        'closed',
      ])
    } finally {
      await close()
    }
  })

  it('F102 leaves the discount open a day too late, and says that too little was paid', async () => {
    const { received, look, close } = await open(store)
    try {
      expect(await received(1, '98,00')).toMatchObject({
        status: 'matched',
        reason: 'short_payment',
        candidates: [{ verdict: 'paid_in_part', open: eur('100.00') }],
      })
      expect(await look()).toEqual(['issued', '98.00', '2.00', [], 'confirmed'])
    } finally {
      await close()
    }
  })

  it('F102 leaves everything open that is more than the discount', async () => {
    const { received, look, close } = await open(store)
    try {
      expect(await received(0, '97,99')).toMatchObject({ reason: 'short_payment' })
      expect(await look()).toEqual(['issued', '97.99', '2.01', [], 'confirmed'])
    } finally {
      await close()
    }
  })

  it('F136 RC5 takes the discount back with the match', async () => {
    const { shop, received, look, close } = await open(store)
    try {
      const { entry } = await received(0, '98,00')
      await shop.reconciliation.unmatch({ entry, reason: 'of somebody else' })
      const { status } = await shop.reconciliation.entry({ entry })
      expect(status).toBe('unmatched')
      // The order is delivered, and what is owed stands on the invoice.
      expect(await look()).toEqual(['issued', '0.00', '100.00', [], 'closed'])
      expect(await shop.reconciliation.match({ entry })).toMatchObject({ status: 'matched' })
      expect((await look()).slice(0, 3)).toEqual(['settled', '98.00', '0.00'])
    } finally {
      await close()
    }
  })

  it('F136 takes the discount back from an invoice that waits for the certificate of what was withheld', async () => {
    const withholdings = [{ name: 'IRPF', percent: '15', on: 'net' }]
    const { shop, received, look, close } = await open(store, { withholdings })
    try {
      const match = await received(0, '83,30')
      expect(match).not.toHaveProperty('reason')
      const discount = ['early_payment_discount', '1.70', true]
      expect(await look()).toEqual(['issued', '83.30', '15.00', [discount], 'confirmed'])
      await shop.reconciliation.unmatch({ entry: match.entry, reason: 'of somebody else' })
      expect(await look()).toEqual(['issued', '0.00', '100.00', [], 'confirmed'])
    } finally {
      await close()
    }
  })
})
