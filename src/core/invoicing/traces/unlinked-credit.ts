import { present } from '../../invariant.js'
import { tracesIn } from '../../totals/traces/compose.js'
import { documentTotals } from '../../totals/document-totals.js'
import { totalsInputOf } from '../../totals/stored-totals.js'
import { traceTotals } from '../../totals/traces/totals.js'
import type { CreditNote } from '../credit-note.js'
import { tracesOf, undeducted, unwithheld, type DocumentTraces } from './document.js'
import { plainTraces } from './plain.js'

/** Why the amounts of a credit note without an invoice are what they are: prices and quantities, and how they are taxed. */
export const traceUnlinkedCredit = (note: CreditNote): DocumentTraces => ({
  ...(note.calculation === undefined
    ? plainTraces(note, (place) => plainLine(note, place))
    : calculated(note, note.calculation)),
  deduction: undeducted,
  withheld: unwithheld,
})

const calculated = (note: CreditNote, calculation: NonNullable<CreditNote['calculation']>) => {
  const input = totalsInputOf({ currency: note.currency, lines: note.lines }, calculation)
  return tracesOf(traceTotals(input, documentTotals(input)), (place) => place)
}

const plainLine = ({ lines, currency }: CreditNote, place: number) => {
  const { unitPrice, quantity } = present(lines[place], 'a line of a document has its place')
  return tracesIn(currency).share(`line ${place + 1}`, {
    of: unitPrice.amount,
    times: String(quantity),
    ...(unitPrice.per !== undefined && { over: String(unitPrice.per) }),
    rounding: 'half_up',
  })
}
