import { describe, expect, it } from 'vitest'
import type { Seen } from '../../../src/core/command.js'
import { contentOf } from '../../../src/core/notifications/content.js'
import { deliveryFailureOf } from '../../../src/core/notifications/delivery-failure.js'
import { recipientOf } from '../../../src/core/notifications/recipient.js'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const line = { id: 'L1', sku: 'MUG', name: 'Mug', unit: { code: 'C62', digits: 0 }, quantity: 2, canceled: 0 }
const order = {
  id: 'o-1',
  number: 'N-1',
  status: 'placed',
  currency: 'EUR',
  total: eur('10.00'),
  paid: eur('0.00'),
  deposits: [],
  delivery: {},
  payment: { method: 'card' },
  lines: [line],
}

const seenOf = (records: Readonly<Record<string, unknown>>): Seen => ({
  get: (kind, id) => records[`${kind.name}/${id}`] as never,
})
const told = (topic: string, data: object, records: Readonly<Record<string, unknown>> = {}) =>
  contentOf(
    { about: { kind: 'order', id: 'o-1' }, topic, data: data as Readonly<Record<string, unknown>> },
    seenOf({ 'order/o-1': order, ...records }),
  )

describe('what a message says of records that are not there', () => {
  it('is what the message itself brought along', () => {
    expect(told('invoice_voided', { number: 'INV-1', reason: 'wrong' })).toMatchObject({
      invoiceNumber: 'INV-1',
      reason: 'wrong',
    })
    expect(told('invoice_voided', { invoice: 'i-1' }, { 'invoice/i-1': { number: 'INV-2' } })).toMatchObject({
      invoiceNumber: 'INV-2',
    })
    expect(told('order_backordered', {})).toMatchObject({ products: [] })
    expect(told('order_backordered', { lines: [{ line: 'L9', quantity: 1 }] })).toMatchObject({
      products: [],
    })
    expect(told('final_notice', {})).not.toHaveProperty('level')
    expect(
      told('payment_received', { payment: 'p-1' }, { 'payment/p-1': { amount: eur('4.00') } }),
    ).toMatchObject({
      amount: eur('4.00'),
    })
  })

  it('is the data alone on a topic about stock that tells nothing else', () => {
    const message = { about: { kind: 'stock', id: 'main/MUG' }, topic: 'stock_other', data: { sku: 'MUG' } }
    expect(
      contentOf(message, seenOf({ 'product/MUG': { sku: 'MUG', name: 'Mug', unit: line.unit } })),
    ).toEqual({
      sku: 'MUG',
    })
  })

  it('says of a line that waits since when its goods are promised, where a day was', () => {
    const waiting = {
      ...line,
      allocated: 0,
      shipped: 0,
      lacking: [{ sku: 'MUG', quantity: 2 }],
      promisedOn: '2026-04-01',
    }
    expect(
      contentOf(
        { about: { kind: 'order', id: 'o-1' }, topic: 'order_placed', data: {} },
        seenOf({ 'order/o-1': { ...order, lines: [waiting] } }),
      ),
    ).toMatchObject({ products: [{ sku: 'MUG', promisedOn: '2026-04-01' }] })
  })
})

describe('who hears that goods are back', () => {
  it('is the customer who asked, by phone too', () => {
    const person = { subject: 'ada', name: 'Ada', phone: '+43 1 234567', addresses: [] }
    const message = {
      about: { kind: 'back_in_stock_request', id: 'b-1' },
      topic: 'back_in_stock',
      data: { party: 'ada' },
    }
    const records = { 'party/ada': { status: 'active' }, 'personal_data/ada': person }
    expect(recipientOf(message, seenOf(records))).toEqual({
      role: 'customer',
      name: 'Ada',
      phone: '+43 1 234567',
    })
    expect(recipientOf(message, seenOf({ ...records, 'party/ada': { status: 'erased' } }))).toBeUndefined()
  })
})

it('a delivery that failed without a reason is one that failed, and is tried again', () => {
  expect(deliveryFailureOf({})).toEqual({ reason: 'delivery_failed', permanent: false, retryAfter: 0 })
})
