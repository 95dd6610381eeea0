import * as fc from 'fast-check'
import { postgresStorage } from 'orderwright/postgres'
import { afterEach, describe, expect, it } from 'vitest'
import { bigintArray, textArray } from '../../../src/adapters/postgres/binary-array.js'
import { put } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
afterEach(() => database.empty())

describe('arrays in binary form', () => {
  it('arrive as the values that were sent', async () => {
    const unicode = fc
      .string({ unit: 'binary' })
      .filter((text) => !text.includes('\0') && text.isWellFormed())
    const text = fc.oneof(
      fc.constantFrom('', 'NULL', '{}', '"', '\\', ',', "o'clock", '🧾'),
      unicode,
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(text), fc.array(fc.maxSafeInteger()), async (texts, numbers) => {
        const [row] = await database.query('SELECT $1::text[] AS texts, $2::bigint[]::text[] AS numbers', [
          textArray(texts),
          bigintArray(numbers),
        ])
        expect(row).toEqual({ texts, numbers: numbers.map(String) })
      }),
      { numRuns: 200 },
    )
  })

  it('stand side by side in one statement, however long they are', async () => {
    const short = ['first', null, 'Größe 🧾']
    const long = ['x'.repeat(400_000), 'second']
    const [row] = await database.query('SELECT $1::text[] AS one, $2::text[] AS two, $3::text[] AS three', [
      textArray(short),
      textArray(long),
      textArray(['third']),
    ])
    expect(row).toEqual({ one: short, two: long, three: ['third'] })
  })
})

describe('the table of stock levels', () => {
  const key = { kind: 'stock', id: 'main/Mug 0.3 l / blue' }
  const level = {
    sku: 'Mug 0.3 l / blue',
    location: 'main',
    onHand: 10,
    reserved: 3,
    quarantined: 2,
    safetyStock: 1,
    backorderAllowance: 4,
    incoming: 6,
  }
  const entries = { sku: level.sku, location: level.location }
  const columns =
    'on_hand, reserved, quarantined, safety_stock, backorder_allowance, incoming, state, entries'

  it('has the numbers in columns that people can read, and no second copy of them', async () => {
    const storage = postgresStorage(await database.pool())
    await storage.update(tenant, [key], (records) => put(key, records.get(key), level, entries))
    expect(await database.query(`SELECT ${columns} FROM orderwright.stock_level`)).toEqual([
      {
        on_hand: '10',
        reserved: '3',
        quarantined: '2',
        safety_stock: '1',
        backorder_allowance: '4',
        incoming: '6',
        state: null,
        entries: null,
      },
    ])
    expect((await storage.read(tenant, [key]))[0]?.state).toStrictEqual(level)
  })

  it('gives back whatever else a state has, and forgets it when it is gone', async () => {
    const storage = postgresStorage(await database.pool())
    const more = { ...level, keepBack: [{ channel: 'web', quantity: 2 }] }
    for (const state of [more, level]) {
      await storage.update(tenant, [key], (records) => put(key, records.get(key), state, entries))
      expect((await storage.read(tenant, [key]))[0]?.state).toStrictEqual(state)
    }
    expect(await database.query('SELECT state FROM orderwright.stock_level')).toEqual([{ state: null }])
  })

  it('ST3 refuses what cannot be, whoever writes it', async () => {
    const storage = postgresStorage(await database.pool())
    await storage.update(tenant, [key], (records) => put(key, records.get(key), level, entries))
    for (const change of ['reserved = 15', 'reserved = -1', 'on_hand = -1', 'incoming = -1']) {
      await expect(
        database.query(`UPDATE orderwright.stock_level SET ${change}`),
        change,
      ).rejects.toMatchObject({
        code: '23514',
      })
    }
  })
})
