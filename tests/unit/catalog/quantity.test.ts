import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  nonNegativeQuantitySchema,
  piece,
  quantitySchema,
  signedQuantitySchema,
  sumBy,
  toBaseUnits,
  writeQuantity,
} from '../../../src/core/catalog/quantity.js'

const kilogram = { code: 'KGM', digits: 3 }

const ruleOf = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value).error?.issues[0]?.message

describe('a written quantity', () => {
  it.each<[unknown, string]>([
    [-1, 'quantity.min'],
    [0, 'quantity.min'],
    [-0, 'quantity.min'],
    ['0.000', 'quantity.min'],
    ['-1.5', 'quantity.min'],
    [1.5, 'quantity.integer'],
    [1e21, 'quantity.max'],
    [Number.NaN, 'number.finite'],
    [Number.NEGATIVE_INFINITY, 'number.finite'],
    ['0x10', 'type'],
    ['1e3', 'type'],
    ['１２', 'type'],
    ['007', 'type'],
    [' 1', 'type'],
    ['+1', 'type'],
    ['--1', 'type'],
    ['.5', 'type'],
    ['1.0000001', 'type'],
    [null, 'type'],
    [true, 'type'],
    [[1], 'type'],
    [{}, 'type'],
  ])('of %j breaks %s', (value, rule) => {
    expect(ruleOf(quantitySchema, value)).toBe(rule)
  })

  it('may be zero where it is a level, and below zero where it is a change', () => {
    expect([0, -0, '0.0', 5, '2.5'].map((value) => ruleOf(nonNegativeQuantitySchema, value))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    )
    expect([-1, '-0.5'].map((value) => ruleOf(nonNegativeQuantitySchema, value))).toEqual([
      'quantity.negative',
      'quantity.negative',
    ])
    expect([-3, 3, '-0.25', '0.25'].map((value) => ruleOf(signedQuantitySchema, value))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    )
    expect([0, -0, '-0.00'].map((value) => ruleOf(signedQuantitySchema, value))).toEqual(
      Array.from({ length: 3 }, () => 'quantity.zero'),
    )
    expect(ruleOf(signedQuantitySchema, -1e21)).toBe('quantity.max')
  })
})

describe('base units', () => {
  it('F44 are exact in the smallest part of the unit', () => {
    expect(toBaseUnits('1.005', kilogram)).toBe(1_005)
    expect(toBaseUnits('-0.25', kilogram)).toBe(-250)
    expect(toBaseUnits(2, kilogram)).toBe(2_000)
    expect(toBaseUnits('-0.000', kilogram)).toBe(0)
    expect(Object.is(toBaseUnits(-0, piece), 0)).toBe(true)
    expect(Object.is(toBaseUnits('-0.0', kilogram), 0)).toBe(true)
  })

  it('row 8 never come from a text where whole pieces are counted', () => {
    expect(toBaseUnits('5', piece)).toBe('type')
  })

  it('are refused where the unit is not that fine, or the count too large', () => {
    expect(toBaseUnits('1.0005', kilogram)).toBe('quantity.precision')
    expect(toBaseUnits(1e15, kilogram)).toBe('quantity.max')
    expect(toBaseUnits('-999999999999999.999', kilogram)).toBe('quantity.max')
  })

  it('are written back as people write them', () => {
    expect([1_500, -250, 2_000, 5].map((units) => writeQuantity(units, kilogram))).toEqual([
      '1.5',
      '-0.25',
      '2',
      '0.005',
    ])
    expect(writeQuantity(-7, piece)).toBe(-7)
  })

  it('ST6 are summed per key, in the order of the first mention', () => {
    const sums = sumBy(
      [
        { sku: 'B', quantity: 1 },
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 3 },
      ],
      (item) => item.sku,
      (item) => item.quantity,
    )
    expect([...sums]).toEqual([
      ['B', 4],
      ['A', 2],
    ])
  })
})
