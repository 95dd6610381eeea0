import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/core/canonical-json.js'

describe('canonical JSON (RFC 8785)', () => {
  it.each([
    ['keys out of order', { b: 1, a: 2 }],
    ['keys in order over a value out of order', { a: { z: 1, y: 2 }, b: 1 }],
    ['a list of objects', [{ b: 1, a: [{ d: 1, c: 2 }] }]],
    ['keys that look like array indexes', { 10: 'ten', 9: 'nine', b: 1, a: { 2: 1, 10: 2 } }],
    ['keys that begin with a digit', { '1b': 1, '1a': 2 }],
    ['gaps', { b: undefined, a: [undefined, null] }],
    ['gaps beside keys that look like array indexes', { 10: [undefined, 1], 9: undefined, b: 1 }],
    ['very many keys', Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${99 - at}`, at]))],
    ['numbers', { a: -0, b: 1e21, c: 0.1, d: 1e-7 }],
    ['texts', { a: '€"\\\n\u2028', '€': 1, '"': 2 }],
    ['nothing', {}],
    ['a text', 'x'],
  ])('ID6 writes %s as the published implementation does', (_what, value) => {
    expect(canonicalJson(value)).toBe(canonicalize(value))
  })

  it.each([[Number.NaN], [{ a: Infinity }], [{ 1: Number.NaN }], [10n], [[() => 1]], [undefined]])(
    'throws for what JSON cannot hold: %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(/has no canonical JSON form/)
    },
  )

  it('keeps a key that would set a prototype, wherever its place is', () => {
    const value = JSON.parse('{"b":{"z":1,"__proto__":null},"a":1}') as unknown
    expect(canonicalJson(value)).toBe('{"a":1,"b":{"__proto__":null,"z":1}}')
  })
})
