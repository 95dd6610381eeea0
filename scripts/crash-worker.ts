import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chanceFrom } from '../src/testing/simulation/chance.js'
import { crashServer, failOver } from '../tests/support/crash/crash-server.js'
import { postgresServer, sqliteFile, takingLocks } from '../tests/support/crash/crash-stores.js'
import { cutConnections, type CutReport } from '../tests/support/crash/cut-connections.js'
import { fillDisk, fillServerDisk } from '../tests/support/crash/fill-disk.js'
import {
  killWriters,
  nothingYet,
  together,
  type CrashReport,
  type CrashStore,
} from '../tests/support/crash/kill-writers.js'
import { losePower } from '../tests/support/crash/power/lose-power.js'
import { smallDisk, type SmallDisk } from '../tests/support/crash/small-disk.js'
import { bundleWriter } from '../tests/support/crash/start-writer.js'
import { startServer, type ServerProcess } from '../tests/support/postgres/server-process.js'
import { tcpProxy } from '../tests/support/postgres/tcp-proxy.js'

// Called by `crash.mjs`: writes one line of JSON after each round.
const [storeName = '', how = '', killsGiven = '', seedGiven = ''] = process.argv.slice(2)
const kills = Number(killsGiven)
const seed = Number(seedGiven)

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

let told = 0
/** What some of the ways to crash tell beside it. */
type Heard = CrashReport & {
  readonly troubles?: ReadonlyMap<string, number>
} & Partial<Pick<CutReport, 'cuts' | 'commits'>>

const heard = (report: Heard): void => {
  const { lost, torn, unresolved, troubles, cuts, commits, ...figures } = report
  const found = [...lost, ...torn, ...unresolved]
  const counts = { lost: lost.length, torn: torn.length, unresolved: unresolved.length }
  const more = Object.entries({ troubles, cuts, commits }).flatMap(([name, counted]) =>
    counted === undefined ? [] : [[name, Object.fromEntries(counted)] as const],
  )
  say({ ...figures, ...counts, ...Object.fromEntries(more), found: found.slice(told, told + 10) })
  told = found.length
}

const roundsOf = async (store: CrashStore) => ({
  program: await bundleWriter(),
  store,
  kills,
  chance: chanceFrom(seed),
  heard,
})

const inFolder = async (work: (folder: string) => Promise<unknown>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'orderwright-crash-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const onServer = async (work: (server: ServerProcess) => Promise<unknown>): Promise<void> => {
  const server = await startServer({ fsync: true })
  try {
    await work(server)
  } finally {
    await server.stop()
  }
}

/** What every round has written stays on it, so it grows with them. */
const onSmallDisk = async (megabytes: number, work: (disk: SmallDisk) => Promise<unknown>): Promise<void> => {
  const disk = smallDisk(megabytes + 8 * kills)
  if (disk === undefined) {
    say({ skipped: 'this user may not mount a small file system', kills: 0, found: [] })
    return
  }
  try {
    await work(disk)
  } finally {
    disk.remove()
  }
}

const ways: Readonly<Record<string, () => Promise<void>>> = {
  'sqlite writer': () =>
    inFolder(async (folder) => killWriters(await roundsOf(sqliteFile(join(folder, 'orders.sqlite'))))),
  'sqlite power': async () => {
    // A recording is played up to some hundred moments; a longer run has several recordings.
    let before = nothingYet
    for (let done = 0; done < kills; done += 200) {
      const cuts = Math.min(200, kills - done)
      const earlier = before
      const withEarlier = (report: CrashReport): CrashReport => together(earlier, report, report.kills)
      const heardWithEarlier = (report: CrashReport): void => heard(withEarlier(report))
      before = withEarlier(
        await losePower({
          synchronous: 'FULL',
          commands: 300,
          cuts,
          seed: seed + done,
          heard: heardWithEarlier,
        }),
      )
    }
  },
  'sqlite disk': () =>
    onSmallDisk(24, async (disk) =>
      fillDisk({ ...(await roundsOf(sqliteFile(join(disk.folder, 'orders.sqlite')))), disk }),
    ),
  'postgres writer': () =>
    onServer(async (server) => killWriters(await roundsOf(postgresServer(server.url)))),
  'postgres server': () =>
    onServer(async (server) => crashServer(await roundsOf(postgresServer(server.url)), server)),
  'postgres connection': () =>
    onServer(async (server) => {
      const proxy = await tcpProxy(server.url)
      // Not prepared, so that the proxy sees the text of each statement.
      const { store: _store, ...rounds } = await roundsOf(postgresServer(server.url))
      const urls = { unlocked: proxy.url, locking: takingLocks(proxy.url) }
      await cutConnections(
        { ...rounds, storeFor: (path) => postgresServer(server.url, urls[path], false) },
        proxy,
      )
      await proxy.close()
    }),
  'postgres standby': async () => {
    const { store: _store, ...rounds } = await roundsOf(postgresServer(''))
    await failOver({ ...rounds, storeAt: (url) => postgresServer(url) })
  },
  'postgres disk': () =>
    onSmallDisk(160, async (disk) => {
      const { store: _store, ...rounds } = await roundsOf(postgresServer(''))
      await fillServerDisk({ ...rounds, disk, storeAt: (url) => postgresServer(url) })
    }),
}

const way = ways[`${storeName} ${how}`]
if (way === undefined) {
  console.error(`there is no ${how} on ${storeName}, only: ${Object.keys(ways).join(', ')}`)
  process.exit(1)
}
await way()
process.exit(0)
