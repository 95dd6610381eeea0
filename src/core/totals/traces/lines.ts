import { elementAt } from '../../invariant.js'
import { formatDecimal } from '../../money/decimal-string.js'
import type { Adjustment } from '../totals-input.js'
import { less, plus } from './compose.js'
import type { CountedDocument } from './counted-document.js'
import { remembered } from './remembered.js'
import { factorOf } from './taxes.js'
import type { Trace } from './trace.js'
import { adjustmentName } from './traced-document.js'

/** Why a line comes to what it does, as prices are: price times quantity, less its own discounts, plus its own charges. */
export const traceLineAmounts = (document: CountedDocument): ((index: number) => Trace) => {
  const { composer, input, from, amounts, hasTax } = document
  const { sum, share } = composer
  const { names, lineAmount } = from
  return remembered((index) => {
    if (lineAmount !== undefined) return lineAmount(index)
    const { price, quantity, adjustments = [] } = elementAt(input.lines, index)
    const count = formatDecimal(quantity.baseUnits, quantity.digits)
    const { per } = price
    const name = `line ${index + 1}${hasTax ? ' with tax' : ''}`
    const extended = share(adjustments.length === 0 ? name : 'price times quantity', {
      of: price.amount,
      times: count,
      ...(per !== undefined && { over: String(per) }),
      words: `${price.amount}${per === undefined ? '' : ` per ${per}`} x ${count}`,
      rounding: input.rounding,
    })
    if (adjustments.length === 0) return extended
    const terms = adjustments.map((adjustment, at) => {
      const own = names?.lines[index]?.adjustments?.[at]
      const called = adjustmentName(adjustment.kind, own, names?.promotions)
      const signed = elementAt(elementAt(amounts, index).adjustments, at)
      const trace = traceAdjusted(document, adjustment, called, extended.amount, signed)
      return adjustment.kind === 'discount' ? less(trace) : plus(trace)
    })
    return sum(name, [plus(extended), ...terms], 'price times quantity, less discounts, plus charges')
  })
}

/** What a discount or charge takes or adds, above zero for a usual one; `signed` as it is counted. */
export const traceAdjusted = (
  { composer, input }: CountedDocument,
  adjustment: Adjustment,
  name: string,
  base: string,
  signed: bigint,
): Trace => {
  const { given, share, moved } = composer
  if (!('percent' in adjustment)) return given(name, adjustment.amount, 'as it was agreed')
  const whole = share(name, {
    of: base,
    times: factorOf(adjustment.percent),
    words: `${adjustment.percent}% of ${base}`,
    rounding: input.rounding,
  })
  return moved(whole, adjustment.kind === 'discount' ? -signed : signed)
}
