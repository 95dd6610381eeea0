import type { OrderManagementFor } from '../../app/order-management.js'
import type { Invoice } from '../../core/invoicing/invoice.js'
import type { Order } from '../../core/orders/order.js'
import { content, vat } from './shop-sales.js'
import { euros, inStatus, oneOf, type InputOf, type KnownRecords, type PlannedMove } from './workload.js'

const ofNet = { name: 'IRPF', percent: '15', on: 'net' as const }
const ofTax = { name: 'IVA', percent: '33.34', on: 'tax' as const }

const withheld = ({ pick, quantity }: PlannedMove) => {
  if (pick % 4 === 3) return []
  return pick % 2 === 0 ? [ofNet] : [{ ...ofNet, percent: `${quantity * 4}.5` }, ofTax]
}

const taxedLines = ({ lines, flag, quantity }: PlannedMove) =>
  lines.map((line, place) => ({
    ...line,
    ...(flag && { tax: vat((quantity + place) % 2 === 0 ? '19' : '7') }),
  }))

const withWithholding: InputOf = (move, known) => ({
  ...content(move, known),
  lines: taxedLines(move),
  withholdings: withheld(move),
})

/** What several orders share of an invoice is the same more often than not, so that they meet on one. */
const consolidated: InputOf = (move, known) => ({
  channel: 'web',
  currency: 'EUR',
  customer: known.idsOf('party')[move.pick % 5 === 0 ? 1 : 0] ?? 'nobody',
  lines: taxedLines(move),
  billing: 'consolidated',
  ...(move.pick % 3 !== 0 && { invoiceTrigger: 'on_order' }),
  ...(move.pick % 4 === 1 && { withholdings: [ofNet] }),
})

const waits = (state: unknown): boolean => {
  const { billing, status, lines, invoiceTrigger } = state as Order
  return (
    billing === 'consolidated' &&
    status !== 'draft' &&
    lines.some(({ quantity, canceled, shipped, invoiced }) =>
      invoiceTrigger === 'on_order' ? quantity - canceled > invoiced : shipped > invoiced,
    )
  )
}

/** Some of those that wait, of one customer or, now and then, of two. */
const together: InputOf = (move, known) => {
  const waiting = known.idsOf('order').filter((id) => waits(known.stateOf('order', id)))
  const [first] = waiting
  if (first === undefined) return { orders: [oneOf(known, 'order', move.pick)] }
  const payerOf = (id: string) => (known.stateOf('order', id) as Order).customer
  const shared = waiting.filter((id) => move.pick % 6 === 5 || payerOf(id) === payerOf(first))
  return { orders: shared.slice(0, 1 + move.quantity) }
}

const isWithheld = (state: unknown): boolean =>
  inStatus('issued')(state) && (state as Invoice).withholdings !== undefined

const isConsolidated = (state: unknown): boolean => (state as Invoice).parts !== undefined

const hasDifference = (state: unknown): boolean => (state as Invoice).differences !== undefined

/** An invoice of several orders, and which of them it is about. */
const partOf = (move: PlannedMove, known: KnownRecords) => {
  const invoice = oneOf(known, 'invoice', move.pick, isConsolidated)
  const { parts = [] } = (known.stateOf('invoice', invoice) ?? {}) as Partial<Invoice>
  const order = parts[move.quantity % Math.max(1, parts.length)]?.order
  return { invoice, ...(order !== undefined && { order }) }
}

