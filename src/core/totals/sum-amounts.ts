import { elementAt } from '../invariant.js'
import { add, subtract, type Money } from '../money/money.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import type { AdjustmentAmount, DocumentAmounts, TaxAmount } from './calculation.js'

/** The amounts of two documents of one order or invoice together, discount by discount and tax by tax. */
export const addAmounts = (one: DocumentAmounts, other: DocumentAmounts): DocumentAmounts =>
  combined(one, other, add)

/** What is left of a document's amounts without those of `part`. */
export const subtractAmounts = (whole: DocumentAmounts, part: DocumentAmounts): DocumentAmounts =>
  combined(whole, part, subtract)

type Combine = (one: Money, other: Money) => Money

const combined = (one: DocumentAmounts, other: DocumentAmounts, combine: Combine): DocumentAmounts => ({
  lineNet: combine(one.lineNet, other.lineNet),
  discounts: combine(one.discounts, other.discounts),
  charges: combine(one.charges, other.charges),
  net: combine(one.net, other.net),
  tax: combine(one.tax, other.tax),
  gross: combine(one.gross, other.gross),
  rounding: combine(one.rounding, other.rounding),
  adjustments: merged(one.adjustments, other.adjustments, adjustmentKey, (known, more) => ({
    ...known,
    amount: combine(known.amount, more.amount),
  })),
  taxes: merged(
    one.taxes,
    other.taxes,
    ({ treatment }) => treatmentKey(treatment),
    (known, more) => ({
      treatment: known.treatment,
      base: combine(known.base, more.base),
      amounts: known.amounts.map((amount, index) => combine(amount, elementAt(more.amounts, index))),
      tax: combine(known.tax, more.tax),
    }),
  ),
})

const adjustmentKey = ({ index, tax }: AdjustmentAmount): string => `${index} ${treatmentKey(tax)}`

/** Those of `more` that `known` lacks come last. */
const merged = <Entry extends AdjustmentAmount | TaxAmount>(
  known: readonly Entry[],
  more: readonly Entry[],
  keyOf: (entry: Entry) => string,
  combine: (known: Entry, more: Entry) => Entry,
): readonly Entry[] => {
  if (more.length === 0) return known
  const byKey = new Map(more.map((entry) => [keyOf(entry), entry]))
  const entries = known.map((entry) => {
    const other = byKey.get(keyOf(entry))
    if (other === undefined) return entry
    byKey.delete(keyOf(entry))
    return combine(entry, other)
  })
  return [...entries, ...byKey.values()]
}
