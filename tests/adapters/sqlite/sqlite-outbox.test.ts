import type Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { sqliteStorage } from 'orderwright/sqlite'
import { fixedClock } from 'orderwright/testing'
import { message, sampleKey, sending } from '../../../src/testing/conformance/sample-writes.js'
import { tenant } from '../../../src/testing/conformance/store-under-test.js'
import { planOf, temporaryFile, withStatements } from './temporary-file.js'

const file = temporaryFile()

/** Messages of an earlier life, written as the outbox leaves them. */
const insertMany = (connection: Database.Database, count: number, status: string): void => {
  connection.exec(`
    INSERT INTO message (tenant, id, about_kind, about_id, position, topic, channel, data, created_at, status, due_at)
    WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ${count})
    SELECT 'main', '${status} ' || n, 'order', 'order ' || (n / 3), n, 'order_received', 'email', '{}',
      '2025-01-01T00:00:00.000Z', '${status}', '2025-01-01T00:00:00.000Z' FROM counted`)
}

const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = []
  for (let time = 0; time < 20; time += 1) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return times.sort((left, right) => left - right)[10] ?? Number.NaN
}

describe('the outbox of a SQLite file', () => {
  it('stays as fast as on its first day when 200,000 messages have been delivered', async () => {
    const clock = fixedClock()
    const storage = await file.store({ clock })
    const connection = file.connect()
    const claimOne = async (): Promise<void> => {
      await storage.update(tenant, [], (_records, now) => {
        clock.advance(1)
        return sending(message(sampleKey(`about ${now}`), 1, now))
      })
      const [claimed] = await storage.claim(10, 60_000)
      expect(claimed?.topic).toBe('sample_changed')
      await storage.settle([
        { tenant, id: claimed?.id ?? '', fence: claimed?.fence ?? 0, outcome: 'delivered' },
      ])
      expect(await storage.claim(10, 60_000)).toEqual([])
    }
    const empty = await milliseconds(claimOne)
    insertMany(connection, 200_000, 'delivered')
    const full = await milliseconds(claimOne)
    // A scan of 200,000 rows takes some 20 ms.
    expect(full, `${empty} ms when it was empty`).toBeLessThan(empty + 10)
  })

  it('finds the oldest that are due, and what stands before them, through its indexes', () => {
    const plain = file.connect()
    const { connection, statements } = withStatements(plain)
    sqliteStorage(connection)
    const claim = statements.find((sql) => sql.startsWith('SELECT head.*')) ?? ''
    const plan = planOf(plain, claim)
    expect(plan).toMatch(/SCAN head USING INDEX message_waiting/)
    expect(plan).toMatch(/SEARCH before USING (COVERING )?INDEX message_line/)
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('needs no lock to find nothing', async () => {
    const [storage, holder] = [await file.store({ deadline: 50 }), file.connect()]
    holder.exec('BEGIN IMMEDIATE')
    expect(await storage.claim(10, 60_000)).toEqual([])
    await storage.settle([])
    holder.exec('COMMIT')
  })

  it('keeps why a message was tried again or parked, and when it was delivered', async () => {
    const clock = fixedClock()
    const storage = await file.store({ clock })
    await storage.update(tenant, [], (_records, now) =>
      sending(
        message(sampleKey('a'), 1, now),
        message(sampleKey('b'), 1, now),
        message(sampleKey('c'), 1, now),
      ),
    )
    const claimed = await storage.claim(10, 60_000)
    expect(claimed).toHaveLength(3)
    const [first, second, third] = claimed.map(({ id, fence }) => ({ tenant, id, fence }))
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('three were claimed')
    await storage.settle([
      { ...first, outcome: 'delivered' },
      { ...second, outcome: 'retry', at: clock.now(), reason: 'mailbox full' },
      { ...third, outcome: 'parked', reason: 'no such address' },
    ])
    const rows = file
      .connect()
      .prepare('SELECT about_id, status, attempts, reason, delivered_at FROM message ORDER BY about_id')
      .all()
    expect(rows).toEqual([
      { about_id: 'a', status: 'delivered', attempts: 1, reason: null, delivered_at: clock.now() },
      { about_id: 'b', status: 'waiting', attempts: 1, reason: 'mailbox full', delivered_at: null },
      { about_id: 'c', status: 'parked', attempts: 1, reason: 'no such address', delivered_at: null },
    ])
  })
})
