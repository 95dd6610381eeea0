import pg from 'pg'
import { postgresStorage } from 'orderwright/postgres'
import { afterEach, describe, expect, it } from 'vitest'
import type { Key } from '../../../src/core/ids/key.js'
import type { Storage } from '../../../src/core/ports/storage.js'
import { put, sampleKey, together } from '../../../src/testing/conformance/sample-writes.js'
import { noWrites, tenant } from '../../../src/testing/conformance/store-under-test.js'
import { intercept } from '../../support/postgres/intercept.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
const ada = sampleKey('ada')
const bob = sampleKey('bob')
afterEach(() => database.empty())

/** A store, and the first words of the statements it has sent since the last look. */
const watched = async () => {
  const sent: string[] = []
  const pool = intercept(await database.pool(), (text) => {
    sent.push(/^\s*\w+(?: \w+)?/.exec(text)?.[0].trim() ?? '')
  })
  const storage = postgresStorage(pool)
  await storage.health()
  return { storage, statements: () => sent.splice(0) }
}

const write = (storage: Storage, key: Key, state: unknown): Promise<void> =>
  storage.update(tenant, [key], (records) => put(key, records.get(key), state))

const stateOf = async (storage: Storage, key: Key): Promise<unknown> =>
  (await storage.read(tenant, [key]))[0]?.state

describe('an update that meets nobody', () => {
  it('takes two round trips: it reads, and writes with one statement that checks what was read', async () => {
    const { storage, statements } = await watched()
    await write(storage, ada, { step: 1 })
    statements()
    await write(storage, ada, { step: 2 })
    expect(statements()).toEqual(['WITH records', 'WITH setting'])
  })

  it('reads once and writes nothing where the decision writes nothing', async () => {
    const { storage, statements } = await watched()
    statements()
    await storage.update(tenant, [ada], () => noWrites)
    expect(statements()).toEqual(['WITH records'])
  })
})

