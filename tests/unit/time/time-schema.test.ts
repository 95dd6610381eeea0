import type { ZodType } from 'zod'
import { describe, expect, it } from 'vitest'
import { localDateSchema } from '../../../src/core/time/time-schema.js'
import { instantSchema, localDateTimeSchema } from '../../../src/core/time/zone-schema.js'

const ruleOf = (schema: ZodType, given: unknown) => schema.safeParse(given).error?.issues[0]?.message

describe('a moment', () => {
  it.each([
    ['2026-03-01T09:30:00+01:00', '2026-03-01T08:30:00.000Z'],
    ['2026-03-01T09:30:00-01:30', '2026-03-01T11:00:00.000Z'],
    ['2026-03-01T09:30Z', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:15.5Z', '2026-03-01T09:30:15.500Z'],
  ])('M19 is %s, kept as %s', (given, kept) => {
    expect(instantSchema.parse(given)).toBe(kept)
  })

  it.each([
    ['2026-03-01', 'time.format'],
    [`2026-03-01T09:30:00Z${' '.repeat(40)}`, 'time.format'],
    ['2026-03-01T09:30:00CET', 'time.format'],
    ['2026-03-01T09:30:60Z', 'time.invalid'],
    ['2026-03-01T24:00:00Z', 'time.invalid'],
    ['2026-02-29T09:30:00Z', 'date.invalid'],
    ['2026-03-01T09:30:00', 'offset.missing'],
    ['2026-03-01T09:30:00+25:00', 'offset.range'],
  ])('is not %s: %s', (given, rule) => {
    expect(ruleOf(instantSchema, given)).toBe(rule)
  })
})

describe('a local time of a day', () => {
  it('is a day, a T and a time', () => {
    expect(localDateTimeSchema.parse('2026-03-29T02:30')).toBe('2026-03-29T02:30')
  })

  it.each([
    ['2026-03-29', 'time.format'],
    ['2026-03-29T02:30T02:30', 'time.format'],
    ['2026-03-29T2:30', 'time.format'],
    ['2026-03-29T24:00', 'time.invalid'],
    ['2026-02-30T02:30', 'date.invalid'],
  ])('is not %s: %s', (given, rule) => {
    expect(ruleOf(localDateTimeSchema, given)).toBe(rule)
  })
})

describe('a day', () => {
  it.each([
    ['2026-13-01', 'date.invalid'],
    ['2026-00-01', 'date.invalid'],
    ['2026-04-31', 'date.invalid'],
    ['2100-02-29', 'date.invalid'],
    ['0000-01-01', 'date.range'],
    ['10000-01-01', 'date.range'],
    ['2026-1-1', 'date.format'],
  ])('is not %s: %s', (given, rule) => {
    expect(ruleOf(localDateSchema, given)).toBe(rule)
  })
})
