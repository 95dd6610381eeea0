import { describe, expect, it } from 'vitest'
import { unsureStorage } from 'orderwright/testing'
import { memoryStorage } from '../../../src/adapters/memory/memory-storage.js'
import { singleTenant } from '../../../src/core/ids/ids.js'
import type { Storage } from '../../../src/core/ports/storage.js'

const key = { kind: 'sample', id: 'a' }

const count = (storage: Storage): Promise<void> =>
  storage.update(singleTenant, [key], (records) => {
    const before = records.get(key)?.version ?? 0
    const write = { key, before, version: before + 1, state: { count: before + 1 }, entries: {}, chain: '' }
    return { records: [write], events: [], messages: [] }
  })

const versionIn = async (storage: Storage): Promise<number> =>
  (await storage.read(singleTenant, [key]))[0]?.version ?? 0

describe('an unsure store', () => {
  it('ID9 loses the answers it is told to lose, one update each, and then none', async () => {
    const inner = memoryStorage()
    const storage = unsureStorage(inner, ['committed', 'not committed'])
    await expect(count(storage)).rejects.toMatchObject({ code: 'outcome_unknown' })
    expect(await versionIn(inner)).toBe(1)
    await expect(count(storage)).rejects.toMatchObject({ code: 'outcome_unknown' })
    expect(await versionIn(inner)).toBe(1)
    await count(storage)
    expect(await versionIn(storage)).toBe(2)
  })

  it('stands before a store built as a class as well', async () => {
    class Hosted implements Pick<Storage, 'update' | 'read'> {
      readonly #inner = memoryStorage()
      update(...given: Parameters<Storage['update']>) {
        return this.#inner.update(...given)
      }
      read(...given: Parameters<Storage['read']>) {
        return this.#inner.read(...given)
      }
    }
    const storage = unsureStorage(new Hosted() as unknown as Storage, [])
    await count(storage)
    expect(await versionIn(storage)).toBe(1)
  })
})
