import { describe, expect, it } from 'vitest'
import type { TaxExemption, TaxRate, TaxTable } from '../../../src/core/tax/tax-table.js'
import { treatmentFor, type TaxedSale } from '../../../src/core/tax/treatment-for.js'
import type { LocalDate } from '../../../src/core/time/local-date.js'

const day = (text: string) => text as LocalDate

const rate = (country: string, percent: string, more: Partial<TaxRate> = {}): TaxRate => ({
  country,
  taxClass: 'standard',
  from: day('2000-01-01'),
  category: 'S',
  components: [{ name: 'VAT', percent }],
  ...more,
})

const reverseCharge = { category: 'K', components: [], exemption: 'Intra-community supply' } as const
const exported = { category: 'G', components: [], exemption: 'Export' } as const

const european: TaxTable = {
  seller: { country: 'DE' },
  union: ['DE', 'FR', 'AT'],
  rates: [
    rate('DE', '19', { to: day('2020-06-30') }),
    rate('DE', '16', { from: day('2020-07-01'), to: day('2020-12-31') }),
    rate('DE', '19', { from: day('2021-01-01') }),
    rate('DE', '7', { taxClass: 'reduced' }),
    rate('FR', '20'),
  ],
  rules: [
    { buyer: 'same_union', registered: true, treatment: reverseCharge },
    { buyer: 'elsewhere', treatment: exported },
    { buyer: 'same_union', taxClasses: ['reduced'], treatment: 'rate_of_seller' },
  ],
}

const sale = (country: string, more: Partial<TaxedSale> = {}): TaxedSale => ({
  date: day('2026-03-01'),
  seller: european.seller,
  buyer: { country },
  ...more,
})

const registered = (country: string) => ({
  registrations: [{ country, number: `${country}123` }],
  exemptions: [],
})

const percentOf = (table: TaxTable, sold: TaxedSale, taxClass = 'standard') => {
  const found = treatmentFor(table, sold, taxClass)
  return found.ok ? found.value.components.map(({ percent }) => percent) : found.error.code
}

describe('how a sale is taxed', () => {
  it('F127 takes the rate of the day, the last day of a rate included', () => {
    expect(percentOf(european, sale('DE', { date: day('2020-06-30') }))).toEqual(['19'])
    expect(percentOf(european, sale('DE', { date: day('2020-07-01') }))).toEqual(['16'])
    expect(percentOf(european, sale('DE', { date: day('2020-12-31') }))).toEqual(['16'])
    expect(percentOf(european, sale('DE', { date: day('2021-01-01') }))).toEqual(['19'])
  })

  it('taxes by the place of the buyer, or by that of the seller where a rule says so', () => {
    expect(percentOf(european, sale('FR'))).toEqual(['20'])
    expect(percentOf(european, sale('FR'), 'reduced')).toEqual(['7'])
  })

  it('F128 delivers free of tax to a registered buyer of the union, and out of it', () => {
    const toFrance = sale('FR', { buyerTaxes: registered('FR') })
    expect(treatmentFor(european, toFrance, 'standard')).toEqual({ ok: true, value: reverseCharge })
    expect(treatmentFor(european, sale('CH'), 'standard')).toEqual({ ok: true, value: exported })
  })

  it('F128 asks for a registration in the country the goods go to', () => {
    expect(percentOf(european, sale('FR', { buyerTaxes: registered('AT') }))).toEqual(['20'])
  })

  it('F128 frees by a certificate as long as it is valid, where and for what it says', () => {
    const exemption = {
      certificate: 'X-1',
      country: 'DE',
      taxClasses: ['standard'],
      category: 'E',
      reason: 'Diplomatic mission',
      from: day('2026-01-01'),
      to: day('2026-12-31'),
    } as const
    const buyerTaxes = { registrations: [], exemptions: [exemption] }
    const sold = (date: string, country = 'DE') => sale(country, { date: day(date), buyerTaxes })
    const free = { category: 'E', components: [], exemption: 'Diplomatic mission' }
    expect(treatmentFor(european, sold('2026-01-01'), 'standard')).toEqual({ ok: true, value: free })
    expect(treatmentFor(european, sold('2026-12-31'), 'standard')).toEqual({ ok: true, value: free })
    expect(percentOf(european, sold('2027-01-01'))).toEqual(['19'])
    expect(percentOf(european, sold('2026-06-01'), 'reduced')).toEqual(['7'])
    expect(percentOf(european, sold('2026-06-01', 'FR'))).toEqual(['20'])
  })

  it('says why a class is free of tax where its rate does', () => {
    const exempt = { category: 'E', components: [], exemption: 'Health care, § 4 Nr. 14 UStG' } as const
    const table = { ...european, rates: [rate('DE', '0', { taxClass: 'health', ...exempt })] }
    expect(treatmentFor(table, sale('DE'), 'health')).toEqual({ ok: true, value: exempt })
  })

  it('refuses what it has no rate for, with class, place and day: nothing is silently untaxed', () => {
    expect(treatmentFor(european, sale('AT'), 'standard')).toEqual({
      ok: false,
      error: {
        code: 'tax_rate_missing',
        details: { taxClass: 'standard', place: { country: 'AT' }, date: '2026-03-01' },
      },
    })
  })
})

