import type pg from 'pg'

/** Runs a statement on the same client, past the interception. */
export type Run = (sql: string) => Promise<unknown>

/** Is told of each statement before the server is, and may do something first. Its failure is that of the statement. */
export type Intercept = (text: string, run: Run, values: readonly unknown[]) => Promise<void> | void

/** Call it before the pool has any client. */
export const intercept = (pool: pg.Pool, before: Intercept): pg.Pool => {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
    client.query = (async (...given: unknown[]) => {
      const [asked] = given as [string | { readonly text: string; readonly values?: readonly unknown[] }]
      const { text, values = [] } = typeof asked === 'string' ? { text: asked } : asked
      await before(text, (sql) => query(sql), values)
      return query(...given)
    }) as never
  })
  return pool
}
