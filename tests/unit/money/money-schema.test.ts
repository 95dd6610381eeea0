import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  currencySchema,
  moneySchema,
  nonNegativeMoneySchema,
  percentSchema,
  unitPriceSchema,
} from '../../../src/core/money/money-schema.js'

interface Broken {
  readonly path: string
  readonly rule: string
}

const broken = (schema: z.ZodType, input: unknown): readonly Broken[] => {
  const result = schema.safeParse(input)
  return result.success
    ? []
    : result.error.issues.map((issue) => ({ path: issue.path.join('.'), rule: issue.message }))
}
const parsed = (schema: z.ZodType, input: unknown): unknown => schema.parse(input)
const euros = (amount: unknown) => ({ amount, currency: 'EUR' })

describe('moneySchema', () => {
  it.each<[string, unknown, string, string]>([
    ['row 16', euros(19.99), 'amount', 'money.type'],
    ['row 16', 19.99, '', 'money.type'],
    ['row 16', '19.99', '', 'money.type'],
    ['row 16', null, '', 'money.type'],
    ['row 16', undefined, '', 'money.type'],
    ['row 16', [], '', 'money.type'],
    ['row 16', { currency: 'EUR' }, 'amount', 'money.type'],
    ['row 16', euros(true), 'amount', 'money.type'],
    ['row 16', euros(['19.99']), 'amount', 'money.type'],
    ['row 17', euros('19.999'), 'amount', 'money.precision'],
    ['row 17', euros('19.990'), 'amount', 'money.precision'],
    ['row 18', { amount: '100.5', currency: 'JPY' }, 'amount', 'money.precision'],
    ['row 19', { amount: '1.2345', currency: 'KWD' }, 'amount', 'money.precision'],
    ['row 20', { amount: '1', currency: 'XXZ' }, 'currency', 'currency.unknown'],
    ['row 20', { amount: '1', currency: 'XAU' }, 'currency', 'currency.unknown'],
    ['row 21', { amount: '1', currency: 'eur' }, 'currency', 'currency.format'],
    ['row 21', { amount: '1', currency: 'EURO' }, 'currency', 'currency.format'],
    ['row 21', { amount: '1', currency: '' }, 'currency', 'currency.format'],
    ['row 21', { amount: '1', currency: 978 }, 'currency', 'currency.type'],
    ['row 21', { amount: '1' }, 'currency', 'currency.type'],
    ['row 24', euros('10000000000000.01'), 'amount', 'money.max'],
    ['row 24', euros('-10000000000000.01'), 'amount', 'money.max'],
    ['row 24', { amount: '1000000000000001', currency: 'JPY' }, 'amount', 'money.max'],
    ['row 24', { amount: '1000000000001', currency: 'KWD' }, 'amount', 'money.max'],
    ['MO10', euros('1e3'), 'amount', 'money.format'],
    ['MO10', euros('0x10'), 'amount', 'money.format'],
    ['MO10', euros('１２'), 'amount', 'money.format'],
    ['MO10', euros('1,50'), 'amount', 'money.format'],
    ['MO10', euros(''), 'amount', 'money.format'],
    ['MO10', euros(' 1'), 'amount', 'money.format'],
    ['MO10', euros('007'), 'amount', 'money.format'],
    ['row 36', { ...euros('1.00'), isAdmin: true }, '', 'unknownField'],
    ['row 36', { ...euros('1.00'), per: 5 }, '', 'unknownField'],
    ['row 37', JSON.parse('{"amount":"1.00","currency":"EUR","__proto__":{}}'), '', 'unknownField'],
  ])('%s refuses %j at "%s" by %s', (_row, input, path, rule) => {
    expect(broken(moneySchema, input)).toEqual([{ path, rule }])
  })

  it('row 36 names all unknown fields in one refusal', () => {
    const result = moneySchema.safeParse({ ...euros('1.00'), total: 1, tax: 2 })
    expect(result.error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['total', 'tax'] }])
  })

  it('row 25 refuses a BigInt', () => {
    expect(broken(moneySchema, euros(1999n))).toEqual([{ path: 'amount', rule: 'money.type' }])
  })

  it('refuses a text of a million digits by its length', () => {
    expect(broken(moneySchema, euros('9'.repeat(1_000_000)))).toEqual([
      { path: 'amount', rule: 'money.format' },
    ])
  })

  it.each([
    ['19.99', 'EUR', '19.99'],
    ['19.9', 'EUR', '19.90'],
    ['19', 'EUR', '19.00'],
    ['-0.5', 'EUR', '-0.50'],
    ['-0.00', 'EUR', '0.00'],
    ['-0', 'JPY', '0'],
    ['100', 'JPY', '100'],
    ['1.25', 'KWD', '1.250'],
    ['1.2345', 'CLF', '1.2345'],
    ['10000000000000.00', 'EUR', '10000000000000.00'],
    ['-10000000000000', 'EUR', '-10000000000000.00'],
  ])('MO10 accepts %s %s as %s (row 19 for KWD)', (amount, currency, normalized) => {
    expect(parsed(moneySchema, { amount, currency })).toEqual({ amount: normalized, currency })
  })

  it('answers a fresh object and leaves the input alone', () => {
    const input = { amount: '19.9', currency: 'EUR' }
    expect(moneySchema.parse(input)).not.toBe(input)
    expect(input).toEqual({ amount: '19.9', currency: 'EUR' })
  })

  it('reports both fields at once, and where they stand in a larger input', () => {
    const schema = z.strictObject({ lines: z.array(z.strictObject({ price: moneySchema })) })
    expect(broken(schema, { lines: [{ price: { amount: 1, currency: 'eur' } }, {}] })).toEqual([
      { path: 'lines.0.price.currency', rule: 'currency.format' },
      { path: 'lines.0.price.amount', rule: 'money.type' },
      { path: 'lines.1.price', rule: 'money.type' },
    ])
  })

  it('may be left out where it is optional', () => {
    expect(parsed(z.strictObject({ tip: moneySchema.optional() }), {})).toEqual({})
  })

  it('does not echo the value it refuses', () => {
    const result = moneySchema.safeParse(euros('4111111111111111x'))
    expect(JSON.stringify(result.error)).not.toContain('4111')
    expect(result.error?.issues).toEqual([{ code: 'custom', path: ['amount'], message: 'money.format' }])
  })
})

