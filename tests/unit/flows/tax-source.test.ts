import type { TaxAnswer, TaxQuestion, TaxSource } from 'orderwright'
import { createOrderManagement, memoryStorage, trustHost } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, settled, stockMugs, type DeskOptions } from '../../support/desk.js'
import { shipped } from '../../support/shop.js'
import { germanTax, vat } from '../../support/tax.js'

const germany = { country: 'DE' }
const mugs = (quantity = 3, more: object = {}) => ({
  channel: 'web',
  currency: 'EUR',
  lines: [{ sku: 'MUG', quantity }],
  taxPlace: germany,
  ...more,
})

/** A tax engine that says 19 percent of everything, unless it is told otherwise, and keeps what it was asked. */
const engine = (more: Partial<TaxAnswer> = {}) => {
  const asked: TaxQuestion[] = []
  const taxSource: TaxSource = {
    treatmentsFor: (question) => {
      asked.push(question)
      return Promise.resolve({
        source: 'taxengine',
        version: '2026-03',
        place: germany,
        lines: question.lines.map(() => vat('19')),
        taxClasses: question.taxClasses.map(() => vat('7')),
        ...more,
      })
    },
  }
  return { asked, taxSource }
}

const opened = async (options: DeskOptions) => {
  const desk = openDesk(options)
  await stockMugs(desk.clerk)
  return desk
}

const table = { tax: germanTax, taxSourceFails: 'use_table' } as const

