import { elementAt, present } from '../../invariant.js'
import { treatmentKey, type TaxTreatment } from '../../tax/tax-treatment.js'
import { untaxed } from '../../totals/stored-totals.js'
import { named, plus, tracesIn } from '../../totals/traces/compose.js'
import type { Trace } from '../../totals/traces/trace.js'
import type { BilledPart, Invoice } from '../invoice.js'
import { traceAt } from './at.js'
import { undeducted, type DocumentTraces, type PrintedDocument } from './document.js'

/** What is billed of an order of a consolidated invoice, and why. */
export interface TracedOrder {
  readonly part: BilledPart
  /** The part as an invoice of its order alone. */
  readonly document: PrintedDocument
  readonly traces: DocumentTraces
}

/** Why the amounts of a consolidated invoice are what they are: nothing is computed but the sum of its orders, each as if it had an invoice of its own. */
export const traceConsolidated = (invoice: Invoice, orders: readonly TracedOrder[]): DocumentTraces => {
  const composer = tracesIn(invoice.currency)
  const ofEach = (
    name: string,
    traceOf: (order: TracedOrder, firstAdjustment: number) => Trace | undefined,
  ): Trace => {
    let firstAdjustment = 0
    const terms = orders.flatMap((order) => {
      const trace = traceOf(order, firstAdjustment)
      firstAdjustment += order.part.adjustments
      return trace === undefined
        ? []
        : [plus(named(`${trace.name} of order ${order.part.orderNumber}`, trace))]
    })
    return composer.sum(name, terms, 'the sum of what is billed of its orders, each computed by itself')
  }
  const isTaxed = ({ document }: TracedOrder, treatment: TaxTreatment): boolean =>
    (document.totals?.taxes ?? []).some((tax) => treatmentKey(tax.treatment) === treatmentKey(treatment))
  const lines = orders.flatMap((order) =>
    Array.from({ length: order.part.lines }, (_, own) => ({ order, own })),
  )
  return {
    composer,
    line: (place) => {
      const { order, own } = elementAt(lines, place)
      return named(`line ${place + 1}`, order.traces.line(own))
    },
    share: (place, adjustment) => {
      const { order, own } = elementAt(lines, place)
      return order.traces.share(own, adjustment)
    },
    withTax: (place) => {
      const { order, own } = elementAt(lines, place)
      const withTax = present(order.traces.withTax, 'a line with tax is one of an order with such lines')
      return named(`line ${place + 1} with tax`, withTax(own))
    },
    sum: (amount) => ofEach(amount, ({ document, traces }) => traceAt(document, traces, [amount])),
    adjustment: (index, treatment) =>
      ofEach('discount or charge', ({ part, document, traces }, first) => {
        const own = index - first
        const isOwn = own >= 0 && own < part.adjustments
        return isOwn && isTaxedBy(document, own, treatment) ? traces.adjustment(own, treatment) : undefined
      }),
    base: (treatment) =>
      ofEach('taxable amount', (order) => {
        if (isTaxed(order, treatment)) return order.traces.base(treatment)
        const isPlain = order.document.totals === undefined
        return isPlain && treatmentKey(treatment) === treatmentKey(untaxed) ? order.traces.total() : undefined
      }),
    levied: (treatment, component) =>
      ofEach('tax', (order) =>
        isTaxed(order, treatment) ? order.traces.levied(treatment, component) : undefined,
      ),
    total: () => ofEach('consolidated invoice', ({ traces }) => traces.total()),
    deduction: undeducted,
    part: (place) => orders[place],
    withheld: (place) => {
      const { name, percent, on } = present(invoice.withholdings?.[place], 'a withholding has its place')
      const withheldOf = ({ document, traces }: TracedOrder) => {
        const at = (document.withholdings ?? []).findIndex(
          (one) => one.name === name && one.percent === percent && one.on === on,
        )
        return at < 0 ? undefined : traces.withheld(at)
      }
      return {
        base: () => ofEach('what is withheld of', (order) => withheldOf(order)?.base()),
        amount: () => ofEach(`withheld, ${name} ${percent}%`, (order) => withheldOf(order)?.amount()),
      }
    },
  }
}

const isTaxedBy = ({ totals }: PrintedDocument, index: number, treatment: TaxTreatment): boolean =>
  present(totals, 'an order with discounts or charges has totals').adjustments.some(
    (one) => one.index === index && treatmentKey(one.tax) === treatmentKey(treatment),
  )