describe('nonNegativeMoneySchema', () => {
  it('row 23 refuses an amount below zero and accepts zero', () => {
    expect(broken(nonNegativeMoneySchema, euros('-0.01'))).toEqual([{ path: 'amount', rule: 'money.min' }])
    expect(parsed(nonNegativeMoneySchema, euros('0'))).toEqual(euros('0.00'))
    expect(parsed(nonNegativeMoneySchema, euros('-0'))).toEqual(euros('0.00'))
  })
})

describe('unitPriceSchema', () => {
  it.each<[string, unknown, string, string]>([
    ['row 16', { amount: 2.5, currency: 'EUR' }, 'amount', 'money.type'],
    ['row 17', euros('1.123456789'), 'amount', 'money.precision'],
    ['row 20', { amount: '1', currency: 'XXZ' }, 'currency', 'currency.unknown'],
    ['row 21', { amount: '1', currency: 'eur' }, 'currency', 'currency.format'],
    ['row 23', euros('-0.00000001'), 'amount', 'money.min'],
    ['row 24', euros('10000000000000.00000001'), 'amount', 'money.max'],
    ['row 24', euros('10000000000001'), 'amount', 'money.max'],
    ['row 36', { ...euros('1'), unit: 'kg' }, '', 'unknownField'],
    ['BT-149', { ...euros('1'), per: 0 }, 'per', 'price.per'],
    ['BT-149', { ...euros('1'), per: -1 }, 'per', 'price.per'],
    ['BT-149', { ...euros('1'), per: 0.5 }, 'per', 'price.per'],
    ['BT-149', { ...euros('1'), per: '5' }, 'per', 'price.per'],
    ['BT-149', { ...euros('1'), per: null }, 'per', 'price.per'],
    ['BT-149', { ...euros('1'), per: NaN }, 'per', 'price.per'],
    ['BT-149', { ...euros('1'), per: 1_000_000_001 }, 'per', 'price.per'],
  ])('%s refuses %j at "%s" by %s', (_row, input, path, rule) => {
    expect(broken(unitPriceSchema, input)).toEqual([{ path, rule }])
  })

  it.each([
    [euros('2.5'), euros('2.50')],
    [euros('2.50'), euros('2.50')],
    [euros('2.50000'), euros('2.50')],
    [euros('191.5155'), euros('191.5155')],
    [euros('191.51550'), euros('191.5155')],
    [euros('-0.000'), euros('0.00')],
    [euros('0.00000001'), euros('0.00000001')],
    [euros('10000000000000.000'), euros('10000000000000.00')],
    [
      { amount: '12.0', currency: 'JPY' },
      { amount: '12', currency: 'JPY' },
    ],
    [
      { amount: '0.5', currency: 'JPY' },
      { amount: '0.5', currency: 'JPY' },
    ],
    [
      { ...euros('1'), per: 100 },
      { ...euros('1.00'), per: 100 },
    ],
    [{ ...euros('1'), per: 1 }, euros('1.00')],
    [{ ...euros('1'), per: undefined }, euros('1.00')],
  ])('normalizes %j to %j', (input, price) => {
    expect(parsed(unitPriceSchema, input)).toStrictEqual(price)
  })
})

describe('percentSchema', () => {
  it.each<[string, unknown, string]>([
    ['row 27', '110', 'percent.range'],
    ['row 27', '100.001', 'percent.range'],
    ['row 27', '-1', 'percent.range'],
    ['row 29', 19, 'percent.type'],
    ['row 29', undefined, 'percent.type'],
    ['MO10', '19%', 'percent.format'],
    ['MO10', '', 'percent.format'],
    ['MO10', '019', 'percent.format'],
  ])('%s refuses %j by %s', (_row, input, rule) => {
    const rules = broken(percentSchema, input)
    expect(rules).toEqual([{ path: '', rule }])
  })

  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['8.875', '8.875'],
    ['19.0', '19'],
    ['100', '100'],
    ['100.00', '100'],
  ])('accepts %s as %s', (text, normalized) => {
    expect(percentSchema.parse(text)).toBe(normalized)
  })
})

describe('currencySchema', () => {
  it.each<[unknown, string]>([
    ['XXZ', 'currency.unknown'],
    ['eur', 'currency.format'],
    ['EURO', 'currency.format'],
    [978, 'currency.type'],
  ])('refuses %j by %s', (input, rule) => {
    expect(broken(currencySchema, input)).toEqual([{ path: '', rule }])
  })

  it('accepts a code of the table', () => {
    expect(currencySchema.parse('EUR')).toBe('EUR')
  })
})
