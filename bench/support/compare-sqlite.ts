import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { sqliteStorage } from '../../src/adapters/sqlite/index.js'
import type { Writes } from '../../src/core/ports/storage.js'
import { compare } from '../harness.js'
import { fsyncProbe } from './fsync-probe.js'
import { prebuildCommit, writeByHand, type PrebuiltCommit } from './hand-written-loop.js'
import { openEngine } from './open-engine.js'
import { ownProcess, serveRounds, sideToServe, type Round } from './own-process.js'
import { recordWrites } from './record-writes.js'
import type { WorkLoad } from './work-load.js'

interface Size {
  readonly operations: number
  readonly callers: number
  readonly rounds: number
}

/**
 * The engine on SQLite with `synchronous=FULL`, against a hand-written loop on the same driver that writes the same rows in the same groups. The rows are
 * those of a recorded run; each round of either side starts on a copy of one stocked file, and each side has a process of its own.
 */
export const compareSqlite = async (name: string, load: WorkLoad, size: Size): Promise<void> => {
  const side = sideToServe()
  if (side !== undefined) {
    await inFolder(async (folder) => {
      const fresh = await copies(folder, load)
      await serveRounds(side === 'ours' ? oursOn(fresh, load, size) : await limitOn(fresh, load, size, name))
    })
    return
  }
  const ours = ownProcess(name, 'ours')
  const limit = ownProcess(name, 'limit')
  await Promise.all([ours.ready, limit.ready])
  console.error(`${name}: one fsync takes ${fsyncProbe().toFixed(2)} ms`)
  await compare({ name, unit: 'ops/s', rounds: size.rounds, ours: ours.round, limit: limit.round })
  await Promise.all([ours.end(), limit.end()])
}

const inFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'orderwright-bench-'))
  await work(folder)
  rmSync(folder, { recursive: true })
}

type Fresh = () => Database.Database

/** Opens a new copy of a stocked file with each call. */
const copies = async (folder: string, load: WorkLoad): Promise<Fresh> => {
  const template = join(folder, 'template.sqlite')
  const stocked = new Database(template)
  await load.stockUp(openEngine(sqliteStorage(stocked)))
  stocked.pragma('wal_checkpoint(TRUNCATE)')
  stocked.close()
  let files = 0
  return () => {
    files += 1
    const file = join(folder, `round-${files}.sqlite`)
    copyFileSync(template, file)
    return new Database(file)
  }
}

const oursOn =
  (fresh: Fresh, load: WorkLoad, { operations, callers }: Size) =>
  async (): Promise<Round> => {
    const connection = fresh()
    const oms = openEngine(sqliteStorage(connection))
    globalThis.gc?.()
    const start = performance.now()
    await load.run(oms, 0, operations, callers)
    const milliseconds = performance.now() - start
    connection.close()
    return { operations, milliseconds }
  }

const limitOn = async (
  fresh: Fresh,
  load: WorkLoad,
  { operations, callers }: Size,
  name: string,
): Promise<() => Round> => {
  const commits = await recordCommits(fresh(), load, operations, callers)
  console.error(`${name}: ${operations} operations in ${commits.length} commits`)
  return () => {
    const connection = fresh()
    connection.pragma('journal_mode=WAL')
    connection.pragma('synchronous=FULL')
    globalThis.gc?.()
    const start = performance.now()
    writeByHand(connection, commits)
    const milliseconds = performance.now() - start
    connection.close()
    return { operations, milliseconds }
  }
}

const recordCommits = async (
  connection: Database.Database,
  load: WorkLoad,
  operations: number,
  callers: number,
): Promise<readonly PrebuiltCommit[]> => {
  const written: Writes[] = []
  await load.run(openEngine(recordWrites(sqliteStorage(connection), written)), 0, operations, callers)
  connection.close()
  return written.map((writes) => prebuildCommit('main', writes))
}
