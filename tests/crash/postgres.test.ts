import { afterAll, describe, expect, it } from 'vitest'
import { chanceFrom } from '../../src/testing/simulation/chance.js'
import { crashServer, failOver } from '../support/crash/crash-server.js'
import { postgresServer, takingLocks } from '../support/crash/crash-stores.js'
import { cutConnections } from '../support/crash/cut-connections.js'
import { fillServerDisk } from '../support/crash/fill-disk.js'
import { killWriters } from '../support/crash/kill-writers.js'
import { nothingWrong } from '../support/crash/nothing-wrong.js'
import { smallDisk } from '../support/crash/small-disk.js'
import { bundleWriter } from '../support/crash/start-writer.js'
import { startServer } from '../support/postgres/server-process.js'
import { tcpProxy } from '../support/postgres/tcp-proxy.js'
import { testDatabase } from '../support/postgres/test-database.js'

const slow = { timeout: 180_000 }
const database = testDatabase()
const writer = bundleWriter()

describe('ID1 ID9 EV9 no acknowledged command is undone, nothing is half done, and keys tell the rest', () => {
  it('when the writer is killed', slow, async () => {
    const store = postgresServer(await database.url())
    const report = await killWriters({ program: await writer, store, kills: 3, chance: chanceFrom(1) })
    expect(report).toMatchObject({ ...nothingWrong, kills: 3 })
    expect(report.acknowledged).toBeGreaterThanOrEqual(24)
    await database.empty()
  })

  it('when connections are cut at each step of a commit, with locks and without', slow, async () => {
    const url = await database.url()
    const proxy = await tcpProxy(url)
    const through = { unlocked: proxy.url, locking: takingLocks(proxy.url) }
    const report = await cutConnections(
      {
        program: await writer,
        storeFor: (path) => postgresServer(url, through[path], false),
        kills: 10,
        chance: chanceFrom(2),
      },
      proxy,
    )
    await proxy.close()
    expect(report).toMatchObject({ ...nothingWrong, kills: 10 })
    expect(Object.fromEntries(report.cuts)).toEqual({
      'before the one statement that checks, writes and commits': 2,
      'after the one statement that checks, writes and commits': 2,
      'before the locking read': 1,
      'after the locking read': 1,
      'between lock and commit, before the write': 1,
      'between lock and commit, after the write': 1,
      'before COMMIT': 1,
      'after COMMIT': 1,
    })
    // Nothing is open before the statement that commits; behind it, the key tells what the cut came before or after.
    expect(Object.fromEntries(report.commits)).toEqual({ ambiguous: 6, written: 3, not_written: 3 })
    await database.empty()
  })

  it(
    'when the server is killed and started again, though the database commits without waiting',
    slow,
    async () => {
      const settings = { synchronous_commit: 'off', wal_writer_delay: '10s' }
      const server = await startServer({ fsync: true, settings })
      try {
        const store = postgresServer(server.url)
        const rounds = { program: await writer, store, kills: 2, chance: chanceFrom(3) }
        expect(await crashServer(rounds, server)).toMatchObject({ ...nothingWrong, kills: 2 })

        // The same with a writer that leaves the setting as it is: else nothing would be proven.
        const careless = await bundleWriter({
          name: 'asks-for-nothing',
          file: 'src/adapters/postgres/put-in-force.ts',
          find: `ELSE 'on' END`,
          replace: `ELSE 'off' END`,
        })
        const report = await crashServer(
          { ...rounds, program: careless, kills: 1, rounds: 'careless' },
          server,
        )
        expect(report.lost.length).toBeGreaterThan(0)
      } finally {
        await server.stop()
      }
    },
  )

  it('when the primary is killed and its synchronous standby promoted', slow, async () => {
    const report = await failOver({
      program: await writer,
      storeAt: (url) => postgresServer(url),
      kills: 1,
      chance: chanceFrom(4),
    })
    expect(report).toMatchObject({ ...nothingWrong, kills: 1 })
    expect(report.acknowledged).toBeGreaterThanOrEqual(20)
  })

  const disk = smallDisk(160)
  afterAll(() => disk?.remove())
  // Mounting a small file system takes the superuser of Linux.
  it.skipIf(disk === undefined)('when the disk of the server is full', slow, async () => {
    if (disk === undefined) return
    const report = await fillServerDisk({
      program: await writer,
      storeAt: (url) => postgresServer(url),
      disk,
      kills: 1,
      chance: chanceFrom(5),
    })
    expect(report).toMatchObject(nothingWrong)
    expect(report.troubles.get('storage_unavailable')).toBeGreaterThan(0)
  })
})
