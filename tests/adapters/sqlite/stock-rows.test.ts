import { describe, expect, it } from 'vitest'
import type { Key } from '../../../src/core/ids/key.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { put } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { temporaryFile } from './temporary-file.js'

const file = temporaryFile()
const key: Key = { kind: 'stock', id: 'main/Mug 0.3 l / blue' }
const level = {
  sku: 'Mug 0.3 l / blue',
  location: 'main',
  onHand: 10,
  reserved: 3,
  quarantined: 2,
  safetyStock: 1,
  backorderAllowance: 4,
  incoming: 5,
}
const entries = { sku: level.sku, location: level.location }

const write = (storage: Storage, state: unknown, given: Readonly<Record<string, string>> = entries) =>
  storage.update(tenant, [key], (records) => put(key, records.get(key), state, given))

/** As another connection sees it, without anything remembered. */
const reread = async () => {
  const [record] = await (await file.store()).read(tenant, [key])
  return record?.state
}

describe('the table of stock levels', () => {
  it('has the numbers in columns that people can read, and no second copy of them', async () => {
    await write(await file.store(), level)
    const rows = file
      .connect()
      .prepare(
        'SELECT location, sku, on_hand, reserved, quarantined, safety_stock, backorder_allowance, incoming, version, state, entries FROM stock_level',
      )
      .all()
    expect(rows).toEqual([
      {
        location: 'main',
        sku: 'Mug 0.3 l / blue',
        on_hand: 10,
        reserved: 3,
        quarantined: 2,
        safety_stock: 1,
        backorder_allowance: 4,
        incoming: 5,
        version: 1,
        state: null,
        entries: null,
      },
    ])
    expect(await reread()).toStrictEqual(level)
  })

  it('gives back whatever else a state has, and forgets it when it is gone', async () => {
    const storage = await file.store()
    const more = { ...level, lots: [{ lot: 'A', quantity: 2 }] }
    await write(storage, more)
    expect(await reread()).toStrictEqual(more)
    const { safetyStock: _safetyStock, ...less } = level
    await write(storage, less)
    expect(await reread()).toStrictEqual(less)
    await write(storage, level)
    expect(await reread()).toStrictEqual(level)
  })

  it('finds stock by place and by any other entry', async () => {
    const storage = await file.store()
    await write(storage, level, { ...entries, shelf: 'B7' })
    for (const where of [{ sku: level.sku }, { location: 'main' }, { ...entries, shelf: 'B7' }]) {
      expect(
        (await storage.find(tenant, { kind: 'stock', where })).items,
        JSON.stringify(where),
      ).toHaveLength(1)
    }
    expect((await storage.find(tenant, { kind: 'stock', where: { shelf: 'B8' } })).items).toEqual([])
  })

  it('ST3 is a wall of its own: not even a person gets past it', async () => {
    await write(await file.store(), level)
    const connection = file.connect()
    for (const change of [
      'reserved = 15',
      'reserved = -1',
      'on_hand = -1',
      'on_hand = -2, backorder_allowance = 9',
    ]) {
      expect(() => connection.exec(`UPDATE stock_level SET ${change}`), change).toThrow(/ST3/)
    }
    expect(() => connection.exec('UPDATE stock_level SET incoming = -1')).toThrow(/ST8/)
    connection.exec('UPDATE stock_level SET reserved = 14')
  })

  it('refuses an id that is not a location, a slash and a SKU', async () => {
    const storage = await file.store()
    const update = storage.update(tenant, [], () => put({ kind: 'stock', id: 'nowhere' }, undefined, level))
    await expect(update).rejects.toMatchObject({ code: 'adapter_contract' })
  })
})
