/** What this adapter needs of `pg.Pool`. The host opens and ends it. */
export interface PostgresPool {
  connect(): Promise<PostgresPoolClient>
  on?(event: 'error', listener: (error: Error) => void): unknown
}

/** What it needs of a client, as `pg.Client` and those of a pool are. */
export interface PostgresClient {
  /** True where queries are sent without waiting for the answers before them (pg 8.23 and newer, `new Pool({ pipeline: true })`). */
  readonly pipeline?: boolean
  query(query: PostgresStatement): Promise<PostgresResult>
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
}

export interface PostgresPoolClient extends PostgresClient {
  release(destroy?: boolean | Error): void
}

export interface PostgresStatement {
  readonly text: string
  readonly name?: string
  readonly values?: unknown[]
  readonly types?: { getTypeParser(): (value: string) => unknown }
}

export interface PostgresResult {
  readonly rows: readonly unknown[]
  readonly rowCount: number | null
}

/** Every column as the text PostgreSQL sends, whatever parsers the host has set for its own queries. */
export type PostgresRow = Readonly<Record<string, string | null>>
