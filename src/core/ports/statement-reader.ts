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
  /** The statement's number or name; empty where it has none. */
  readonly reference: string
  readonly currency: string
  readonly opening?: string
  readonly closing?: string
  readonly entries: readonly StatementEntry[]
}

export interface UnreadableRow {
  /** The physical line on which the row begins, counted from 1. */
  readonly line: number
  readonly rule: string
  /** The column of the file that breaks the rule, by the name the host gave it. */
  readonly column?: string
}

/**
 * Reads a statement file. What it cannot read it names by line; it never guesses. Rejects with `UnreadableFile` when the file cannot be taken
 * at all: broken off, larger than the limits, or opening balance and entries do not add up to the closing balance (RC1).
 */
export interface StatementReader {
  read(
    content: string,
  ): Promise<{ readonly statement: ReadStatement; readonly refused: readonly UnreadableRow[] }>
}

/** Thrown for a file that is refused as a whole; recognized by `code`, never by `instanceof`. */
export class UnreadableFile extends Error {
  constructor(
    readonly code: 'unreadable_file' | 'statement_unbalanced' | 'limit_exceeded',
    /** Where and why, at least one. */
    readonly issues: readonly UnreadableRow[],
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    const [first] = issues
    super(first === undefined ? code : `${code}: line ${first.line} breaks ${first.rule}`)
    this.name = 'UnreadableFile'
  }
}
