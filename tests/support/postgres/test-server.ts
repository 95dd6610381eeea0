import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { migratePostgres } from '../../../src/adapters/postgres/index.js'
import { startServer } from './server-process.js'

/** The PostgreSQL of a test run, with a database to copy: our own, or the one that `TEST_PG_URL` names. */
export interface TestServer {
  readonly url: string
  readonly template: string
  stop(): Promise<void>
}

export const startTestServer = async (): Promise<TestServer> => {
  const given = process.env['TEST_PG_URL']
  const own = given === undefined || given === '' ? await startServer() : undefined
  const url = own?.url ?? given ?? ''
  const template = `orderwright_template_${randomUUID().slice(0, 8)}`
  try {
    await withClient(url, (client) =>
      client.query(`CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8'`),
    )
    const pool = new pg.Pool({ connectionString: databaseUrl(url, template), max: 1 })
    await migratePostgres(pool)
    await pool.end()
  } catch (error) {
    await own?.stop()
    throw error
  }
  return {
    url,
    template,
    stop: async () => {
      if (own === undefined)
        await withClient(url, (client) => client.query(`DROP DATABASE ${template} WITH (FORCE)`))
      else await own.stop()
    },
  }
}

export const databaseUrl = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

export const withClient = async <Value>(
  url: string,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
