import { describe, expect, it } from 'vitest'
import type { CurrencyCode } from '../../../src/core/money/currency.js'
import type { Money } from '../../../src/core/money/money.js'
import { exactInterest, simpleInterest } from '../../../src/core/money/simple-interest.js'

const euro = 'EUR' as CurrencyCode
const euros = (amount: string): Money => ({ amount, currency: euro })
const nine = { percent: '9', basis: 'act/365' } as const

describe('simple interest', () => {
  it('is principal times rate times days over the days of a year, as an exact fraction', () => {
    expect(exactInterest([{ principal: euros('1000.00'), days: 30 }], nine)).toEqual({
      numerator: 100_000n * 30n * 9n,
      denominator: 100n * 365n,
    })
  })

  it('counts a year of 360 days where the money market does', () => {
    const rate = { percent: '8.75', basis: 'act/360' } as const
    expect(exactInterest([{ principal: euros('0.01'), days: 1 }], rate)).toEqual({
      numerator: 875n,
      denominator: 10_000n * 360n,
    })
  })

  it('is nothing on nothing, and for no days', () => {
    expect(exactInterest([], nine).numerator).toBe(0n)
    expect(exactInterest([{ principal: euros('1000.00'), days: 0 }], nine).numerator).toBe(0n)
    expect(simpleInterest([], nine, euro)).toEqual(euros('0.00'))
  })

  it('rounds once for all that was owed, half up', () => {
    const owed = { principal: euros('1000.00'), days: 30 }
    expect(simpleInterest([owed], nine, euro)).toEqual(euros('7.40'))
    // One day of a cent at 182.5 percent is half a cent: two of them are one cent, and not two halves rounded up.
    const half = { percent: '18250', basis: 'act/365' } as const
    const cent = { principal: euros('0.01'), days: 1 }
    expect(simpleInterest([cent], half, euro)).toEqual(euros('0.01'))
    expect(simpleInterest([cent, cent], half, euro)).toEqual(euros('0.01'))
  })

  it('of two periods that meet is that of the one they make', () => {
    const over = (days: number) => ({ principal: euros('123.45'), days })
    expect(exactInterest([over(11), over(20)], nine)).toEqual(exactInterest([over(31)], nine))
  })
})
