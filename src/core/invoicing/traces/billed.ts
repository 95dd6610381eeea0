import { present } from '../../invariant.js'
import type { Order } from '../../orders/order.js'
import type { OrderLine } from '../../orders/order-line.js'
import { traceOrderPart } from '../../orders/trace-order.js'
import { traceDeductions } from './deductions.js'
import { traceClaimed } from './claimed.js'
import { tracesOf, type DocumentTraces, type PrintedDocument } from './document.js'
import { plainTraces } from './plain.js'
import { traceWithheldBetween } from './withheld.js'
import { traceWithheldWithDeposits } from './withheld-with-deposits.js'

/**
 * Why the amounts of an invoice of units of an order are what they are, or those of a proforma: each is what all units billed up to it come to, less what was billed
 * before. `order` is the order as it was before the document.
 */
export const traceBilled = (document: PrintedDocument, order: Order): DocumentTraces => {
  const { lines, deducted = [], withholdings = [] } = document
  const own = new Map<string, number>()
  for (const { line, quantity } of lines) own.set(line, (own.get(line) ?? 0) + quantity)
  const before = ({ invoiced }: OrderLine): number => invoiced
  const after = (line: OrderLine): number => line.invoiced + (own.get(line.id) ?? 0)
  const traced = traceOrderPart(order, before, after)
  const earlier = traceOrderPart(order, () => 0, before)
  const placeOf = (place: number): number => {
    const { line } = present(lines[place], 'a line of a document has its place')
    return order.lines.findIndex(({ id }) => id === line)
  }
  const calculated =
    document.totals === undefined
      ? plainTraces(document, (place) => traced.line(placeOf(place)))
      : tracesOf(traced, placeOf)
  const deductions = traceDeductions(deducted, order, calculated)
  const isInCoins = order.depositInvoices !== undefined && order.calculation?.cashRounding !== undefined
  const claimed = isInCoins ? traceClaimed(order, deducted, calculated, deductions) : undefined
  const total = claimed?.total ?? calculated.total
  return {
    ...calculated,
    ...(claimed !== undefined && {
      sum: (amount) => (amount === 'rounding' ? claimed.rounding() : calculated.sum(amount)),
    }),
    total,
    deduction: (place) => present(deductions[place], 'a deduction has its place'),
    withheld: (place) =>
      order.depositInvoices === undefined
        ? traceWithheldBetween(
            present(withholdings[place], 'a withholding has its place'),
            document,
            { ...calculated, total },
            order.calculation,
            earlier,
          )
        : traceWithheldWithDeposits(
            present(withholdings[place], 'a withholding has its place'),
            document,
            order,
            { ...calculated, total },
            deductions,
            earlier,
          ),
  }
}
