import type { LocalDate } from '../time/local-date.js'

/** One booking of a bank statement: a decimal string amount, positive for money that came in. */
export interface StatementEntry {
  readonly bookedOn: LocalDate
  readonly amount: string
  readonly currency: string
  /** The bank's own id of the booking, where it gives one. */
  readonly bankReference?: string
  /** The payer as our books know them: a customer number, never a name. */
  readonly payerReference?: string
  readonly remittanceText: string
  readonly line: number
}

export interface ReadStatement {
  readonly account: string
  readonly reference: string
  readonly currency: string
  readonly opening?: string
  readonly closing?: string
  readonly entries: readonly StatementEntry[]
}

export interface UnreadableRow {
  readonly line: number
  readonly rule: string
}

/** Reads a statement file. What it cannot read it names by line; it never guesses. */
export interface StatementReader {
  read(
    content: string,
  ): Promise<{ readonly statement: ReadStatement; readonly refused: readonly UnreadableRow[] }>
}
