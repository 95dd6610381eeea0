import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../src/core/canonical-json.js'
import { sameData } from '../../src/testing/simulation/same-data.js'

/** Few values and few names, so that two of them are often the same. */
const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, 0, 1, '0', '', true),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b'), fc.option(tie('value'), { nil: undefined }), { maxKeys: 2 }),
  ),
})).value

it('finds two values the same exactly where their canonical JSON is', () => {
  fc.assert(
    fc.property(data, data, (left, right) => {
      expect(sameData(left, right)).toBe(canonicalJson(left) === canonicalJson(right))
      expect(sameData(left, structuredClone(left))).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
