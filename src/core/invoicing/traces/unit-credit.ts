import { elementAt, present } from '../../invariant.js'
import { toMinor, type Money } from '../../money/money.js'
import { plainCalculation } from '../../orders/trace-order.js'
import { treatmentKey } from '../../tax/tax-treatment.js'
import type { AdjustmentAmount, DocumentAmounts, TaxAmount } from '../../totals/calculation.js'
import { amountsOfTaxes } from '../../totals/amounts-of-taxes.js'
import { less, plus, tracesIn, type TraceComposer } from '../../totals/traces/compose.js'
import { readAmounts, totalsInputOf } from '../../totals/stored-totals.js'
import { subtractAmounts } from '../../totals/sum-amounts.js'
import { tracePart } from '../../totals/traces/part.js'
import { adjustmentName, type TracedDocument } from '../../totals/traces/traced-document.js'
import type { GivenAmount, Trace } from '../../totals/traces/trace.js'
import { creditedOf, withoutCredited } from '../credit-limits.js'
import type { CreditNote } from '../credit-note.js'
import { correctedAt } from '../credit-units.js'
import type { Invoice } from '../invoice.js'
import { tracesOf, type CalculatedTraces } from './document.js'
import { plainTraces } from './plain.js'

/** Why a credit note of units comes to what it does: what they are of what was left of the invoice when a price was corrected last. */
export const traceUnitCredit = (note: CreditNote, invoice: Invoice): CalculatedTraces => {
  const placeOf = (place: number): number => {
    const { line } = present(note.lines[place], 'a line of a document has its place')
    return invoice.lines.findIndex((billed) => billed.line === line)
  }
  const quantities = new Map(note.lines.map(({ line, quantity }) => [line, quantity]))
  const traced = tracedUnits(invoice, (at) => quantities.get(elementAt(invoice.lines, at).line) ?? 0)
  return note.totals === undefined
    ? plainTraces(note, (place) => traced.line(placeOf(place)))
    : tracesOf(traced, placeOf)
}

/** Units of an invoice as parts of what was left of it when a price was corrected last. */
const tracedUnits = (invoice: Invoice, wanted: (at: number) => number): TracedDocument => {
  const { calculation, totals, restFrom, lines } = invoice
  const rest = lines.map((line, at) => withoutCredited(line, correctedAt(invoice, at)))
  const before = lines.map((_, at) =>
    BigInt(creditedOf(invoice, at).quantity - correctedAt(invoice, at).quantity),
  )
  const isPlain = calculation === undefined || totals === undefined
  const billed = isPlain ? amountsOfTaxes([], invoice.currency) : totals
  return tracePart({
    input: totalsInputOf({ ...invoice, lines: rest }, isPlain ? plainCalculation : calculation),
    whole: readAmounts(
      rest,
      restFrom?.totals === undefined ? billed : subtractAmounts(billed, restFrom.totals),
    ),
    before,
    after: before.map((quantity, at) => quantity + BigInt(wanted(at))),
    rules: { ownTax: 'last', taxes: 'in_proportion' },
    ofWhole: leftOf(invoice),
  })
}

/** What of an invoice was left to be credited by units: what it claimed, less what was credited when a price was corrected last. */
const leftOf = (invoice: Invoice): Pick<TracedDocument, 'line' | 'share' | 'adjustment' | 'levied'> => {
  const composer = tracesIn(invoice.currency)
  const { id, number, totals, restFrom } = invoice
  const left = (name: string, billed: Money, path: string, credited: Money | undefined): Trace =>
    leftAmount(composer, `${name} of invoice ${number}`, billed, { invoice: id, amount: path }, credited)
  const billed = (): DocumentAmounts => present(totals, 'what is taxed or discounted has totals')
  return {
    line: (index) =>
      left(
        `line ${index + 1}`,
        elementAt(invoice.lines, index).net,
        `lines.${index}.net`,
        restFrom?.lines[index]?.net,
      ),
    share: (index, place) =>
      left(
        `share of line ${index + 1}`,
        present(elementAt(invoice.lines, index).shares?.[place], 'a line has a share of each discount'),
        `lines.${index}.shares.${place}`,
        restFrom?.lines[index]?.shares?.[place],
      ),
    adjustment: (index, key) => {
      const isSame = (one: AdjustmentAmount): boolean => one.index === index && treatmentKey(one.tax) === key
      const { adjustments } = billed()
      const at = adjustments.findIndex(isSame)
      const agreed = present(invoice.adjustments?.[index], 'what is billed was agreed')
      return left(
        adjustmentName(agreed.kind, agreed),
        elementAt(adjustments, at).amount,
        `totals.adjustments.${at}.amount`,
        restFrom?.totals?.adjustments.find(isSame)?.amount,
      )
    },
    levied: (key, component) => {
      const isSame = ({ treatment }: TaxAmount): boolean => treatmentKey(treatment) === key
      const { taxes } = billed()
      const at = taxes.findIndex(isSame)
      const tax = elementAt(taxes, at)
      const credited = restFrom?.totals?.taxes.find(isSame)
      const { name, percent } = elementAt(tax.treatment.components, component)
      return left(
        `${name} ${percent}%`,
        elementAt(tax.amounts, component),
        `totals.taxes.${at}.amounts.${component}`,
        credited?.amounts[component],
      )
    },
  }
}

const leftAmount = (
  { given, sum }: TraceComposer,
  name: string,
  billed: Money,
  document: GivenAmount['document'],
  credited: Money | undefined,
): Trace => {
  const claimed = given(name, toMinor(billed), 'as it was billed', document)
  if (credited === undefined || toMinor(credited) === 0n) return claimed
  const earlier = given(
    'credited before',
    toMinor(credited),
    'when a price of the invoice was corrected last',
  )
  return sum(`${name}, what was left`, [plus(claimed), less(earlier)], 'units share in what was left then')
}
