import { describe, expect, it } from 'vitest'
import { rolesSchema } from '../../../src/core/parties/party-input.js'
import { addressBookSchema, emailSchema, phoneSchema } from '../../../src/core/parties/personal-data.js'

const ruleOf =
  (schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } | undefined } }) =>
  (value: unknown) =>
    schema.safeParse(value).error?.issues[0]?.message

describe('the roles of a party', () => {
  it('count once, in a fixed order', () => {
    expect(rolesSchema.parse(['vendor', 'customer', 'vendor'])).toEqual(['customer', 'vendor'])
    expect(ruleOf(rolesSchema)([])).toBe('roles.min')
  })
})

describe('an e-mail address', () => {
  it('row 59 is measured before it is matched', () => {
    expect(ruleOf(emailSchema)(`${'a'.repeat(5_000_000)}@example.com`)).toBe('text.length')
    expect(ruleOf(emailSchema)(`${'"'.repeat(100)}@example.com`)).toBe('email.format')
  })

  it.each([
    'ada',
    'ada@',
    '@example.com',
    'a da@example.com',
    'ada@b@c',
    'ada@example.com\r\nBcc: eve@example.com',
  ])('refuses %j', (text) => {
    expect(ruleOf(emailSchema)(text)).toMatch(/^(email\.format|text\.line)$/)
  })

  it('accepts what mail servers accept', () => {
    for (const text of ['ada@example.com', "o'hara+news@sub.example.co.uk", 'ада@пример.рф']) {
      expect(ruleOf(emailSchema)(text)).toBeUndefined()
    }
  })
})

describe('an address book', () => {
  const address = { name: 'Ada', street: 'Main 1', city: 'London', country: 'GB' }

  it('has each id once and at most fifty', () => {
    expect(
      ruleOf(addressBookSchema)([
        { id: 'home', address },
        { id: 'home', address },
      ]),
    ).toBe('address.duplicateId')
    const many = Array.from({ length: 51 }, (_, index) => ({ id: `a${index}`, address }))
    expect(ruleOf(addressBookSchema)(many)).toBe('addresses.max')
  })

  it('refuses a telephone number that is none', () => {
    expect(ruleOf(phoneSchema)('call me')).toBe('phone.format')
    expect(ruleOf(phoneSchema)('+44 (20) 7946-0000')).toBeUndefined()
  })
})
