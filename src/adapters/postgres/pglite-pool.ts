import type { PostgresPool, PostgresResult } from './client.js'

/** What is needed of a `PGlite` of `@electric-sql/pglite`. */
export interface PgliteDatabase {
  query(
    text: string,
    values: unknown[],
    options: {
      readonly parsers: Record<number, (value: string) => unknown>
      readonly serializers: Record<number, (value: unknown) => unknown>
    },
  ): Promise<PgliteResult>
  exec(text: string): Promise<readonly PgliteResult[]>
}

interface PgliteResult {
  readonly rows: readonly unknown[]
  readonly affectedRows?: number
}

/**
 * A pool over PGlite, the PostgreSQL that runs inside the process: for tests that want no server. It has one connection, which is lent to one at a time, so
 * updates of several processes, lost connections and crashes are tried on a server. The host opens the database and closes it.
 *
 * @example
 * const storage = postgresStorage(pglitePool(await PGlite.create()))
 */
export const pglitePool = (database: PgliteDatabase): PostgresPool => {
  let free: Promise<void> = Promise.resolve()
  return {
    connect: async () => {
      let release = (): void => undefined
      const before = free
      free = new Promise((resolve) => {
        release = resolve
      })
      await before
      return {
        query: async ({ text, values }) =>
          values === undefined
            ? resultOf((await database.exec(text)).at(-1))
            : resultOf(await database.query(text, values, { parsers, serializers })),
        on: () => undefined,
        removeListener: () => undefined,
        release: () => {
          release()
        },
      }
    },
  }
}

const resultOf = (result: PgliteResult | undefined): PostgresResult => ({
  rows: result?.rows ?? [],
  rowCount: result?.affectedRows ?? null,
})

/** The types of our columns and parameters: boolean, bigint, integer, text, json, float8, text[], bigint[], jsonb. */
const types = [16, 20, 23, 25, 114, 701, 1009, 1016, 3802]
const forEachType = <Value>(value: Value): Record<number, Value> =>
  Object.fromEntries(types.map((type) => [type, value]))

/** As the store has them from node-postgres: each column the text that PostgreSQL sends, arrays sent in the binary form they are given in. */
const parsers = forEachType((value: string): unknown => value)
const serializers = forEachType((value: unknown): unknown =>
  value instanceof Uint8Array ? value : String(value),
)
