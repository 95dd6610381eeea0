import { describe, expect, it } from 'vitest'
import { exactQuotient, printExact, writeExact } from '../../../src/core/money/exact-decimal.js'

describe('a quotient before it is rounded', () => {
  it.each([
    [['12.30', '0.5'], '2', '3.075', '3.075'],
    [['20'], '3', '20/3', '6.666666…'],
    [['-20'], '3', '-20/3', '-6.666666…'],
    [['20'], '-3', '-20/3', '-6.666666…'],
    [['-0.3'], '-0.9', '1/3', '0.333333…'],
    [['-0.1'], '300000', '-1/3000000', '-0.000000…'],
    [['0.1'], '300000', '1/3000000', '0.000000…'],
  ])('%j by %s is %s, and reads %s', (factors, divisor, written, printed) => {
    const exact = exactQuotient(factors, divisor)
    expect(exact.denominator > 0n).toBe(true)
    expect([writeExact(exact), printExact(exact)]).toEqual([written, printed])
  })
})
