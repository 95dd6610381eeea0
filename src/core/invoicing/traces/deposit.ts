import { elementAt, present } from '../../invariant.js'
import { toMinor } from '../../money/money.js'
import type { Order } from '../../orders/order.js'
import { traceOrderPart } from '../../orders/trace-order.js'
import { unclaimedOf } from '../../orders/unclaimed.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import { less, plus, tracesIn } from '../../totals/traces/compose.js'
import { byTreatment } from '../../totals/deposit.js'
import type { Trace } from '../../totals/traces/trace.js'
import { remembered } from '../../totals/traces/remembered.js'
import { treatmentWords } from '../../totals/traces/traced-document.js'
import { traceNextClaim } from './claimed.js'
import { undeducted, type DocumentTraces, type PrintedDocument } from './document.js'
import { traceSums } from './sums.js'
import { traceWithheldClaim } from './withheld-claim.js'
import { traceBilledBefore, traceWithheldBase } from './withheld.js'

/**
 * Why the amounts of a deposit invoice are what they are: what was asked for, shared by what was left to be claimed under each tax treatment, and within it by net and
 * taxes. `order` is the order as it was before.
 */
export const traceDeposit = (document: PrintedDocument, order: Order): DocumentTraces => {
  const composer = tracesIn(document.currency)
  const { given, sum, spread } = composer
  const { totals, total, lines } = document
  const left = unclaimedOf(order).taxes
  const gross = totals === undefined ? toMinor(total) : toMinor(totals.net) + toMinor(totals.tax)
  const asked = given('deposit with tax', gross, 'as it was asked for or agreed')
  const treatments = totals?.taxes.map(({ treatment }) => treatment) ?? []

  const amountsUnder = remembered((key: string): readonly Trace[] => {
    const at = left.findIndex(({ treatment }) => treatmentKey(treatment) === key)
    const own = elementAt(left, at)
    const shares = spread(
      asked,
      left.map(({ treatment, base, tax }) => ({
        name: treatmentWords(treatment),
        weight: composer.write(base + tax),
      })),
      { compare: byTreatment(left) },
    )
    return spread(elementAt(shares, at), [
      { name: 'net', weight: composer.write(own.base) },
      ...own.amounts.map((amount, place) => ({
        name: elementAt(own.treatment.components, place).name,
        weight: composer.write(amount),
      })),
    ])
  })
  const base = (treatment: TaxTreatment): Trace => elementAt(amountsUnder(treatmentKey(treatment)), 0)
  const levied = (treatment: TaxTreatment, component: number): Trace =>
    elementAt(amountsUnder(treatmentKey(treatment)), component + 1)

  const {
    net,
    tax,
    gross: withTax,
  } = traceSums(composer, {
    treatments,
    nets: () => treatments.map(base),
    netRule: 'its shares under each tax treatment',
    levied,
  })
  const all = (): Trace => (totals === undefined ? asked : withTax())
  const due = (): Trace => traceNextClaim(order, all(), composer)
  const sumOf: DocumentTraces['sum'] = (amount) => {
    if (amount === 'lineNet' || amount === 'net') return net()
    if (amount === 'tax') return tax()
    if (amount === 'gross') return all()
    if (amount !== 'rounding') return given(amount, 0n, 'a deposit has no discounts and charges of its own')
    return sum('rounding', [plus(due()), less(all())], 'what it claims - total with tax')
  }

  return {
    composer,
    line: (place) => {
      const { tax: treatment } = present(lines[place], 'a line of a document has its place')
      return treatment === undefined ? asked : base(treatment)
    },
    share: () => given('no share', 0n, 'a deposit has no discounts of its own'),
    sum: sumOf,
    adjustment: () => given('no discount', 0n, 'a deposit has no discounts and charges of its own'),
    base,
    levied,
    total: due,
    deduction: undeducted,
    withheld: (place) => {
      const withholding = present(document.withholdings?.[place], 'a withholding has its place')
      const own = (): Trace => traceWithheldBase(withholding, document, { sum: sumOf, total: all })
      const billed = (): Trace | undefined =>
        traceBilledBefore(
          traceOrderPart(
            order,
            () => 0,
            ({ invoiced }) => invoiced,
          ),
          withholding,
          document,
        )
      return {
        base: own,
        amount: () => traceWithheldClaim(order, { withholding, claim: own(), billed: billed() }, composer),
      }
    },
  }
}
