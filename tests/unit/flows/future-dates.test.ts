import type { Answer } from 'orderwright'
import { beforeAll, expect, it } from 'vitest'
import { freshKey, openWorld, type World } from '../../support/every-call/world.js'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

/** Two days after the store's day; tomorrow it may already be somewhere. */
const day = '2026-03-03'
const euro = { amount: '1.00', currency: 'EUR' } as const
const line = { sku: 'MUG', name: 'Mug', quantity: 1, unitPrice: euro }

const facts: readonly (readonly [field: string, send: (world: World) => Promise<Answer<unknown>>])[] = [
  [
    'acceptedOn',
    ({ clerk, confirmed }) => clerk.orders.accept({ order: confirmed, acceptedOn: day }, freshKey()),
  ],
  [
    'shippedOn',
    ({ clerk, plannedTransfer }) => clerk.transfers.ship({ transfer: plannedTransfer, shippedOn: day }),
  ],
  [
    'receivedOn',
    ({ clerk, shippedTransfer }) =>
      clerk.transfers.receive({ transfer: shippedTransfer, receivedOn: day }, freshKey()),
  ],
  ['on', ({ clerk, invoice }) => clerk.invoices.recordSent({ invoice, channel: 'email', on: day })],
  ['issuedOn', ({ clerk, confirmed }) => clerk.invoices.billTogether({ orders: [confirmed], issuedOn: day })],
  ['on', ({ clerk, invoice }) => clerk.invoices.remind({ invoice, on: day })],
  [
    'on',
    ({ clerk, invoice }) =>
      clerk.invoices.writeOff({ invoice, kind: 'small_difference', reason: 'cents', on: day }, freshKey()),
  ],
  ['voidedOn', ({ clerk, invoice }) => clerk.invoices.void({ invoice, reason: 'wrong', voidedOn: day })],
  [
    'issuedOn',
    ({ clerk }) =>
      clerk.invoices.creditWithoutInvoice(
        { currency: 'EUR', lines: [line], reason: 'goodwill', issuedOn: day },
        freshKey(),
      ),
  ],
]

it.each(facts)('a fact lies behind us: refuses %s in two days', async (field, send) => {
  expect(await send(world)).toMatchObject({
    ok: false,
    error: { code: 'validation_failed', issues: [{ path: [field], rule: 'date.future' }] },
  })
})
