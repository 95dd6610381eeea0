import pg from 'pg'
import { startServer } from '../../tests/support/postgres/server-process.js'
import { commitProbe } from './commit-probe.js'
import { fsyncProbe } from './fsync-probe.js'

/** Databases for the rounds of one figure, each a copy of one that was filled before. */
export interface PostgresRounds {
  /** Fills the database that the others are copied from. */
  fill(work: (pool: pg.Pool) => Promise<void>): Promise<void>
  /** A copy of its own for `work` over so many connections (4 unless told otherwise), dropped afterwards. */
  round<Value>(work: (pool: pg.Pool) => Promise<Value>, connections?: number): Promise<Value>
  /** How long the disk of the server takes in this run: a sync of a server of our own, a small commit through one that is elsewhere. */
  probe(): Promise<string>
  end(): Promise<void>
}

const settings = { shared_buffers: '256MB', max_wal_size: '4GB' }

/** On a server of our own with fsync on, or on that of `TEST_PG_URL`. */
export const postgresRounds = async (): Promise<PostgresRounds> => {
  const given = process.env['TEST_PG_URL']
  const own = given === undefined ? await startServer({ fsync: true, settings }) : undefined
  const server = own?.url ?? given ?? ''
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  const filled = `orderwright_bench_${process.pid}`
  let rounds = 0
  const poolOf = (database: string, max: number): pg.Pool => {
    const url = new URL(server)
    url.pathname = `/${database}`
    const pool = new pg.Pool({ connectionString: url.href, max, pipeline: true })
    // A database is dropped while its connections are still saying goodbye.
    pool.on('connect', (client) => client.on('error', () => undefined))
    pool.on('error', () => undefined)
    return pool
  }
  const within = async <Value>(
    database: string,
    work: (pool: pg.Pool) => Promise<Value>,
    connections = 4,
  ): Promise<Value> => {
    const pool = poolOf(database, connections)
    try {
      return await work(pool)
    } finally {
      await pool.end()
    }
  }
  return {
    fill: async (work) => {
      await admin.query(`CREATE DATABASE ${filled}`)
      await within(filled, work)
    },
    round: async (work, connections) => {
      rounds += 1
      const database = `${filled}_${rounds}`
      await admin.query(`CREATE DATABASE ${database} TEMPLATE ${filled}`)
      try {
        return await within(database, work, connections)
      } finally {
        await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
        await admin.query('CHECKPOINT')
      }
    },
    probe: async () =>
      own === undefined
        ? `one small commit through the server takes ${(await commitProbe(admin)).toFixed(2)} ms`
        : `one fsync takes ${fsyncProbe().toFixed(2)} ms`,
    end: async () => {
      await admin.query(`DROP DATABASE ${filled} WITH (FORCE)`)
      await admin.end()
      await own?.stop()
    },
  }
}
