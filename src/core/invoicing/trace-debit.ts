import { writeQuantity } from '../catalog/quantity.js'
import { fromMinor } from '../money/money.js'
import { granted } from '../result.js'
import { traceTotals, type Trace, type TracedAmount } from '../totals/trace-totals.js'
import { billedAmount, debitPrices, debitTotals, debitUnits, type DebitedLine } from './debit-amounts.js'
import type { Invoice } from './invoice.js'

/** Why an amount of a debit note is what it is: its lines by what the invoice had claimed too little, computed anew from that invoice, and their taxes. */
export const traceDebit = (debitNote: Invoice, corrected: Invoice, amount: TracedAmount): Trace => {
  const debited = debitedAnew(debitNote, corrected)
  const lines = debited.map((line) => traceLine(line, debitNote, corrected))
  const computed = debitTotals(corrected, debited)
  return {
    name: `debit note to ${corrected.number}, ${amount}`,
    amount: computed === undefined || amount === 'due' ? debitNote.total.amount : valueOf(debitNote, amount),
    rule:
      computed === undefined
        ? 'sum of the lines, nothing taxed, discounted or charged'
        : 'its lines, taxed by themselves as the invoice was',
    from: computed === undefined ? lines : [...lines, traceTotals(computed.input, computed.totals, amount)],
  }
}

const debitedAnew = ({ lines, corrects }: Invoice, corrected: Invoice): readonly DebitedLine[] => {
  if (corrects?.what === 'quantity') {
    return granted(debitUnits(corrected, lines), again)
  }
  const prices = debitPrices(
    corrected,
    lines.map(({ line, unitPrice: { amount, currency } }) => ({ line, amount: { amount, currency } })),
  )
  return granted(prices, again)
}

const again = 'what a debit note claims can be computed again'

const valueOf = ({ totals, total }: Invoice, amount: Exclude<TracedAmount, 'due'>): string =>
  (totals?.[amount] ?? total).amount

const traceLine = ({ line, amount }: DebitedLine, { corrects }: Invoice, corrected: Invoice): Trace => {
  const billed = corrected.lines.find((candidate) => candidate.line === line.line)
  return {
    name: `line ${line.line}`,
    amount: amount.amount,
    rule:
      corrects?.what === 'price' || billed === undefined
        ? 'by so much its price was too low'
        : `${writeQuantity(line.quantity, line.unit)} more than the ${writeQuantity(billed.quantity, billed.unit)} billed for ${fromMinor(billedAmount(corrected, billed), corrected.currency).amount}, rounded half up`,
    from: [],
  }
}
