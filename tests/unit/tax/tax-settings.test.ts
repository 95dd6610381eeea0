import { describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { freshKey, stockMugs } from '../../support/desk.js'
import { openShop } from '../../support/shop.js'
import { germanTax, vat } from '../../support/tax.js'

const open = (settings: SettingsInput) => () => openShop(undefined, settings)

describe('the tax settings of a business', () => {
  it('MO5 name a place of rounding that would change the tax due: the business does not open', () => {
    expect(open({ tax: { ...germanTax, roundedPer: 'line' } })).toThrow(
      expect.objectContaining({
        code: 'configuration',
        message: expect.stringContaining(
          'settings.totals.profile rounds per_category, where settings.tax rounds per line: the tax due would change',
        ) as string,
      }),
    )
    expect(open({ tax: { ...germanTax, roundedPer: 'line' }, totals: { profile: 'per_line' } })).not.toThrow()
    expect(open({ tax: { ...germanTax, roundedPer: 'category' } })).not.toThrow()
  })

  it('have one rate of a tax class for a place on a day', () => {
    const [first] = germanTax.rates
    if (first === undefined) throw new Error('there is no rate')
    const later = { ...first, from: '2021-01-01' }
    expect(open({ tax: { ...germanTax, rates: [first, later] } })).toThrow(
      'settings.tax has two rates of the tax class standard for one place (DE) on 2021-01-01',
    )
    expect(open({ tax: { ...germanTax, rates: [{ ...first, to: '2020-12-31' }, later] } })).not.toThrow()
  })

  it('row 29 state the rates of their rules in percent, as the table does', () => {
    const ruled = (percent: string) =>
      open({
        tax: {
          ...germanTax,
          rules: [
            { buyer: 'elsewhere', treatment: 'rate_of_seller' },
            { treatment: { category: 'S', components: [{ name: 'VAT', percent }] } },
          ],
        },
      })
    expect(ruled('0.19')).toThrow('settings.tax.rules.1.treatment breaks the rule tax.unit')
    expect(ruled('0.5')).not.toThrow()
  })

  describe('row 29 with a rate of a quarter of a percent beside one of 25', () => {
    const quarter = { country: 'IN', taxClass: 'rough-stones', from: '2017-07-01', ...vat('0.25') }
    const whole = { country: 'DK', taxClass: 'standard', from: '1992-01-01', ...vat('25') }
    const rule = { taxClasses: ['diamonds'], treatment: vat('0.25') }
    const tax = { seller: { country: 'IN' }, rates: [whole, quarter] }
    const line = { sku: 'MUG', quantity: 1, tax: vat('0.250') }
    const placed = async (settings: SettingsInput) => {
      const { oms: shop } = openShop(undefined, settings)
      await stockMugs(shop)
      return shop.orders.place({ channel: 'web', currency: 'EUR', lines: [line] }, freshKey())
    }

    it('state it in rules where the table has it, as orders do', async () => {
      expect(open({ tax: { ...tax, rules: [rule] } })).not.toThrow()
      expect(await placed({ tax })).toMatchObject({ ok: true })
    })

    it('refuse it in rules where the table has only the whole one, as orders do', async () => {
      const rates = [whole]
      expect(open({ tax: { ...tax, rates, rules: [rule] } })).toThrow(
        'settings.tax.rules.0.treatment breaks the rule tax.unit',
      )
      expect(await placed({ tax: { seller: { country: 'DK' }, rates } })).toMatchObject({
        error: { issues: [{ path: ['lines', 0, 'tax'], rule: 'tax.unit' }] },
      })
    })

    it.each(['19', '0.19'])(
      'do not let one class at one place follow %s percent by its other form',
      (first) => {
        const rate = (from: string, to: string, percent: string) => ({
          country: 'DE',
          taxClass: 'standard',
          from,
          to,
          ...vat(percent),
        })
        const second = first === '19' ? '0.19' : '19'
        const rates = [rate('2007-01-01', '2020-12-31', first), rate('2021-01-01', '2030-12-31', second)]
        expect(open({ tax: { seller: { country: 'DE' }, rates } })).toThrow(
          'settings.tax.rates.1 breaks the rule tax.unit: the tax class standard has one rate in percent and one as a fraction in one place (DE)',
        )
      },
    )

    it('have the small rates of real tables as they are: recargo, reduced, local and on gold', () => {
      const real = [
        '21',
        '10',
        '4',
        '5.2',
        '1.4',
        '0.5',
        '1.75',
        '8.1',
        '2.6',
        '50',
        '3',
        '0.25',
        '0.125',
        '25',
      ]
      const rates = real.map((percent, index) => ({
        country: 'ES',
        taxClass: `class-${index}`,
        from: '2000-01-01',
        ...vat(percent),
      }))
      const rules = real.map((percent) => ({ treatment: vat(percent) }))
      expect(open({ tax: { seller: { country: 'ES' }, rates, rules } })).not.toThrow()
    })
  })

  it('follow the rules of their form, and say which one they break', () => {
    expect(open({ tax: { ...germanTax, seller: { country: 'Germany' } } })).toThrow(
      /settings\.tax\.seller\.country breaks the rule/,
    )
  })
})
