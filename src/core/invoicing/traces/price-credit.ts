import { elementAt, present } from '../../invariant.js'
import { toMinor } from '../../money/money.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import { named, plus, tracesIn } from '../../totals/traces/compose.js'
import { remembered } from '../../totals/traces/remembered.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { CreditNote } from '../credit-note.js'
import type { CreditedLine, Invoice } from '../invoice.js'
import type { CalculatedTraces } from './document.js'
import { traceCorrected, type CorrectedTrace } from './corrected-price.js'
import { plainTraces } from './plain.js'
import { traceSums } from './sums.js'

/**
 * Why a credit note that corrects prices comes to what it does: each amount as it was asked for, with its share of what is left of the tax under its treatment.
 * `lines` are in the order in which they were asked for: each leaves less of the tax to the next.
 */
export const tracePriceCredit = (
  note: CreditNote,
  invoice: Invoice,
  lines: readonly CreditedLine[],
): CalculatedTraces => {
  const composer = tracesIn(note.currency)
  const { given, sum } = composer
  const { calculation, totals } = note
  const placeIn = (place: number): number => {
    const { line } = present(note.lines[place], 'a line of a document has its place')
    return lines.findIndex((credited) => credited.line === line)
  }
  if (calculation === undefined || totals === undefined) {
    return plainTraces(note, (place) =>
      given(
        `line ${place + 1}`,
        toMinor(elementAt(note.lines, place).net),
        'by so much its price was too high',
      ),
    )
  }

  const corrected = remembered((at: number): CorrectedTrace => {
    const { line } = elementAt(lines, at)
    const { tax } = present(
      invoice.lines.find((billed) => billed.line === line),
      'a credit corrects lines of its invoice',
    )
    const treatment = present(tax, 'a line of a document with taxes is taxed')
    const key = treatmentKey(treatment)
    const earlier = lines.flatMap((_, before) =>
      before < at && treatmentKey(corrected(before).treatment) === key ? [corrected(before)] : [],
    )
    return { treatment, ...traceCorrected(composer, invoice, elementAt(lines, at), treatment, earlier) }
  })

  const all = lines.map((_, at) => at)
  const treatments = totals.taxes.map(({ treatment }) => treatment)
  const under = (treatment: TaxTreatment): readonly CorrectedTrace[] =>
    all.map(corrected).filter((one) => treatmentKey(one.treatment) === treatmentKey(treatment))
  const base = (treatment: TaxTreatment): Trace =>
    sum(
      'taxable amount',
      under(treatment).map(({ net }) => plus(net)),
      'the lines whose prices are corrected',
    )
  const levied = (treatment: TaxTreatment, component: number): Trace => {
    const { name, percent } = elementAt(treatment.components, component)
    const taxes = under(treatment).map(({ levied }) => plus(elementAt(levied, component)))
    return sum(`${name} ${percent}%`, taxes, 'its share of the tax of each line')
  }
  const { net, tax, gross } = traceSums(composer, {
    treatments,
    nets: () => note.lines.map((_, place) => corrected(placeIn(place)).net),
    netRule: 'sum of the lines',
    levied,
  })
  return {
    composer,
    line: (place) => named(`line ${place + 1}`, corrected(placeIn(place)).net),
    share: () => given('no share', 0n, 'a corrected price has no discounts of its own'),
    withTax: (place) => corrected(placeIn(place)).asked,
    sum: (amount) => {
      if (amount === 'lineNet' || amount === 'net') return net()
      if (amount === 'tax') return tax()
      return amount === 'gross' ? gross() : given(amount, 0n, 'a corrected price has none of its own')
    },
    adjustment: () => given('no discount', 0n, 'a corrected price has no discounts of its own'),
    base,
    levied,
    total: gross,
  }
}
