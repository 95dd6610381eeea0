import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresStorage } from 'orderwright/postgres'
import { openSqliteStorage } from 'orderwright/sqlite'
import type { SimulationOptions } from 'orderwright/testing'
import pg from 'pg'
import { databaseUrl, startTestServer } from './postgres/test-server.js'

type OpenStore = NonNullable<SimulationOptions['openStore']>

export interface SimulatedStores {
  /** Absent for the store in memory, which is the simulator's own. */
  readonly openStore?: OpenStore
  readonly close: () => Promise<void>
}

/** What `--store` names. */
export const storeCalled = async (name: string): Promise<SimulatedStores> => {
  switch (name) {
    case 'memory':
      return { close: async () => undefined }
    case 'sqlite':
      return { openStore: simulatedSqlite, close: async () => undefined }
    case 'postgres': {
      const server = await startTestServer()
      const connectionString = databaseUrl(server.url, server.template)
      const openStore = simulatedPostgres(async () => new pg.Pool({ connectionString, max: 4 }))
      return { openStore, close: () => server.stop() }
    }
    default:
      throw new Error(`there is no store called ${name}: choose memory, sqlite or postgres`)
  }
}

/** A new file for every run. */
export const simulatedSqlite: OpenStore = async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'orderwright-'))
  const connect = () => openSqliteStorage(join(folder, 'orders.db'), { clock })
  let storage = await connect()
  return {
    storage,
    reopen: async () => {
      storage.close()
      storage = await connect()
      return storage
    },
    close: async () => {
      storage.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** The tables of one database, emptied for every run. A host's transaction is one of a connection that nobody else has. */
export const simulatedPostgres =
  (connect: () => Promise<pg.Pool>): OpenStore =>
  async (clock) => {
    let pool = await connect()
    await pool.query(
      'TRUNCATE orderwright.record, orderwright.stock_level, orderwright.event, orderwright.message',
    )
    let storage = postgresStorage(pool, { clock })
    return {
      storage,
      reopen: async () => {
        await pool.end()
        pool = await connect()
        storage = postgresStorage(pool, { clock })
        return storage
      },
      within: async (work) => {
        const host = await pool.connect()
        try {
          await host.query('BEGIN')
          await work(storage.within(host))
        } finally {
          await host.query('ROLLBACK')
          host.release()
        }
      },
      close: () => pool.end(),
    }
  }
