import type { Order } from '../../core/orders/order.js'
import { bankCommands, earlyTerms, jsonReader } from './shop-bank.js'
import { billingCommands, openBilling } from './shop-billing.js'
import { claimCommands, openClaims } from './shop-claims.js'
import { content, openSales, salesCommands } from './shop-sales.js'
import {
  euros,
  inStatus,
  oneOf,
  type InputOf,
  type KnownRecords,
  type PlannedMove,
  type Workload,
} from './workload.js'

const skuOf = ({ lines }: PlannedMove): string => lines[0]?.sku ?? 'nothing'
const ownerOf = ({ quantity }: PlannedMove): string => (quantity === 5 ? 'another-cart' : 'cart')

const someLines = (move: PlannedMove) =>
  move.flag ? {} : { lines: [{ line: 'L1', quantity: move.quantity > 3 ? move.quantity : 1 }] }

const holdOf = (move: PlannedMove, known: KnownRecords) => ({
  reservation: oneOf(known, 'reservation', move.pick, inStatus('held')),
  owner: ownerOf(move),
})

const applications = (move: PlannedMove, known: KnownRecords) => [
  { invoice: oneOf(known, 'invoice', move.pick), ...(!move.flag && { amount: euros(move.amount) }) },
]

const hasWork = (state: unknown): boolean =>
  inStatus('confirmed')(state) && (state as Order).lines.some(({ allocated, planned }) => allocated > planned)

/** How often, and with what. `orders.place with hold` is `orders.place`, with a hold: what follows the blank is for people. */
const commands: Readonly<Record<string, readonly [often: number, inputOf: InputOf]>> = {
  'orders.place': [7, content],
  'orders.place with hold': [4, (move, known) => ({ ...content(move, known), held: holdOf(move, known) })],
  'orders.capture': [2, content],
  'orders.placeDraft': [2, (move, known) => ({ order: oneOf(known, 'order', move.pick, inStatus('draft')) })],
  'orders.changeDraft': [
    1,
    (move, known) => ({
      order: oneOf(known, 'order', move.pick, inStatus('draft')),
      ...content(move, known),
    }),
  ],
  'orders.confirm': [6, (move, known) => ({ order: oneOf(known, 'order', move.pick, inStatus('placed')) })],
  'orders.cancel': [
    4,
    (move, known) => ({
      order: oneOf(known, 'order', move.pick, inStatus('placed', 'confirmed')),
      ...someLines(move),
      reason: 'changed-mind',
    }),
  ],
  'orders.hold': [
    2,
    (move, known) => ({
      // Those that are worked on, so that somebody comes upon the hold.
      order: oneOf(known, 'order', move.pick, inStatus('confirmed', ...(move.flag ? [] : ['placed']))),
      reason: 'fraud_risk',
    }),
  ],
  'inventory.hold': [
    6,
    (move) => ({
      owner: ownerOf(move),
      lines: move.lines.map((line) => ({ ...line })),
      seconds: move.flag ? 600 : 30,
    }),
  ],
  'inventory.extendHold': [2, (move, known) => ({ ...holdOf(move, known), seconds: 900 })],
  'inventory.releaseHold': [2, holdOf],
  'inventory.expireHold': [
    2,
    (move, known) => ({ reservation: oneOf(known, 'reservation', move.pick, inStatus('held')) }),
  ],
  'inventory.receive': [2, (move) => ({ sku: skuOf(move), quantity: move.quantity })],
  'inventory.adjust': [
    2,
    (move) => ({ sku: skuOf(move), quantity: move.flag ? move.quantity : -move.quantity, reason: 'counted' }),
  ],
  'inventory.configure': [
    1,
    (move) => ({
      sku: skuOf(move),
      safetyStock: move.flag ? 3 : 0,
      backorderAllowance: move.quantity - 1,
    }),
  ],
  'fulfillments.plan': [
    5,
    (move, known) => ({ order: oneOf(known, 'order', move.pick, hasWork), ...someLines(move) }),
  ],
  'fulfillments.pick': [
    1,
    (move, known) => ({ fulfillment: oneOf(known, 'fulfillment', move.pick, inStatus('planned')) }),
  ],
  'fulfillments.pack': [
    4,
    (move, known) => ({
      fulfillment: oneOf(known, 'fulfillment', move.pick, inStatus('planned', 'picking')),
    }),
  ],
  'fulfillments.cancel': [
    1,
    (move, known) => ({
      fulfillment: oneOf(known, 'fulfillment', move.pick, inStatus('planned', 'picking')),
      reason: 'no-picker',
    }),
  ],
  'shipments.ship': [
    5,
    (move, known) => ({
      shipment: oneOf(known, 'shipment', move.pick, inStatus('planned')),
      carrier: 'Parcel Post',
    }),
  ],
  'shipments.deliver': [
    2,
    (move, known) => ({ shipment: oneOf(known, 'shipment', move.pick, inStatus('in_transit')) }),
  ],
  'shipments.reportLost': [
    1,
    (move, known) => ({
      shipment: oneOf(known, 'shipment', move.pick, inStatus('in_transit')),
      reason: 'not_found',
    }),
  ],
  'shipments.reportFound': [
    1,
    (move, known) => ({ shipment: oneOf(known, 'shipment', move.pick, inStatus('lost')) }),
  ],
  'invoices.credit': [
    3,
    (move, known) => ({
      invoice: oneOf(known, 'invoice', move.pick),
      ...someLines(move),
      reason: 'goodwill',
    }),
  ],
  'payments.record': [
    3,
    (move, known) => ({
      amount: euros(move.amount),
      method: 'card',
      ...(move.flag ? { order: oneOf(known, 'order', move.pick) } : { invoices: applications(move, known) }),
    }),
  ],
  'payments.apply': [
    2,
    (move, known) => ({
      payment: oneOf(known, 'payment', move.pick),
      invoices: applications(move, known),
    }),
  ],
  'payments.refund': [
    3,
    (move, known) => ({
      payment: oneOf(known, 'payment', move.pick),
      amount: euros(move.amount),
      reason: 'overpaid',
    }),
  ],
  'parties.register': [
    1,
    (move) => ({ roles: ['customer'], number: `C-${move.quantity}`, ...person(`Bob ${move.pick}`) }),
  ],
  'orders.timeline': [1, (move, known) => ({ order: oneOf(known, 'order', move.pick) })],
  verifyAudit: [
    1,
    (move, known) =>
      move.flag
        ? { kind: 'stock', id: `main/${skuOf(move)}` }
        : { kind: 'order', id: oneOf(known, 'order', move.pick) },
  ],
  ...salesCommands,
  ...billingCommands,
  ...claimCommands,
  ...bankCommands,
}

