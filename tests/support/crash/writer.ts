import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import pg from 'pg'
import type { Storage } from '../../../src/core/ports/storage.js'
import { createOrderManagement, trustHost } from '../../../src/index.js'
import { postgresStorage } from '../../../src/adapters/postgres/index.js'
import { openSqliteStorage } from '../../../src/adapters/sqlite/index.js'
import type { JournalLine } from './journal.js'
import { keepTrading } from './keep-trading.js'
import { watchCommits } from './watch-commits.js'

/**
 * A process to be killed. Opens nothing before it is told `go TENANT`, so that one can stand ready while the end of the one before it is looked into. Its
 * journal goes to standard output. `stop` lets it come to an end.
 */
const [store = '', where = '', prepare = 'prepared', callers = '6'] = process.argv.slice(2)

const open = async (): Promise<Storage> => {
  if (store === 'sqlite') return openSqliteStorage(where, { driver: 'libsql' })
  const pool = new pg.Pool({ connectionString: where, max: 4 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return postgresStorage(pool, { prepare: prepare === 'prepared' })
}

let running = true
const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const [word, tenant = 'main'] = line.split(' ')
  if (word === 'stop') running = false
  if (word === 'go') void trade(tenant)
})
lines.on('close', () => process.exit(0))

const say = (line: JournalLine): void => {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const trade = async (tenant: string): Promise<void> => {
  const oms = createOrderManagement({
    storage: watchCommits(await open(), (commit) => {
      say({ commit })
    }),
    policy: trustHost,
    notifiers: { email: { deliver: async () => undefined } },
  })
  await keepTrading({
    oms: oms.as({ tenant, actor: { kind: 'service', id: 'till' } }),
    callers: Number(callers),
    say,
    running: () => running,
  })
  process.exit(0)
}