describe('an outside tax engine', () => {
  it('F127 says how an order is taxed, and the order keeps who said so', async () => {
    const { asked, taxSource } = engine()
    const { clerk } = await opened({ taxSource })
    const charge = {
      kind: 'charge',
      amount: { amount: '10.00', currency: 'EUR' },
      reason: 'Shipping',
      taxClass: 'freight',
    }
    const { order } = await clerk.orThrow.orders.place(
      mugs(3, { adjustments: [charge], customer: undefined }),
      freshKey(),
    )
    expect(asked).toEqual([
      {
        tenant: 'main',
        date: '2026-03-01',
        currency: 'EUR',
        prices: 'net',
        place: germany,
        lines: [{ sku: 'MUG', quantity: 3 }],
        taxClasses: ['freight'],
      },
    ])
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({
      taxPlace: germany,
      taxedBy: { source: 'taxengine', version: '2026-03', at: '2026-03-01T09:00:00.000Z' },
      lines: [{ tax: vat('19') }],
      totals: {
        net: { amount: '47.50' },
        taxes: [
          { base: { amount: '37.50' }, tax: { amount: '7.13' } },
          { base: { amount: '10.00' }, tax: { amount: '0.70' } },
        ],
      },
    })
  })

  it('F130 stands on the invoice, and the trace of its amounts ends with it', async () => {
    const { clerk } = await opened({ taxSource: engine().taxSource })
    const { order } = await clerk.orThrow.orders.place(mugs(), freshKey())
    await clerk.orThrow.orders.confirm({ order })
    const { invoice } = await shipped(clerk, order, [{ line: 'L1', quantity: 3 }])
    const taxedBy = { source: 'taxengine', version: '2026-03', at: '2026-03-01T09:00:00.000Z' }
    expect(await clerk.orThrow.invoices.get({ invoice })).toMatchObject({ taxedBy })
    const traced = await clerk.orThrow.invoices.trace({ invoice, amount: 'tax' })
    expect(traced.taxedBy).toEqual(taxedBy)
    expect(traced.text.split('\n').at(-1)).toBe(
      'taxed as taxengine said, version 2026-03, on 2026-03-01T09:00:00.000Z',
    )
  })

  it('is asked for the lines alone that bring no treatment of their own', async () => {
    const { asked, taxSource } = engine()
    const { clerk } = await opened({ taxSource })
    const tax = { category: 'Z' as const, components: [] }
    const own = { sku: 'MUG', quantity: 1, tax }
    const lines = [own, { sku: 'MUG', quantity: 2 }]
    const { order } = await clerk.orThrow.orders.capture({ ...mugs(), lines }, freshKey())
    expect(asked.map((question) => question.lines)).toEqual([[{ sku: 'MUG', quantity: 2 }]])
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ lines: [{ tax }, { tax: vat('19') }] })
    await clerk.orThrow.orders.capture({ ...mugs(), lines: [own] }, freshKey())
    expect(asked).toHaveLength(1)
  })

  it('is asked again when a draft is changed, for the day of the draft', async () => {
    const { asked, taxSource } = engine()
    const { clerk } = await opened({ taxSource })
    const { order } = await clerk.orThrow.orders.capture({ ...mugs(), orderedOn: '2026-02-01' }, freshKey())
    await clerk.orThrow.orders.changeDraft({ order, ...mugs(5) })
    expect(asked.map(({ date, lines }) => [date, lines[0]?.quantity])).toEqual([
      ['2026-02-01', 3],
      ['2026-02-01', 5],
    ])
  })

  it('taxes a preview as it would tax the order', async () => {
    const { clerk } = await opened({ taxSource: engine().taxSource })
    const { total } = await clerk.orThrow.orders.preview(mugs())
    const { order } = await clerk.orThrow.orders.place(mugs(), freshKey())
    expect(total.amount).toBe('44.63')
    expect((await clerk.orThrow.orders.get({ order })).total).toEqual(total)
  })

  it('answers a preview like an order where the engine fails', async () => {
    const { clerk } = await opened({ taxSource: engine({ lines: [] }).taxSource })
    expect(await clerk.orders.preview(mugs())).toMatchObject({
      ok: false,
      error: { code: 'tax_source_unavailable' },
    })
  })

  it('RS11 is never asked while records are locked, and once for each call', async () => {
    let locked = 0
    const seen: number[] = []
    const { taxSource } = engine()
    const { clerk } = await opened({
      taxSource: {
        treatmentsFor: (question) => {
          seen.push(locked)
          return taxSource.treatmentsFor(question)
        },
      },
      around: (storage) => ({
        ...passThrough(storage),
        update: async (tenant, keys, decide) => {
          locked += 1
          await storage.update(tenant, keys, decide)
          locked -= 1
        },
      }),
    })
    await Promise.all([1, 2, 3].map((quantity) => clerk.orThrow.orders.place(mugs(quantity), freshKey())))
    expect(seen).toEqual([0, 0, 0])
  })

  it('ID1 a repeat gets the answer that was decided on first', async () => {
    let percent = '19'
    const { clerk } = await opened({
      taxSource: {
        treatmentsFor: (question) => engine({ lines: [vat(percent)] }).taxSource.treatmentsFor(question),
      },
    })
    const key = freshKey()
    const first = await clerk.orders.place(mugs(), key)
    percent = '20'
    expect(await clerk.orders.place(mugs(), key)).toEqual({ ...first, replayed: true })
  })

  const fraction = { category: 'S', components: [{ name: 'VAT', percent: '0.19' }] } as const
  const unusable: readonly (readonly [string, object])[] = [
    ['too few lines', { lines: [] }],
    ['a rate that is a fraction', { lines: [fraction] }],
    ['a rate above one hundred percent', { lines: [vat('119')] }],
    ['a rate below zero', { lines: [vat('-1')] }],
    ['a rate that is a number', { lines: [{ category: 'S', components: [{ name: 'VAT', percent: 19 }] }] }],
    ['a category that bears no tax with a rate', { lines: [{ ...vat('19'), category: 'E' }] }],
    ['a category that nobody knows', { lines: [{ ...vat('19'), category: 'Q' }] }],
    ['another country', { place: { country: 'FR' } }],
    ['no source', { source: '' }],
    ['no version', { version: undefined }],
    ['an amount', { amount: '7.13' }],
    ['a tax class that was not asked for', { taxClasses: [vat('7')] }],
  ]

  it.each(unusable)('refuses what answers %s', async (_what, more) => {
    const { clerk } = await opened({ taxSource: engine(more).taxSource })
    expect(await clerk.orders.place(mugs(), freshKey())).toMatchObject({
      ok: false,
      error: { code: 'tax_source_unavailable', status: 503, retry: 'after' },
    })
  })

  it.each(unusable)('lets the tax table stand in for what answers %s', async (_what, more) => {
    const { taxSource } = engine(more)
    const { clerk } = await opened({ taxSource, settings: table })
    const { order } = await clerk.orThrow.orders.place(mugs(), freshKey())
    const placed = await clerk.orThrow.orders.get({ order })
    expect(placed.lines[0]?.tax).toEqual(vat('19'))
    expect(placed.taxedBy).toBeUndefined()
  })

  it('may answer less than one percent where the tax table has that rate', async () => {
    const stones = { country: 'IN', taxClass: 'rough-stones', from: '2017-07-01', ...vat('0.25') }
    const { clerk } = await opened({
      taxSource: engine({ lines: [vat('0.25')] }).taxSource,
      settings: { tax: { ...germanTax, rates: [...germanTax.rates, stones] } },
    })
    const { order } = await clerk.orThrow.orders.place(mugs(), freshKey())
    expect(await clerk.orThrow.orders.get({ order })).toMatchObject({ lines: [{ tax: vat('0.25') }] })
  })

  it('refuses where the engine fails, and a repeat under the same key may yet succeed', async () => {
    let down = true
    const { taxSource } = engine()
    const { clerk } = await opened({
      taxSource: {
        treatmentsFor: (question) => {
          if (down) throw new Error('connect ECONNREFUSED')
          return taxSource.treatmentsFor(question)
        },
      },
    })
    const key = freshKey()
    expect(await clerk.orders.place(mugs(), key)).toMatchObject({
      ok: false,
      error: { code: 'tax_source_unavailable' },
    })
    down = false
    expect(await clerk.orders.place(mugs(), key)).toMatchObject({ ok: true, replayed: false })
  })

  it('refuses where the engine is late', async () => {
    const { clerk, clock } = await opened({
      taxSource: { treatmentsFor: () => new Promise(() => undefined) },
      settings: { taxSourceDeadline: 500 },
    })
    const answer = clerk.orders.place(mugs(), freshKey())
    await settled()
    clock.advance(500)
    expect(await answer).toMatchObject({ ok: false, error: { code: 'tax_source_unavailable' } })
  })

  it('has a table to fall back on, or does not fall back', () => {
    const parts = { storage: memoryStorage(), policy: trustHost }
    for (const settings of [
      { taxSourceFails: 'use_table' },
      { taxSourceFails: 'guess', tax: germanTax },
      { taxSourceDeadline: 0 },
    ]) {
      expect(() => createOrderManagement({ ...parts, settings: settings as never })).toThrow(
        expect.objectContaining({ code: 'configuration' }),
      )
    }
  })
})

