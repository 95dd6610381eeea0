import { describe, expect, it } from 'vitest'
import { freshKey, openDesk, stockMugs, type DeskOptions } from '../../support/desk.js'
import type { Invoice } from '../../../src/core/invoicing/invoice.js'
import { plantDrift } from '../../support/plant-drift.js'
import { packed, shipped } from '../../support/shop.js'
import { germanTax, vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const shipping = { kind: 'charge', amount: eur('4.90'), reason: 'Shipping', taxClass: 'standard' }

const shop = async (settings: DeskOptions['settings'] = { tax: germanTax }) => {
  const { clerk } = openDesk({ settings })
  await stockMugs(clerk, 100)
  await clerk.orThrow.catalog.define({ sku: 'BOOK', name: 'Book', price: eur('9.99'), taxClass: 'reduced' })
  await clerk.orThrow.inventory.receive({ sku: 'BOOK', quantity: 100 }, freshKey())
  return clerk
}
type Clerk = Awaited<ReturnType<typeof shop>>
type Billed = Awaited<ReturnType<typeof billed>>

const confirmedOrder = async (clerk: Clerk, lines: readonly object[], more: object = {}) => {
  const { order } = await clerk.orThrow.orders.place(
    { channel: 'web', currency: 'EUR', lines: lines as never, ...more },
    freshKey(),
  )
  await clerk.orThrow.orders.confirm({ order })
  return order
}

const billed = async (clerk: Clerk, lines: readonly object[], more: object = {}) => {
  const { invoice } = await shipped(clerk, await confirmedOrder(clerk, lines, more))
  return clerk.orThrow.invoices.get({ invoice })
}

describe('an invoice with taxes', () => {
  it('prints no charge that comes to nothing, billed at once or in parts', async () => {
    const clerk = await shop()
    const adjustments = [{ ...shipping, amount: eur('0.00') }]
    const lines = [{ sku: 'MUG', quantity: 2 }]
    const whole = await billed(clerk, lines, { adjustments })
    expect(whole.totals).toMatchObject({ adjustments: [], charges: eur('0.00') })
    const order = await confirmedOrder(clerk, lines, { adjustments })
    const { invoice } = await shipped(clerk, order, [{ line: 'L1', quantity: 1 }])
    expect((await clerk.orThrow.invoices.get({ invoice })).totals?.adjustments).toEqual([])
  })

  it('M89 odoo #102838 bills the order’s tax and not the sum of rounded parts', async () => {
    const clerk = await shop()
    const order = await confirmedOrder(clerk, [{ sku: 'MUG', quantity: 3, unitPrice: eur('0.03') }])
    const { total } = await clerk.orThrow.orders.get({ order })
    expect(total).toEqual(eur('0.11'))
    const totals: string[] = []
    for (let unit = 0; unit < 3; unit += 1) {
      const { invoice } = await shipped(clerk, order, [{ line: 'L1', quantity: 1 }])
      totals.push((await clerk.orThrow.invoices.get({ invoice })).total.amount)
    }
    expect(totals).toEqual(['0.04', '0.03', '0.04'])
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ invoiced: total })
  })

  it('medusajs #14818 shows no tax finer than a cent', async () => {
    const { totals } = await billed(await shop(), [{ sku: 'MUG', quantity: 1, unitPrice: eur('179.5605') }])
    expect(totals).toMatchObject({ net: eur('179.56'), tax: eur('34.12'), gross: eur('213.68') })
  })

  it('Sylius #4454 rounds a discounted line once, not each unit of it', async () => {
    const { lines, totals } = await billed(await shop(), [
      {
        sku: 'MUG',
        quantity: 3,
        unitPrice: eur('0.99'),
        adjustments: [{ kind: 'discount', percent: '15', reason: 'Sale' }],
      },
    ])
    expect(lines[0]).toMatchObject({ net: eur('2.52'), tax: vat('19') })
    expect(totals).toMatchObject({ tax: eur('0.48'), gross: eur('3.00') })
  })

  it('bills freight whole with the first invoice, or in proportion where the settings say so', async () => {
    const chargesOf = async (settings: DeskOptions['settings']) => {
      const clerk = await shop(settings)
      const order = await confirmedOrder(clerk, [{ sku: 'MUG', quantity: 2 }], { adjustments: [shipping] })
      const charges: string[] = []
      for (let unit = 0; unit < 2; unit += 1) {
        const { invoice } = await shipped(clerk, order, [{ line: 'L1', quantity: 1 }])
        charges.push((await clerk.orThrow.invoices.get({ invoice })).totals?.charges.amount ?? '')
      }
      return charges
    }
    expect(await chargesOf({ tax: germanTax })).toEqual(['4.90', '0.00'])
    expect(await chargesOf({ tax: germanTax, totals: { ownTaxCharges: 'in_proportion' } })).toEqual([
      '2.45',
      '2.45',
    ])
  })

  describe('of a part of an order with a discount that is taxed by itself', () => {
    const crate = (quantity: number) => ({
      sku: 'MUG',
      quantity,
      unitPrice: eur('100.00'),
      tax: vat('21'),
    })
    const leaflets = {
      sku: 'BOOK',
      quantity: 5,
      unitPrice: eur('20.00'),
      tax: { category: 'Z', components: [{ name: 'VAT', percent: '0' }] },
    }
    const off = (amount: string) => ({
      kind: 'discount',
      amount: eur(amount),
      reason: 'Trade-in',
      tax: vat('21'),
    })
    const freight = (amount: string) => ({
      kind: 'charge',
      amount: eur(amount),
      reason: 'Freight',
      tax: vat('21'),
    })
    const inParts = async (
      lines: readonly object[],
      adjustments: readonly object[],
      parts: readonly (readonly [line: string, quantity: number])[],
      more: object = {},
    ) => {
      const clerk = await shop()
      const order = await confirmedOrder(clerk, lines, { adjustments, ...more })
      const invoices: Billed[] = []
      for (const [line, quantity] of parts) {
        const { invoice } = await shipped(clerk, order, [{ line, quantity }])
        invoices.push(await clerk.orThrow.invoices.get({ invoice }))
      }
      return { clerk, order, invoices }
    }
    const printed = ({ totals, total }: Pick<Billed, 'totals' | 'total'>) =>
      [totals?.discounts, totals?.charges, totals?.net, totals?.tax, total].map((money) => money?.amount)

    it('OQ4 takes it off with the lines that are taxed so, however much more it is than the first of them', async () => {
      const { clerk, order, invoices } = await inParts(
        [crate(10), leaflets],
        [off('500.05')],
        [
          ['L2', 5],
          ['L1', 1],
          ['L1', 9],
        ],
      )
      expect(invoices.map(printed)).toEqual([
        ['0.00', '0.00', '100.00', '0.00', '100.00'],
        ['50.01', '0.00', '49.99', '10.50', '60.49'],
        ['450.04', '0.00', '449.96', '94.49', '544.45'],
      ])
      expect(await clerk.orThrow.orders.get({ order })).toMatchObject({
        total: eur('704.94'),
        invoiced: eur('704.94'),
      })
    })

    it('MO6 gives units of it back with their share', async () => {
      const { clerk, invoices } = await inParts([crate(10)], [off('500.00')], [['L1', 10]])
      const credits: unknown[] = []
      for (const quantity of [9, 1]) {
        const { creditNote } = await clerk.orThrow.invoices.credit(
          {
            invoice: (invoices[0] as Billed).id,
            lines: [{ line: 'L1', quantity }],
            reason: 'came back',
          },
          freshKey(),
        )
        credits.push(printed(await clerk.orThrow.invoices.creditNote({ creditNote })))
      }
      expect(credits).toEqual([
        ['450.00', '0.00', '450.00', '94.50', '544.50'],
        ['50.00', '0.00', '50.00', '10.50', '60.50'],
      ])
    })

    it('takes freight off with the freight, and what is more with the lines', async () => {
      const { invoices } = await inParts(
        [crate(10)],
        [freight('12.00'), off('20.00'), off('2.00')],
        [
          ['L1', 1],
          ['L1', 9],
        ],
      )
      expect(invoices.map(printed)).toEqual([
        ['13.00', '12.00', '99.00', '20.79', '119.79'],
        ['9.00', '0.00', '891.00', '187.11', '1078.11'],
      ])
    })

    it('takes nothing off the lines where freight is more than it', async () => {
      const { invoices } = await inParts(
        [crate(10)],
        [off('20.00'), freight('12.00'), freight('13.00')],
        [
          ['L1', 1],
          ['L1', 9],
        ],
      )
      expect(invoices.map(printed)).toEqual([
        ['20.00', '25.00', '105.00', '22.05', '127.05'],
        ['0.00', '0.00', '900.00', '189.00', '1089.00'],
      ])
    })

    it('takes its tax off with it where prices contain that', async () => {
      const { invoices } = await inParts(
        [crate(10)],
        [off('500.05')],
        [
          ['L1', 1],
          ['L1', 9],
        ],
        { prices: 'gross' },
      )
      expect(invoices.map(({ total }) => total.amount)).toEqual(['50.00', '449.95'])
    })
  })

  it('M89 units cost their price beside a charge that is taxed by itself, to the cent, where prices contain the tax', async () => {
    const clerk = await shop()
    const order = await confirmedOrder(clerk, [{ sku: 'MUG', quantity: 2, unitPrice: eur('6.85') }], {
      prices: 'gross',
      adjustments: [shipping],
    })
    const totals: string[] = []
    for (let unit = 0; unit < 2; unit += 1) {
      const { invoice } = await shipped(clerk, order, [{ line: 'L1', quantity: 1 }])
      totals.push((await clerk.orThrow.invoices.get({ invoice })).total.amount)
    }
    expect(totals).toEqual(['11.75', '6.85'])
  })

  it('OQ4 bills nothing of canceled units, neither price nor tax nor their share of a discount', async () => {
    const clerk = await shop()
    const order = await confirmedOrder(clerk, [{ sku: 'MUG', quantity: 3 }], {
      adjustments: [{ kind: 'discount', amount: eur('3.00'), reason: 'Voucher' }],
    })
    await clerk.orThrow.orders.cancel(
      { order, lines: [{ line: 'L1', quantity: 1 }], reason: 'too_many' },
      freshKey(),
    )
    const { invoice } = await clerk.orThrow.shipments.ship({
      shipment: await packed(clerk, order),
      carrier: 'Parcel Post',
    })
    if (invoice === undefined) throw new Error('the shipment was not billed')
    const { totals, total } = await clerk.orThrow.invoices.get({ invoice })
    expect(totals).toMatchObject({ lineNet: eur('25.00'), discounts: eur('2.00'), tax: eur('4.37') })
    expect(total).toEqual(eur('27.37'))
    await clerk.orThrow.payments.record(
      { amount: total, method: 'card', invoices: [{ invoice }] },
      freshKey(),
    )
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ paymentStatus: 'paid' })
  })

  it('is open with its tax, and a payment of that much settles it', async () => {
    const clerk = await shop()
    const { id, open } = await billed(clerk, [{ sku: 'BOOK', quantity: 1 }])
    expect(open).toEqual(eur('10.69'))
    await clerk.orThrow.payments.record(
      { amount: eur('10.69'), method: 'card', invoices: [{ invoice: id }] },
      freshKey(),
    )
    expect(await clerk.orThrow.invoices.get({ invoice: id })).toMatchObject({ status: 'settled' })
  })
})

