import { describe, expect, it } from 'vitest'
import type { SettingsInput } from '../../../src/app/settings.js'
import { openShop } from '../../support/shop.js'
import { germanTax } from '../../support/tax.js'

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

  it('follow the rules of their form, and say which one they break', () => {
    expect(open({ tax: { ...germanTax, seller: { country: 'Germany' } } })).toThrow(
      /settings\.tax\.seller\.country breaks the rule/,
    )
  })
})
