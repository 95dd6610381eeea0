import { writeQuantity } from '../../catalog/quantity.js'
import { elementAt, present } from '../../invariant.js'
import { toMinor } from '../../money/money.js'
import { granted } from '../../result.js'
import { treatmentKey } from '../../tax/tax-treatment.js'
import { plus, tracesIn } from '../../totals/traces/compose.js'
import { traceTotals } from '../../totals/traces/totals.js'
import type { Trace } from '../../totals/traces/trace.js'
import { debitPrices, debitTotals, debitUnits, type DebitedLine } from '../debit-amounts.js'
import { restOfTax } from '../credit-limits.js'
import type { Invoice, InvoiceLine } from '../invoice.js'
import { tracesOf, undeducted, type DocumentTraces } from './document.js'
import { plainTraces } from './plain.js'
import { traceWithheldBetween } from './withheld.js'

/** Why the amounts of a debit note are what they are: its lines by what the invoice had claimed too little, computed anew from that invoice, and their taxes. */
export const traceDebit = (debitNote: Invoice, corrected: Invoice): DocumentTraces => {
  const composer = tracesIn(debitNote.currency)
  const debited = debitedAnew(debitNote, corrected)
  const computed = debitTotals(corrected, debited)
  const lineAmount = (index: number): Trace =>
    traceLine(elementAt(debited, index), index, debitNote, corrected)
  const traces =
    computed === undefined
      ? plainTraces(debitNote, lineAmount)
      : tracesOf(traceTotals(computed.input, computed.totals, { lineAmount }), (place) => place)
  const { withholdings = [], calculation } = debitNote
  return {
    ...traces,
    composer,
    deduction: undeducted,
    withheld: (place) =>
      traceWithheldBetween(
        present(withholdings[place], 'a withholding has its place'),
        debitNote,
        traces,
        calculation,
      ),
  }
}

const debitedAnew = ({ lines, corrects }: Invoice, corrected: Invoice): readonly DebitedLine[] => {
  if (corrects?.what === 'quantity') {
    return debitUnits(corrected, lines)
  }
  const prices = debitPrices(
    corrected,
    lines.map(({ line, unitPrice: { amount, currency } }) => ({ line, amount: { amount, currency } })),
  )
  return granted(prices, again)
}

const again = 'what a debit note claims can be computed again'

const traceLine = (
  { line, amount }: DebitedLine,
  index: number,
  { corrects, currency }: Invoice,
  corrected: Invoice,
): Trace => {
  const { given, share } = tracesIn(currency)
  const name = `line ${index + 1}`
  const place = corrected.lines.findIndex((candidate) => candidate.line === line.line)
  const billed = present(corrected.lines[place], 'a debit note corrects lines of its invoice')
  if (corrects?.what === 'price') return given(name, toMinor(amount), 'by so much its price was too low')
  const [more, all] = [writeQuantity(line.quantity, line.unit), writeQuantity(billed.quantity, billed.unit)]
  const of = traceBilled(corrected, billed, place)
  return share(name, {
    of,
    times: String(more),
    over: String(all),
    words: `${more} more than the ${all} billed for ${of.amount}`,
    rounding: 'half_up',
  })
}

/** What the units of a line come to on their invoice, as its prices are. */
const traceBilled = (
  invoice: Invoice,
  { net, shares = [], gross, tax }: InvoiceLine,
  place: number,
): Trace => {
  const { id, number, currency, calculation } = invoice
  const { given, sum, share, write } = tracesIn(currency)
  const name = `line ${place + 1} of invoice ${number}`
  if (gross !== undefined) {
    return given(`${name} with tax`, toMinor(gross), 'as it was billed', {
      invoice: id,
      amount: `lines.${place}.gross`,
    })
  }
  const own = given(name, toMinor(net), 'as it was billed', { invoice: id, amount: `lines.${place}.net` })
  const base =
    shares.length === 0
      ? own
      : sum(
          `${name} with its shares`,
          [
            plus(own),
            ...shares.map((one, at) =>
              plus(
                given(`share of ${name}`, toMinor(one), 'as it was billed', {
                  invoice: id,
                  amount: `lines.${place}.shares.${at}`,
                }),
              ),
            ),
          ],
          'what of it is taxed',
        )
  if (tax === undefined || calculation?.prices !== 'gross') return base
  const whole = restOfTax(invoice, undefined, treatmentKey(tax))
  if (whole.base === 0n) return base
  const all = given('tax of the invoice', whole.tax, 'under the same treatment', { invoice: id })
  const levied = share(`tax of ${name}`, {
    of: all,
    times: base.amount,
    over: write(whole.base),
    words: `${all.amount} for ${base.amount} of ${write(whole.base)}`,
    rounding: calculation.rounding,
  })
  return sum(`${name} with tax`, [plus(base), plus(levied)], 'as its prices are')
}
