import { describe, expect, it } from 'vitest'
import type { PaymentId } from '../../../src/core/ids/ids.js'
import type { CreditNote } from '../../../src/core/invoicing/credit-note.js'
import type { Invoice } from '../../../src/core/invoicing/invoice.js'
import type { NumberSeries } from '../../../src/core/invoicing/number-series.js'
import type { OpenInvoices } from '../../../src/core/invoicing/open-invoices.js'
import type { Money } from '../../../src/core/money/money.js'
import type { Order } from '../../../src/core/orders/order.js'
import type { BankEntry } from '../../../src/core/reconciliation/bank-entry.js'
import type { DocumentAmounts } from '../../../src/core/totals/calculation.js'
import { bill, eur, importOne, openBank, register } from '../../support/bank.js'
import { newKey, openShop, packed, stock } from '../../support/shop.js'
import { ask, newestOf, plantedIn, withFirst } from '../../support/soundness.js'
import { vat } from '../../support/tax.js'

const usd = (amount: string) => ({ amount, currency: 'USD' }) as Money

/** Three mugs and freight are ordered, two mugs are shipped and billed with tax, one is credited. */
const openTrade = async () => {
  const shop = openShop()
  const { orThrow } = shop.oms
  await stock(shop.oms, 'MUG', 10, '12.50')
  await orThrow.parties.register({ id: 'kim', roles: ['customer'] }, newKey())
  const { order } = await orThrow.orders.place(
    {
      channel: 'web',
      currency: 'EUR',
      customer: 'kim',
      lines: [{ sku: 'MUG', quantity: 3, tax: vat('19') }],
      adjustments: [{ kind: 'discount', percent: '10', reason: 'agreed' }],
    },
    newKey(),
  )
  await orThrow.orders.confirm({ order })
  const shipment = await packed(shop.oms, order, [{ line: 'L1', quantity: 2 }])
  const { invoice = '' } = await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
  await orThrow.invoices.credit(
    { invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
    newKey(),
  )
  return { ...shop, order, invoice }
}

const stateOf = async <State>(kind: string) => newestOf<State>((await openTrade()).storage, kind)

const totals = (change: Partial<DocumentAmounts>) => (document: Pick<Invoice, 'totals'>) => ({
  totals: { ...(document.totals as DocumentAmounts), ...change },
})
const taxes = (change: object) => (document: Pick<Invoice, 'totals'>) =>
  totals({ taxes: withFirst(document.totals?.taxes ?? [], () => change) })(document)

const sums = [
  [
    'its lines come to something else',
    totals({ lineNet: eur('1.00') }),
    'MO3 the lines of a document add up',
  ],
  ['a discount is forgotten', totals({ discounts: eur('0.00') }), 'MO3 the totals of a document add up'],
  ['a charge is invented', totals({ charges: eur('1.00') }), 'MO3 the totals of a document add up'],
  ['a base is taxed twice', taxes({ base: eur('99.00') }), 'MO3 the totals of a document add up'],
  ['a tax is left out', taxes({ tax: eur('0.00') }), 'MO3 the totals of a document add up'],
  [
    'its gross is nothing, and all of its total rounding',
    (document: Invoice) => totals({ gross: eur('0.00'), rounding: document.total })(document),
    'MO3 the totals of a document add up',
  ],
  ['its gross is without tax', totals({ gross: eur('1.00') }), 'MO3 the totals of a document add up'],
  ['it claims a cent more', totals({ rounding: eur('0.01') }), 'MO3 the totals of a document add up'],
] as const

describe('a credit note', () => {
  plantedIn<CreditNote>('credit_note', () => stateOf('credit_note'), [
    ...(sums as never as []),
    ['units come back with a price', { corrects: 'price' }, 'OQ5 no units come back with a price'],
    [
      'less than none come back',
      ({ lines }) => ({ lines: withFirst(lines, () => ({ quantity: -1 })) }),
      'OQ5 no units come back with a price',
    ],
  ])
})

describe('an invoice', () => {
  const credited = (change: object) => (invoice: Invoice) => ({
    creditedLines: withFirst(invoice.creditedLines, () => change),
  })

  plantedIn<Invoice>('invoice', () => stateOf('invoice'), [
    ...(sums as never as []),
    [
      'more units are credited than billed',
      credited({ quantity: 3 }),
      'OQ5 no more units are credited than invoiced',
    ],
    [
      'less than none are credited',
      credited({ quantity: -1 }),
      'OQ5 no more units are credited than invoiced',
    ],
    [
      'more is deducted than it comes to',
      { deducted: [{ amount: eur('99.00') }] as never },
      'MO7 no more is deducted than was invoiced',
    ],
    [
      'it was withdrawn after a credit',
      { status: 'voided', voided: { on: '2026-03-01' as never, reason: 'why' } },
      'MO7 a voided invoice has no payments or credits',
    ],
    [
      'it was withdrawn after a payment',
      {
        status: 'voided',
        voided: { on: '2026-03-01' as never, reason: 'why' },
        credited: eur('0.00'),
        paid: eur('1.00'),
      },
      'MO7 a voided invoice has no payments or credits',
    ],
    ['it is settled and not paid', { status: 'settled' }, 'MO7 nothing is open of a settled invoice'],
  ])
})

describe('an order', () => {
  plantedIn<Order>('order', () => stateOf('order'), [
    ['it is closed and a unit is open', { status: 'closed' }, 'OQ7 nothing is open of a finished order'],
    ['it is canceled and a unit is open', { status: 'canceled' }, 'OQ7 nothing is open of a finished order'],
  ])
})

describe('what a customer owes', () => {
  plantedIn<OpenInvoices>('open_invoices', () => stateOf('open_invoices'), [
    [
      'an invoice is owed twice',
      ({ invoices }) => ({ invoices: [...invoices, ...invoices.map((each) => ({ ...each }))] }),
      'MO7 an open invoice is owed once',
    ],
    [
      'nothing is owed of an invoice',
      ({ invoices }) => ({ invoices: withFirst(invoices, () => ({ open: eur('0.00') })) }),
      'MO7 an open invoice is owed once',
    ],
  ])
})

describe('a number series', () => {
  it('NR2 has as many versions as numbers, and is broken where one is missing or was there twice', async () => {
    const { oms, storage, invoice } = await openTrade()
    await oms.orThrow.invoices.credit({ invoice, reason: 'returned' }, newKey())
    const series = await newestOf<NumberSeries>(storage, 'voucher_series', ({ last }) => last === 2)
    expect(() => {
      ask('voucher_series', series, 2)
    }).not.toThrow()
    for (const last of [1, 3]) {
      expect(() => {
        ask('voucher_series', { ...series, last }, 2)
      }).toThrow('NR2 a series has issued all numbers up to its last')
    }
  })
})

const openAccount = async () => {
  const bank = openBank()
  await register(bank.oms, 'kim')
  const { invoiceNumber } = await bill(bank.oms, '10.00', 'kim')
  const entry = await importOne(bank, { amount: '12.00', remittanceText: invoiceNumber })
  return { bank, entry }
}

const matched = async () => {
  const { bank, entry } = await openAccount()
  const { items } = await bank.oms.orThrow.invoices.list({ customer: 'kim' })
  await bank.oms.orThrow.reconciliation.match({ entry, invoices: [{ invoice: items[0]?.id ?? '' }] })
  return newestOf<BankEntry>(bank.storage, 'bank_entry')
}

const imported = async <State>(kind: string) => newestOf<State>((await openAccount()).bank.storage, kind)

const applied = (amount: Money) => (entry: BankEntry) =>
  ({ match: { ...entry.match, applications: [{ invoice: 'I-1', amount }] } }) as never

describe('a bank entry', () => {
  plantedIn<BankEntry>('bank_entry', () => imported('bank_entry'), [
    [
      'it has a payment that it is not matched with',
      { payment: 'P-1' as PaymentId },
      'RC2 an entry has what its status says',
    ],
    ['it is matched with nothing', { status: 'matched' }, 'RC2 an entry has what its status says'],
    [
      'it has a match and no payment',
      { match: { applications: [] } as never },
      'RC2 an entry has what its status says',
    ],
    [
      'nobody knows why it is to be reviewed',
      { status: 'needs_review' },
      'RC2 an entry has what its status says',
    ],
  ])

  plantedIn<BankEntry>('bank_entry', matched, [
    ['it pays more than it brought', applied(eur('12.01')), 'RC2 an entry pays parts of what it brought'],
    ['it pays less than nothing', applied(eur('-1.00')), 'RC2 an entry pays parts of what it brought'],
    ['it pays in another currency', applied(usd('1.00')), 'RC2 an entry pays parts of what it brought'],
    [
      'it is to be reviewed and is matched',
      { review: { reason: 'set_aside', note: 'why' } },
      'RC2 an entry has what its status says',
    ],
  ])
})
