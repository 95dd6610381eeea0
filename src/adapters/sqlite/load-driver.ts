import { ConfigurationError } from '../../core/ports/errors.js'
import type { SqliteConnection, SqliteDriverName } from './driver.js'

export type OpenConnection = (path: string) => SqliteConnection

type Connect = new (path: string) => SqliteConnection
type Loaded = Readonly<Record<string, unknown>>

const inOrder: readonly SqliteDriverName[] = ['node:sqlite', 'better-sqlite3', 'libsql']

/** The driver that is asked for, or the first one that works here. Nothing is loaded before this call. */
export const loadDriver = async (wanted?: SqliteDriverName): Promise<OpenConnection> => {
  const reasons: string[] = []
  for (const name of wanted === undefined ? inOrder : [wanted]) {
    try {
      return await loaders[name]()
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new ConfigurationError(
    `no SQLite driver works here; install libsql or better-sqlite3, or use Node 22.14 or newer (${reasons.join('; ')})`,
  )
}

const loaders: Readonly<Record<SqliteDriverName, () => Promise<OpenConnection>>> = {
  'node:sqlite': async () => opener((await load('node:sqlite'))['DatabaseSync']),
  'better-sqlite3': async () => {
    await refuseCrash()
    const open = opener((await load('better-sqlite3'))['default'])
    // Its binary part is loaded by the first connection: only now does it show whether there is one.
    open(':memory:').close()
    return open
  },
  libsql: async () => opener((await load('libsql'))['default']),
}

const opener = (connect: unknown): OpenConnection => {
  const Connection = connect as Connect
  return (path) => new Connection(path)
}

/** The name is a variable, so that no bundler insists on all three packages. */
const load = async (name: string): Promise<Loaded> => (await import(/* @vite-ignore */ name)) as Loaded

const loadJson = async (name: string): Promise<Loaded> =>
  (await import(/* @vite-ignore */ name, { with: { type: 'json' } })) as Loaded

/** better-sqlite3 13 needs Node-API 10 and ends the process without a word where there is less, as on Node 20. */
const refuseCrash = async (): Promise<void> => {
  const provided = process.versions['napi'] ?? '0'
  if (Number(provided) >= 10) return
  const manifest = await loadJson('better-sqlite3/package.json')
  const { version } = manifest['default'] as { readonly version: string }
  if (Number(version.split('.')[0]) < 13) return
  throw new ConfigurationError(
    `version ${version} needs Node-API 10 and would end this process, since Node ${process.versions.node} provides ${provided}; install better-sqlite3 12 or libsql`,
  )
}
