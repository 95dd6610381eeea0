import { fulfillmentKind, type Fulfillment } from '../../core/fulfillment/fulfillment.js'
import { creditNoteKind, type CreditNote } from '../../core/invoicing/credit-note.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import { invoiceKind } from '../../core/invoicing/invoice-kind.js'
import { ordersOf, partOf } from '../../core/invoicing/invoice-parts.js'
import { stockKind, type StockLevel } from '../../core/inventory/stock-level.js'
import { toMinor, type Money } from '../../core/money/money.js'
import { orderKind, type Order } from '../../core/orders/order.js'
import { paymentKind, type Payment } from '../../core/payments/payment.js'
import { eventsOf, type Shadow } from './shadow.js'

/**
 * Adds everything up once more, from the events themselves and across records, with nothing of the engine's own arithmetic: what goods did (ST1), what
 * money did (PY2, MO7), and what was billed and credited of each line (OQ4, OQ5, MO6). Answers what does not agree.
 */
export const checkLedgers = (shadow: Shadow): readonly string[] => [
  ...checkGoods(shadow),
  ...checkMoney(shadow),
  ...checkBills(shadow),
  ...checkWork(shadow),
]

interface AnyEvent {
  readonly type: string
  readonly quantity?: number
  readonly amount?: Money
  readonly invoice?: string
}

const goodsMoved: Readonly<Record<string, number>> = {
  StockReceived: 1,
  StockAdjusted: 1,
  StockTransferredIn: 1,
  StockTransferredOut: -1,
  StockShipped: -1,
  StockScrapped: -1,
}

const corrected = 'StockCorrected'

/** ST1. A level that was put right by an audit has its own reasons. */
const checkGoods = (shadow: Shadow): readonly string[] =>
  [...shadow.records.ofKind(stockKind.name)].flatMap((record) => {
    const { sku, onHand } = record.state as StockLevel
    let sum = 0
    for (const { type, quantity = 0 } of eventsOf<AnyEvent>(record)) {
      if (type === corrected) return []
      sum += (goodsMoved[type] ?? 0) * quantity
    }
    return sum === onHand ? [] : [`ST1 ${onHand} of ${sku} are on hand, the movements say ${sum}`]
  })

const minor = (money: Money | undefined): bigint => (money === undefined ? 0n : toMinor(money))

/** PY2 and MO7: no payment gives more than it was, and what payments gave is what invoices got. */
const checkMoney = (shadow: Shadow): readonly string[] => {
  const broken: string[] = []
  const given = new Map<string, bigint>()
  for (const record of shadow.records.ofKind(paymentKind.name)) {
    const { id, amount } = record.state as Payment
    let spent = 0n
    for (const { type, amount: moved, invoice = '' } of eventsOf<AnyEvent>(record)) {
      const sign = type === 'PaymentTakenBack' ? -1n : 1n
      if (type === 'PaymentExchanged' && spent > 0n)
        broken.push(`MO11 payment ${id} was exchanged after ${spent} of it were spent`)
      if (type === 'PaymentRefunded') spent += minor(moved)
      if (type !== 'PaymentApplied' && type !== 'PaymentTakenBack') continue
      spent += sign * minor(moved)
      given.set(invoice, (given.get(invoice) ?? 0n) + sign * minor(moved))
    }
    if (spent > minor(amount)) broken.push(`PY2 payment ${id} gave ${spent} of ${minor(amount)}`)
  }
  for (const record of shadow.records.ofKind(invoiceKind.name)) {
    const { id, paid } = record.state as Invoice
    const got = given.get(id) ?? 0n
    if (got !== minor(paid)) broken.push(`MO7 invoice ${id} got ${minor(paid)}, payments gave ${got}`)
  }
  return broken
}

/** OQ4, OQ5, MO6: what a line counts as billed and credited is what its documents say. */
const checkBills = (shadow: Shadow): readonly string[] => {
  const broken: string[] = []
  const billed = new Map<string, number>()
  const credited = new Map<string, number>()
  const creditedOf = new Map<string, bigint>()
  const count = (
    sums: Map<string, number>,
    order: string,
    lines: readonly { readonly line: string; readonly quantity: number }[],
  ) => {
    for (const { line, quantity } of lines)
      sums.set(`${order}/${line}`, (sums.get(`${order}/${line}`) ?? 0) + quantity)
  }
  for (const { state } of shadow.records.ofKind(invoiceKind.name)) {
    const invoice = state as Invoice
    // The units of a debit note are none that the order still has to bill.
    if (invoice.status === 'voided' || invoice.kind === 'debit') continue
    for (const order of ordersOf(invoice)) count(billed, order, partOf(invoice, order)?.lines ?? [])
  }
  for (const { state } of shadow.records.ofKind(creditNoteKind.name)) {
    const { order, invoice, lines, total, kind } = state as CreditNote
    if (order !== undefined && kind !== 'debit') count(credited, order, lines)
    if (invoice !== undefined) creditedOf.set(invoice, (creditedOf.get(invoice) ?? 0n) + minor(total))
  }
  for (const { state } of shadow.records.ofKind(orderKind.name)) {
    const order = state as Order
    for (const line of order.lines) {
      const name = `${order.id}/${line.id}`
      if (line.invoiced !== (billed.get(name) ?? 0))
        broken.push(
          `OQ4 line ${name} counts ${line.invoiced} as billed, its invoices ${billed.get(name) ?? 0}`,
        )
      if (line.credited !== (credited.get(name) ?? 0))
        broken.push(
          `OQ5 line ${name} counts ${line.credited} as credited, its notes ${credited.get(name) ?? 0}`,
        )
    }
  }
  for (const { state } of shadow.records.ofKind(invoiceKind.name)) {
    const { id, credited: counted } = state as Invoice
    const noted = creditedOf.get(id) ?? 0n
    if (noted !== minor(counted))
      broken.push(`MO6 invoice ${id} counts ${minor(counted)} as credited, its notes ${noted}`)
  }
  return broken
}

const finished = new Set(['handed_over', 'canceled'])

/** OQ9: what a line counts as worked on is what fulfillments work on. */
const checkWork = (shadow: Shadow): readonly string[] => {
  const worked = new Map<string, number>()
  for (const { state } of shadow.records.ofKind(fulfillmentKind.name)) {
    const { order, lines, status } = state as Fulfillment
    if (finished.has(status)) continue
    for (const { line, quantity } of lines)
      worked.set(`${order}/${line}`, (worked.get(`${order}/${line}`) ?? 0) + quantity)
  }
  return [...shadow.records.ofKind(orderKind.name)].flatMap(({ state }) => {
    const { id, lines } = state as Order
    return lines.flatMap((line) => {
      const due = worked.get(`${id}/${line.id}`) ?? 0
      return due === line.planned
        ? []
        : [`OQ9 line ${id}/${line.id} counts ${line.planned} as planned, its work ${due}`]
    })
  })
}
