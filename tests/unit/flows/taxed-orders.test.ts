import { describe, expect, it } from 'vitest'
import { openBooks } from '../../support/books.js'
import { freshKey, openDesk, stockMugs, type DeskOptions } from '../../support/desk.js'
import { germanTax, vat } from '../../support/tax.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const address = (country: string, more: object = {}) => ({
  name: 'Ada',
  street: 'Street 1',
  city: 'Town',
  country,
  ...more,
})

const desk = async (settings: DeskOptions['settings'] = { tax: germanTax }) => {
  const opened = openDesk({ settings })
  await stockMugs(opened.clerk, 100)
  await opened.clerk.orThrow.catalog.define({
    sku: 'BOOK',
    name: 'Book',
    price: eur('9.99'),
    taxClass: 'reduced',
    stocked: false,
  })
  return opened.clerk
}

const order = (more: object = {}) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [
    { sku: 'MUG', quantity: 3 },
    { sku: 'BOOK', quantity: 1 },
  ],
  ...more,
})

const placed = async (clerk: Awaited<ReturnType<typeof desk>>, more: object = {}) => {
  const { order: id } = await clerk.orThrow.orders.place(order(more), freshKey())
  return clerk.orThrow.orders.get({ order: id })
}

describe('an order with taxes', () => {
  it('F122 MO3 taxes each line by the class of its product, and is due with tax', async () => {
    const view = await placed(await desk())
    expect(view.total).toEqual(eur('55.32'))
    expect(view.taxPlace).toEqual({ country: 'DE' })
    expect(view.lines.map(({ net, tax }) => [net, tax])).toEqual([
      [eur('37.50'), vat('19')],
      [eur('9.99'), vat('7')],
    ])
    expect(view.totals).toMatchObject({
      lineNet: eur('47.49'),
      net: eur('47.49'),
      tax: eur('7.83'),
      gross: eur('55.32'),
      rounding: eur('0.00'),
      taxes: [
        { treatment: vat('19'), base: eur('37.50'), amounts: [eur('7.13')], tax: eur('7.13') },
        { treatment: vat('7'), base: eur('9.99'), amounts: [eur('0.70')], tax: eur('0.70') },
      ],
    })
    expect(view.calculation).toEqual({
      prices: 'net',
      profile: 'per_category',
      rounding: 'half_up',
      ownTaxCharges: 'first',
      ownTaxDiscounts: 'with_lines',
    })
  })

  it('F122 takes the tax out of prices that contain it', async () => {
    const view = await placed(await desk(), { prices: 'gross', lines: [{ sku: 'MUG', quantity: 2 }] })
    expect(view.total).toEqual(eur('25.00'))
    expect(view.totals).toMatchObject({ net: eur('21.01'), tax: eur('3.99'), gross: eur('25.00') })
  })

  it('F126 rounds tax once per category, or per line where the settings say so', async () => {
    const lines = Array.from({ length: 3 }, () => ({ sku: 'MUG', quantity: 1, unitPrice: eur('0.03') }))
    const perCategory = await placed(await desk(), { lines })
    const perLine = await placed(await desk({ tax: germanTax, totals: { profile: 'per_line' } }), { lines })
    expect(perCategory.totals?.tax).toEqual(eur('0.02'))
    expect(perLine.totals?.tax).toEqual(eur('0.03'))
  })

  it('spreads a discount over the lines and their taxes, and taxes freight by its own class', async () => {
    const view = await placed(await desk(), {
      adjustments: [
        { kind: 'discount', percent: '10', reason: 'Voucher' },
        { kind: 'charge', amount: eur('4.90'), reason: 'Shipping', taxClass: 'standard' },
      ],
    })
    expect(view.totals).toMatchObject({
      lineNet: eur('47.49'),
      discounts: eur('4.75'),
      charges: eur('4.90'),
      net: eur('47.64'),
      taxes: [{ base: eur('38.65') }, { base: eur('8.99') }],
    })
    expect(view.adjustments?.[1]).toMatchObject({ reason: 'Shipping', tax: vat('19') })
  })

  it('discounts a line by percentage and amount, of its price times quantity', async () => {
    const view = await placed(await desk(), {
      lines: [
        {
          sku: 'MUG',
          quantity: 4,
          adjustments: [
            { kind: 'discount', percent: '25', reason: 'Sale' },
            { kind: 'charge', amount: eur('1.50'), reason: 'Engraving' },
          ],
        },
      ],
    })
    expect(view.lines[0]?.net).toEqual(eur('39.00'))
    expect(view.total).toEqual(eur('46.41'))
  })

  it('F128 delivers free of tax to a registered customer in the union, by the address of its book', async () => {
    const clerk = await desk()
    await clerk.orThrow.parties.register(
      { id: 'C-1', roles: ['customer'], addresses: [{ id: 'home', address: address('FR') }] },
      freshKey(),
    )
    const taxed = await placed(clerk, {
      customer: 'C-1',
      shipTo: 'home',
      lines: [{ sku: 'MUG', quantity: 1 }],
    })
    expect(taxed.totals?.taxes).toMatchObject([{ treatment: vat('20') }])
    await clerk.orThrow.parties.declareTaxes({
      party: 'C-1',
      registrations: [{ country: 'FR', number: 'FR83404833048' }],
    })
    const free = await placed(clerk, { customer: 'C-1', shipTo: 'home' })
    expect(free.taxPlace).toEqual({ country: 'FR' })
    expect(free.total).toEqual(eur('47.49'))
    expect(free.lines[0]?.tax).toEqual({
      category: 'K',
      components: [],
      exemption: 'Intra-community supply',
    })
  })

  it('F128 delivers free of tax by a certificate: what it says, as long as it says', async () => {
    const clerk = await desk()
    await clerk.orThrow.parties.register({ id: 'embassy', roles: ['customer'] }, freshKey())
    const certificate = {
      certificate: 'D-7',
      country: 'DE',
      category: 'E',
      reason: 'Diplomatic mission',
    } as const
    const declare = (to: string) =>
      clerk.orThrow.parties.declareTaxes({
        party: 'embassy',
        exemptions: [{ ...certificate, taxClasses: ['standard'], from: '2026-01-01', to }],
      })
    const percents = async () =>
      (await placed(clerk, { customer: 'embassy' })).lines.map(({ tax }) => tax?.components[0]?.percent)
    await declare('2026-12-31')
    expect(await percents()).toEqual([undefined, '7'])
    await declare('2026-02-28')
    expect(await percents()).toEqual(['19', '7'])
  })

  it('F128 levies what a certificate of a province leaves, and says on the order why it is less', async () => {
    const rates = [
      { country: 'CA', components: [{ name: 'GST', percent: '5' }] },
      { country: 'CA', subdivision: 'CA-BC', components: [{ name: 'PST', percent: '7' }], adds: true },
      {
        country: 'CA',
        subdivision: 'CA-PE',
        components: [{ name: 'PST', percent: '10', compound: true }],
        adds: true,
      },
    ] as const
    const common = { taxClass: 'standard', from: '2000-01-01', category: 'S' } as const
    const clerk = await desk({
      tax: { seller: { country: 'CA' }, rates: rates.map((rate) => ({ ...common, ...rate })) },
    })
    await clerk.orThrow.parties.register({ id: 'kim', roles: ['customer'] }, freshKey())
    const certificate = { country: 'CA', category: 'E', from: '2026-01-01' } as const
    await clerk.orThrow.parties.declareTaxes({
      party: 'kim',
      exemptions: [
        { ...certificate, certificate: 'C1', subdivision: 'CA-BC', reason: 'Resale PST' },
        { ...certificate, certificate: 'C2', taxes: ['GST'], reason: 'Treaty', subdivision: 'CA-BC' },
      ],
    })
    const sold = (subdivision: string) =>
      placed(clerk, {
        customer: 'kim',
        lines: [{ sku: 'MUG', quantity: 8 }],
        taxPlace: { country: 'CA', subdivision },
      })
    const inProvince = await sold('CA-BC')
    expect(inProvince.total).toEqual(eur('105.00'))
    expect(inProvince.totals?.taxes).toEqual([
      {
        treatment: { category: 'S', components: [{ name: 'GST', percent: '5' }], exemption: 'Resale PST' },
        base: eur('100.00'),
        amounts: [eur('5.00')],
        tax: eur('5.00'),
      },
    ])
    expect((await sold('CA-PE')).totals?.taxes).toMatchObject([{ amounts: [eur('5.00'), eur('10.50')] }])
    await clerk.orThrow.parties.declareTaxes({
      party: 'kim',
      exemptions: [{ ...certificate, certificate: 'C3', taxes: ['GST'], reason: 'Treaty' }],
    })
    const compoundAlone = await sold('CA-PE')
    expect(compoundAlone.totals?.taxes).toMatchObject([{ amounts: [eur('10.00')] }])
    expect(compoundAlone.lines[0]?.tax?.exemption).toBe('Treaty')
  })

  it('F122 levies a tax on the tax before it, where the table says that it is compound', async () => {
    const quebec = {
      seller: { country: 'CA' },
      rates: [
        {
          country: 'CA',
          taxClass: 'standard',
          from: '2000-01-01',
          category: 'S',
          components: [
            { name: 'GST', percent: '5' },
            { name: 'QST', percent: '9.5', compound: true },
          ],
        },
      ],
    } as const
    const { totals } = await placed(await desk({ tax: quebec }), { lines: [{ sku: 'MUG', quantity: 8 }] })
    expect(totals).toMatchObject({ taxes: [{ amounts: [eur('5.00'), eur('9.98')] }], gross: eur('114.98') })
  })

  it('forgets tax numbers with the customer, and the order keeps how it was taxed', async () => {
    const clerk = await desk()
    await clerk.orThrow.parties.register({ id: 'C-1', roles: ['customer'] }, freshKey())
    await clerk.orThrow.parties.declareTaxes({
      party: 'C-1',
      registrations: [{ country: 'FR', number: 'FR83404833048' }],
    })
    const free = await placed(clerk, { customer: 'C-1', taxPlace: { country: 'FR' } })
    await clerk.orThrow.parties.erase({ party: 'C-1' })
    expect((await clerk.orThrow.orders.get({ order: free.id })).lines[0]?.tax?.category).toBe('K')
    expect(JSON.stringify(await clerk.orThrow.orders.get({ order: free.id }))).not.toContain('FR834')
    expect(await clerk.parties.declareTaxes({ party: 'C-1' })).toMatchObject({
      error: { code: 'unknown_party' },
    })
  })

  it('taxes by a written-out address, its region where it is an ISO 3166-2 code', async () => {
    const rates = [
      { country: 'CA', taxClass: 'standard', from: '2000-01-01', ...vat('5') },
      {
        country: 'CA',
        subdivision: 'CA-QC',
        taxClass: 'standard',
        from: '2000-01-01',
        category: 'S' as const,
        components: [{ name: 'QST', percent: '9.975' }],
        adds: true as const,
      },
    ]
    const clerk = await desk({ tax: { seller: { country: 'CA' }, rates } })
    const lines = [{ sku: 'MUG', quantity: 1 }]
    const quebec = await placed(clerk, { lines, shipTo: address('CA', { region: 'QC' }) })
    expect(quebec.taxPlace).toEqual({ country: 'CA', subdivision: 'CA-QC' })
    expect(quebec.totals?.taxes[0]?.amounts).toEqual([eur('0.63'), eur('1.25')])
    const elsewhere = await placed(clerk, { lines, shipTo: address('CA', { region: 'Ontario' }) })
    expect(elsewhere.totals?.taxes[0]?.amounts).toEqual([eur('0.63')])
  })

  it('refuses a product whose class has no rate at the place, naming the line', async () => {
    expect(
      await (await desk()).orders.place(order({ taxPlace: { country: 'FR' } }), freshKey()),
    ).toMatchObject({
      error: { code: 'tax_rate_missing', details: { taxClass: 'reduced', line: 'L2' } },
    })
  })

  it('compares the total the customer was shown with what is due, tax included (row 28)', async () => {
    const clerk = await desk()
    expect(await clerk.orders.place(order({ expectedTotal: eur('47.49') }), freshKey())).toMatchObject({
      error: { code: 'total_mismatch', details: { total: eur('55.32') } },
    })
    expect(await clerk.orders.place(order({ expectedTotal: eur('55.32') }), freshKey())).toMatchObject({
      ok: true,
    })
  })

  it('rounds what is due to coins where the currency has no smaller ones, and says by how much', async () => {
    const clerk = await desk({ totals: { cashRounding: { EUR: { step: 5, mode: 'half_up' } } } })
    const view = await placed(clerk, { lines: [{ sku: 'BOOK', quantity: 2 }] })
    expect(view.totals).toMatchObject({ gross: eur('19.98'), rounding: eur('0.02') })
    expect(view.total).toEqual(eur('20.00'))
  })

  it('taxes a changed draft anew, and places it at the taxes it was captured with', async () => {
    const clerk = await desk()
    const draft = await clerk.orThrow.orders.capture(order(), freshKey())
    const changed = await clerk.orThrow.orders.changeDraft({
      order: draft.order,
      ...order({ taxPlace: { country: 'CH' } }),
    })
    expect(changed.total).toEqual(eur('47.49'))
    await clerk.orThrow.orders.placeDraft({ order: draft.order })
    expect((await clerk.orThrow.orders.get({ order: draft.order })).lines[0]?.tax?.category).toBe('G')
  })

  it('stores an order without tax table, discounts and charges exactly as before', async () => {
    const opened = openDesk()
    await stockMugs(opened.clerk)
    const plain = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
    const { order: id } = await opened.clerk.orThrow.orders.place(plain, freshKey())
    const view = await opened.clerk.orThrow.orders.get({ order: id })
    for (const field of ['totals', 'calculation', 'taxPlace', 'adjustments'])
      expect(view).not.toHaveProperty(field)
    for (const field of ['tax', 'taxClass', 'adjustments', 'shares']) {
      expect(view.lines[0]).not.toHaveProperty(field)
    }
  })

  it('counts what canceled units leave, with their tax and their share of discounts', async () => {
    const clerk = await desk()
    const view = await placed(clerk, {
      lines: [{ sku: 'MUG', quantity: 3 }],
      adjustments: [{ kind: 'discount', amount: eur('3.00'), reason: 'Voucher' }],
    })
    await clerk.orThrow.orders.cancel(
      { order: view.id, lines: [{ line: 'L1', quantity: 1 }], reason: 'too_many' },
      freshKey(),
    )
    await clerk.orThrow.payments.record({ amount: eur('27.37'), method: 'card', order: view.id }, freshKey())
    expect((await clerk.orThrow.orders.get({ order: view.id })).paymentStatus).toBe('paid')
  })
})

describe('an order whose taxes are rounded line by line', () => {
  it('is refused where a discount leaves its tax below zero (discount.max)', () => {
    const books = openBooks({ totals: { profile: 'per_line' } })
    books.product('NAIL', 0)
    const tax = vat('7')
    const lines = Array.from({ length: 20 }, () => ({
      sku: 'NAIL',
      quantity: 2,
      unitPrice: eur('0.03'),
      tax,
    }))
    const order = (amount: string) =>
      books.order({
        channel: 'web',
        currency: 'EUR',
        lines,
        adjustments: [{ kind: 'discount', reason: 'Sale', amount: eur(amount), tax }],
      })
    expect(order('0.10')).toMatchObject({
      ok: false,
      error: { details: { issues: [{ rule: 'discount.max' }] } },
    })
  })
})
