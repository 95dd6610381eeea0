import { writeQuantity } from '../catalog/quantity.js'
import { elementAt, invariant } from '../invariant.js'
import { add, subtract, sumOf, toMinor } from '../money/money.js'
import { netOfUnits } from '../pricing/net-of-units.js'
import type { AgreedAdjustment, Calculation } from '../totals/calculation.js'
import { documentTotals, type DocumentTotals } from '../totals/document-totals.js'
import { readAmounts, readTotals, totalsInputOf, type StoredTotals } from '../totals/stored-totals.js'
import { tracePart } from '../totals/trace-part.js'
import { traceTotals, type Trace, type TracedAmount } from '../totals/trace-totals.js'
import type { Order } from './order.js'
import type { OrderLine } from './order-line.js'

/** How an order is calculated of which nothing is stored about it. */
const plainCalculation: Calculation = {
  prices: 'net',
  profile: 'per_category',
  rounding: 'half_up',
  ownTaxCharges: 'first',
}

/** Why an amount of an order is what it is, computed anew from what was agreed (F130). */
export const traceOrder = (order: Order, amount: TracedAmount): Trace => {
  const { input, totals } = recomputed(order)
  return traceTotals(input, totals, amount)
}

/** The same for what the units between two states of the order's lines come to: the amounts of an invoice. */
export const traceOrderPart = (
  order: Order,
  before: (line: OrderLine) => number,
  after: (line: OrderLine) => number,
  amount: TracedAmount,
): Trace => {
  if (order.calculation === undefined || order.totals === undefined) {
    return tracePlainPart(order, before, after)
  }
  const { calculation } = order
  const { input, totals } = recomputed(order)
  const ordered = traceTotals(input, totals, 'lineNet').from
  const names = [...new Set(order.lines.map(nameOf))]
  return tracePart(
    {
      input: totalsInputOf(order, calculation),
      whole: readAmounts(order.lines, order.totals),
      before: order.lines.map((line) => BigInt(before(line))),
      after: order.lines.map((line) => BigInt(after(line))),
      rules: { ownTax: calculation.ownTaxCharges },
      lineOfWhole: (index) => {
        const line = elementAt(order.lines, index)
        const whole = elementAt(ordered, names.indexOf(nameOf(line)))
        return line.splitFrom === undefined
          ? { ...whole, name: `${whole.name} of the order` }
          : {
              name: `line ${index + 1} of the order`,
              amount: line.net.amount,
              rule: `its share, by units, of the line that was split over several locations`,
              from: [whole],
            }
      },
    },
    amount,
  )
}

/** Amounts that are stored stand as they are, whatever rules of sharing out odd units they were computed by; prices and percentages are computed anew. */
const recomputed = (order: Order) => {
  const { calculation = plainCalculation } = order
  const lines = asOrdered(order.lines)
  const input = totalsInputOf({ ...order, lines }, calculation)
  const computed = documentTotals(input)
  const totals = order.totals === undefined ? computed : withStored(computed, readTotals(lines, order.totals))
  invariant(totals.due === toMinor(order.total), 'MO3 an order comes to what it is computed from')
  return { input, totals }
}

const withStored = (computed: DocumentTotals, stored: StoredTotals): DocumentTotals => ({
  ...computed,
  ...stored,
  lines: computed.lines.map((line, index) => ({ ...line, ...elementAt(stored.lines, index) })),
  due: stored.gross + stored.rounding,
})

const nameOf = (line: OrderLine): string => line.splitFrom ?? line.id

/** Lines whose units come from several locations, put together again. */
const asOrdered = (lines: readonly OrderLine[]): readonly OrderLine[] => {
  const whole = new Map<string, OrderLine>()
  for (const line of lines) {
    const known = whole.get(nameOf(line))
    whole.set(nameOf(line), known === undefined ? line : together(known, line))
  }
  return [...whole.values()]
}

const together = (one: OrderLine, other: OrderLine): OrderLine => ({
  ...one,
  quantity: one.quantity + other.quantity,
  net: add(one.net, other.net),
  ...(one.shares !== undefined && {
    shares: one.shares.map((share, index) => add(share, elementAt(other.shares ?? [], index))),
  }),
  ...(one.adjustments !== undefined && {
    adjustments: one.adjustments.map((adjustment, index) => summed(adjustment, other.adjustments?.[index])),
  }),
})

const summed = (one: AgreedAdjustment, other: AgreedAdjustment | undefined): AgreedAdjustment =>
  'amount' in one && other !== undefined && 'amount' in other
    ? { ...one, amount: add(one.amount, other.amount) }
    : one

/** Where nothing is taxed, discounted or charged, a part comes to the sum of its lines. */
const tracePlainPart = (
  order: Order,
  before: (line: OrderLine) => number,
  after: (line: OrderLine) => number,
): Trace => {
  const from = order.lines.flatMap((line, index): readonly Trace[] => {
    if (after(line) === before(line)) return []
    const soFar = netOfUnits(line, after(line))
    const earlier = netOfUnits(line, before(line))
    const { amount: price, per } = line.unitPrice
    const unit = per === undefined ? price : `${price} per ${per}`
    const less = before(line) === 0 ? '' : `, less ${earlier.amount} before`
    return [
      {
        name: `line ${index + 1}`,
        amount: subtract(soFar, earlier).amount,
        rule: `${unit} x ${writeQuantity(after(line), line.unit)}, rounded half up: ${soFar.amount}${less}`,
        from: [],
      },
    ]
  })
  const amounts = order.lines.map((line) =>
    subtract(netOfUnits(line, after(line)), netOfUnits(line, before(line))),
  )
  return {
    name: 'amount due',
    amount: sumOf(amounts, order.currency).amount,
    rule: 'sum of the lines, nothing taxed, discounted or charged',
    from,
  }
}
