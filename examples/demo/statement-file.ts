import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { csvStatementReader, csvWriter } from 'orderwright/csv'
import { amountOf, type Cents } from './exact-money.js'
import { lastDayOf, type Day } from './days.js'

/** One booking as the bank prints it. Money that went out is negative. */
export interface Booking {
  readonly bookedOn: Day
  readonly amount: Cents
  readonly payer?: string
  readonly text: string
  readonly bankReference: string
}

export interface BankStatement {
  /** A month `2016-03`. */
  readonly month: string
  readonly opening: Cents
  readonly bookings: readonly Booking[]
}

interface Row extends Partial<Booking> {
  readonly kind: 'opening balance' | 'booking' | 'closing balance'
  readonly amount: Cents
}

const writer = csvWriter<Row>([
  { header: 'Row', text: ({ kind }) => kind },
  { header: 'Booked on', text: ({ bookedOn }) => bookedOn },
  { header: 'Amount', number: ({ amount }) => amountOf(amount) },
  { header: 'Bank reference', text: ({ bankReference }) => bankReference },
  { header: 'Customer number', text: ({ payer }) => payer },
  { header: 'Text', text: ({ text }) => text },
])

/** How such a file is read: its columns by name, and the rows that hold the balances its entries have to lead from and to. */
export const statementReader = (account: string, currency: string) =>
  csvStatementReader({
    account,
    reference: 'statement',
    currency,
    dateForm: 'YYYY-MM-DD',
    decimalMark: 'point',
    columns: {
      date: 'Booked on',
      amount: 'Amount',
      bankReference: 'Bank reference',
      payerReference: 'Customer number',
      remittanceText: 'Text',
    },
    balanceRows: { column: 'Row', opening: 'opening balance', closing: 'closing balance' },
  })

/** What the account holds after the month. */
export const closingOf = ({ opening, bookings }: BankStatement): Cents =>
  bookings.reduce((balance, { amount }) => balance + amount, opening)

/** Writes the month's statement as the bank would, and answers its text. */
export const writeStatement = async (folder: string, statement: BankStatement): Promise<string> => {
  const { month, opening, bookings } = statement
  const rows: readonly Row[] = [
    { kind: 'opening balance', bookedOn: `${month}-01`, amount: opening },
    ...bookings.map((booking) => ({ kind: 'booking', ...booking }) as const),
    { kind: 'closing balance', bookedOn: lastDayOf(month), amount: closingOf(statement) },
  ]
  const content = writer.header() + rows.map((row) => writer.line(row)).join('')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${month}.csv`), content)
  return content
}
