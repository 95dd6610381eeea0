import { postgresStorage } from 'orderwright/postgres'
import { afterEach, describe, expect, it } from 'vitest'
import { intercept } from '../../support/postgres/intercept.js'
import { testDatabase } from '../../support/postgres/test-database.js'

const database = testDatabase()
afterEach(() => database.empty())

/** Messages of an earlier life, each about a record of its own. */
const queueMany = (tenant: string, count: number): Promise<unknown> =>
  database.query(
    `INSERT INTO orderwright.message (tenant, id, about_kind, about_id, position, topic, channel, data, created_at, due_at)
     SELECT $1, 'm' || n, 'order', 'order ' || n, 1, 'order_received', 'email', '{}', '2025-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'
     FROM generate_series(1, $2::int) AS n`,
    [tenant, count],
  )

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

describe('the outbox of a PostgreSQL database', () => {
  it('reads of a backlog what it claims and little of it to find the messages of others, even by a plan from when there was none', async () => {
    let claiming = ''
    const watching = intercept(await database.pool({ max: 1 }), (text) => {
      if (text.includes('SKIP LOCKED')) claiming = text
    })
    await postgresStorage(watching).claim(1, 60_000)
    const client = await (await database.pool({ max: 1 })).connect()
    await client.query('SET plan_cache_mode = force_generic_plan')
    await client.query(`PREPARE claiming AS ${claiming}`)
    const explained = async (options: string) => {
      const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
        `EXPLAIN (FORMAT JSON${options}) EXECUTE claiming (22, NULL, NULL, 60000, NULL)`,
      )
      return nodesOf(rows[0]?.['QUERY PLAN'][0]?.Plan as PlanNode)
    }
    await explained('')
    await queueMany('noisy', 20_000)
    for (let shop = 0; shop < 10; shop += 1) await queueMany(`shop ${shop}`, 3)

    const nodes = await explained(', ANALYZE')
    client.release()
    expect(nodes[0]?.['Actual Rows']).toBe(22)
    const scans = nodes.filter(
      (node) => node['Relation Name'] === 'message' && node['Node Type'] !== 'ModifyTable',
    )
    expect(scans.length).toBeGreaterThan(4)
    for (const scan of scans) {
      expect(scan['Node Type'], JSON.stringify(scan)).toMatch(/^Index/)
      expect(
        (scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)) * scan['Actual Loops'],
        JSON.stringify(scan),
      ).toBeLessThan(100)
    }
    const claimed = await database.query(
      'SELECT tenant, count(*)::int AS claimed FROM orderwright.message WHERE attempts = 1 GROUP BY tenant ORDER BY tenant',
    )
    expect(claimed).toEqual(
      ['noisy', ...Array.from({ length: 10 }, (_, shop) => `shop ${shop}`)].map((tenant) => ({
        tenant,
        claimed: 2,
      })),
    )
  })

  it('gives two relays at once different messages of one backlog, and neither waits for the other', async () => {
    const [pool, other] = [await database.pool(), await database.pool({ max: 1 })]
    const storage = postgresStorage(pool)
    await storage.health()
    await queueMany('noisy', 30)
    const client = await other.connect()
    await client.query('BEGIN')
    await client.query(`UPDATE orderwright.message SET attempts = 1 WHERE id IN ('m1', 'm2', 'm3')`)
    const claimed = await storage.claim(30, 60_000)
    await client.query('ROLLBACK')
    client.release()
    expect(claimed).toHaveLength(27)
    expect((await storage.claim(30, 60_000)).map(({ id }) => id).toSorted()).toEqual(['m1', 'm2', 'm3'])
  })
})
