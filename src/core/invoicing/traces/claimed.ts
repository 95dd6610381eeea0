import { present } from '../../invariant.js'
import { subtract, sumOf, toMinor, zero } from '../../money/money.js'
import type { Order } from '../../orders/order.js'
import { orderPart } from '../../orders/order-part.js'
import { standingDeposits } from '../../orders/unclaimed.js'
import { again, less, plus } from '../../totals/traces/compose.js'
import type { DepositPart } from '../../totals/deposit.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { DocumentTraces, TracedDeduction } from './document.js'
import { netOf, taxOf } from './in-deduction.js'

/**
 * Why an invoice with deposits comes to what it does where what is due is rounded to coins: so that all claims of the order together are what coins can pay. `order` is
 * the order as it was before.
 */
export const traceClaimed = (
  order: Order,
  deducted: readonly DepositPart[],
  billed: Pick<DocumentTraces, 'composer' | 'sum'>,
  deductions: readonly TracedDeduction[],
): { readonly total: () => Trace; readonly rounding: () => Trace } => {
  const { composer } = billed
  const { sum } = composer
  const own = (): Trace =>
    sum(
      'total with tax less deposits',
      [
        plus(billed.sum('gross')),
        ...deducted.flatMap((part, at) => {
          const deduction = present(deductions[at], 'each deposit has its deduction')
          return [less(netOf(part, composer, deduction)), less(taxOf(part, composer, deduction))]
        }),
      ],
      'total with tax, less what deposit invoices claimed of it before',
    )
  const total = (): Trace =>
    sum(
      'total',
      [
        plus(traceNextClaim(order, own(), composer)),
        ...deductions.map((deduction) => plus(deduction.amount())),
      ],
      'what it claims, with what deposit invoices claimed of it before',
    )
  return {
    total,
    rounding: () =>
      sum('rounding', [plus(total()), less(again(billed.sum('gross')))], 'total - total with tax'),
  }
}

/** What a further document claims that adds so much with tax: what makes the sum of all claims of the order what coins can pay, and never less than nothing. */
export const traceNextClaim = (
  order: Order,
  own: Trace,
  { given, sum, share, limited, minorOf }: DocumentTraces['composer'],
): Trace => {
  const coins = order.calculation?.cashRounding
  if (coins === undefined) return own
  const { currency, invoiced, debited = zero(currency) } = order
  const standing = standingDeposits(order)
  const billed = present(
    orderPart(
      order,
      () => 0,
      (line) => line.invoiced,
    ),
    'what is rounded to coins is calculated',
  ).gross
  const deposits = standing.reduce((all, { net, tax }) => all + toMinor(net) + toMinor(tax), 0n)
  const claimed = sum(
    'claimed with tax so far',
    [
      ...(billed === 0n ? [] : [plus(given('billed before', billed, 'with tax, before coins'))]),
      ...(deposits === 0n
        ? []
        : [plus(given('deposits', deposits, 'with tax, before coins, what stands of them'))]),
      plus(own),
    ],
    'by all documents of the order',
  )
  const due = share('in coins', {
    of: claimed,
    times: '1',
    rounding: coins.mode,
    step: BigInt(coins.step),
  })
  const invoices = toMinor(subtract(invoiced, debited))
  const asked = toMinor(
    sumOf(
      standing.map(({ amount }) => amount),
      currency,
    ),
  )
  const claim = sum(
    'amount due',
    [
      plus(due),
      ...(invoices === 0n ? [] : [less(given('invoices before', invoices, 'what they came to in coins'))]),
      ...(asked === 0n ? [] : [less(given('deposit invoices', asked, 'what stands of them in coins'))]),
    ],
    'what all documents come to in coins, less what the others do',
  )
  return minorOf(own) >= 0n && minorOf(claim) < 0n
    ? limited(
        'amount due',
        'greatest',
        [given('nothing', 0n, 'the least that is claimed'), claim],
        'never less than nothing',
      )
    : claim
}
