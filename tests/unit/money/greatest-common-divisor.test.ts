import { expect, it } from 'vitest'
import { greatestCommonDivisor } from '../../../src/core/money/greatest-common-divisor.js'

it('what divides two amounts is never below zero, whatever their signs, so both keep theirs', () => {
  expect(greatestCommonDivisor(1_000n, 1_075n)).toBe(25n)
  expect(greatestCommonDivisor(-1_000n, -1_075n)).toBe(25n)
  expect(greatestCommonDivisor(-1_000n, 1_075n)).toBe(25n)
  expect(greatestCommonDivisor(-7n, 0n)).toBe(7n)
  expect(greatestCommonDivisor(0n, -7n)).toBe(7n)
})