/** Who claims what of a price: withheld taxes, and invoices of several orders. How often, and with what. */
export const claimCommands: Readonly<Record<string, readonly [often: number, inputOf: InputOf]>> = {
  'orders.place with withholding': [2, withWithholding],
  'orders.place consolidated': [5, consolidated],
  'parties.declareTaxes': [
    1,
    (move, known) => ({
      party: oneOf(known, 'party', move.pick),
      ...(move.flag && { withholdings: withheld(move) }),
    }),
  ],
  'invoices.recordWithholding': [
    3,
    (move, known) => ({
      invoice: oneOf(known, 'invoice', move.pick, isWithheld),
      certificate: `certificate-${move.pick}`,
      ...(move.flag && { amount: euros(move.quantity === 5 ? move.amount : '0.50') }),
    }),
  ],
  'invoices.claimWithheld': [
    1,
    (move, known) => ({ invoice: oneOf(known, 'invoice', move.pick, isWithheld), reason: 'no certificate' }),
  ],
  'invoices.writeOff': [
    1,
    (move, known) => ({
      invoice: oneOf(known, 'invoice', move.pick, inStatus('issued')),
      kind: 'write_off',
      ...(move.flag && { amount: euros(move.amount) }),
      reason: 'not worth asking for',
    }),
  ],
  'invoices.undoWriteOff': [
    1,
    (move, known) => {
      const invoice = oneOf(known, 'invoice', move.pick, hasDifference)
      const { differences = [] } = (known.stateOf('invoice', invoice) ?? {}) as Partial<Invoice>
      const { id = 'nothing' } = differences[move.quantity % Math.max(1, differences.length)] ?? {}
      return { invoice, difference: id, reason: 'it came after all' }
    },
  ],
  'invoices.billTogether': [4, together],
  'invoices.billConsolidated': [1, (move, known) => (move.flag ? {} : { customer: known.idsOf('party')[0] })],
  'invoices.credit of one order': [
    2,
    (move, known) => ({
      ...partOf(move, known),
      ...(move.flag && { lines: [{ line: 'L1', quantity: 1 }] }),
      reason: 'goodwill',
    }),
  ],
  'invoices.debit of one order': [
    1,
    (move, known) => ({
      ...partOf(move, known),
      corrections: [{ line: 'L1', amount: euros(move.amount) }],
      reason: 'priced too low',
    }),
  ],
  'payments.record for several orders': [
    2,
    (move, known) => ({
      amount: euros(move.amount),
      method: 'card',
      invoices: [{ invoice: oneOf(known, 'invoice', move.pick, isConsolidated) }],
    }),
  ],
}

/** A customer who withholds, with an order of which a part is billed and the rest is packed, and four orders that are billed together: two of them already. */
export const openClaims = async ({ orThrow }: OrderManagementFor): Promise<void> => {
  const { party: museum } = await orThrow.parties.register(
    { roles: ['customer'], name: 'The museum' },
    { idempotencyKey: 'the museum' },
  )
  await orThrow.parties.declareTaxes({ party: museum, withholdings: [ofNet, ofTax] })
  const { order } = await orThrow.orders.place(
    {
      channel: 'store',
      currency: 'EUR',
      customer: museum,
      lines: [{ sku: 'lamp', quantity: 3, tax: vat('19') }],
    },
    { idempotencyKey: 'the first with withholding' },
  )
  await orThrow.orders.confirm({ order })
  for (const quantity of [1, 2]) {
    const [planned] = (await orThrow.fulfillments.plan({ order, lines: [{ line: 'L1', quantity }] }))
      .fulfillments
    const { shipment } = await orThrow.fulfillments.pack({ fulfillment: planned?.fulfillment ?? '' })
    if (quantity === 1) await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
  }
  const orders: string[] = []
  for (const sku of ['tray', 'lamp', 'tray', 'lamp']) {
    const waiting = await orThrow.orders.place(
      {
        channel: 'store',
        currency: 'EUR',
        customer: museum,
        lines: [{ sku, quantity: 1, tax: vat('7') }],
        billing: 'consolidated',
        invoiceTrigger: 'on_order',
      },
      { idempotencyKey: `order ${orders.length + 1} that waits` },
    )
    orders.push(waiting.order)
  }
  await orThrow.invoices.billTogether({ orders: orders.slice(0, 2) })
}