describe('stacked taxes', () => {
  const american: TaxTable = {
    seller: { country: 'US' },
    rates: [
      rate('US', '0', { category: 'Z' }),
      rate('US', '6', { subdivision: 'US-CA', components: [{ name: 'State', percent: '6' }] }),
      rate('US', '0.25', {
        subdivision: 'US-CA',
        county: 'Los Angeles',
        components: [{ name: 'County', percent: '0.25' }],
        adds: true,
      }),
      rate('US', '1.5', {
        subdivision: 'US-CA',
        county: 'Los Angeles',
        city: 'Burbank',
        components: [{ name: 'City', percent: '1.5' }],
        adds: true,
      }),
    ],
  }
  const at = (more: object) => ({ ...sale('US'), buyer: { country: 'US', ...more } })

  it('adds county and city to the state, from wide to narrow', () => {
    expect(
      treatmentFor(
        american,
        at({ subdivision: 'US-CA', county: 'Los Angeles', city: 'Burbank' }),
        'standard',
      ),
    ).toEqual({
      ok: true,
      value: {
        category: 'S',
        components: [
          { name: 'State', percent: '6' },
          { name: 'County', percent: '0.25' },
          { name: 'City', percent: '1.5' },
        ],
      },
    })
  })

  it('takes the narrowest rate alone where it does not add, and stops at what the place says', () => {
    expect(percentOf(american, at({ subdivision: 'US-CA' }))).toEqual(['6'])
    expect(percentOf(american, at({ subdivision: 'US-CA', city: 'Burbank' }))).toEqual(['6'])
    expect(percentOf(american, at({ subdivision: 'US-OR' }))).toEqual(['0'])
  })
})

