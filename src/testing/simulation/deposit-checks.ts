import type { Invoice } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { toMinor } from '../../core/money/money.js'
import { triggerOf } from '../../core/orders/billable.js'
import type { DepositFact, DepositsAgreed } from '../../core/orders/deposit-input.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { causeOf, type Shadow } from './shadow.js'

/** The commands by which an agreed deposit is claimed. */
const factOf: Readonly<Record<string, DepositFact>> = {
  'orders.place': 'order',
  'orders.placeDraft': 'order',
  'orders.confirm': 'confirmation',
}

/** F101: each deposit that is agreed with an order is claimed with its fact, once, and comes to what was agreed. Answers what does not agree. */
export const checkAgreedDeposits = (shadow: Shadow): readonly string[] => {
  const claimed = new Map<string, Invoice[]>()
  const claimedAlone = new Set<string>()
  for (const record of shadow.records.ofKind(invoiceKind.name)) {
    const invoice = record.state as Invoice
    if (invoice.kind !== 'deposit') continue
    const fact = factOf[causeOf(record)]
    if (fact === undefined) claimedAlone.add(invoice.order ?? '')
    const name = `${invoice.order ?? ''} ${fact ?? ''}`
    claimed.set(name, [...(claimed.get(name) ?? []), invoice])
  }
  return [...shadow.records.ofKind(orderKind.name)].flatMap((record) => {
    const order = record.state as Order
    const isPure = !claimedAlone.has(order.id) && order.lines.every((line) => line.canceled === 0)
    const came = new Set(record.events.map(({ type }) => type))
    const isDue = { order: came.has('OrderPlaced'), confirmation: came.has('OrderConfirmed') }
    return (['order', 'confirmation'] as const).flatMap((fact) =>
      checkFact(order, fact, claimed.get(`${order.id} ${fact}`) ?? [], {
        isDue: isDue[fact] && order.lines.every((line) => triggerOf(order, line) !== 'on_order'),
        isPure: isPure || (fact === 'order' && order.lines.every((line) => line.canceled === 0)),
      }),
    )
  })
}

const checkFact = (
  order: Order,
  fact: DepositFact,
  invoices: readonly Invoice[],
  { isDue, isPure }: { readonly isDue: boolean; readonly isPure: boolean },
): readonly string[] => {
  const agreed = order.depositOn?.[fact]
  const [invoice, ...others] = invoices
  if (others.length > 0) return [`F101 the deposit on ${fact} of order ${order.id} was claimed again`]
  if (agreed === undefined)
    return invoice === undefined ? [] : [`F101 order ${order.id} has a deposit on ${fact} that nobody agreed`]
  const due = shareOf(order, agreed)
  const total = invoice === undefined ? 0n : toMinor(invoice.total)
  // What is claimed last is what is left, which rounding may have made a cent less.
  const least = fact === 'order' || !isPure ? due : due - 1n
  if (total > due) return [`F101 ${total} were claimed on ${fact} of order ${order.id}, and ${due} agreed`]
  return isDue && isPure && total < least
    ? [`F101 ${total} of ${due} were claimed on ${fact} of order ${order.id}`]
    : []
}

/** Half up, of the price with tax. */
const shareOf = ({ total }: Order, agreed: NonNullable<DepositsAgreed[DepositFact]>): bigint => {
  if ('amount' in agreed) return toMinor(agreed.amount)
  const [whole = '0', fraction = ''] = agreed.percent.split('.')
  const denominator = 100n * 10n ** BigInt(fraction.length)
  return (2n * toMinor(total) * BigInt(whole + fraction) + denominator) / (2n * denominator)
}
