import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  currencyArbitrary,
  moneyArbitrary,
  orderContentArbitrary,
  quantityArbitrary,
  skuArbitrary,
  unitPriceArbitrary,
} from 'orderwright/arbitraries'
import { quantitySchema, toBaseUnits } from '../../src/core/catalog/quantity.js'
import { skuSchema } from '../../src/core/ids/id-schema.js'
import { currencyCode, currencyDigits } from '../../src/core/money/currency.js'
import { moneySchema, unitPriceSchema } from '../../src/core/money/money-schema.js'
import { fromMinor, toMinor } from '../../src/core/money/money.js'
import { orderContentSchema } from '../../src/core/orders/order-input.js'

const euro = currencyCode('EUR')

describe('the published arbitraries', () => {
  it('MO10 make amounts in their stored form: the door changes nothing about them', () => {
    fc.assert(
      fc.property(moneyArbitrary(), (money) => {
        expect(moneySchema.parse(money)).toEqual(money)
        expect(fromMinor(toMinor(money), money.currency)).toEqual(money)
      }),
    )
  })

  it('keep amounts within the range and the currency asked for', () => {
    fc.assert(
      fc.property(moneyArbitrary({ currency: euro, least: -5n, most: 7n }), (money) => {
        strictEqual(money.currency, 'EUR')
        strictEqual(toMinor(money) >= -5n && toMinor(money) <= 7n, true)
      }),
    )
  })

  it('make unit prices that the door changes nothing about', () => {
    fc.assert(
      fc.property(unitPriceArbitrary(), (price) => {
        expect(unitPriceSchema.parse(price)).toEqual(price)
      }),
    )
  })

  it('reach currencies without and with three digits, prices with eight decimals and prices for several units', () => {
    const codes = fc.sample(currencyArbitrary(), { numRuns: 2_000, seed: 1 })
    expect(new Set(codes.map(currencyDigits))).toEqual(new Set([0, 2, 3, 4]))
    const prices = fc.sample(unitPriceArbitrary({ currency: euro }), { numRuns: 500, seed: 1 })
    expect(prices.some(({ amount }) => /[.]\d{8}$/.test(amount))).toBe(true)
    expect(prices.some(({ per }) => per !== undefined)).toBe(true)
  })

  it('make SKUs of every legal shape and no other', () => {
    fc.assert(
      fc.property(skuArbitrary(), (sku) => {
        strictEqual(skuSchema.parse(sku), sku)
      }),
    )
    fc.assert(fc.property(skuArbitrary({ longest: 1 }), (sku) => sku.length === 1))
    expect(fc.sample(skuArbitrary(), { numRuns: 500, seed: 1 }).some((sku) => sku.includes(' '))).toBe(true)
  })

  it('make quantities that the unit can hold', () => {
    const measured = fc
      .integer({ min: 0, max: 6 })
      .chain((digits) => fc.tuple(fc.constant(digits), quantityArbitrary({ digits, most: 50_000 })))
    fc.assert(
      fc.property(measured, ([digits, quantity]) => {
        const baseUnits = toBaseUnits(quantitySchema.parse(quantity), { code: 'C62', digits })
        expect(baseUnits).toBeGreaterThanOrEqual(1)
        expect(baseUnits).toBeLessThanOrEqual(50_000)
      }),
    )
  })

  it('make orders that pass the door', () => {
    fc.assert(
      fc.property(orderContentArbitrary(), (content) => {
        expect(orderContentSchema.safeParse(content).error?.issues).toBeUndefined()
      }),
    )
  })
})
