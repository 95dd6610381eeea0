import type { Answer, OrderManagementFor } from 'orderwright'
import { beforeAll, expect, it } from 'vitest'
import { freshKey, openDesk, stockMugs } from '../../support/desk.js'

type Row = readonly [
  command: string,
  send: (clerk: OrderManagementFor) => Promise<Answer<unknown>>,
  code: string,
  details: object,
]

const euro = { amount: '1.00', currency: 'EUR' } as const
const one = { invoice: 'none', amount: euro }
const party = { party: 'none' }
const order = { order: 'none' }
const invoice = { invoice: 'none' }
const booking = { booking: 'none' }
const shipment = { shipment: 'none' }
const fulfillment = { fulfillment: 'none' }
const transfer = { transfer: 'none' }
const count = { count: 'none' }
const sku = { sku: 'NONE' }
const noLevel = { sku: 'MUG', location: 'north' }
const owner = { ...booking, owner: 'cart' }
const slot = { resource: 'chair', startsAt: '2026-03-02T10:00:00Z' }

/** Each command, and what it says of a record that it names and nobody has. */
const rows: readonly Row[] = [
  ['orders.accept', (clerk) => clerk.orders.accept(order, freshKey()), 'unknown_order', order],
  ['orders.placeDraft', (clerk) => clerk.orders.placeDraft(order, freshKey()), 'unknown_order', order],
  [
    'orders.releaseHold',
    (clerk) => clerk.orders.releaseHold({ ...order, hold: 'H1' }),
    'unknown_order',
    order,
  ],
  [
    'payments.record',
    (clerk) => clerk.payments.record({ amount: euro, method: 'card', ...order }, freshKey()),
    'unknown_order',
    order,
  ],
  [
    'parties.agreeTerms',
    (clerk) => clerk.parties.agreeTerms({ ...party, termsName: null }),
    'unknown_party',
    party,
  ],
  [
    'parties.classify',
    (clerk) => clerk.parties.classify({ ...party, class: 'gold' }),
    'unknown_party',
    party,
  ],
  [
    'parties.declareTaxes',
    (clerk) => clerk.parties.declareTaxes({ ...party, registrations: [], exemptions: [] }),
    'unknown_party',
    party,
  ],
  [
    'parties.stopOrders',
    (clerk) => clerk.parties.stopOrders({ ...party, orders: 'hold', reason: 'credit' }),
    'unknown_party',
    party,
  ],
  [
    'inventory.configureReorder',
    (clerk) => clerk.inventory.configureReorder({ sku: 'MUG', point: 5, upTo: 20, vendor: 'none' }),
    'unknown_party',
    party,
  ],
  [
    'invoices.creditWithoutInvoice',
    (clerk) =>
      clerk.invoices.creditWithoutInvoice(
        {
          customer: 'none',
          currency: 'EUR',
          lines: [{ sku: 'MUG', name: 'Mug', quantity: 1, unitPrice: euro }],
          reason: 'goodwill',
        },
        freshKey(),
      ),
    'unknown_party',
    party,
  ],
  [
    'payments.apply',
    (clerk) => clerk.payments.apply({ payment: 'none', invoices: [one] }, freshKey()),
    'unknown_payment',
    { payment: 'none' },
  ],
  [
    'payments.apply, as much as fits',
    (clerk) => clerk.payments.apply({ payment: 'none', invoices: [invoice] }, freshKey()),
    'unknown_payment',
    { payment: 'none' },
  ],
  [
    'payments.record for an invoice',
    (clerk) => clerk.payments.record({ amount: euro, method: 'card', invoices: [one] }, freshKey()),
    'unknown_invoice',
    invoice,
  ],
  [
    'invoices.recordSent',
    (clerk) => clerk.invoices.recordSent({ ...invoice, channel: 'email' }),
    'unknown_invoice',
    invoice,
  ],
  ['invoices.remind', (clerk) => clerk.invoices.remind(invoice), 'unknown_invoice', invoice],
  [
    'invoices.credit',
    (clerk) => clerk.invoices.credit({ ...invoice, reason: 'damaged' }, freshKey()),
    'unknown_invoice',
    invoice,
  ],
  [
    'invoices.claimWithheld',
    (clerk) => clerk.invoices.claimWithheld({ ...invoice, reason: 'no certificate' }),
    'unknown_invoice',
    invoice,
  ],
  [
    'invoices.writeOff',
    (clerk) => clerk.invoices.writeOff({ ...invoice, kind: 'small_difference', reason: 'cents' }, freshKey()),
    'unknown_invoice',
    invoice,
  ],
  [
    'invoices.undoWriteOff',
    (clerk) => clerk.invoices.undoWriteOff({ ...invoice, difference: 'D1', reason: 'mistaken' }),
    'unknown_invoice',
    invoice,
  ],
  [
    'capacity.release',
    (clerk) => clerk.capacity.release({ ...booking, reason: 'ill' }),
    'unknown_booking',
    booking,
  ],
  [
    'capacity.extendHold',
    (clerk) => clerk.capacity.extendHold({ ...owner, seconds: 60 }),
    'unknown_booking',
    booking,
  ],
  [
    'capacity.reschedule',
    (clerk) => clerk.capacity.reschedule({ ...booking, lines: [slot] }, freshKey()),
    'unknown_booking',
    booking,
  ],
  [
    'capacity.book from a hold',
    (clerk) => clerk.capacity.book({ held: owner, reference: 'job' }, freshKey()),
    'unknown_booking',
    booking,
  ],
  [
    'shipments.reportLost',
    (clerk) => clerk.shipments.reportLost({ ...shipment, reason: 'not-found' }),
    'unknown_shipment',
    shipment,
  ],
  ['shipments.deliver', (clerk) => clerk.shipments.deliver(shipment), 'unknown_shipment', shipment],
  ['shipments.giveUp', (clerk) => clerk.shipments.giveUp(shipment), 'unknown_shipment', shipment],
  ['fulfillments.plan', (clerk) => clerk.fulfillments.plan(order), 'unknown_order', order],
  ['fulfillments.pack', (clerk) => clerk.fulfillments.pack(fulfillment), 'unknown_fulfillment', fulfillment],
  ['fulfillments.pick', (clerk) => clerk.fulfillments.pick(fulfillment), 'unknown_fulfillment', fulfillment],
  [
    'fulfillments.cancel',
    (clerk) => clerk.fulfillments.cancel({ ...fulfillment, reason: 'late' }),
    'unknown_fulfillment',
    fulfillment,
  ],
  [
    'transfers.cancel',
    (clerk) => clerk.transfers.cancel({ ...transfer, reason: 'not-needed' }),
    'unknown_transfer',
    transfer,
  ],
  [
    'transfers.receive',
    (clerk) => clerk.transfers.receive(transfer, freshKey()),
    'unknown_transfer',
    transfer,
  ],
  [
    'counts.record',
    (clerk) => clerk.counts.record({ ...count, lines: [{ sku: 'MUG', counted: 1 }] }),
    'unknown_stock_count',
    count,
  ],
  [
    'inventory.cancelExpected',
    (clerk) => clerk.inventory.cancelExpected({ expected: 'none', reason: 'late' }),
    'unknown_expected_receipt',
    { expected: 'none' },
  ],
  [
    'inventory.receive of what was expected',
    (clerk) => clerk.inventory.receive({ sku: 'MUG', quantity: 1, expected: 'none' }, freshKey()),
    'unknown_expected_receipt',
    { expected: 'none' },
  ],
  [
    'inventory.receive',
    (clerk) => clerk.inventory.receive({ ...sku, quantity: 1 }, freshKey()),
    'unknown_sku',
    sku,
  ],
  ['inventory.configure', (clerk) => clerk.inventory.configure({ ...sku, lowStock: 1 }), 'unknown_sku', sku],
  [
    'inventory.configureReorder of a SKU',
    (clerk) => clerk.inventory.configureReorder({ ...sku, point: 5, upTo: 20 }),
    'unknown_sku',
    sku,
  ],
  [
    'inventory.openPreorder',
    (clerk) =>
      clerk.inventory.openPreorder({ ...sku, limit: 1, until: '2026-12-31', expectedOn: '2027-01-15' }),
    'unknown_sku',
    sku,
  ],
  ['inventory.closePreorder', (clerk) => clerk.inventory.closePreorder(sku), 'unknown_sku', sku],
  ['inventory.stopReorder', (clerk) => clerk.inventory.stopReorder(noLevel), 'unknown_sku', noLevel],
  ['inventory.fillBackorders', (clerk) => clerk.inventory.fillBackorders(noLevel), 'unknown_sku', noLevel],
  ['inventory.tellBackInStock', (clerk) => clerk.inventory.tellBackInStock(noLevel), 'unknown_sku', noLevel],
  [
    'inventory.quarantineExpired',
    (clerk) => clerk.inventory.quarantineExpired(noLevel),
    'unknown_sku',
    noLevel,
  ],
]

let clerk: OrderManagementFor
beforeAll(async () => {
  ;({ clerk } = openDesk())
  await stockMugs(clerk)
})

it.each(rows)('%s refuses what nobody has', async (_command, send, code, details) => {
  expect(await send(clerk)).toMatchObject({ ok: false, error: { code, details } })
})