describe('a credit note with taxes', () => {
  const bothRates = [
    { sku: 'MUG', quantity: 3 },
    { sku: 'BOOK', quantity: 3 },
  ]

  it('MO6 PrestaShop #10815 gives back line and tax, and freight with the last unit', async () => {
    const clerk = await shop()
    const invoice = await billed(clerk, bothRates, { adjustments: [shipping] })
    const notes: (string | undefined)[][] = []
    for (const [line, quantity] of [
      ['L1', 2],
      ['L2', 3],
      ['L1', 1],
    ] as const) {
      const { creditNote } = await clerk.orThrow.invoices.credit(
        { invoice: invoice.id, lines: [{ line, quantity }], reason: 'returned' },
        freshKey(),
      )
      const { totals, total } = await clerk.orThrow.invoices.creditNote({ creditNote })
      notes.push([totals?.net.amount, totals?.charges.amount, totals?.tax.amount, total.amount])
    }
    expect(notes).toEqual([
      ['25.00', '0.00', '4.75', '29.75'],
      ['29.97', '0.00', '2.10', '32.07'],
      ['17.40', '4.90', '3.31', '20.71'],
    ])
    const after = await clerk.orThrow.invoices.get({ invoice: invoice.id })
    expect(after).toMatchObject({ status: 'settled', open: eur('0.00'), credited: invoice.total })
    expect(after.creditedTotals).toMatchObject({ tax: invoice.totals?.tax, gross: invoice.totals?.gross })
  })

  it('MO6 corrects a price with its tax, and the units share in what is left', async () => {
    const clerk = await shop()
    const invoice = await billed(clerk, [{ sku: 'MUG', quantity: 3 }])
    const corrected = await clerk.orThrow.invoices.credit(
      { invoice: invoice.id, corrections: [{ line: 'L1', amount: eur('6.00') }], reason: 'complaint' },
      freshKey(),
    )
    expect(corrected.total).toEqual(eur('7.14'))
    const { creditNote } = corrected
    expect(await clerk.orThrow.invoices.creditNote({ creditNote })).toMatchObject({
      corrects: 'price',
      lines: [{ quantity: 0, net: eur('6.00') }],
      totals: { taxes: [{ base: eur('6.00'), tax: eur('1.14') }] },
    })
    const returned = await clerk.orThrow.invoices.credit(
      { invoice: invoice.id, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' },
      freshKey(),
    )
    expect(returned.total).toEqual(eur('12.50'))
    await clerk.orThrow.invoices.credit({ invoice: invoice.id, reason: 'returned' }, freshKey())
    expect((await clerk.orThrow.invoices.get({ invoice: invoice.id })).credited).toEqual(invoice.total)
  })

  it('corrects prices that contain the tax by the amount the customer sees', async () => {
    const clerk = await shop()
    const invoice = await billed(clerk, [{ sku: 'MUG', quantity: 3 }], { prices: 'gross' })
    const { total, creditNote } = await clerk.orThrow.invoices.credit(
      { invoice: invoice.id, corrections: [{ line: 'L1', amount: eur('5.00') }], reason: 'goodwill' },
      freshKey(),
    )
    expect(total).toEqual(eur('5.00'))
    expect((await clerk.orThrow.invoices.creditNote({ creditNote })).totals).toMatchObject({
      net: eur('4.20'),
      tax: eur('0.80'),
    })
  })

  /** Two mugs a line, at 12.50 with 19% of tax in it. */
  const withTax = async () => {
    const opened = openDesk({ settings: { tax: germanTax } })
    await stockMugs(opened.clerk, 10)
    const mugs = { sku: 'MUG', quantity: 2 }
    const { id } = await billed(opened.clerk, [mugs, mugs], { prices: 'gross' })
    const credit = async (what: object) => {
      const note = { invoice: id, reason: 'returned', ...what }
      return (await opened.clerk.orThrow.invoices.credit(note, freshKey())).total.amount
    }
    return { ...opened, id, credit }
  }
  const unit = (line: string) => ({ lines: [{ line, quantity: 1 }] })
  const lessEach = (amount: string) => ({
    corrections: ['L1', 'L2'].map((line) => ({ line, amount: eur(amount) })),
  })

  it('MO3 MO6 gives units back at their price with tax, before and after that was corrected', async () => {
    const { clerk, id, credit } = await withTax()
    expect([await credit(unit('L1')), await credit(lessEach('2.50'))]).toEqual(['12.50', '5.00'])
    expect([await credit(lessEach('1.00')), await credit(unit('L2'))]).toEqual(['2.00', '10.75'])
    const most = { corrections: [{ line: 'L1', amount: eur('9.01') }], reason: 'goodwill', invoice: id }
    expect(await clerk.invoices.credit(most, freshKey())).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { line: 'L1', limit: eur('9.00') } },
    })
    expect(await credit({})).toBe('19.75')
    expect(await clerk.orThrow.invoices.get({ invoice: id })).toMatchObject({ credited: eur('50.00') })
  })

  it('MO6 gives back of an invoice that does not say what its lines come to with tax, to the cent', async () => {
    const { clerk, storage, id, credit } = await withTax()
    await plantDrift<Invoice>(storage, 'invoice', id, (invoice) => ({
      ...invoice,
      lines: invoice.lines.map(({ gross: _gross, ...line }) => line),
    }))
    // Its units are counted without tax, and their tax is that of all before it: a cent may come with another unit.
    expect([await credit(unit('L1')), await credit(lessEach('2.50')), await credit(unit('L2'))]).toEqual([
      '12.51',
      '5.00',
      '11.25',
    ])
    expect(await credit({})).toBe('21.24')
    expect(await clerk.orThrow.invoices.get({ invoice: id })).toMatchObject({ credited: eur('50.00') })
  })

  it('claims nothing for units that were left out of what costs nothing, tax in their price or not', async () => {
    const { clerk } = openDesk({ settings: { tax: germanTax } })
    await stockMugs(clerk, 10)
    const free = { sku: 'MUG', quantity: 2, unitPrice: eur('0.00') }
    const { id } = await billed(clerk, [free], { prices: 'gross' })
    const debit = { invoice: id, lines: [{ line: 'L1', quantity: 1 }], reason: 'forgotten' }
    expect((await clerk.orThrow.invoices.debit(debit, freshKey())).total).toEqual(eur('0.00'))
  })

  it('row 96 refuses to correct a price by more than is left of the line, and says how much is', async () => {
    const clerk = await shop()
    const invoice = await billed(clerk, bothRates)
    const correct = (amount: string) =>
      clerk.invoices.credit(
        { invoice: invoice.id, corrections: [{ line: 'L2', amount: eur(amount) }], reason: 'goodwill' },
        freshKey(),
      )
    expect(await correct('29.98')).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { line: 'L2', limit: eur('29.97') } },
    })
    expect(await correct('29.97')).toMatchObject({ ok: true, value: { total: eur('32.07') } })
    expect(await correct('0.01')).toMatchObject({
      error: { code: 'credit_exceeds_invoice', details: { limit: eur('0.00') } },
    })
  })

  it.each([
    ['net', '8.33'],
    ['gross', '7.00'],
  ] as const)(
    'row 96 MO6 corrects prices (%s) by what the line costs after its discounts, whatever the document charges beside it',
    async (prices, total) => {
      const most = '7.00'
      const clerk = await shop()
      const { id: invoice } = await billed(clerk, [{ sku: 'MUG', quantity: 1, unitPrice: eur('10.00') }], {
        prices,
        adjustments: [
          { kind: 'discount', amount: eur('3.00'), reason: 'Voucher' },
          { kind: 'charge', amount: eur('100.00'), reason: 'Freight' },
        ],
      })
      const correct = (amount: string) =>
        clerk.invoices.credit(
          { invoice, corrections: [{ line: 'L1', amount: eur(amount) }], reason: 'goodwill' },
          freshKey(),
        )
      const refused = (limit: string) => ({
        error: { code: 'credit_exceeds_invoice', details: { line: 'L1', limit: eur(limit) } },
      })
      expect(await correct('110.00')).toMatchObject(refused(most))
      expect(await correct('7.01')).toMatchObject(refused(most))
      expect(await correct(most)).toMatchObject({ value: { total: eur(total) } })
      expect(await correct('0.01')).toMatchObject(refused('0.00'))
      const returned = await clerk.orThrow.invoices.credit({ invoice, reason: 'returned' }, freshKey())
      const note = await clerk.orThrow.invoices.creditNote({ creditNote: returned.creditNote })
      // What the discount takes from the line is left of its price, and comes back with it.
      expect(note.totals?.lineNet).toEqual(note.totals?.discounts)
      expect(await clerk.orThrow.invoices.get({ invoice })).toMatchObject({ open: eur('0.00') })
    },
  )

  it.each(['net', 'gross'])(
    'row 96 corrects no price (%s) of a line of which discounts take more than it costs, whatever the document charges beside it',
    async (prices) => {
      const clerk = await shop()
      const { id: invoice } = await billed(clerk, [{ sku: 'MUG', quantity: 1, unitPrice: eur('10.00') }], {
        prices,
        adjustments: [
          { kind: 'discount', amount: eur('12.00'), reason: 'Voucher' },
          { kind: 'charge', amount: eur('100.00'), reason: 'Freight' },
        ],
      })
      const corrections = [{ line: 'L1', amount: eur('0.01') }]
      expect(
        await clerk.invoices.credit({ invoice, corrections, reason: 'goodwill' }, freshKey()),
      ).toMatchObject({
        error: { code: 'credit_exceeds_invoice', details: { line: 'L1', limit: eur('0.00') } },
      })
    },
  )

  it('row 96 refuses a correction in another currency, and units and amounts in one note', async () => {
    const clerk = await shop()
    const { id: invoice } = await billed(clerk, bothRates)
    const corrections = [{ line: 'L1', amount: { amount: '1.00', currency: 'USD' } }]
    expect(
      await clerk.invoices.credit({ invoice, corrections, reason: 'goodwill' }, freshKey()),
    ).toMatchObject({
      error: { code: 'currency_mismatch', details: { expected: 'EUR', got: 'USD' } },
    })
    expect(
      await clerk.invoices.credit(
        { invoice, corrections, lines: [{ line: 'L1', quantity: 1 }], reason: 'goodwill' },
        freshKey(),
      ),
    ).toMatchObject({ error: { code: 'validation_failed', issues: [{ rule: 'credit.one' }] } })
  })

  it('rounds to coins what is given back like what was billed, down to zero', async () => {
    const clerk = await shop({
      tax: germanTax,
      totals: { cashRounding: { EUR: { step: 5, mode: 'half_up' } } },
    })
    const invoice = await billed(clerk, [{ sku: 'BOOK', quantity: 2 }])
    expect(invoice.total).toEqual(eur('21.40'))
    const half = { invoice: invoice.id, lines: [{ line: 'L1', quantity: 1 }], reason: 'returned' }
    expect((await clerk.orThrow.invoices.credit(half, freshKey())).total).toEqual(eur('10.70'))
    expect((await clerk.orThrow.invoices.credit(half, freshKey())).total).toEqual(eur('10.70'))
  })
})

describe('the books of a taxed sale', () => {
  it('MO8 claim the total from the customer, owe its tax and earn the rest', async () => {
    const clerk = await shop()
    const invoice = await billed(clerk, [{ sku: 'MUG', quantity: 1 }])
    await clerk.orThrow.invoices.credit({ invoice: invoice.id, reason: 'returned' }, freshKey())
    const postings = async (documents: 'invoice' | 'credit_note') =>
      (await clerk.orThrow.ledger.journal({ documents })).items.map((entry) => entry.postings)
    expect(await postings('invoice')).toEqual([
      [
        { account: 'receivables', side: 'debit', amount: eur('14.88') },
        { account: 'revenue', side: 'credit', amount: eur('12.50') },
        { account: 'output_tax', side: 'credit', amount: eur('2.38') },
      ],
    ])
    expect(await postings('credit_note')).toEqual([
      [
        { account: 'revenue', side: 'debit', amount: eur('12.50') },
        { account: 'receivables', side: 'credit', amount: eur('14.88') },
        { account: 'output_tax', side: 'debit', amount: eur('2.38') },
      ],
    ])
  })
})
