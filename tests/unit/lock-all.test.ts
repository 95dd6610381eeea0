import { expect, it } from 'vitest'
import { lockAll, MissingKey } from '../../src/core/plan.js'

const over = (find: (id: string) => void) => ({
  find: (_kind: unknown, id: string): never => find(id) as never,
})

it('asks for all records at once that are not locked', () => {
  const locked = new Set(['b'])
  const work = over((id) => {
    if (!locked.has(id)) throw new MissingKey({ kind: 'stock', id })
  })
  expect(() => lockAll(work, 'stock', ['a', 'b', 'c'])).toThrow(
    expect.objectContaining({ key: { kind: 'stock', id: 'a' }, others: [{ kind: 'stock', id: 'c' }] }),
  )
  expect(() => lockAll(work, 'stock', ['b'])).not.toThrow()
})

it('is silent about no other error', () => {
  const broken = over(() => {
    throw new Error('the store is closed')
  })
  expect(() => lockAll(broken, 'stock', ['a'])).toThrow('the store is closed')
})
