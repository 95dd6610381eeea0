import { describe, expect, it } from 'vitest'
import { piece } from '../../../src/core/catalog/quantity.js'
import { currencyCode } from '../../../src/core/money/currency.js'
import { averagePrice } from '../../../src/core/pricing/average-price.js'

const EUR = currencyCode('EUR')
const JPY = currencyCode('JPY')

describe('an average price', () => {
  it.each([
    [{ amount: '468.00', currency: EUR }, 120, piece, { amount: '3.90', currency: EUR }],
    [{ amount: '1.00', currency: EUR }, 8, piece, { amount: '0.125', currency: EUR }],
    [{ amount: '10.00', currency: EUR }, 3, piece, { amount: '10.00', currency: EUR, per: 3 }],
    [{ amount: '20.00', currency: EUR }, 6, piece, { amount: '10.00', currency: EUR, per: 3 }],
    [{ amount: '1000', currency: JPY }, 7, piece, { amount: '1000', currency: JPY, per: 7 }],
    [
      { amount: '2.50', currency: EUR },
      1_500,
      { code: 'KGM', digits: 3 },
      { amount: '5.00', currency: EUR, per: 3 },
    ],
    [{ amount: '0.00', currency: EUR }, 3, piece, { amount: '0.00', currency: EUR }],
  ])('of %o for %i base units of %o is %o', (amount, quantity, unit, price) => {
    expect(averagePrice(amount, quantity, unit)).toEqual(price)
  })
})
