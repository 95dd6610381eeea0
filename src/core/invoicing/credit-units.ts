import type { LineId } from '../ids/ids.js'
import { elementAt, present } from '../invariant.js'
import { fromMinor, toMinor, zero } from '../money/money.js'
import { divideRounded } from '../money/rounding.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Calculation, DocumentAmounts } from '../totals/calculation.js'
import { partTotals } from '../totals/part-totals.js'
import { readAmounts, storedAmounts, totalsInputOf } from '../totals/stored-totals.js'
import { subtractAmounts } from '../totals/sum-amounts.js'
import { calculatedCredit, creditedOf, plainCredit, withoutCredited } from './credit-limits.js'
import type { Credit, CreditedLine, CreditedSoFar, Invoice, InvoiceLine } from './invoice.js'

/** Units of a line that are given back, in base units. */
export interface CreditedUnits {
  readonly line: LineId
  readonly quantity: number
}

/**
 * What crediting more units of an invoice comes to: what all units credited so far and now come to, less what was credited so far. So any number of
 * steps in any order adds up to exactly the invoice, line by line and tax by tax, and no step exceeds it (MO6). Charges with a tax of their own, such
 * as freight, are credited with the last unit.
 */
export const creditUnits = (invoice: Invoice, units: readonly CreditedUnits[]): Result<Credit, Refusal> => {
  const wanted = new Map(units.map(({ line, quantity }) => [line, quantity]))
  const lines = new Map(invoice.lines.map((line, at) => [line.line, at]))
  for (const { line, quantity } of units) {
    const at = present(lines.get(line), 'units are counted by lines of the invoice')
    const limit = elementAt(invoice.lines, at).quantity - creditedOf(invoice, at).quantity
    if (quantity > limit) return refuse('credit_exceeds_invoice', { line, wanted: quantity, limit })
  }
  const { calculation, totals } = invoice
  if (calculation !== undefined && totals !== undefined) {
    return shareOfRest(invoice, calculation, totals, wanted)
  }
  const credited = invoice.lines.flatMap((line, at) => {
    const quantity = wanted.get(line.line)
    return quantity === undefined ? [] : [plainLine(invoice, line, at, quantity)]
  })
  return ok(plainCredit(invoice, credited))
}

/** What was credited when a price was corrected last: from there on, units share in what was left then. */
export const correctedAt = ({ restFrom, currency }: Invoice, at: number): CreditedSoFar =>
  restFrom?.lines[at] ?? { quantity: 0, net: zero(currency) }

const plainLine = (invoice: Invoice, billed: InvoiceLine, at: number, quantity: number): CreditedLine => {
  const start = correctedAt(invoice, at)
  const credited = creditedOf(invoice, at)
  const rest = withoutCredited(billed, start)
  const after = BigInt(credited.quantity + quantity - start.quantity)
  const share = divideRounded(toMinor(rest.net) * after, BigInt(rest.quantity), 'half_up')
  const net = toMinor(start.net) + share - toMinor(credited.net)
  return { line: billed.line, quantity, net: fromMinor(net, invoice.currency) }
}

const shareOfRest = (
  invoice: Invoice,
  calculation: Calculation,
  totals: DocumentAmounts,
  wanted: ReadonlyMap<LineId, number>,
): Result<Credit, Refusal> => {
  const { currency, restFrom } = invoice
  const rest = invoice.lines.map((line, at) => withoutCredited(line, correctedAt(invoice, at)))
  const before = invoice.lines.map((_, at) =>
    BigInt(creditedOf(invoice, at).quantity - correctedAt(invoice, at).quantity),
  )
  const part = partTotals(
    totalsInputOf({ ...invoice, lines: rest }, calculation),
    readAmounts(rest, restFrom?.totals === undefined ? totals : subtractAmounts(totals, restFrom.totals)),
    before,
    before.map((quantity, at) => quantity + BigInt(wanted.get(invoice.lines[at]?.line as LineId) ?? 0)),
    { ownTax: 'last', taxes: 'in_proportion' },
  )
  const lines = invoice.lines.flatMap(({ line }, at): readonly CreditedLine[] => {
    const quantity = wanted.get(line)
    const credited = part.lines[at]
    if (quantity === undefined || credited === undefined) return []
    const { net, shares, gross } = credited
    return [
      {
        line,
        quantity,
        net: fromMinor(net, currency),
        ...(shares.length > 0 && { shares: shares.map((share) => fromMinor(share, currency)) }),
        ...(gross !== undefined && { gross: fromMinor(gross, currency) }),
      },
    ]
  })
  return calculatedCredit(invoice, lines, storedAmounts(part, currency))
}
