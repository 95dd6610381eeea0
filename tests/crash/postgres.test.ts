import { afterAll, describe, expect, it } from 'vitest'
import { chanceFrom } from '../../src/testing/simulation/chance.js'
import { crashServer, cutConnections, failOver } from '../support/crash/crash-server.js'
import { postgresServer } from '../support/crash/crash-stores.js'
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

  it('when connections are cut at the statement that commits', slow, async () => {
    const url = await database.url()
    const proxy = await tcpProxy(url)
    const store = postgresServer(url, proxy.url, false)
    const report = await cutConnections(
      { program: await writer, store, kills: 6, chance: chanceFrom(2) },
      proxy,
    )
    await proxy.close()
    expect(report).toMatchObject({ ...nothingWrong, kills: 6 })
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
