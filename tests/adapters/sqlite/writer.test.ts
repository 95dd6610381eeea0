import { setTimeout as pause } from 'node:timers/promises'
import type Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { sqliteStorage, type SqliteConnection } from 'orderwright/sqlite'
import type { Storage } from '../../../src/core/ports/storage.js'
import { put, sampleKey } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { temporaryFile } from './temporary-file.js'

const file = temporaryFile()
const ada = sampleKey('ada')

const write = (storage: Storage, state: unknown): Promise<void> =>
  storage.update(tenant, [ada], (records) => put(ada, records.get(ada), state))

/** Fails one statement as the disk does, before or after it has been carried out. */
const failing = (
  connection: Database.Database,
  statement: string,
  rawCode: number,
  when: 'before' | 'after' = 'before',
): SqliteConnection & { failures: number } => {
  const broken = {
    failures: 0,
    prepare: (sql: string) => connection.prepare(sql),
    exec: (sql: string) => {
      if (sql !== statement || broken.failures === 0) return connection.exec(sql)
      broken.failures -= 1
      if (when === 'after') connection.exec(sql)
      throw Object.assign(new Error(`the disk says ${rawCode}`), { rawCode })
    },
    close: () => connection.close(),
    // What a libsql connection is known by.
    pragma: () => undefined,
    sync: () => undefined,
  }
  return broken
}

describe('an update that meets the lock of another process', () => {
  it('waits without stopping the process, and then goes through', async () => {
    const [storage, holder] = [await file.store(), file.connect()]
    holder.exec('BEGIN IMMEDIATE')
    let ticks = 0
    const clock = setInterval(() => (ticks += 1), 5)
    const waiting = write(storage, { step: 1 })
    await pause(400)
    holder.exec('COMMIT')
    await waiting
    clearInterval(clock)
    // Each look at the lock blocks for 20 ms; between two of them other things run.
    expect(ticks).toBeGreaterThan(8)
    expect((await storage.read(tenant, [ada]))[0]?.state).toEqual({ step: 1 })
  })

  it('LV3 gives up at its deadline, with nothing written', async () => {
    const [storage, holder] = [await file.store({ deadline: 150 }), file.connect()]
    holder.exec('BEGIN IMMEDIATE')
    const started = performance.now()
    await expect(write(storage, { step: 1 })).rejects.toMatchObject({ code: 'deadline_exceeded' })
    const waited = performance.now() - started
    expect(waited).toBeGreaterThanOrEqual(150)
    expect(waited).toBeLessThan(2_000)
    holder.exec('COMMIT')
    expect(await storage.read(tenant, [ada])).toEqual([])
    await write(storage, { step: 2 })
  })

  it('lets readers read meanwhile', async () => {
    const [storage, holder] = [await file.store(), file.connect()]
    await write(storage, { step: 1 })
    holder.exec('BEGIN IMMEDIATE')
    expect((await storage.read(tenant, [ada]))[0]?.state).toEqual({ step: 1 })
    expect((await storage.find(tenant, { kind: 'sample' })).items).toHaveLength(1)
    holder.exec('COMMIT')
  })

  it('keeps the order in which updates were asked for', async () => {
    const [storage, holder] = [await file.store(), file.connect()]
    holder.exec('BEGIN IMMEDIATE')
    const done: number[] = []
    const updates = [1, 2, 3, 4].map(async (step) => {
      await write(storage, { step })
      done.push(step)
    })
    await pause(50)
    holder.exec('COMMIT')
    await Promise.all(updates)
    expect(done).toEqual([1, 2, 3, 4])
    expect((await storage.read(tenant, [ada]))[0]).toMatchObject({ version: 4, state: { step: 4 } })
  })

  it('is refused when the store is closed while it waits', async () => {
    const [storage, holder] = [await file.store(), file.connect()]
    holder.exec('BEGIN IMMEDIATE')
    const waiting = write(storage, { step: 1 })
    storage.close()
    await expect(waiting).rejects.toMatchObject({ code: 'storage_unavailable' })
    holder.exec('COMMIT')
  })
})

describe('a commit that fails', () => {
  const ioError = 10
  const ioErrorOnSync = 1034
  const diskFull = 13
  const busy = 5

  it('ID9 is answered outcome_unknown, since a restart may find it in the log, and the store goes on', async () => {
    for (const [code, when] of [
      [ioError, 'before'],
      [ioErrorOnSync, 'before'],
      [ioErrorOnSync, 'after'],
    ] as const) {
      const connection = failing(file.connect(), 'COMMIT', code, when)
      const storage = sqliteStorage(connection)
      await write(storage, { step: 'known' })
      const [known] = await storage.read(tenant, [ada])
      connection.failures = 1
      await expect(write(storage, { step: 'open' })).rejects.toMatchObject({ code: 'outcome_unknown' })
      const [found] = await storage.read(tenant, [ada])
      expect(found?.state, 'what is really stored').toEqual({ step: when === 'after' ? 'open' : 'known' })
      await write(storage, { step: 'next' })
      expect((await storage.read(tenant, [ada]))[0]?.version).toBe(
        (known?.version ?? 0) + (when === 'after' ? 2 : 1),
      )
    }
  })

  it('is storage_unavailable when the disk is full: not all of it got into the log', async () => {
    const connection = failing(file.connect(), 'COMMIT', diskFull)
    const storage = sqliteStorage(connection)
    connection.failures = 1
    await expect(write(storage, { step: 1 })).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(await storage.read(tenant, [ada])).toEqual([])
    await write(storage, { step: 2 })
  })

  it('is tried again, on a fresh decision, when it was only busy', async () => {
    const connection = failing(file.connect(), 'COMMIT', busy)
    const storage = sqliteStorage(connection)
    connection.failures = 2
    let decisions = 0
    await storage.update(tenant, [ada], (records) => {
      decisions += 1
      return put(ada, records.get(ada), { decisions })
    })
    expect(decisions).toBe(3)
    expect((await storage.read(tenant, [ada]))[0]).toMatchObject({ version: 1, state: { decisions: 3 } })
  })
})

describe('a database that cannot be written', () => {
  it('answers storage_unavailable when it is full, and works again when it has room', async () => {
    const connection = file.connect()
    const storage = sqliteStorage(connection)
    connection.exec('PRAGMA max_page_count = 1')
    const large = { text: 'x'.repeat(1_000_000) }
    await expect(write(storage, large)).rejects.toMatchObject({ code: 'storage_unavailable' })
    connection.exec('PRAGMA max_page_count = 1073741823')
    await write(storage, large)
  })

  it('answers storage_unavailable when it is read-only', async () => {
    const connection = file.connect()
    const storage = sqliteStorage(connection)
    connection.exec('PRAGMA query_only = ON')
    await expect(write(storage, { step: 1 })).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(await storage.read(tenant, [ada])).toEqual([])
  })

  it('answers storage_unavailable while the host has a transaction open on the same connection', async () => {
    const connection = file.connect()
    const storage = sqliteStorage(connection)
    connection.exec('BEGIN')
    await expect(write(storage, { step: 1 })).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('transaction') as string,
    })
    connection.exec('COMMIT')
    await write(storage, { step: 1 })
  })

  it('tells a broken promise of the caller from trouble of its own', async () => {
    const storage = await file.store()
    const circle: Record<string, unknown> = {}
    circle['itself'] = circle
    await expect(write(storage, circle)).rejects.toThrow(/circular/i)
    await expect(write(storage, { amount: 1n })).rejects.toThrow(/BigInt/)
    expect(await storage.read(tenant, [ada])).toEqual([])
  })
})
