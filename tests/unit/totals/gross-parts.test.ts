import { expect, it } from 'vitest'
import { grossUpTo, shareTax } from '../../../src/core/totals/gross-parts.js'

it('MO3 units come to their price with tax, and their tax is in proportion to it', () => {
  const shirts = { gross: 5_997n, tax: 958n }
  expect(grossUpTo(shirts, 1n, 3n, 'half_up')).toEqual({ gross: 1_999n, tax: 319n })
  expect(grossUpTo(shirts, 2n, 3n, 'half_up')).toEqual({ gross: 3_998n, tax: 639n })
  expect(grossUpTo(shirts, 3n, 3n, 'half_up')).toEqual(shirts)
})

it('MO3 a line of which discounts leave nothing gives its unit of tax back with its units, and all of it with the last', () => {
  const gift = { gross: 0n, tax: -1n }
  expect(grossUpTo(gift, 0n, 2_500n, 'half_up')).toEqual({ gross: 0n, tax: 0n })
  expect(grossUpTo(gift, 2_500n, 2_500n, 'half_up')).toEqual(gift)
})

it('several taxes share what is levied one after another, to the cent', () => {
  expect(shareTax([400n, 238n, 113n], 250n, 'half_up')).toEqual([133n, 79n, 38n])
  expect(shareTax([400n, 238n, 113n], 751n, 'half_up')).toEqual([400n, 238n, 113n])
})
