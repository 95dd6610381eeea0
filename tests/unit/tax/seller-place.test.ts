import { expect, it } from 'vitest'
import { sellerPlace } from '../../../src/core/tax/treatment-for.js'

it('F127 a legal entity sells from where it is, and from the seat of the business where nothing is said of it', () => {
  const table = { seller: { country: 'DE' }, sellers: { branch: { country: 'FR' } } } as never
  expect(sellerPlace(table, 'branch')).toEqual({ country: 'FR' })
  expect(sellerPlace(table, 'other')).toEqual({ country: 'DE' })
  expect(sellerPlace(table, undefined)).toEqual({ country: 'DE' })
})
