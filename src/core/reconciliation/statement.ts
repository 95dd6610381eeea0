import type { StatementId } from '../ids/ids.js'
import type { CurrencyCode } from '../money/currency.js'
import type { Money } from '../money/money.js'
import type { RecordKind } from '../record-kind.js'
import type { LocalDate } from '../time/local-date.js'

/** A line of the file that was not taken, and the rule it breaks. */
export interface RefusedRow {
  readonly line: number
  readonly rule: string
  /** The column of the file that breaks the rule, where the reader knows it. */
  readonly column?: string
}

/** One import of a bank statement: what it brought and what it did not. Its entries are records of their own. */
export interface Statement {
  readonly id: StatementId
  readonly account: string
  readonly reference?: string
  readonly format: string
  readonly currency: CurrencyCode
  readonly opening?: Money
  readonly closing?: Money
  readonly importedOn: LocalDate
  /** Entries that were new. */
  readonly taken: number
  /** Entries that an earlier import had brought (RC3). */
  readonly known: number
  readonly refused: readonly RefusedRow[]
}

export interface StatementImported {
  readonly type: 'StatementImported'
  readonly statement: Statement
}

export const statementKind: RecordKind<Statement, StatementImported> = {
  name: 'statement',
  evolve: (_known, event) => event.statement,
  entries: (statement) => ({ account: statement.account, importedOn: statement.importedOn }),
}
