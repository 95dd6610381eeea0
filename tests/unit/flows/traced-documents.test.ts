import { describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { printedAt } from '../../../src/core/invoicing/printed-amount.js'
import { newKey, openShop, packed, shipped, type Shop } from '../../support/shop.js'
import { amountPaths, movedUnits, traceFaults } from '../../support/trace-arithmetic.js'
import { vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

const day = (days: number) => ({ rule: 'days', days }) as const

const terms: NonNullable<SettingsInput['paymentTerms']> = {
  early: { due: day(30), discount: { percent: '2.5', days: 10 } },
  thirds: { instalments: [1, 1, 1].map((share, at) => ({ share, due: day(30 * at) })) },
}

type Oms = Shop['oms']

const open = async (settings: SettingsInput = {}): Promise<Shop> => {
  const shop = openShop(undefined, { paymentTerms: terms, ...settings })
  const { oms } = shop
  await oms.orThrow.catalog.define({ sku: 'MUG', name: 'Mug', price: eur('10.055') })
  await oms.orThrow.catalog.define({ sku: 'YEN', name: 'Cup', price: { amount: '333.5', currency: 'JPY' } })
  await oms.orThrow.catalog.define({ sku: 'CARE', name: 'Care', price: eur('31.00'), stocked: false })
  for (const sku of ['MUG', 'YEN']) await oms.orThrow.inventory.receive({ sku, quantity: 1_000 }, newKey())
  await oms.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, newKey())
  return shop
}

const mug = (quantity: number, tax = vat('19')) => ({ sku: 'MUG', quantity, tax })

/** Two rates, a discount on a line, one on all of it, and freight with a tax of its own. */
const content = {
  channel: 'web',
  currency: 'EUR',
  customer: 'C-1',
  lines: [
    { ...mug(3), adjustments: [{ kind: 'discount', reason: 'Loyal', percent: '7.5' }] },
    mug(2, vat('7')),
    mug(1),
  ],
  adjustments: [
    { kind: 'discount', reason: 'Voucher', percent: '3.3' },
    { kind: 'charge', reason: 'Freight', amount: eur('4.90'), tax: vat('19') },
  ],
}

const confirmedOrder = async (oms: Oms, more: object = {}): Promise<string> => {
  const { order } = await oms.orThrow.orders.place({ ...content, ...more } as never, newKey())
  await oms.orThrow.orders.confirm({ order })
  return order
}

const some = [{ line: 'L1', quantity: 1 }]

/** What to ask for, of a document that was made. */
type Named = { readonly invoice: string } | { readonly creditNote: string } | { readonly proforma: string }

const made: readonly (readonly [
  string,
  SettingsInput,
  (oms: Oms, shop: Shop) => Promise<readonly Named[]>,
])[] = [
  [
    'a whole invoice, its credit notes and its debit notes',
    {},
    async (oms) => {
      const { invoice } = await shipped(oms, await confirmedOrder(oms))
      const corrections = [{ line: 'L1', amount: eur('0.55') }]
      const price = await oms.orThrow.invoices.debit({ invoice, corrections, reason: 'low' }, newKey())
      const units = await oms.orThrow.invoices.debit({ invoice, lines: some, reason: 'left out' }, newKey())
      const notes: Named[] = []
      for (const what of [{ lines: some }, { corrections }, {}]) {
        const { creditNote } = await oms.orThrow.invoices.credit(
          { invoice, ...what, reason: 'wrong' },
          newKey(),
        )
        notes.push({ creditNote })
      }
      return [{ invoice }, { invoice: price.invoice }, { invoice: units.invoice }, ...notes]
    },
  ],
  [
    'partial invoices whose prices contain tax, taxed line by line, and their credit notes',
    { totals: { prices: 'gross', profile: 'per_line', rounding: 'half_even' } },
    async (oms) => {
      const order = await confirmedOrder(oms)
      const first = await shipped(oms, order, some)
      const rest = await shipped(oms, order)
      const corrections = [
        { line: 'L3', amount: eur('0.55') },
        { line: 'L1', amount: eur('0.21') },
      ]
      const note = await oms.orThrow.invoices.credit(
        { invoice: rest.invoice, corrections, reason: 'dear' },
        newKey(),
      )
      return [{ invoice: first.invoice }, { invoice: rest.invoice }, { creditNote: note.creditNote }]
    },
  ],
  [
    'deposits, the final invoice that deducts them in coins, and a deposit that is credited',
    { totals: { cashRounding: { EUR: { step: 5, mode: 'half_up' } } } },
    async (oms) => {
      const order = await confirmedOrder(oms)
      const deposits: Named[] = []
      for (const percent of ['30', '12.5']) {
        deposits.push(await oms.orThrow.invoices.billDeposit({ order, deposit: { percent } }, newKey()))
      }
      const partly = await shipped(oms, order, some)
      const [, second = { invoice: '' }] = deposits
      const { creditNote } = await oms.orThrow.invoices.credit(
        { invoice: 'invoice' in second ? second.invoice : '', reason: 'not wanted' },
        newKey(),
      )
      const final = await shipped(oms, order)
      return [
        ...deposits.map((one) => ({ invoice: 'invoice' in one ? one.invoice : '' })),
        { invoice: partly.invoice },
        { creditNote },
        { invoice: final.invoice },
      ]
    },
  ],
  [
    'an invoice that is prepaid, and one in instalments and one with a discount for early payment',
    {},
    async (oms) => {
      const { order } = await oms.orThrow.orders.place(
        { ...content, payment: { method: 'card', terms: 'prepaid' }, invoiceTrigger: 'on_order' } as never,
        newKey(),
      )
      await oms.orThrow.orders.confirm({ order })
      const { items } = await oms.orThrow.invoices.list({ order })
      const documents: Named[] = items.map(({ id }) => ({ invoice: id }))
      for (const termsName of ['thirds', 'early']) {
        const payment = { method: 'bank', terms: 'on_account', termsName }
        const { invoice } = await shipped(oms, await confirmedOrder(oms, { payment }))
        documents.push({ invoice })
      }
      return documents
    },
  ],
  [
    'a consolidated invoice and a credit note of one of its orders',
    {},
    async (oms) => {
      const orders: string[] = []
      for (const lines of [[mug(3)], [mug(2), mug(5, vat('7'))]]) {
        const order = await confirmedOrder(oms, { lines, billing: 'consolidated' })
        await oms.orThrow.shipments.ship({ shipment: await packed(oms, order), carrier: 'Post' })
        orders.push(order)
      }
      const { invoice = '' } = await oms.orThrow.invoices.billTogether({ orders })
      const [, order = ''] = orders
      const note = await oms.orThrow.invoices.credit(
        { invoice, order, lines: some, reason: 'back' },
        newKey(),
      )
      return [{ invoice }, { creditNote: note.creditNote }]
    },
  ],
  [
    'a proforma, and what is sold by the period',
    {},
    async (oms, { clock }) => {
      const recurring = { anchor: '2026-03-20', unit: 'month', align: 'calendar', periods: 3 }
      const lines = [{ sku: 'CARE', quantity: 1, tax: vat('19'), recurring }]
      const order = await confirmedOrder(oms, { lines, adjustments: [] })
      for (const on of ['2026-03-20', '2026-04-01']) {
        clock.set(`${on}T08:00:00.000Z`)
        await oms.orThrow.invoices.billPeriods()
      }
      const { items } = await oms.orThrow.invoices.list({ order })
      expect(items).toHaveLength(2)
      return [{ proforma: order }, ...items.map(({ id }) => ({ invoice: id }))]
    },
  ],
  [
    'an invoice in another currency, and credit notes without an invoice',
    {},
    async (oms) => {
      const lines = [{ sku: 'YEN', quantity: 3, tax: vat('10') }]
      const order = await confirmedOrder(oms, { currency: 'JPY', lines, adjustments: [] })
      const { invoice } = await shipped(oms, order)
      const notes: Named[] = []
      for (const tax of [{}, { tax: vat('19') }]) {
        const line = { sku: 'OLD', name: 'Old', quantity: 3, unitPrice: eur('3.335'), ...tax }
        const note = await oms.orThrow.invoices.creditWithoutInvoice(
          { currency: 'EUR', lines: [line] as never, reason: 'goodwill' },
          newKey(),
        )
        notes.push({ creditNote: note.creditNote })
      }
      return [{ invoice }, ...notes]
    },
  ],
  [
    'invoices without taxes of which something is withheld, and their credit notes',
    {},
    async (oms) => {
      const withholdings = [{ name: 'IRPF', percent: '15', on: 'net' }]
      const lines = [{ sku: 'MUG', quantity: 7 }]
      const order = await confirmedOrder(oms, { lines, adjustments: [], withholdings })
      const first = await shipped(oms, order, some)
      const { invoice } = await shipped(oms, order)
      const one = { invoice, lines: [{ line: 'L1', quantity: 2 }], reason: 'back' }
      const notes = [
        await oms.orThrow.invoices.credit(one, newKey()),
        await oms.orThrow.invoices.credit(one, newKey()),
      ]
      return [{ invoice: first.invoice }, { invoice }, ...notes.map(({ creditNote }) => ({ creditNote }))]
    },
  ],
  [
    'an invoice that was reminded of with a fee and interest',
    {
      dunning: [
        {
          daysOverdue: 11,
          topic: 'payment_demand',
          fee: { EUR: '5' },
          interest: { percent: '9.12', basis: 'act/365' },
        },
      ],
    },
    async (oms, { clock }) => {
      const payment = { method: 'bank', terms: 'on_account', termsName: 'thirds' }
      const { invoice } = await shipped(oms, await confirmedOrder(oms, { payment }))
      clock.set('2026-06-01T12:00:00.000Z')
      await oms.orThrow.invoices.remind({ invoice })
      return [{ invoice }]
    },
  ],
]

/** What is of today and no amount of the whole document: what is open of each instalment, and of each line or tax what was credited of it. */
const sinceThen = ['creditedTotals', 'creditedWithholdings', 'returnedWithheld', 'openParts', 'restFrom']

const printedBy = async (oms: Oms, named: Named): Promise<object> => {
  if ('creditNote' in named) return oms.orThrow.invoices.creditNote(named)
  if ('proforma' in named) return oms.orThrow.invoices.proforma({ order: named.proforma })
  const view = await oms.orThrow.invoices.get(named)
  return Object.fromEntries(
    Object.entries(view).filter(([field]) => !sinceThen.includes(field) && field !== 'debitNotes'),
  )
}

describe('F130 every amount that is printed has a trace which comes to it and computes', () => {
  it.each(made)('on %s', async (_what, settings, make) => {
    const shop = await open(settings)
    for (const named of await make(shop.oms, shop)) {
      const document = await printedBy(shop.oms, named)
      const paths = amountPaths(document).filter((path) => !/^parts\.\d+\.credited/.test(path))
      expect(paths).toContain('total')
      for (const amount of paths) {
        const { trace, text } = await shop.oms.orThrow.invoices.trace({ ...named, amount })
        expect([amount, trace.amount, traceFaults(trace), movedUnits(trace)], text).toEqual([
          amount,
          printedAt(document, amount.split('.')),
          [],
          0,
        ])
      }
    }
  })
})