describe('what an outside tax engine is told', () => {
  const office = async (place = germany) => {
    const { asked, taxSource } = engine({ place })
    const { clerk } = await opened({
      taxSource,
      settings: {
        legalEntities: {
          branch: {
            invoice: { pattern: 'B{number}', digits: 6 },
            credit_note: { pattern: 'BC{number}', digits: 6 },
          },
        },
      },
    })
    await clerk.orThrow.parties.register(
      {
        id: 'C-1',
        roles: ['customer'],
        addresses: [
          {
            id: 'home',
            address: { name: 'Lin', street: 'Ring 1', city: 'Vienna', country: 'AT', region: 'AT-9' },
          },
        ],
      },
      freshKey(),
    )
    return { asked, clerk }
  }

  const askedFor = async (more: object, place = germany) => {
    const { asked, clerk } = await office(place)
    const { order } = await clerk.orThrow.orders.place(mugs(1, { taxPlace: undefined, ...more }), freshKey())
    return { asked: asked[0], order: await clerk.orThrow.orders.get({ order }) }
  }

  it('F127 names the customer, the legal entity, and what the order says of price and class', async () => {
    const { asked } = await askedFor({
      customer: 'C-1',
      legalEntity: 'branch',
      lines: [
        { sku: 'MUG', quantity: 1, unitPrice: { amount: '9.00', currency: 'EUR' }, taxClass: 'reduced' },
      ],
    })
    expect(asked).toMatchObject({
      customer: 'C-1',
      legalEntity: 'branch',
      lines: [
        { sku: 'MUG', quantity: 1, unitPrice: { amount: '9.00', currency: 'EUR' }, taxClass: 'reduced' },
      ],
    })
  })

  it('takes the place from the address the order is shipped to, written out or one of the customer', async () => {
    const home = { country: 'AT', subdivision: 'AT-9' }
    const written = { name: 'Lin', street: 'Ring 1', city: 'Vienna', country: 'AT', region: '9' }
    expect((await askedFor({ shipTo: written }, home)).asked?.place).toEqual(home)
    expect((await askedFor({ customer: 'C-1', shipTo: 'home' }, home)).asked?.place).toEqual(home)
    expect((await askedFor({})).asked?.place).toBeUndefined()
  })

  it('is told no place of an address that nobody knows, and the order is refused', async () => {
    const { asked, clerk } = await office()
    const answer = await clerk.orders.place(mugs(1, { taxPlace: undefined, shipTo: 'home' }), freshKey())
    expect(asked[0]?.place).toBeUndefined()
    expect(answer).toMatchObject({ error: { code: 'unknown_address', details: { address: 'home' } } })
  })

  it('is not asked about a discount that has no class: it is spread over what the lines are taxed by', async () => {
    const { asked, order } = await askedFor({
      adjustments: [{ kind: 'discount', amount: { amount: '2.50', currency: 'EUR' }, reason: 'goodwill' }],
    })
    expect(asked?.taxClasses).toEqual([])
    expect(order.totals?.taxes).toMatchObject([{ base: { amount: '10.00' }, tax: { amount: '1.90' } }])
  })
})
