import type { CommandInput, OrderManagementFor } from 'orderwright'
import { freshKey } from '../desk.js'
import { euros } from './shelves.js'

type Doing = OrderManagementFor['orThrow']

/** An order at each stage of its way, its documents, and money. */
export interface Sales {
  readonly draft: string
  readonly placed: string
  readonly sourced: string
  readonly onHold: string
  readonly orderHold: string
  readonly confirmed: string
  readonly planned: string
  readonly fulfillment: string
  readonly packed: string
  readonly shipment: string
  /** Shipped and invoiced, not paid. */
  readonly shipped: string
  readonly shippedShipment: string
  readonly invoice: string
  readonly lostShipment: string
  readonly creditNote: string
  /** An invoice with a write-off, and its name. */
  readonly forgiven: string
  readonly difference: string
  /** Of which something is withheld. */
  readonly withheld: string
  readonly payment: string
  readonly entry: string
  readonly matchedEntry: string
  readonly statement: string
}

export const address = { name: 'Lin Weber', street: 'Ring 1', city: 'Vienna', country: 'AT' }

export const content = {
  channel: 'web',
  currency: 'EUR',
  customer: 'C-1',
  lines: [{ sku: 'MUG', quantity: 2 }],
} satisfies CommandInput<'orders', 'place'>

export const openSales = async (oms: Doing): Promise<Sales> => {
  await oms.parties.register(
    {
      id: 'C-1',
      roles: ['customer'],
      name: 'Lin Weber',
      email: 'lin@example.org',
      addresses: [{ id: 'home', address }],
    },
    freshKey(),
  )
  for (const party of ['C-2', 'C-3'])
    await oms.parties.register({ id: party, roles: ['customer'] }, freshKey())
  await oms.parties.stopOrders({ party: 'C-3', orders: 'hold', reason: 'credit' })
  await oms.inventory.notifyWhenBack({ sku: 'VASE', party: 'C-1' })
  await oms.prices.defineList({
    list: 'retail',
    name: 'Retail',
    currency: 'EUR',
    items: [{ sku: 'MUG', price: euros('11.00') }],
  })
  await oms.promotions.define({
    promotion: 'SPRING',
    name: 'Spring',
    benefit: { kind: 'percentage', percent: '10' },
    coupon: 'SPRING10',
  })
  return { ...(await openOrders(oms)), ...(await openBank(oms)) }
}

const openOrders = async (oms: Doing) => {
  const place = async (agreed: CommandInput<'orders', 'place'> = content) =>
    (await oms.orders.place(agreed, freshKey())).order
  const confirm = async (agreed: CommandInput<'orders', 'place'> = content) => {
    const order = await place(agreed)
    await oms.orders.confirm({ order })
    return order
  }
  const plan = async (agreed: CommandInput<'orders', 'place'> = content) => {
    const order = await confirm(agreed)
    const { fulfillments } = await oms.fulfillments.plan({ order })
    return { order, fulfillment: fulfillments[0]?.fulfillment ?? '' }
  }
  const pack = async (agreed: CommandInput<'orders', 'place'> = content) => {
    const { order, fulfillment } = await plan(agreed)
    return { order, shipment: (await oms.fulfillments.pack({ fulfillment })).shipment }
  }
  const ship = async (agreed: CommandInput<'orders', 'place'> = content) => {
    const { order, shipment } = await pack(agreed)
    const { invoice = '' } = await oms.shipments.ship({ shipment, carrier: 'Parcel Post' })
    return { order, shipment, invoice }
  }
  const { order: draft } = await oms.orders.capture(content, freshKey())
  const { order: sourced } = await oms.orders.place({ ...content, sourcing: { by: 'nearest' } }, freshKey())
  const onHold = await place()
  const { hold } = await oms.orders.hold({ order: onHold, reason: 'other' }, freshKey())
  const { order: planned, fulfillment } = await plan()
  const { order: packed, shipment } = await pack()
  const shipped = await ship()
  const lost = await ship()
  await oms.shipments.reportLost({ shipment: lost.shipment, reason: 'not-found' })
  const { creditNote } = await oms.invoices.credit(
    { invoice: lost.invoice, lines: [{ line: 'L1', quantity: 1 }], reason: 'lost' },
    freshKey(),
  )
  const { invoice: forgiven } = await ship()
  const { difference } = await oms.invoices.writeOff(
    { invoice: forgiven, kind: 'write_off', amount: euros('1.00'), reason: 'cents' },
    freshKey(),
  )
  const { invoice: withheld } = await ship({
    ...content,
    withholdings: [{ name: 'Retencion', percent: '15', on: 'net' }],
  })
  const { payment } = await oms.payments.record({ amount: euros('9.00'), method: 'card' }, freshKey())
  return {
    draft,
    placed: await place(),
    sourced,
    onHold,
    orderHold: hold,
    confirmed: await confirm(),
    planned,
    fulfillment,
    packed,
    shipment,
    shipped: shipped.order,
    shippedShipment: shipped.shipment,
    invoice: shipped.invoice,
    lostShipment: lost.shipment,
    creditNote,
    forgiven,
    difference,
    withheld,
    payment,
  }
}

/** A statement as the reader `plain` takes it. */
export const statementOf = (amount: string, ...texts: readonly string[]): string =>
  JSON.stringify({
    account: 'AT00 1',
    reference: texts.join(),
    currency: 'EUR',
    entries: texts.map((remittanceText, index) => ({
      bookedOn: '2026-03-01',
      amount,
      currency: 'EUR',
      remittanceText,
      line: index + 1,
    })),
  })

const openBank = async ({ invoices, orders, fulfillments, shipments, reconciliation }: Doing) => {
  const { order } = await orders.place(content, freshKey())
  await orders.confirm({ order })
  const work = await fulfillments.plan({ order })
  const { shipment } = await fulfillments.pack({ fulfillment: work.fulfillments[0]?.fulfillment ?? '' })
  const { invoice = '' } = await shipments.ship({ shipment, carrier: 'Parcel Post' })
  await invoices.recordSent({ invoice, channel: 'email' })
  const { statement } = await reconciliation.importStatement({
    format: 'plain',
    content: statementOf('1.00', 'thanks', 'for the mugs'),
  })
  const { items } = await reconciliation.entries({ statement })
  const [entry = '', matchedEntry = ''] = items.map(({ id }) => id)
  await reconciliation.match({ entry: matchedEntry, invoices: [{ invoice, amount: euros('1.00') }] })
  return { statement, entry, matchedEntry }
}
