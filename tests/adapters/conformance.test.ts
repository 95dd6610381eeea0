import { describe, expect, it } from 'vitest'
import { storageConformance } from 'orderwright/testing'
import { openForKit } from '../../examples/custom-adapter/run-kit.js'
import { storesUnderTest } from '../support/stores-under-test.js'

const stores = [...(await storesUnderTest()), { name: 'LMDB (examples/custom-adapter)', open: openForKit }]

for (const { name: store, open } of stores) {
  describe(`the ${store} store keeps the promises of its port:`, () => {
    for (const { name, run } of storageConformance) it(name, () => run(open))
  })
}

it('F192 runs the kit over memory and over at least one SQLite driver', () => {
  expect(stores.map(({ name }) => name)).toContain('memory')
  expect(stores.length).toBeGreaterThan(1)
})
