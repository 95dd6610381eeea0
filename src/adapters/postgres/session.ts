import { sha256 } from '../system/sha256.js'
import type { PostgresClient, PostgresRow } from './client.js'
import { PostgresFailure } from './postgres-failure.js'

/** One connection while it is ours. Every failure of the database is a `PostgresFailure`. */
export interface Session {
  /** Runs one statement with parameters. */
  rows(statement: Statement, values: readonly unknown[]): Promise<readonly PostgresRow[]>
  /** Runs one statement or several, without parameters, in one round trip. */
  exec(sql: string): Promise<void>
  /** Statements are sent without waiting for the answers before them. */
  readonly pipelined: boolean
  /** The connection is lost, or in doubt. */
  broken(): boolean
  /** Waits for no answer any more: what was asked, or is asked from now on, is lost. */
  giveUp(reason: Error): void
}

/** The same text is prepared once on each connection, under a name that no other text has. */
export interface Statement {
  readonly text: string
  readonly name: string | undefined
}

export type Prepare = (text: string) => Statement

/** Without names nothing is kept on a connection, as some poolers want it. */
export const preparing =
  (named: boolean): Prepare =>
  (text) => ({ text, name: named ? `orderwright ${sha256(text).slice(0, 24)}` : undefined })

export const sessionOf = (client: PostgresClient): Session => {
  let broken = false
  let lose: (reason: Error) => void = () => undefined
  const lost = new Promise<never>((_resolve, reject) => (lose = reject))
  lost.catch(() => undefined)
  const ask = async (text: string, name?: string, values?: unknown[]): Promise<readonly PostgresRow[]> => {
    try {
      const answered = client.query({
        text,
        types,
        ...(name !== undefined && { name }),
        ...(values !== undefined && { values }),
      })
      const result = await Promise.race([answered, lost])
      return result.rows as readonly PostgresRow[]
    } catch (error) {
      const failure = PostgresFailure.of(error)
      broken ||= failure.trouble === 'lost'
      throw failure
    }
  }
  return {
    rows: ({ text, name }, values) => ask(text, name, [...values]),
    exec: async (sql) => {
      await ask(sql)
    },
    pipelined: client.pipeline === true,
    broken: () => broken,
    giveUp: (reason) => {
      broken = true
      lose(reason)
    },
  }
}

const asText = (value: string): string => value
const types = { getTypeParser: () => asText }
