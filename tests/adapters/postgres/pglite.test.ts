import { pglitePool, postgresStorage, type PgliteDatabase } from 'orderwright/postgres'
import { fixedClock, storageConformance, type OpenStorage } from 'orderwright/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

interface Pglite extends PgliteDatabase {
  close(): Promise<void>
}

let database: Pglite
beforeAll(async () => {
  // By name: no other file needs the package, and the types are checked without it.
  const name = '@electric-sql/pglite'
  const { PGlite } = (await import(name)) as { readonly PGlite: { create(): Promise<Pglite> } }
  database = await PGlite.create()
})
afterAll(() => database.close())

const open: OpenStorage = async () => {
  const clock = fixedClock()
  const pool = pglitePool(database)
  const over = () => postgresStorage(pool, { clock })
  await over().health()
  await database.exec(
    'TRUNCATE orderwright.record, orderwright.stock_level, orderwright.event, orderwright.message',
  )
  return { storage: over(), another: over(), clock, reopen: () => Promise.resolve(over()) }
}

describe('a store over PGlite', () => {
  for (const { name, run } of storageConformance) it(name, { timeout: 30_000 }, () => run(open))

  it('says that nothing in the memory of the process is durable', async () => {
    const { storage } = await open()
    expect(await storage.health()).toMatchObject({ durable: false, settings: { fsync: 'off' } })
  })
})
