import { elementAt, present } from '../../invariant.js'
import { toMinor, type Money } from '../../money/money.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import { less, plus, type TraceComposer } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import { creditedOf, restOfTax, taxedOf, withoutCredited } from '../credit-limits.js'
import type { CreditedLine, Invoice } from '../invoice.js'

/** What a line comes to whose price is corrected. */
export interface CorrectedTrace {
  readonly treatment: TaxTreatment
  /** As prices are: with the tax where they contain it. */
  readonly asked: Trace
  readonly net: Trace
  /** Each of its taxes. */
  readonly levied: readonly Trace[]
}

/** Why it does: what was asked for, with its share of what is left of the tax of the invoice after the lines before it. */
export const traceCorrected = (
  composer: TraceComposer,
  invoice: Invoice,
  { line, net, gross }: CreditedLine,
  treatment: TaxTreatment,
  earlier: readonly CorrectedTrace[],
): Omit<CorrectedTrace, 'treatment'> => {
  const { given, sum, share, spread, minorOf, write } = composer
  const { calculation, creditedTotals, id } = invoice
  const { rounding } = present(calculation, 'a document with taxes is calculated')
  const rest = restOfTax(invoice, creditedTotals, treatmentKey(treatment))
  const leftBase = earlier.reduce((left, one) => left - minorOf(one.net), rest.base)
  const left = rest.amounts.map((amount, at) =>
    earlier.reduce((all, one) => all - minorOf(elementAt(one.levied, at)), amount),
  )
  const leftTax = left.reduce((all, amount) => all + amount, 0n)
  const of = given(
    'tax that is left',
    leftTax,
    'what the invoice levied under the same treatment, less what was credited',
    { invoice: id },
  )
  const taxOf = (amount: Trace, whole: bigint): Trace =>
    share('tax', {
      of,
      times: amount.amount,
      over: write(whole),
      words: `${of.amount} for ${amount.amount} of ${write(whole)}`,
      rounding,
      by: [amount],
    })
  const taxesIn = (tax: Trace): readonly Trace[] =>
    left.length === 0
      ? []
      : spread(
          tax,
          left.map((amount, at) => ({
            name: elementAt(treatment.components, at).name,
            weight: write(amount),
          })),
        )
  // Without tax, or on an older credit note, which does not say what was asked for with it.
  if (gross === undefined) {
    const asked = given('price correction', toMinor(net), 'by so much its price was too high')
    return { asked, net: asked, levied: taxesIn(taxOf(asked, leftBase)) }
  }
  const asked = given('price correction with tax', toMinor(gross), 'by so much its price was too high')
  const at = invoice.lines.findIndex((billed) => billed.line === line)
  const rested = withoutCredited(elementAt(invoice.lines, at), creditedOf(invoice, at))
  const taxInLine = (whole: Money): Trace => {
    const told = given('left of the line with tax', toMinor(whole), 'as the customer was told it')
    const without = given('left of the line', taxedOf(rested), 'without tax')
    const contained = sum(
      'tax in what is left',
      [plus(told), less(without)],
      'what its amounts without tax leave',
    )
    return share('tax', {
      of: contained,
      times: asked.amount,
      over: told.amount,
      words: `${contained.amount} for ${asked.amount} of ${told.amount}`,
      rounding,
      by: [asked],
    })
  }
  const tax =
    rested.gross === undefined
      ? taxOf(asked, leftBase + leftTax)
      : leftTax === 0n
        ? given('tax', 0n, 'nothing is left of the tax')
        : taxInLine(rested.gross)
  return {
    asked,
    net: sum('without tax', [plus(asked), less(tax)], 'without its tax'),
    levied: taxesIn(tax),
  }
}
