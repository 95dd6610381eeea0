import { describe, expect, it } from 'vitest'
import { plainRule } from '../../../src/core/sourcing/plain-rule.js'
import { costSchema, sourcingRuleSchema } from '../../../src/core/sourcing/sourcing-schema.js'

describe('a cost of sending', () => {
  it('is a decimal text of zero or more, with up to 8 decimals, and kept in its shortest form', () => {
    expect(costSchema.parse('4.90')).toBe('4.9')
    expect(costSchema.parse('0.00000001')).toBe('0.00000001')
    expect(costSchema.parse('0')).toBe('0')
  })

  it.each([
    [4.9, 'money.type'],
    ['4,90', 'money.format'],
    ['-0.01', 'money.min'],
    ['0.000000001', 'money.precision'],
    ['12345678901234567', 'money.max'],
  ])('is not %s: %s', (given, rule) => {
    expect(costSchema.safeParse(given)).toMatchObject({
      success: false,
      error: { issues: [{ message: rule }] },
    })
  })
})

describe('a rule', () => {
  it('is kept with what was said, and without what was left out', () => {
    const whole = {
      name: 'nights',
      strategy: 'nearest',
      splits: 'by_line',
      filters: [{ by: 'pickup' }],
      sorters: ['load'],
      schedule: { zone: 'Europe/Berlin', weekdays: [5], from: '22:00', until: '06:00' },
      mostShipments: 2,
    }
    expect(plainRule(sourcingRuleSchema.parse(whole))).toEqual(whole)
    const bare = { name: 'always', strategy: 'nearest', schedule: {} }
    expect(Object.keys(plainRule(sourcingRuleSchema.parse({ ...bare, splits: undefined })))).toEqual(
      Object.keys(bare),
    )
  })
})
