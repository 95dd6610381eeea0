import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { databaseUrl, withClient } from './test-server.js'

/** A database of one test file, copied from the template when it is first asked for and dropped after the last test. */
export interface TestDatabase {
  url(): Promise<string>
  /** A pool that is ended with the file. */
  pool(options?: pg.PoolConfig): Promise<pg.Pool>
  /** Empties the tables of orderwright. */
  empty(): Promise<void>
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
}

export const testDatabase = (): TestDatabase => {
  let creating: Promise<{ readonly server: string; readonly name: string; readonly url: string }> | undefined
  const pools: pg.Pool[] = []
  let own: pg.Pool | undefined
  const created = () => (creating ??= create())
  const pool = async (options: pg.PoolConfig = {}): Promise<pg.Pool> => {
    const made = new pg.Pool({ connectionString: (await created()).url, max: 4, ...options })
    // A database is dropped while its connections are still saying goodbye.
    made.on('connect', (client) => client.on('error', () => undefined))
    made.on('error', () => undefined)
    pools.push(made)
    return made
  }
  const query = async (sql: string, values: readonly unknown[] = []) => {
    own ??= await pool({ max: 1 })
    return (await own.query(sql, [...values])).rows as Readonly<Record<string, unknown>>[]
  }
  afterAll(async () => {
    for (const one of pools) if (!one.ended) await one.end()
    if (creating === undefined) return
    const { server, name } = await creating
    await withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  })
  return {
    url: async () => (await created()).url,
    pool,
    query,
    empty: async () => {
      await query(
        'TRUNCATE orderwright.record, orderwright.stock_level, orderwright.event, orderwright.message',
      )
    },
  }
}

const create = async () => {
  const { url: server, template } = await askAtTheDoor()
  const name = `orderwright_test_${randomUUID().replaceAll('-', '')}`
  await withClient(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
  return { server, name, url: databaseUrl(server, name) }
}

const askAtTheDoor = async (): Promise<{ readonly url: string; readonly template: string }> => {
  const answer = JSON.parse(await text(connect(inject('postgresDoor'), '127.0.0.1'))) as Readonly<
    Record<string, string>
  >
  const { url, template, trouble } = answer
  if (url === undefined || template === undefined)
    throw new Error(`no PostgreSQL for tests: ${String(trouble)}`)
  return { url, template }
}
