import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { lastDayOf } from '../days.js'
import type { Cents } from '../exact-money.js'
import { closingOf, writeStatement, type Booking } from '../statement-file.js'
import type { PaymentMaker, Transfer } from './make-payments.js'

/** The bank: once a month it sends a statement, which is imported and reconciled. */
export interface Bank {
  /** Answers how many entries the statement had. */
  sendStatement(month: string): Promise<number>
  /** Everything that came in so far. */
  readonly transfers: readonly Transfer[]
  /** By how much the account grew. */
  readonly change: Cents
  /** Lines of all statements. */
  readonly entries: number
}

const firstBalance: Cents = 25_000_00n
const monthlyFee: Cents = -18_50n

export const openBank = (
  folder: string,
  payments: PaymentMaker,
  { accounts }: Staff,
  tally: CommandTally,
): Bank => {
  const transfers: Transfer[] = []
  let balance = firstBalance
  let entries = 0
  return {
    sendStatement: async (month) => {
      const booked = payments.bookedIn(month)
      transfers.push(...booked)
      const statement = { month, opening: balance, bookings: [...booked, feeOf(month)] }
      balance = closingOf(statement)
      entries += statement.bookings.length
      const content = await writeStatement(folder, statement)
      const imported = await accounts.reconciliation.importStatement(
        { format: 'csv', content, reference: month },
        { idempotencyKey: `statement:${month}` },
      )
      const { statement: id, refused } = tally.value(imported, `statement ${month}`)
      if (refused.length > 0) throw new Error(`statement ${month}: ${refused.length} rows could not be read`)
      await accounts.orThrow.reconciliation.run({ statement: id })
      return statement.bookings.length
    },
    transfers,
    get change() {
      return balance - firstBalance
    },
    get entries() {
      return entries
    },
  }
}

const feeOf = (month: string): Booking => ({
  bookedOn: lastDayOf(month),
  amount: monthlyFee,
  text: 'ACCOUNT FEE',
  bankReference: `FEE-${month}`,
})