describe('certificates where taxes are stacked', () => {
  const from = day('2000-01-01')
  const tax = (name: string, percent: string, more: object = {}) => ({ name, percent, ...more })
  const canadian: TaxTable = {
    seller: { country: 'CA' },
    rates: [
      rate('CA', '5', { components: [tax('GST', '5')] }),
      rate('CA', '7', { subdivision: 'CA-BC', components: [tax('PST', '7')], adds: true }),
      rate('CA', '9.5', {
        subdivision: 'CA-QC',
        components: [tax('QST', '9.5', { compound: true })],
        adds: true,
      }),
      rate('CA', '13', { subdivision: 'CA-ON', components: [tax('federal', '5'), tax('provincial', '8')] }),
      rate('CA', '5', { taxClass: 'books', components: [tax('GST', '5')] }),
      rate('CA', '0', {
        taxClass: 'books',
        subdivision: 'CA-BC',
        category: 'E',
        components: [],
        exemption: 'Books bear no PST',
        adds: true,
      }),
      rate('CA', '0', { taxClass: 'food', category: 'Z', components: [tax('GST', '0')] }),
    ],
  }
  const certificate = (more: Partial<TaxExemption> = {}): TaxExemption => ({
    certificate: 'C-1',
    country: 'CA',
    category: 'E',
    reason: 'Resale',
    from,
    ...more,
  })
  const soldIn = (subdivision: string, exemptions: readonly TaxExemption[], taxClass = 'standard') =>
    treatmentFor(
      canadian,
      sale('CA', { buyer: { country: 'CA', subdivision }, buyerTaxes: { registrations: [], exemptions } }),
      taxClass,
    )
  const taxed = (value: object) => ({ ok: true, value })

  it('F128 frees from what a subdivision levies, and leaves what the country levies there', () => {
    const resale = certificate({ subdivision: 'CA-BC', reason: 'Resale PST' })
    expect(soldIn('CA-BC', [resale])).toEqual(
      taxed({ category: 'S', components: [tax('GST', '5')], exemption: 'Resale PST' }),
    )
    expect(soldIn('CA-QC', [resale])).toEqual(
      taxed({ category: 'S', components: [tax('GST', '5'), tax('QST', '9.5', { compound: true })] }),
    )
  })

  it('F128 frees from all taxes of the country by a certificate for the country', () => {
    expect(soldIn('CA-BC', [certificate()])).toEqual(
      taxed({ category: 'E', components: [], exemption: 'Resale' }),
    )
  })

  it('F128 frees from the taxes that a certificate names, and from no others', () => {
    const federal = certificate({ taxes: ['GST'] })
    expect(soldIn('CA-BC', [federal])).toMatchObject(taxed({ category: 'S', components: [tax('PST', '7')] }))
    expect(soldIn('CA-QC', [federal])).toEqual(
      taxed({ category: 'S', components: [tax('QST', '9.5', { compound: true })], exemption: 'Resale' }),
    )
    const provincial = certificate({ subdivision: 'CA-ON', taxes: ['provincial'] })
    expect(soldIn('CA-ON', [provincial])).toMatchObject(taxed({ components: [tax('federal', '5')] }))
    expect(soldIn('CA-BC', [certificate({ subdivision: 'CA-BC', taxes: ['GST'] })])).toEqual(
      taxed({ category: 'S', components: [tax('GST', '5'), tax('PST', '7')] }),
    )
  })

  it('F128 frees from everything by two certificates that free from a tax each, for both reasons', () => {
    const federal = certificate({ taxes: ['GST'], category: 'O', reason: 'Treaty' })
    const resale = certificate({ subdivision: 'CA-BC' })
    expect(soldIn('CA-BC', [federal, resale])).toEqual(
      taxed({ category: 'O', components: [], exemption: 'Treaty; Resale' }),
    )
  })

  it('F128 frees by a state what its counties and cities add', () => {
    const components = (name: string, percent: string) => ({ components: [tax(name, percent)] })
    const state = { subdivision: 'US-CA' }
    const county = { ...state, county: 'Los Angeles', adds: true } as const
    const american: TaxTable = {
      seller: { country: 'US' },
      rates: [
        rate('US', '6', { ...state, ...components('State', '6') }),
        rate('US', '0.25', { ...county, ...components('County', '0.25') }),
        rate('US', '1.5', { ...county, city: 'Burbank', ...components('City', '1.5') }),
      ],
    }
    const place = { country: 'US', subdivision: 'US-CA', county: 'Los Angeles', city: 'Burbank' }
    const inBurbank = (more: Partial<TaxExemption>) =>
      treatmentFor(
        american,
        sale('US', {
          buyer: place,
          buyerTaxes: { registrations: [], exemptions: [certificate({ country: 'US', ...more })] },
        }),
        'standard',
      )
    expect(inBurbank({ subdivision: 'US-CA' })).toEqual(
      taxed({ category: 'E', components: [], exemption: 'Resale' }),
    )
    expect(inBurbank({ subdivision: 'US-CA', taxes: ['County'] })).toMatchObject(
      taxed({ components: [tax('State', '6'), tax('City', '1.5')] }),
    )
  })

  it('F128 says why a place levies nothing and why the buyer bears no other tax, where one is left', () => {
    const components = (name: string, percent: string) => ({ components: [tax(name, percent)] })
    const county = { subdivision: 'US-CO', county: 'Denver', adds: true } as const
    const american: TaxTable = {
      seller: { country: 'US' },
      rates: [
        rate('US', '2.9', { subdivision: 'US-CO', ...components('State', '2.9') }),
        rate('US', '1', { ...county, ...components('County', '1') }),
        rate('US', '0', { ...county, city: 'Denver', category: 'E', components: [], exemption: 'City law' }),
      ],
    }
    const state = certificate({ country: 'US', subdivision: 'US-CO', taxes: ['State'] })
    const inDenver = sale('US', {
      buyer: { country: 'US', subdivision: 'US-CO', county: 'Denver', city: 'Denver' },
      buyerTaxes: { registrations: [], exemptions: [state] },
    })
    expect(treatmentFor(american, inDenver, 'standard')).toEqual(
      taxed({ category: 'S', components: [tax('County', '1')], exemption: 'City law; Resale' }),
    )
  })

  it('F128 frees from nothing what bears none of its taxes', () => {
    const resale = certificate({ subdivision: 'CA-BC' })
    expect(soldIn('CA-BC', [resale], 'food')).toEqual(taxed({ category: 'Z', components: [tax('GST', '0')] }))
    const fixed = { category: 'S', components: [tax('GST', '5')] } as const
    const ruled = treatmentFor(
      { ...canadian, rules: [{ treatment: fixed }] },
      sale('CA', {
        buyer: { country: 'CA', subdivision: 'CA-BC' },
        buyerTaxes: { registrations: [], exemptions: [resale] },
      }),
      'standard',
    )
    expect(ruled).toEqual(taxed(fixed))
  })

  it('F128 asks for a rate all the same where a certificate frees from a part', () => {
    expect(soldIn('CA-BC', [certificate({ subdivision: 'CA-BC' })], 'tools')).toMatchObject({
      error: { code: 'tax_rate_missing' },
    })
  })

  it('F127 taxes by the country what a subdivision frees, under the category of the country', () => {
    expect(soldIn('CA-BC', [], 'books')).toEqual(
      taxed({ category: 'S', components: [tax('GST', '5')], exemption: 'Books bear no PST' }),
    )
  })
})
