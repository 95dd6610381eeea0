import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epcQrText, isIban, isRfReference, rfReference } from 'orderwright/documents'

const transfer = { name: 'Red Cross', iban: 'BE72 0000 0000 1616' }

describe('epcQrText', () => {
  it('writes the example of EPC069-12', () => {
    const payload = epcQrText({
      ...transfer,
      bic: 'BPOTBEB1',
      amount: '1',
      purpose: 'CHAR',
      text: 'Urgency fund',
      information: 'Sample EPC QR code',
    })
    expect(payload.split('\n')).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      'BPOTBEB1',
      'Red Cross',
      'BE72000000001616',
      'EUR1.00',
      'CHAR',
      '',
      'Urgency fund',
      'Sample EPC QR code',
    ])
  })

  it('ends behind the last field that is used', () => {
    expect(epcQrText(transfer)).toBe('BCD\n002\n1\nSCT\n\nRed Cross\nBE72000000001616')
    expect(epcQrText({ ...transfer, reference: 'RF18 5390 0754 7034' })).toMatch(/\n\n\nRF18539007547034$/)
  })

  it.each([
    ['an IBAN with wrong check digits', { iban: 'BE73000000001616' }, 'IBAN'],
    ['a name of 71 characters', { name: 'x'.repeat(71) }, 'name'],
    ['a name with a line break, which would shift the fields', { name: 'a\nb' }, 'name'],
    ['an amount of zero', { amount: '0.00' }, 'amount'],
    ['an amount with three decimals', { amount: '1.005' }, 'amount'],
    ['an amount above the largest', { amount: '1000000000.00' }, 'amount'],
    ['a reference beside a text', { reference: 'RF18539007547034', text: 'x' }, 'not both'],
    ['a reference with wrong check digits', { reference: 'RF19539007547034' }, 'RF reference'],
    ['a BIC of seven characters', { bic: 'BPOTBEB' }, 'BIC'],
    ['more bytes than the code holds', { name: '€'.repeat(70), text: '€'.repeat(140) }, '331 bytes'],
  ])('refuses %s', (_what, change, words) => {
    expect(() => epcQrText({ ...transfer, ...change })).toThrow(
      expect.objectContaining({ code: 'configuration', message: expect.stringContaining(words) as string }),
    )
  })
})

describe('rfReference', () => {
  it('has the check digits of ISO 11649', () => {
    expect(rfReference('539007547034')).toBe('RF18539007547034')
    expect(rfReference('inv 2026 17')).toBe(rfReference('INV202617'))
  })

  it('is recognized, and any one changed digit or letter is not', () => {
    const references = fc.string({
      unit: fc.constantFrom(...'0123456789ABCXYZ'),
      minLength: 1,
      maxLength: 21,
    })
    fc.assert(
      fc.property(references, fc.nat(), (text, place) => {
        const reference = rfReference(text)
        expect(isRfReference(reference)).toBe(true)
        const at = 4 + (place % text.length)
        const [one, two] = /[A-Z]/.test(reference[at] ?? '') ? ['A', 'B'] : ['7', '8']
        const other = reference[at] === one ? two : one
        expect(isRfReference(reference.slice(0, at) + other + reference.slice(at + 1))).toBe(false)
      }),
    )
  })

  it.each(['', 'x'.repeat(22), 'A-1'])('refuses %j', (text) => {
    expect(() => rfReference(text)).toThrow(expect.objectContaining({ code: 'configuration' }))
  })
})

describe('isIban', () => {
  it('recognizes check digits, with blanks or without', () => {
    expect(isIban('DE02 1203 0000 0000 2020 51')).toBe(true)
    expect(isIban('DE03120300000000202051')).toBe(false)
    expect(isIban('DE02')).toBe(false)
  })
})
