import { describe, expect, it } from 'vitest'
import { looksLikeCardNumber } from '../../../src/core/text/card-number.js'

describe('what looks like a card number', () => {
  // Numbers that payment services publish for tests.
  it.each(['4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005', '6011000990139424'])(
    'PY6 is %s, whose digits add up (ISO/IEC 7812-1)',
    (number) => {
      expect(looksLikeCardNumber(`paid with ${number}, thanks`)).toBe(true)
    },
  )

  it.each(['4111 1111 1111 1112', '378282246310006', '411111111111'])('PY6 is not %s', (number) => {
    expect(looksLikeCardNumber(`paid with ${number}, thanks`)).toBe(false)
  })
})