describe('an update that is overtaken between its reading and its writing', () => {
  it('F50 F51 EV2 decides again, with locks, on what is there now', async () => {
    const { storage } = await watched()
    await write(storage, ada, { step: 1 })
    const rival = await database.pool({ max: 1 })
    const client = await rival.connect()
    await client.query('BEGIN')
    await client.query(
      `UPDATE orderwright.record SET state = '{"step":"theirs"}', version = 2, stamp = 7 WHERE id = 'ada'`,
    )
    const seen: unknown[] = []
    const update = storage.update(tenant, [ada], (records) => {
      seen.push(records.get(ada)?.state)
      return put(ada, records.get(ada), { step: 'ours' })
    })
    // The first try fails at once on the lock, the second waits for it.
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(seen).toEqual([{ step: 1 }])
    await client.query('COMMIT')
    client.release()
    await update
    expect(seen).toEqual([{ step: 1 }, { step: 'theirs' }])
    const [record] = await storage.read(tenant, [ada])
    expect([record?.version, record?.state]).toEqual([3, { step: 'ours' }])
  })

  it('ST5 decides again when only what it has read, and does not write, was changed', async () => {
    const { storage } = await watched()
    await write(storage, bob, { open: true })
    const rival = await database.pool({ max: 1 })
    const client = await rival.connect()
    await client.query('BEGIN')
    await client.query(
      `UPDATE orderwright.record SET state = '{"open":false}', version = 2, stamp = 7 WHERE id = 'bob'`,
    )
    const seen: unknown[] = []
    const update = storage.update(tenant, [ada, bob], (records) => {
      seen.push(records.get(bob)?.state)
      return put(ada, records.get(ada), { basedOn: records.get(bob)?.state })
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await client.query('COMMIT')
    client.release()
    await update
    expect(seen).toEqual([{ open: true }, { open: false }])
    expect(await stateOf(storage, ada)).toEqual({ basedOn: { open: false } })
  })

  it('tells a record that was removed and written anew from the one it has read, though the versions agree', async () => {
    let others: Promise<unknown> | undefined
    const pool = intercept(await database.pool(), async (text) => {
      if (!text.includes('WITH setting') || seen.length === 0) return
      others ??= database.query(
        `UPDATE orderwright.record SET state = '{"open":false}', stamp = 7 WHERE id = 'bob'`,
      )
      await others
    })
    const storage = postgresStorage(pool)
    const seen: unknown[] = []
    await write(storage, bob, { open: true })
    await storage.update(tenant, [ada, bob], (records) => {
      seen.push(records.get(bob)?.state)
      return put(ada, records.get(ada), { basedOn: records.get(bob)?.state })
    })
    expect(seen).toEqual([{ open: true }, { open: false }])
  })

  it('does not write over each other where each has found the place of the other empty', async () => {
    const [one, other] = await Promise.all([watched(), watched()])
    const first = (storage: Storage, mine: Key, theirs: Key) =>
      storage.update(tenant, [mine, theirs], (records) =>
        records.get(theirs) === undefined ? put(mine, records.get(mine), { first: true }) : noWrites,
      )
    for (let round = 0; round < 25; round += 1) {
      const [left, right] = [sampleKey(`left ${round}`), sampleKey(`right ${round}`)]
      await Promise.all([first(one.storage, left, right), first(other.storage, right, left)])
      expect(await one.storage.read(tenant, [left, right]), `round ${round}`).toHaveLength(1)
    }
  })
})

describe('failures that the server reports', () => {
  it('F50 LV2 a serialization failure and a deadlock are tried again until they pass', async () => {
    for (const code of ['40001', '40P01']) {
      let failures = 3
      const pool = intercept(await database.pool(), async (text, run) => {
        if (!text.includes('AS done') || failures === 0) return
        failures -= 1
        await run(`DO $$ BEGIN RAISE SQLSTATE '${code}'; END $$`)
      })
      const storage = postgresStorage(pool)
      await write(storage, sampleKey(code), { code })
      expect(failures).toBe(0)
      expect(await stateOf(storage, sampleKey(code))).toEqual({ code })
    }
  })

  it('LV3 a lock that is not had in time is deadline_exceeded, and nothing is written', async () => {
    const pool = await database.pool()
    const storage = postgresStorage(pool)
    await write(storage, ada, { step: 1 })
    const client = await (await database.pool({ max: 1 })).connect()
    await client.query('BEGIN')
    await client.query("SELECT 1 FROM orderwright.record WHERE id = 'ada' FOR UPDATE")
    const started = performance.now()
    const hasty = postgresStorage(pool, { deadline: 200 })
    await expect(write(hasty, ada, { step: 2 })).rejects.toMatchObject({
      code: 'deadline_exceeded',
      message: expect.stringMatching(
        /^somebody else kept the records locked .* ask again with the same key\. .*pg_blocking_pids.* \(table record\)$/,
      ) as string,
    })
    expect(performance.now() - started).toBeLessThan(2_000)
    await client.query('ROLLBACK')
    client.release()
    expect(await stateOf(storage, ada)).toEqual({ step: 1 })
    await write(storage, ada, { step: 3 })
  })

  it('LV3 a pool without a free connection is deadline_exceeded as well', async () => {
    const pool = await database.pool({ max: 1 })
    const storage = postgresStorage(pool)
    await storage.health()
    const client = await pool.connect()
    const hasty = postgresStorage(pool, { deadline: 150 })
    await expect(write(hasty, ada, { step: 1 })).rejects.toMatchObject({
      code: 'deadline_exceeded',
      message: expect.stringMatching(
        /^the pool had no free connection .* ask again .*more connections/,
      ) as string,
    })
    client.release()
    await write(storage, ada, { step: 2 })
    expect(pool.idleCount).toBe(1)
  })

  it('a server that is not there is storage_unavailable, and what was asked for later finds it again', async () => {
    const nowhere = new pg.Pool({ connectionString: 'postgres://postgres@127.0.0.1:1/none' })
    await expect(postgresStorage(nowhere).health()).rejects.toMatchObject({ code: 'storage_unavailable' })
    await nowhere.end()
  })

  it('what the database refuses is adapter_contract, with nothing of it written', async () => {
    const { storage } = await watched()
    const update = storage.update(tenant, [ada, bob], (records) =>
      together(
        put(ada, records.get(ada), { fine: true }),
        put(bob, records.get(bob), { nul: 'a' }, { nul: '\0' }),
      ),
    )
    await expect(update).rejects.toMatchObject({ code: 'adapter_contract' })
    expect(await storage.read(tenant, [ada, bob])).toEqual([])
  })
})

describe('an update that finds an empty place', () => {
  it('EV2 has cleared it before COMMIT where statements are sent ahead: what others put there since stays', async () => {
    const sent: string[] = []
    const pool = intercept(await database.pool({ pipeline: true }), (text) => {
      sent.push(text)
    })
    const storage = postgresStorage(pool)
    await storage.update(tenant, [ada, bob], (records) => {
      expect(records.get(bob)).toBeUndefined()
      return put(ada, records.get(ada), { step: 1 })
    })
    const cleared = sent.findIndex((text) => text.includes('DELETE FROM'))
    expect(cleared).toBeGreaterThan(0)
    expect(sent.indexOf('COMMIT')).toBeGreaterThan(cleared)
    expect(await stateOf(storage, bob)).toBeUndefined()
  })

  it('EV2 removes a record and commits as one where statements are sent ahead', async () => {
    const sent: string[] = []
    const pool = intercept(await database.pool({ pipeline: true }), (text) => {
      sent.push(text)
    })
    const storage = postgresStorage(pool)
    await write(storage, ada, { step: 1 })
    sent.length = 0
    await storage.update(tenant, [ada], (records) => put(ada, records.get(ada), null))
    expect(await stateOf(storage, ada)).toBeUndefined()
    expect(sent.indexOf('COMMIT')).toBeGreaterThan(sent.findIndex((text) => text.includes('DELETE FROM')))
  })

  it('EV2 decides again, though it writes nothing, when a record was put there while it waited for another', async () => {
    const { storage } = await watched()
    await write(storage, ada, { by: 'us' })
    const pool = await database.pool({ max: 2 })
    const [rival, host] = [await pool.connect(), await pool.connect()]
    await rival.query('BEGIN')
    await storage
      .within(rival)
      .update(tenant, [ada, bob], (records) =>
        together(put(ada, records.get(ada), { by: 'them' }), put(bob, records.get(bob), { by: 'them' })),
      )
    await host.query('BEGIN')
    const seen: unknown[] = []
    const update = storage.within(host).update(tenant, [ada, bob], (records) => {
      seen.push([records.get(ada)?.state, records.get(bob)?.state])
      return noWrites
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await rival.query('COMMIT')
    await update
    await host.query('COMMIT')
    for (const client of [rival, host]) client.release()
    expect(seen.at(-1)).toEqual([{ by: 'them' }, { by: 'them' }])
  })
})
