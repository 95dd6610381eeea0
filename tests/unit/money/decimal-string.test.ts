import { describe, expect, it } from 'vitest'
import {
  compareDecimal,
  formatDecimal,
  normalizeDecimal,
  parseDecimal,
  trimDecimal,
} from '../../../src/core/money/decimal-string.js'

const malformed = expect.objectContaining({ code: 'decimal_malformed' }) as Error

describe('parseDecimal', () => {
  it.each<[string, bigint, number]>([
    ['0', 0n, 0],
    ['-0', 0n, 0],
    ['7', 7n, 0],
    ['-7.50', -750n, 2],
    ['0.05', 5n, 2],
    ['8.875', 8875n, 3],
    ['100', 100n, 0],
    ['999999999999999', 999_999_999_999_999n, 0],
    ['9007199254740993', 9_007_199_254_740_993n, 0],
    ['-1234567890123456.789', -1_234_567_890_123_456_789n, 3],
    [`0.${'1'.repeat(38)}`, BigInt('1'.repeat(38)), 38],
    ['9'.repeat(40), BigInt('9'.repeat(40)), 0],
  ])('MO1 reads %s exactly', (text, digits, scale) => {
    expect(parseDecimal(text)).toEqual({ digits, scale })
  })

  it.each([
    '',
    '-',
    '.',
    '.5',
    '5.',
    '-.5',
    '-5.',
    '1.2.3',
    '007',
    '00',
    '-01.5',
    '+1',
    '--1',
    '1-',
    '1e3',
    '0x10',
    '1_000',
    '1,5',
    ' 1',
    '1 ',
    '1\n',
    '１２',
    '٣',
    'NaN',
    'Infinity',
    '1'.repeat(41),
  ])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined()
  })

  it('looks at the length first, so a huge text costs nothing', () => {
    expect(parseDecimal('1'.repeat(10_000_000))).toBeUndefined()
  })
})

describe('writing decimals', () => {
  it('writes exactly the decimals asked for', () => {
    expect(formatDecimal(1999n, 2)).toBe('19.99')
    expect(formatDecimal(5n, 3)).toBe('0.005')
    expect(formatDecimal(-5n, 1)).toBe('-0.5')
    expect(formatDecimal(-1250n, 2)).toBe('-12.50')
    expect(formatDecimal(0n, 2)).toBe('0.00')
    expect(formatDecimal(-12n, 0)).toBe('-12')
  })

  it('trims zeros down to the fewest decimals, and fills up to them', () => {
    expect(trimDecimal({ digits: 25000n, scale: 4 }, 2)).toBe('2.50')
    expect(trimDecimal({ digits: 19155150n, scale: 5 }, 2)).toBe('191.5515')
    expect(trimDecimal({ digits: -2n, scale: 0 }, 2)).toBe('-2.00')
    expect(trimDecimal({ digits: 0n, scale: 7 }, 0)).toBe('0')
  })

  it.each([
    ['8.50', '8.5'],
    ['8.00', '8'],
    ['100', '100'],
    ['-0.0', '0'],
    ['0.10', '0.1'],
    ['-1.20', '-1.2'],
  ])('gives one text per number: %s is %s', (text, normalized) => {
    expect(normalizeDecimal(text)).toBe(normalized)
  })

  it('throws where a text was promised to be a decimal', () => {
    expect(() => normalizeDecimal('1e3')).toThrow(malformed)
    expect(() => compareDecimal('1', '')).toThrow(malformed)
  })
})

describe('compareDecimal', () => {
  it.each<[string, string, -1 | 0 | 1]>([
    ['1.50', '1.5', 0],
    ['-0', '0.00', 0],
    ['9', '10', -1],
    ['-9', '-10', 1],
    ['0.1', '0.09', 1],
    ['9007199254740993', '9007199254740992.999', 1],
  ])('compares %s with %s by value', (left, right, order) => {
    expect(compareDecimal(left, right)).toBe(order)
  })
})
