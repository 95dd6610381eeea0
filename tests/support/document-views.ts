import type { OrderManagementFor } from '../../src/app/order-management.js'
import { confirmed, newKey, shipped, stock } from './shop.js'
import { vat } from './tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** A deposit that an invoice deducts, a debit note, an invoice of which something is withheld and credited, a month of a service, and dollars for euros. */
export const documentTrade = async (oms: OrderManagementFor) => {
  const { invoices, payments, orders, parties } = oms.orThrow
  await stock(oms, 'MUG', 100, '10.00')
  const prepaid = await confirmed(oms, [{ sku: 'MUG', quantity: 10, tax: vat('20') } as never])
  const { invoice: deposit } = await invoices.billDeposit(
    { order: prepaid, deposit: { percent: '50' } },
    newKey(),
  )
  const { invoice: final } = await shipped(oms, prepaid)
  const { invoice: debit } = await invoices.debit(
    { invoice: final, corrections: [{ line: 'L1', amount: eur('5.00') }], reason: 'too cheap' },
    newKey(),
  )
  await invoices.credit({ invoice: debit, reason: 'agreed' }, newKey())

  await parties.register({ id: 'museo', roles: ['customer'] }, newKey())
  await parties.declareTaxes({
    party: 'museo',
    withholdings: [
      { name: 'IRPF', percent: '15', on: 'net' },
      { name: 'ReteIVA', percent: '50', on: 'tax' },
    ],
  })
  const taxed = [{ sku: 'MUG', quantity: 10, tax: vat('20') } as never]
  const { invoice: withheld } = await shipped(oms, await confirmed(oms, taxed, { customer: 'museo' }))
  await invoices.recordWithholding(
    { invoice: withheld, certificate: 'M190-17', amount: eur('15.00'), on: '2026-03-01' },
    newKey(),
  )
  await invoices.credit({ invoice: withheld, lines: [{ line: 'L1', quantity: 4 }], reason: 'back' }, newKey())

  await oms.orThrow.catalog.define({ sku: 'CARE', name: 'Care', stocked: false })
  const recurring = { anchor: '2026-01-15', unit: 'month', periods: 2 } as const
  const { order: monthly } = await orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      orderedOn: '2026-01-15',
      lines: [{ sku: 'CARE', quantity: 1, unitPrice: eur('30.00'), recurring }],
    },
    newKey(),
  )
  const { payment } = await payments.record(
    {
      amount: { amount: '100.00', currency: 'USD' },
      exchange: {
        from: 'USD',
        to: 'EUR',
        rate: '0.92',
        source: 'ECB',
        at: '2026-03-01T08:00:00Z',
        countsAs: eur('90.00'),
      },
      method: 'bank_transfer',
      invoices: [{ invoice: final, amount: eur('60.00') }],
    },
    newKey(),
  )
  const together: string[] = []
  for (const quantity of [1, 2]) {
    const { order } = await orders.place(
      {
        channel: 'web',
        currency: 'EUR',
        customer: 'museo',
        billing: 'consolidated',
        invoiceTrigger: 'on_order',
        withholdings: [],
        lines: [{ sku: 'MUG', quantity }],
      },
      newKey(),
    )
    together.push(order)
  }
  const { invoice: consolidated = '' } = await invoices.billTogether({ orders: together })
  return { deposit, final, debit, withheld, monthly, payment, prepaid, together, consolidated }
}

export type DocumentTrade = Awaited<ReturnType<typeof documentTrade>>

/** What the views show of it: a statement with `{schema}` before each view, and its rows. */
export const documentViews = ({
  deposit,
  final,
  debit,
  withheld,
  monthly,
  payment,
  prepaid,
  together,
  consolidated,
}: DocumentTrade) => [
  {
    sql: `SELECT "order", total FROM {schema}invoice_orders WHERE invoice IN ('${final}', '${consolidated}') ORDER BY total`,
    rows: [
      { order: together[0], total: '10.00' },
      { order: prepaid, total: '120.00' },
      { order: together[1], total: '20.00' },
    ],
  },
  {
    sql: `SELECT "order", net FROM {schema}invoice_lines WHERE invoice = '${consolidated}' ORDER BY net`,
    rows: together.map((order, at) => ({ order, net: `${at + 1}0.00` })),
  },
  {
    sql: `SELECT id, kind, corrects FROM {schema}invoices WHERE kind IS NOT NULL ORDER BY kind`,
    rows: [
      { id: debit, kind: 'debit', corrects: final },
      { id: deposit, kind: 'deposit', corrects: null },
    ],
  },
  {
    sql: `SELECT invoice, kind FROM {schema}credit_notes ORDER BY kind IS NULL, kind`,
    rows: [
      { invoice: debit, kind: 'debit' },
      { invoice: withheld, kind: null },
    ],
  },
  {
    sql: `SELECT invoice, deposit_invoice, deposit_number, net, tax, amount, currency FROM {schema}invoice_deductions`,
    rows: [
      {
        invoice: final,
        deposit_invoice: deposit,
        deposit_number: 'INV-000001',
        net: '50.00',
        tax: '10.00',
        amount: '60.00',
        currency: 'EUR',
      },
    ],
  },
  {
    sql: `SELECT invoice, name, percent, base_kind, base, amount, currency FROM {schema}invoice_withholdings ORDER BY name`,
    rows: [
      {
        invoice: withheld,
        name: 'IRPF',
        percent: '15',
        base_kind: 'net',
        base: '100.00',
        amount: '15.00',
        currency: 'EUR',
      },
      {
        invoice: withheld,
        name: 'ReteIVA',
        percent: '50',
        base_kind: 'tax',
        base: '20.00',
        amount: '10.00',
        currency: 'EUR',
      },
    ],
  },
  {
    sql: `SELECT name, base, amount FROM {schema}credit_note_withholdings ORDER BY name`,
    rows: [
      { name: 'IRPF', base: '40.00', amount: '6.00' },
      { name: 'ReteIVA', base: '8.00', amount: '4.00' },
    ],
  },
  {
    sql: `SELECT invoice, kind, amount, currency, booked_on, payment, certificate FROM {schema}invoice_differences`,
    rows: [
      {
        invoice: withheld,
        kind: 'withholding',
        amount: '15.00',
        currency: 'EUR',
        booked_on: '2026-03-01',
        payment: null,
        certificate: 'M190-17',
      },
    ],
  },
  {
    sql: `SELECT DISTINCT line, period_from, period_until FROM {schema}invoice_lines JOIN {schema}invoices ON invoices.id = invoice WHERE invoices."order" = '${monthly}'`,
    rows: [{ line: 'L1', period_from: '2026-01-15', period_until: '2026-03-15' }],
  },
  {
    sql: `SELECT DISTINCT period_from FROM {schema}credit_note_lines`,
    rows: [{ period_from: null }],
  },
  {
    sql: `SELECT id, amount, currency, received, received_currency, exchange_rate, exchange_difference FROM {schema}payments`,
    rows: [
      {
        id: payment,
        amount: '90.00',
        currency: 'EUR',
        received: '100.00',
        received_currency: 'USD',
        exchange_rate: '0.92',
        exchange_difference: '2.00',
      },
    ],
  },
]
