import { fromMinor, negate, subtract, toMinor } from '../money/money.js'
import { percentOf } from '../money/percent.js'
import { modeWords, type Trace } from '../totals/trace-totals.js'
import {
  sumOfWithholdings,
  withholdingMode,
  type Withholding,
  type WithholdingBases,
} from '../totals/withholdings.js'
import type { Invoice } from './invoice.js'

/** What the customer is to pay of an invoice when it is issued: what it claims, less what is withheld of it, each up to what all invoices so far come to. */
export const tracePayable = (invoice: Invoice, due: Trace, before: WithholdingBases): Trace => {
  const { withholdings = [], currency } = invoice
  const amount = subtract({ amount: due.amount, currency }, sumOfWithholdings(withholdings, currency))
  return {
    name: 'amount to be paid',
    amount: amount.amount,
    rule: withholdings.length === 0 ? 'nothing is withheld' : `${due.amount}, less what is withheld`,
    from: [due, ...withholdings.map((withholding) => traceWithholding(withholding, invoice, before))],
  }
}

const traceWithholding = (
  { name, percent, on, base, amount }: Withholding,
  { currency, calculation }: Invoice,
  before: WithholdingBases,
): Trace => {
  const mode = withholdingMode(calculation)
  const shareOf = (minor: bigint): string => fromMinor(percentOf(minor, percent, mode), currency).amount
  const soFar = before[on] + toMinor(base)
  const less = before[on] === 0n ? '' : `, less ${shareOf(before[on])} before`
  return {
    name: `withheld, ${name} ${percent}%`,
    amount: negate(amount).amount,
    rule: `${percent}% of ${fromMinor(soFar, currency).amount}, rounded ${modeWords[mode]}: ${shareOf(soFar)}${less}`,
    from: [{ name: baseWords[on], amount: base.amount, rule: 'of this document', from: [] }],
  }
}

const baseWords = { net: 'total without tax', tax: 'tax' } as const
