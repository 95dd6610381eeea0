import assert from 'node:assert/strict'
import { retailRules } from '../data/online-retail-rules.js'
import type { RetailInvoice, RetailLine } from '../data/online-retail.js'
import type { CommandTally } from '../command-tally.js'
import type { Staff } from '../demo-books.js'
import { inFlight } from '../in-flight.js'

const atOnce = 128

/** Our invoice of each invoice number of the file: what cancellations need to find what they undo. */
export type InvoiceIds = Map<string, string>

interface Sale {
  readonly number: string
  readonly invoice: RetailInvoice
  readonly lines: readonly RetailLine[]
  order: string
  shipment: string
}

/**
 * Takes a stretch of invoices from order to cash, all on the day of the invoice: place, confirm, plan, pick, pack, ship and bill, pay by card,
 * deliver. Every step takes them in the order of the file, so that numbers follow the calendar.
 */
export const sell = async (
  invoices: readonly RetailInvoice[],
  { sales, warehouse, accounts }: Staff,
  tally: CommandTally,
  ids: InvoiceIds,
): Promise<void> => {
  const stretch = invoices.flatMap(saleOf)

  const place = async (sale: Sale): Promise<void> => {
    const placed = await sales.orders.place(contentOf(sale), keyOf('place', sale))
    sale.order = tally.value(placed, `order ${sale.number}`).order
  }
  const prepare = async (sale: Sale): Promise<void> => {
    const { order, number } = sale
    tally.value(await sales.orders.confirm({ order }, keyOf('confirm', sale)), `confirmation of ${number}`)
    const planned = tally.value(
      await warehouse.fulfillments.plan({ order }, keyOf('plan', sale)),
      `work on ${number}`,
    )
    const work = { fulfillment: planned.fulfillments[0]?.fulfillment ?? '' }
    tally.value(await warehouse.fulfillments.pick(work, keyOf('pick', sale)), `picking of ${number}`)
    const packed = await warehouse.fulfillments.pack(work, keyOf('pack', sale))
    sale.shipment = tally.value(packed, `packing of ${number}`).shipment
  }
  const ship = async (sale: Sale): Promise<void> => {
    const { number, shipment } = sale
    const shippedOn = sale.invoice.invoicedOn
    const shipped = await warehouse.shipments.ship(
      { shipment, carrier: 'parcel service', shippedOn },
      keyOf('ship', sale),
    )
    const { invoice, total } = tally.value(shipped, `shipment of ${number}`)
    assert(invoice !== undefined && total !== undefined, 'goods are billed as they leave')
    ids.set(number, invoice)
    if (total.amount !== '0.00') {
      const payment = { amount: total, method: 'card', receivedOn: shippedOn, invoices: [{ invoice }] }
      tally.value(await accounts.payments.record(payment, keyOf('pay', sale)), `payment of ${number}`)
    }
    const delivered = await warehouse.shipments.deliver(
      { shipment, deliveredOn: shippedOn },
      keyOf('deliver', sale),
    )
    tally.value(delivered, `delivery of ${number}`)
  }

  for (const step of [place, prepare, ship]) await inFlight(atOnce, stretch, step)
}

/** An invoice without a line that is sold is no order. */
const saleOf = (invoice: RetailInvoice): readonly Sale[] => {
  const lines = invoice.lines.filter(({ rule }) => retailRules[rule].treatment === 'order')
  return lines.length === 0 ? [] : [{ number: invoice.number, invoice, lines, order: '', shipment: '' }]
}

const keyOf = (step: string, { number }: Sale) => ({ idempotencyKey: `${step}:${number}` })

const contentOf = ({ number, invoice, lines }: Sale) => ({
  channel: 'web',
  reference: number,
  ...(invoice.customer !== undefined && { customer: invoice.customer }),
  currency: 'GBP',
  orderedOn: invoice.invoicedOn,
  payment: { method: 'card', terms: 'on_account' as const },
  metadata: { country: invoice.country, time: invoice.invoicedAt },
  lines: lines.map(({ line, stockCode, quantity, unitPrice }) => ({
    // The line of the file, so that a cancellation can name it.
    id: String(line),
    sku: stockCode,
    quantity,
    unitPrice: { amount: unitPrice, currency: 'GBP' },
  })),
})
