import { describe, expect, it } from 'vitest'
import type { Seen } from '../../../src/core/command.js'
import { backInStockKind } from '../../../src/core/inventory/back-in-stock.js'
import { contentOf } from '../../../src/core/notifications/content.js'
import { recipientOf } from '../../../src/core/notifications/recipient.js'

const address = { name: 'Grace', street: 'Main 1', city: 'London', postalCode: 'E1', country: 'GB' }
const order = { id: 'o-1', number: 'N-1', status: 'placed', customer: 'ada', shipTo: 'home', lines: [] }
const party = { id: 'ada', roles: ['customer'], addresses: ['home'], status: 'active' }
const personal = {
  subject: 'ada',
  name: 'Ada',
  email: 'ada@example.org',
  addresses: [{ id: 'home', address }],
}

const seenOf = (records: Readonly<Record<string, unknown>>): Seen => ({
  get: (kind, id) => records[`${kind.name}/${id}`] as never,
})
const about = (kind: string, id: string) => ({ about: { kind, id }, topic: 'order_received', data: {} })

describe('recipientOf', () => {
  it('is the customer with name, e-mail and phone as they are now', () => {
    const seen = seenOf({ 'order/o-1': order, 'party/ada': party, 'personal_data/ada': personal })
    expect(recipientOf(about('order', 'o-1'), seen)).toEqual({
      role: 'customer',
      name: 'Ada',
      email: 'ada@example.org',
    })
  })

  it('is nobody when the customer was erased, even while a trace of the person is left somewhere', () => {
    const own = { subject: 'o-1', addresses: [], shipTo: address }
    const erased = { ...party, status: 'erased', addresses: [] }
    for (const records of [
      { 'order/o-1': order, 'party/ada': erased, 'personal_data/ada': personal, 'personal_data/o-1': own },
      { 'order/o-1': order, 'party/ada': party, 'personal_data/o-1': own },
      { 'order/o-1': order, 'personal_data/ada': personal },
      {
        'order/o-1': { ...order, personalData: 'erased' },
        'party/ada': party,
        'personal_data/ada': personal,
      },
    ]) {
      expect(recipientOf(about('order', 'o-1'), seenOf(records))).toBeUndefined()
    }
  })

  it('is whoever waits for goods, and nobody where a message names no party', () => {
    const seen = seenOf({ 'party/ada': party, 'personal_data/ada': personal })
    const waiting = about(backInStockKind.name, 'b-1')
    expect(recipientOf({ ...waiting, data: { party: 'ada' } }, seen)).toMatchObject({ name: 'Ada' })
    expect(recipientOf(waiting, seen)).toBeUndefined()
  })

  it('is nobody when the order is gone', () => {
    expect(recipientOf(about('order', 'o-1'), seenOf({}))).toBeUndefined()
    expect(contentOf(about('order', 'o-1'), seenOf({}))).toBeUndefined()
  })

  it('is the staff for whatever is not about an order, and is told what was planned', () => {
    const message = {
      ...about('stock', 'main/MUG'),
      topic: 'restock_needed',
      data: { sku: 'MUG', available: 1 },
    }
    expect(recipientOf(message, seenOf({}))).toEqual({ role: 'staff' })
    expect(contentOf(message, seenOf({}))).toEqual({ sku: 'MUG', available: 1 })
  })
})
