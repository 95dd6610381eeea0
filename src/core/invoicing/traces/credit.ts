import { present } from '../../invariant.js'
import { toMinor } from '../../money/money.js'
import { again, less, plus } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import { creditedOf } from '../credit-limits.js'
import type { CreditNote } from '../credit-note.js'
import type { CreditedLine, Invoice } from '../invoice.js'
import { traceDepositCredit } from './deposit-credit.js'
import { undeducted, type CalculatedTraces, type DocumentTraces } from './document.js'
import type { DeductedBy } from './left-of-deposit.js'
import { tracePriceCredit } from './price-credit.js'
import { traceUnitCredit } from './unit-credit.js'
import { traceWithheldCredit, traceWithheldOfDeposit } from './withheld-credit.js'

/**
 * Why the amounts of a credit note are what they are: of units, what all units credited so far and now come to of what the invoice claimed for them, less what was
 * credited before. `invoice` is the invoice, or the part of it, as it was before the credit note.
 */
export const traceCredit = (note: CreditNote, { invoice, lines, deducted }: TracedCredit): DocumentTraces => {
  const traces = tracesOfCredit(note, invoice, lines, deducted)
  const total =
    note.totals === undefined || isRestOfDeposit(note, invoice)
      ? traces.total
      : (): Trace => traceCreditTotal(invoice, traces)
  const { sum } = traces.composer
  const withTotal: CalculatedTraces = {
    ...traces,
    total,
    sum: (amount) =>
      amount === 'rounding'
        ? sum('rounding', [plus(total()), less(again(traces.sum('gross')))], 'total - total with tax')
        : traces.sum(amount),
  }
  return {
    ...withTotal,
    deduction: undeducted,
    withheld: (place) => {
      const withholding = present(note.withholdings?.[place], 'a withholding has its place')
      return note.kind === 'deposit'
        ? traceWithheldOfDeposit(withholding, note, invoice, deducted, withTotal)
        : traceWithheldCredit(withholding, note, invoice, withTotal)
    },
  }
}

/** What a credit note was decided on. */
export interface TracedCredit {
  readonly invoice: Invoice
  /** What was credited, in the order in which it was asked for. */
  readonly lines: readonly CreditedLine[]
  /** Of a deposit invoice, what later invoices had deducted of it. */
  readonly deducted: readonly DeductedBy[]
}

const tracesOfCredit = (
  note: CreditNote,
  invoice: Invoice,
  lines: readonly CreditedLine[],
  deducted: readonly DeductedBy[],
): CalculatedTraces => {
  if (note.corrects === 'price') return tracePriceCredit(note, invoice, lines)
  return isRestOfDeposit(note, invoice)
    ? traceDepositCredit(note, invoice, deducted)
    : traceUnitCredit(note, invoice)
}

/** A deposit invoice that is credited whole gives back what no later invoice has deducted of it. */
const isRestOfDeposit = ({ kind, corrects, lines }: CreditNote, invoice: Invoice): boolean =>
  kind === 'deposit' &&
  corrects === undefined &&
  invoice.lines.every(
    ({ line, quantity }, at) =>
      creditedOf(invoice, at).quantity === quantity || lines.some((credited) => credited.line === line),
  )

/** What the customer gets back: rounded to coins as the invoice was, and with the last unit all of it. */
const traceCreditTotal = (invoice: Invoice, traces: CalculatedTraces): Trace => {
  const { given, sum, share, limited, minorOf } = traces.composer
  const { id, number, total, credited, creditedTotals, totals, calculation } = invoice
  const coins = calculation?.cashRounding
  const gross = traces.sum('gross')
  if (coins === undefined) return sum('amount credited', [plus(gross)], 'total with tax', 'BR-CO-16')
  const before = creditedTotals === undefined ? 0n : toMinor(creditedTotals.gross)
  const soFar = sum(
    'credited with tax so far',
    [...(before === 0n ? [] : [plus(given('before', before, 'by earlier credit notes'))]), plus(gross)],
    'of the invoice',
  )
  const all = given(`total of invoice ${number}`, toMinor(total), 'all of it', {
    invoice: id,
    amount: 'total',
  })
  const rounded = share('in coins', {
    of: soFar,
    times: '1',
    rounding: coins.mode,
    step: BigInt(coins.step),
  })
  const isAll = totals !== undefined && minorOf(soFar) === toMinor(totals.gross)
  const due = isAll
    ? all
    : limited('credited so far', 'least', [rounded, all], 'in coins, no more than the invoice claims')
  const given0 = toMinor(credited)
  return sum(
    'amount credited',
    [plus(due), ...(given0 === 0n ? [] : [less(given('before', given0, 'by earlier credit notes'))])],
    given0 === 0n ? 'in coins' : 'all so far in coins, less what was credited before',
    'BR-CO-16',
  )
}
