import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { PreciseDecimal } from '../../core/money/decimal.js'
import type { ReadStatement, StatementReader, UnreadableFile } from '../../core/ports/statement-reader.js'
import type { PortCase } from './port-case.js'

/** A reader with files of its own format, each wrong in one way where it is wrong. */
export interface OpenedStatementReader {
  readonly reader: StatementReader
  /** With so many bookings, all of them readable. */
  readonly good: { readonly content: string; readonly bookings: number }
  /** The same with one booking that cannot be read, beginning in this line; left out for formats that are read whole or not at all. */
  readonly badBooking?: { readonly content: string; readonly line: number }
  /** Of which the end is missing, where the format shows that. */
  readonly brokenOff?: string
  /** Whose bookings do not lead from its opening to its closing balance, where it has them. */
  readonly unbalanced?: string
}

export type OpenStatementReader = () => OpenedStatementReader | Promise<OpenedStatementReader>

/**
 * The promises of `StatementReader`, asked with the files that are given.
 *
 * @example
 * for (const { name, run } of statementReaderConformance) test(name, () => run(openMyReader))
 */
export const statementReaderConformance: readonly PortCase<OpenStatementReader>[] = [
  {
    name: 'reads every booking of a good file, with its line, in exact amounts of one currency',
    why: 'A payment that is skipped is a customer who gets a reminder after paying.',
    run: async (open) => {
      const { reader, good } = await open()
      const { statement, refused } = await reader.read(good.content)
      deepStrictEqual(refused, [])
      strictEqual(statement.entries.length, good.bookings)
      ok(statement.account !== '', 'the account is named')
      for (const { amount, currency, line, bookedOn } of statement.entries) {
        ok(/^-?\d+(\.\d+)?$/.test(amount), `${amount} is a decimal string`)
        strictEqual(currency, statement.currency)
        ok(/^\d{4}-\d\d-\d\d$/.test(bookedOn), `${bookedOn} is a day`)
        ok(Number.isSafeInteger(line) && line >= 1, 'a line is counted from 1')
      }
      balances(statement)
    },
  },
  {
    name: 'reads the same file twice as the same statement',
    why: 'A statement is imported again after a crash, and must be known for what it is.',
    run: async (open) => {
      const { reader, good } = await open()
      deepStrictEqual(await reader.read(good.content), await reader.read(good.content))
    },
  },
  {
    name: 'names a booking it cannot read by line and rule, and guesses nothing in its place',
    why: 'An amount that is guessed pays the wrong invoice.',
    run: async (open) => {
      const { reader, good, badBooking } = await open()
      if (badBooking === undefined) return
      const { statement, refused } = await reader.read(badBooking.content)
      deepStrictEqual(
        refused.map(({ line }) => line),
        [badBooking.line],
      )
      ok(refused[0]?.rule !== '', 'the rule has a name')
      strictEqual(statement.entries.length, good.bookings - 1, 'the others are read')
      ok(!statement.entries.some(({ line }) => line === badBooking.line), 'the bad one is not')
    },
  },
  {
    name: 'refuses a file that is broken off as unreadable, and says where',
    why: 'Half a statement looks like a quiet day at the bank.',
    run: async (open) => {
      const { reader, brokenOff } = await open()
      if (brokenOff !== undefined) await refusedAs(reader, brokenOff, 'unreadable_file')
    },
  },
  {
    name: 'RC1 refuses a file whose bookings do not add up to its closing balance',
    why: 'A booking is missing, and nobody knows which.',
    run: async (open) => {
      const { reader, unbalanced } = await open()
      if (unbalanced !== undefined) await refusedAs(reader, unbalanced, 'statement_unbalanced')
    },
  },
]

const balances = ({ opening, closing, entries }: ReadStatement): void => {
  if (opening === undefined || closing === undefined) return
  strictEqual(
    sumOfDecimals([opening, ...entries.map(({ amount }) => amount)]),
    sumOfDecimals([closing]),
    'opening and bookings make the closing balance',
  )
}

const sumOfDecimals = (amounts: readonly string[]): string =>
  amounts.reduce((total, amount) => total.add(amount), new PreciseDecimal(0)).toFixed()

const refusedAs = async (
  reader: StatementReader,
  content: string,
  code: UnreadableFile['code'],
): Promise<void> => {
  const refusal = await reader.read(content).then(
    () => undefined,
    (error: unknown) => error as UnreadableFile,
  )
  ok(refusal !== undefined, `${code}: it was read`)
  strictEqual(refusal.code, code)
  const [first] = refusal.issues
  ok(first !== undefined && first.line >= 1 && first.rule !== '', 'it says where and why')
}
