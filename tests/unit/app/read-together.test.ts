import type { Storage } from 'orderwright'
import { StorageError } from 'orderwright'
import { describe, expect, it } from 'vitest'
import { readTogether } from '../../../src/app/read-together.js'
import type { TenantId } from '../../../src/core/ids/ids.js'
import type { Key } from '../../../src/core/ids/key.js'
import { passThrough } from '../../../src/testing/pass-through.js'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'

const content = { channel: 'web', currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] }
const ours = 'main' as TenantId
const theirs = 'other' as TenantId
const order = (id: string): Key => ({ kind: 'order', id })

/** A store that knows the orders A to Z, and keeps what it was asked. */
const lettersOnly = () => {
  const asked: { readonly tenant: string; readonly ids: readonly string[] }[] = []
  const read: Storage['read'] = (tenant, keys) => {
    asked.push({ tenant, ids: keys.map(({ id }) => id) })
    const known = keys.filter(({ id }) => /^[A-Z]$/.test(id)).toReversed()
    return Promise.resolve(known.map((key) => ({ key, version: 1, state: tenant, chain: '' })))
  }
  const { read: readOne } = readTogether({ read }, { soon: (callback) => void setImmediate(callback) })
  return { asked, readOne }
}

describe('what commands look at', () => {
  it('is read once for all that ask in the same turn', async () => {
    const reads: (readonly Key[])[] = []
    const around = (storage: Storage): Storage => ({
      ...passThrough(storage),
      read: (tenant, keys) => {
        reads.push(keys)
        return storage.read(tenant, keys)
      },
    })
    const { clerk } = openDesk({ around })
    await stockMugs(clerk)
    const orders = [1, 2, 3].map(async () => {
      const { order: placed } = await clerk.orThrow.orders.place(content, freshKey())
      await clerk.orThrow.orders.confirm({ order: placed })
      return placed
    })
    const ids = await Promise.all(orders)
    reads.length = 0
    await Promise.all(ids.map((id) => clerk.orThrow.orders.accept({ order: id }, freshKey())))
    expect(reads.map((keys) => keys.map(({ id }) => id))).toEqual([ids])
  })

  it('comes back to whoever asked, in the order asked, without what does not exist', async () => {
    const { asked, readOne } = lettersOnly()
    const answers = await Promise.all([
      readOne(ours, [order('B'), order('A')]),
      readOne(ours, [order('A'), order('none')]),
      readOne(theirs, [order('A')]),
    ])
    expect(answers.map((records) => records.map(({ key }) => key.id))).toEqual([['B', 'A'], ['A'], ['A']])
    expect(answers[2]?.[0]?.state).toBe('other')
    expect(asked).toEqual([
      { tenant: 'main', ids: ['B', 'A', 'none'] },
      { tenant: 'other', ids: ['A'] },
    ])
  })

  it('is read in portions of at most 1,000 keys, whatever many ask at once', async () => {
    const { asked, readOne } = lettersOnly()
    const many = Array.from({ length: 250 }, (_, caller) =>
      readOne(
        ours,
        Array.from({ length: 9 }, (_key, index) => order(`${caller}/${index}`)),
      ),
    )
    await Promise.all(many)
    expect(asked.map(({ ids }) => ids.length)).toEqual([999, 999, 252])
  })

  it('fails for all of them when the store fails, and the next turn reads anew', async () => {
    let down = true
    const read: Storage['read'] = () =>
      down ? Promise.reject(new StorageError('storage_unavailable', 'down')) : Promise.resolve([])
    const together = readTogether({ read }, { soon: (callback) => void setImmediate(callback) })
    const failed = await Promise.allSettled([
      together.read(ours, [order('A')]),
      together.read(ours, [order('B')]),
    ])
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    down = false
    expect(await together.read(ours, [order('A')])).toEqual([])
  })
})
