import type { StatementEntry, StatementReader } from '../../core/ports/statement-reader.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import { openAmount } from '../../core/invoicing/invoice-amounts.js'
import { subtract } from '../../core/money/money.js'
import { epoch } from './epoch.js'
import { inStatus, oneOf, type InputOf, type KnownRecords, type PlannedMove } from './workload.js'

/** Two percent less for whoever pays within ten days. */
export const earlyTerms = {
  early: { due: { rule: 'days', days: 30 }, discount: { percent: '2', days: 10 } },
} as const

/** A statement as JSON. */
export const jsonReader: StatementReader = {
  read: async (content) => ({
    statement: {
      account: 'DE02120300000000202051',
      reference: 'simulated',
      currency: 'EUR',
      entries: JSON.parse(content) as readonly StatementEntry[],
    },
    refused: [],
  }),
}

const isDiscounted = (state: unknown): boolean =>
  inStatus('issued')(state) && (state as Invoice).discount !== undefined

/** All that an invoice asks for less its discount, or an amount of the move's own. */
const entryOf = (move: PlannedMove, known: KnownRecords) => {
  const id = oneOf(known, 'invoice', move.pick, isDiscounted)
  const invoice = known.stateOf('invoice', id) as Invoice | undefined
  const early = invoice?.discount && subtract(openAmount(invoice), invoice.discount.amount).amount
  return {
    bookedOn: epoch.slice(0, 10),
    amount: move.quantity < 4 && early !== undefined ? early : move.amount,
    currency: 'EUR',
    remittanceText: `pays ${invoice?.number ?? 'nothing'}`,
    bankReference: `${move.pick}`,
    line: 1,
  }
}

const oneEntry: InputOf = (move, known) => ({
  format: 'json',
  content: JSON.stringify([entryOf(move, known)]),
})

/** What comes through the bank: how often, and with what. */
export const bankCommands: Readonly<Record<string, readonly [often: number, inputOf: InputOf]>> = {
  'reconciliation.importStatement': [4, oneEntry],
  'reconciliation.match': [
    3,
    (move, known) => ({ entry: oneOf(known, 'bank_entry', move.pick, inStatus('unmatched')) }),
  ],
}
