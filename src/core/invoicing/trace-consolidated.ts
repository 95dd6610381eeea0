import { subtract, type Money } from '../money/money.js'
import type { Trace, TracedAmount } from '../totals/trace-totals.js'
import { sumOfWithholdings } from '../totals/withholdings.js'
import type { BilledPart, Invoice } from './invoice.js'

/** What is billed of an order of a consolidated invoice, and why. */
export interface TracedPart {
  readonly part: BilledPart
  readonly trace: Trace
}

/** Why an amount of a consolidated invoice is what it is: nothing is computed but the sum of its orders. */
export const traceConsolidated = (
  invoice: Invoice,
  amount: TracedAmount | 'payable',
  parts: readonly TracedPart[],
): Trace => ({
  name: 'consolidated invoice',
  amount: amountOf(invoice, amount).amount,
  rule: 'the sum of what is billed of its orders, each computed by itself',
  from: parts.map(({ part, trace }) => ({ ...trace, name: `${trace.name} of order ${part.orderNumber}` })),
})

const amountOf = (
  { total, totals, withholdings = [], currency }: Invoice,
  amount: TracedAmount | 'payable',
): Money => {
  if (amount === 'payable') return subtract(total, sumOfWithholdings(withholdings, currency))
  return amount === 'due' ? total : (totals?.[amount] ?? total)
}
