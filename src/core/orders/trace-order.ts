import { writeQuantity } from '../catalog/quantity.js'
import { elementAt, present } from '../invariant.js'
import { add, toMinor, type Money } from '../money/money.js'
import { treatmentKey } from '../tax/tax-treatment.js'
import type { AgreedAdjustment, Calculation } from '../totals/calculation.js'
import { less, named, plus, type TraceComposer } from '../totals/traces/compose.js'
import { documentTotals } from '../totals/document-totals.js'
import { readAmounts, totalsInputOf } from '../totals/stored-totals.js'
import { remembered, rememberedBoth } from '../totals/traces/remembered.js'
import { tracePart } from '../totals/traces/part.js'
import { traceTotals } from '../totals/traces/totals.js'
import type { TracedDocument } from '../totals/traces/traced-document.js'
import type { Trace } from '../totals/traces/trace.js'
import type { Order } from './order.js'
import type { OrderLine } from './order-line.js'

/** How what is the sum of its lines is calculated. */
export const plainCalculation: Calculation = {
  prices: 'net',
  profile: 'per_category',
  rounding: 'half_up',
  ownTaxCharges: 'first',
}

/** Why the amounts of an order are what they are, computed anew from what was agreed (F130). */
export const traceOrder = (order: Order): TracedDocument => {
  const { calculation = plainCalculation } = order
  const whole = { ...order, lines: asOrdered(order.lines) }
  const input = totalsInputOf(whole, calculation)
  const { totals } = order
  const storedAdjustment = (index: number, key: string): Money | undefined =>
    totals?.adjustments.find((one) => one.index === index && treatmentKey(one.tax) === key)?.amount
  const traced = traceTotals(input, documentTotals(input), {
    names: whole,
    ...(totals !== undefined && {
      agreed: (index, key) => {
        const amount = storedAdjustment(index, key)
        return amount && toMinor(amount)
      },
    }),
  })
  const placeOf = (index: number): number =>
    whole.lines.findIndex(({ id }) => id === nameOf(elementAt(order.lines, index)))
  const part = (index: number, name: string, traceOf: (place: number) => Trace): Trace =>
    named(name, splitTrace(traced.composer, order.lines, index, traceOf(placeOf(index))))
  const { kept } = traced.composer
  const taxOf = (key: string) => totals?.taxes.find(({ treatment }) => treatmentKey(treatment) === key)
  const asStored = (trace: Trace, amount: Money | undefined): Trace =>
    amount === undefined ? trace : kept(trace, toMinor(amount))
  return {
    ...traced,
    lines: order.lines.map((_, index) => index),
    ...(totals !== undefined && {
      adjustments: totals.adjustments.map(({ index, tax }) => ({
        index,
        treatment: tax,
        kind: present(order.adjustments?.[index], 'what stands in the totals was agreed').kind,
      })),
    }),
    line: remembered((index) =>
      asStored(part(index, `line ${index + 1}`, traced.line), elementAt(order.lines, index).net),
    ),
    share: rememberedBoth((index, place) =>
      asStored(
        part(index, `share of line ${index + 1}`, (own) => traced.share(own, place)),
        elementAt(order.lines, index).shares?.[place],
      ),
    ),
    adjustment: (index, key) => asStored(traced.adjustment(index, key), storedAdjustment(index, key)),
    base: (key) => asStored(traced.base(key), taxOf(key)?.base),
    levied: (key, component) => asStored(traced.levied(key, component), taxOf(key)?.amounts[component]),
  }
}

/** The same for what the units between two states of the order's lines come to: the amounts of an invoice. */
export const traceOrderPart = (
  order: Order,
  before: (line: OrderLine) => number,
  after: (line: OrderLine) => number,
): TracedDocument => {
  const { calculation, totals, lines } = order
  const ordered = traceOrder(order)
  if (calculation === undefined || totals === undefined) {
    return tracePlainPart(order, ordered, before, after)
  }
  const ofOrder = (index: number): string => `line ${index + 1} of the order`
  return tracePart({
    input: totalsInputOf(order, calculation),
    whole: readAmounts(lines, totals),
    before: lines.map((line) => BigInt(before(line))),
    after: lines.map((line) => BigInt(after(line))),
    rules: { ownTax: calculation.ownTaxCharges },
    ofWhole: {
      ...ordered,
      line: (index) => named(ofOrder(index), ordered.line(index)),
      share: (index, place) => named(`share of ${ofOrder(index)}`, ordered.share(index, place)),
    },
  })
}

const nameOf = (line: OrderLine): string => line.splitFrom ?? line.id

/** Lines whose units come from several locations, put together again under the id of the first. */
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
  ...(one.adjustments !== undefined && {
    adjustments: one.adjustments.map((adjustment, index) => summed(adjustment, other.adjustments?.[index])),
  }),
})

const summed = (one: AgreedAdjustment, other: AgreedAdjustment | undefined): AgreedAdjustment =>
  'amount' in one && other !== undefined && 'amount' in other
    ? { ...one, amount: add(one.amount, other.amount) }
    : one

/** What is shared out by units over the locations of a split line; the same where it was not split. */
const splitTrace = (
  { spread }: TraceComposer,
  lines: readonly OrderLine[],
  index: number,
  whole: Trace,
): Trace => {
  const { splitFrom, id } = elementAt(lines, index)
  if (splitFrom === undefined) return whole
  const parts = lines.filter((line) => line.splitFrom === splitFrom)
  const shares = spread(
    whole,
    parts.map(({ id: part, quantity }) => ({ name: `line ${part}`, weight: String(quantity) })),
    { policy: 'largest_remainder' },
  )
  return elementAt(
    shares,
    parts.findIndex((part) => part.id === id),
  )
}

/** Where nothing is taxed, discounted or charged, a part comes to the sum of its lines. */
const tracePlainPart = (
  order: Order,
  ordered: TracedDocument,
  before: (line: OrderLine) => number,
  after: (line: OrderLine) => number,
): TracedDocument => {
  const { composer } = ordered
  const { sum, share, minorOf, limited } = composer
  const upTo = (index: number, name: string, units: number): Trace => {
    const line = elementAt(order.lines, index)
    if (units === line.quantity) return named(name, ordered.line(index))
    const { amount: price, per } = line.unitPrice
    const quantity = String(writeQuantity(units, line.unit))
    const net = share(name, {
      of: price,
      times: quantity,
      ...(per !== undefined && { over: String(per) }),
      words: `${price}${per === undefined ? '' : ` per ${per}`} x ${quantity}`,
      rounding: 'half_up',
    })
    return line.splitFrom === undefined || minorOf(net) <= toMinor(line.net)
      ? net
      : limited(name, 'least', [net, ordered.line(index)], 'no more than its part of the line that was split')
  }
  return {
    ...ordered,
    lines: order.lines.flatMap((line, index) => (after(line) === before(line) ? [] : [index])),
    line: (index) => {
      const line = elementAt(order.lines, index)
      const now = upTo(index, `line ${index + 1}`, after(line))
      if (before(line) === 0) return now
      const then = upTo(index, 'before', before(line))
      return sum(
        `line ${index + 1}`,
        [plus(named('so far', now)), less(then)],
        `${now.amount} so far, less ${then.amount} before`,
      )
    },
  }
}