/** All that can be known of somebody, and told apart from everybody else's. */
const person = (name: string) => {
  const [given = '', number = '0'] = name.split(' ')
  return {
    name,
    email: `${given.toLowerCase()}.${number}@home.example`,
    phone: `+43 1 555 ${number.padStart(4, '0')}`,
    addresses: [
      {
        id: 'home',
        address: {
          name,
          street: `${given} Street ${number}`,
          city: `${given}ville ${number}`,
          postalCode: '1010',
          country: 'AT',
        },
      },
    ],
  }
}

/** A small shop with little of everything, so that people meet: three products, twelve of each, an order at every stage of its way. */
export const shopWorkload: Workload = {
  skus: ['lamp', 'mug', 'tray'],
  plainGoods: true,
  undated: true,
  queries: ['invoices.proforma', 'invoices.billConsolidated', 'orders.timeline', 'verifyAudit'],
  statementReaders: { json: jsonReader },
  settings: { paymentTerms: earlyTerms },
  commands: Object.fromEntries(Object.entries(commands).map(([name, [often]]) => [name, often])),
  open: async (oms) => {
    const { orThrow } = oms
    for (const sku of shopWorkload.skus) {
      await orThrow.catalog.define({ sku, name: sku, price: euros('9.99') })
      await orThrow.inventory.receive({ sku, quantity: 12 }, { idempotencyKey: `opening ${sku}` })
    }
    const { party: customer } = await orThrow.parties.register(
      { roles: ['customer'], number: 'C-100', ...person('Ada'), termsName: 'early' },
      { idempotencyKey: 'the first customer' },
    )
    for (const stage of ['draft', 'placed', 'planned', 'packed', 'shipped'] as const) {
      const lines = [{ sku: 'mug', quantity: 2 }]
      const order = { channel: 'store', currency: 'EUR', lines, ...(stage === 'shipped' && { customer }) }
      const idempotencyKey = `the first ${stage}`
      if (stage === 'draft') {
        await orThrow.orders.capture(order, { idempotencyKey })
        continue
      }
      const placed = await orThrow.orders.place(order, { idempotencyKey })
      if (stage === 'placed') continue
      await orThrow.orders.confirm({ order: placed.order })
      const [planned] = (await orThrow.fulfillments.plan({ order: placed.order })).fulfillments
      if (stage === 'planned' || planned === undefined) continue
      const { shipment } = await orThrow.fulfillments.pack({ fulfillment: planned.fulfillment })
      if (stage === 'shipped') await orThrow.shipments.ship({ shipment, carrier: 'Parcel Post' })
    }
    await orThrow.payments.record(
      { amount: euros('50.00'), method: 'card' },
      { idempotencyKey: 'the first payment' },
    )
    await orThrow.inventory.hold(
      { owner: 'cart', lines: [{ sku: 'tray', quantity: 1 }], seconds: 600 },
      { idempotencyKey: 'the first hold' },
    )
    await openSales(oms)
    await openBilling(oms)
    await openClaims(oms)
  },
  request: (move, known) => {
    const entry = commands[move.command]
    if (entry === undefined) throw new Error(`the shop has no command ${move.command}`)
    return { action: move.command.split(' ', 1)[0] ?? '', input: entry[1](move, known) }
  },
}
