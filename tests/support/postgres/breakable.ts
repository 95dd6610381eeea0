import type { PostgresPool, PostgresPoolClient } from '../../../src/adapters/postgres/client.js'
import type pg from 'pg'

/** A pool behind a line that can be cut, for good: what is under way breaks off, and nobody gets a connection any more. */
export const breakable = (pool: pg.Pool): PostgresPool & { disconnect(): void } => {
  const lent = new Set<pg.PoolClient>()
  let isCut = false
  return {
    connect: async (): Promise<PostgresPoolClient> => {
      if (isCut) throw new Error('connect ECONNREFUSED')
      const client = await pool.connect()
      lent.add(client)
      const release = client.release.bind(client)
      client.release = (destroy) => {
        lent.delete(client)
        release(destroy)
      }
      if (isCut) cut(client)
      return client
    },
    disconnect: () => {
      isCut = true
      for (const client of lent) cut(client)
    },
  }
}

const cut = (client: pg.PoolClient): void => {
  ;(
    client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }
  ).connection.stream.destroy()
}
