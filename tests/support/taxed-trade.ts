import type { OrderManagementFor } from '../../src/app/order-management.js'
import type { TaxTreatment } from '../../src/core/tax/tax-treatment.js'
import { newKey, shipped, stock } from './shop.js'
import { vat } from './tax.js'

const stateAndCounty = {
  category: 'S',
  components: [
    { name: 'State', percent: '6' },
    { name: 'County', percent: '0.25' },
  ],
} as const

interface TaxedLine {
  readonly sku: string
  readonly quantity: number
  readonly tax: TaxTreatment
}

const asInput = ({ tax, ...line }: TaxedLine) => ({
  ...line,
  tax: { category: tax.category, components: [...tax.components] },
})

/** An order of two rates with a discount, billed, and one piece of it credited; and one of two stacked taxes that is not billed. */
export const taxedTrade = async (oms: OrderManagementFor) => {
  await stock(oms, 'MUG', 10, '10.00')
  await stock(oms, 'BOOK', 10, '9.99')
  const place = async (lines: readonly TaxedLine[], more: object = {}) => {
    const content = { channel: 'web', currency: 'EUR', lines: lines.map(asInput), ...more }
    const { order } = await oms.orThrow.orders.place(content, newKey())
    await oms.orThrow.orders.confirm({ order })
    return order
  }
  const european = await place(
    [
      { sku: 'MUG', quantity: 2, tax: vat('19') },
      { sku: 'BOOK', quantity: 1, tax: vat('7') },
    ],
    { adjustments: [{ kind: 'discount', percent: '10', reason: 'Voucher' }] },
  )
  const { invoice } = await shipped(oms, european, [
    { line: 'L1', quantity: 2 },
    { line: 'L2', quantity: 1 },
  ])
  const lines = [{ line: 'L1', quantity: 1 }]
  const { creditNote } = await oms.orThrow.invoices.credit({ invoice, lines, reason: 'returned' }, newKey())
  const american = await place([{ sku: 'MUG', quantity: 1, tax: stateAndCounty }])
  return { european, american, invoice, creditNote }
}

export type TaxedTrade = Awaited<ReturnType<typeof taxedTrade>>

/** What the views show of it: a statement with `{schema}` before each view, and its rows. */
export const taxedViews = ({ european, american, invoice, creditNote }: TaxedTrade) => [
  {
    sql: `SELECT id, net, tax, gross, total FROM {schema}orders ORDER BY gross`,
    rows: [
      { id: american, net: '10.00', tax: '0.63', gross: '10.63', total: '10.63' },
      { id: european, net: '26.99', tax: '4.05', gross: '31.04', total: '31.04' },
    ],
  },
  {
    sql: `SELECT "order", line, net, category, percent FROM {schema}order_lines ORDER BY net DESC, line, percent`,
    rows: [
      { order: european, line: 'L2', net: '9.99', category: 'S', percent: '7' },
      { order: european, line: 'L1', net: '20.00', category: 'S', percent: '19' },
      { order: american, line: 'L1', net: '10.00', category: 'S', percent: null },
    ],
  },
  {
    sql: `SELECT percent, base, tax, currency FROM {schema}order_taxes WHERE "order" = '${european}' ORDER BY base`,
    rows: [
      { percent: '19', base: '18.00', tax: '3.42', currency: 'EUR' },
      { percent: '7', base: '8.99', tax: '0.63', currency: 'EUR' },
    ],
  },
  {
    sql: `SELECT id, net, tax, gross FROM {schema}invoices`,
    rows: [{ id: invoice, net: '26.99', tax: '4.05', gross: '31.04' }],
  },
  {
    sql: `SELECT invoice, line, quantity + 0 AS quantity, net, percent FROM {schema}invoice_lines ORDER BY line`,
    rows: [
      { invoice, line: 'L1', quantity: 2, net: '20.00', percent: '19' },
      { invoice, line: 'L2', quantity: 1, net: '9.99', percent: '7' },
    ],
  },
  {
    sql: `SELECT invoice, percent, base, tax FROM {schema}invoice_taxes ORDER BY base`,
    rows: [
      { invoice, percent: '19', base: '18.00', tax: '3.42' },
      { invoice, percent: '7', base: '8.99', tax: '0.63' },
    ],
  },
  {
    sql: `SELECT id, net, tax, gross FROM {schema}credit_notes`,
    rows: [{ id: creditNote, net: '9.00', tax: '1.71', gross: '10.71' }],
  },
  {
    sql: `SELECT credit_note, line, net, category, percent FROM {schema}credit_note_lines`,
    rows: [{ credit_note: creditNote, line: 'L1', net: '10.00', category: 'S', percent: '19' }],
  },
  {
    sql: `SELECT credit_note, category, percent, exemption, base, tax FROM {schema}credit_note_taxes`,
    rows: [
      { credit_note: creditNote, category: 'S', percent: '19', exemption: null, base: '9.00', tax: '1.71' },
    ],
  },
]

export const bothComponents = stateAndCounty.components
