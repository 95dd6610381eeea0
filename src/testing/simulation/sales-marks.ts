import { creditNoteKind, type CreditNote } from '../../core/invoicing/credit-note.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { isPositive } from '../../core/money/money.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { paymentKind, type Payment } from '../../core/payments/payment.js'
import { promotionUsesKind, type PromotionUses } from '../../core/promotions/promotion-uses.js'
import { causeOf, type Shadow } from './shadow.js'

/** What came about in what was sold and billed, by name: a rule that nothing ever came near is not proven. */
export const salesMarksOf = (shadow: Shadow): ReadonlySet<string> =>
  new Set([
    ...statesOf<Order>(shadow, orderKind.name).flatMap(marksOfOrder),
    ...[...shadow.records.ofKind(invoiceKind.name)].flatMap((record) =>
      marksOfInvoice(record.state as Invoice, causeOf(record)),
    ),
    ...statesOf<CreditNote>(shadow, creditNoteKind.name).flatMap(marksOfNote),
    ...statesOf<Payment>(shadow, paymentKind.name).flatMap(marksOfPayment),
    ...when(
      [...shadow.records.ofKind(paymentKind.name)].some(({ events }) =>
        events.some(({ type }) => type === 'PaymentGivenForExchange'),
      ),
      'money exchanged when it was applied',
    ),
    ...statesOf<PromotionUses>(shadow, promotionUsesKind.name).flatMap(marksOfUses),
  ])

const statesOf = <State>({ records }: Shadow, kind: string): readonly State[] =>
  [...records.ofKind(kind)].map(({ state }) => state as State)

const when = (cameAbout: boolean, name: string): readonly string[] => (cameAbout ? [name] : [])

const marksOfOrder = (order: Order): readonly string[] => {
  const { lines, promotions = [], totals, calculation, status, cancellation } = order
  const isPlaced = order.placedOn !== undefined
  return [
    ...when(
      lines.some(({ listed }) => listed !== undefined),
      'a price from a list',
    ),
    ...when(
      lines.some(({ listed }) => listed?.tiers !== undefined),
      'a price over several tiers',
    ),
    ...when(
      status === 'canceled' && isPlaced && promotions.some(({ returnsUses }) => returnsUses === true),
      'a use given back',
    ),
    ...when(
      lines.some(({ lost }) => lost !== undefined),
      'a lost parcel that is still claimed',
    ),
    ...when(cancellation === 'lost', 'an order canceled with its lost parcel'),
    ...when(calculation?.prices === 'gross' && totals !== undefined, 'an order whose prices contain the tax'),
  ]
}

const marksOfInvoice = (invoice: Invoice, cause: string): readonly string[] => {
  const { kind, status, totals, deducted, returned, differences, parts, withholdings } = invoice
  if (status === 'voided') return [voidedMark(invoice)]
  return [
    ...when(kind === undefined && (totals?.taxes.length ?? 0) > 1, 'an invoice with several tax rates'),
    ...when(kind === 'debit', 'a debit note'),
    ...when(deducted !== undefined, 'a deposit that was deducted'),
    ...when((deducted?.length ?? 0) > 1, 'several deposits deducted at once'),
    ...when(kind === 'deposit', `a deposit by ${cause}`),
    ...when(kind === 'deposit' && returned !== undefined, 'a deposit that is owed back'),
    ...when(differences !== undefined, 'a difference let go'),
    ...when(
      differences?.some((difference) => difference.kind === 'early_payment_discount') === true,
      'a discount for early payment',
    ),
    ...when(parts !== undefined, `an invoice of several orders by ${cause}`),
    ...when(withholdings !== undefined && parts !== undefined, 'tax withheld of several orders'),
    ...when(withholdings !== undefined && kind === 'debit', 'tax withheld of a debit note'),
    ...when(invoice.withheldClaimed === true, 'withheld tax that is claimed after all'),
    ...when(
      differences?.some((difference) => difference.kind === 'withholding') === true,
      'a certificate of withheld tax',
    ),
    ...when(
      parts?.some(({ credited }) => isPositive(credited)) === true && isPositive(invoice.paid),
      'an invoice of several orders, paid and credited',
    ),
    ...when(parts !== undefined && differences !== undefined, 'a difference let go of several orders'),
  ]
}

const voidedMark = ({ kind, parts }: Invoice): string => {
  if (parts !== undefined) return 'an invoice of several orders that was voided'
  return kind === 'deposit' ? 'a deposit that was voided' : 'an invoice that was voided'
}

const marksOfNote = ({ kind, invoice, totals, withholdings }: CreditNote): readonly string[] => [
  ...when(withholdings !== undefined, 'a credit of what was withheld'),
  ...when(kind === 'deposit', 'a deposit that was credited'),
  ...when(invoice !== undefined && kind === undefined && totals !== undefined, 'a credit with tax'),
  ...when(invoice === undefined && totals === undefined, 'a credit without invoice'),
  ...when(invoice === undefined && totals !== undefined, 'a credit without invoice, with tax'),
]

const marksOfPayment = ({ exchange, applied, refunded }: Payment): readonly string[] => [
  ...when(exchange !== undefined && applied.length > 0, 'an invoice paid in another currency'),
  ...when(exchange?.difference !== undefined && isPositive(exchange.difference), 'a gain from an exchange'),
  ...when(exchange?.difference !== undefined && !isPositive(exchange.difference), 'a loss from an exchange'),
  ...when(exchange !== undefined && isPositive(refunded), 'money of another currency paid back'),
]

const marksOfUses = ({ promotion, customer, uses }: PromotionUses): readonly string[] => [
  // The coupon that the shop gives to two orders.
  ...when(promotion === 'few' && uses === 2, 'a promotion that was used up'),
  ...when(customer !== undefined, 'a promotion that a customer has used'),
]
