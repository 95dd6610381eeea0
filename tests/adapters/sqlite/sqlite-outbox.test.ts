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

describe('the outbox of a SQLite file', () => {
  it('keeps delivered messages out of both indexes of the relay, however many there are', async () => {
    const storage = await file.store()
    const connection = file.connect()
    insertMany(connection, 20_000, 'delivered')
    const pages = connection
      .prepare(
        "SELECT name, count(*) AS pages FROM dbstat WHERE name LIKE 'message_%' GROUP BY name ORDER BY name",
      )
      .all()
    expect(pages).toEqual([
      { name: 'message_line', pages: 1 },
      { name: 'message_waiting', pages: 1 },
    ])
    expect(await storage.claim(10, 60_000)).toEqual([])
  })

  it('finds the oldest of a tenant that are due, and what stands before them, through its indexes', () => {
    const plain = file.connect()
    const { connection, statements } = withStatements(plain)
    sqliteStorage(connection)
    const claim = statements.find((sql) => sql.startsWith('SELECT head.*')) ?? ''
    const plan = planOf(plain, claim)
    expect(plan).toMatch(/SEARCH head USING INDEX message_waiting \(tenant=\?\)/)
    expect(plan).toMatch(/SEARCH before USING (COVERING )?INDEX message_line/)
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('steps from tenant to tenant over all that waits of each', () => {
    const plain = file.connect()
    const { connection, statements } = withStatements(plain)
    sqliteStorage(connection)
    const tenants = statements.find((sql) => sql.includes('WITH RECURSIVE waiting')) ?? ''
    const plan = planOf(plain, tenants)
    expect(plan).toMatch(/SEARCH message USING COVERING INDEX message_waiting \(tenant>\?\)/)
    expect(plan).toMatch(/SEARCH head USING INDEX message_waiting \(tenant=\?\)/)
    expect(plan.match(/SCAN (?!waiting)\S+/g)).toEqual(null)
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
