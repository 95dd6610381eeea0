import { describe, expect, it } from 'vitest'
import { explanationOf } from '../../../src/core/explain.js'
import { blockersOfOrder } from '../../../src/core/orders/order-blockers.js'
import { decideOrder, type OrderCommand } from '../../../src/core/orders/order-decider.js'
import type { OrderLine } from '../../../src/core/orders/order-line.js'
import type { OrderEvent } from '../../../src/core/orders/order.js'
import {
  canceledUnits,
  captured,
  confirmed,
  content,
  euros,
  orderAfter,
  pieces,
  placed,
  planned,
  shipped,
  units,
} from '../../support/order-events.js'

const explain = (...events: readonly OrderEvent[]) => {
  const order = orderAfter(...events)
  return explanationOf('order', order.id, order.status, blockersOfOrder(order))
}

const draft = captured([pieces('L1', 3)])
const held: OrderEvent = { type: 'OrderHeld', hold: { id: 'H1', reason: 'fraud_risk' } }

describe('F12 explaining an order', () => {
  it('lists what a draft allows, and leads to what would unblock the rest', () => {
    const explained = explain(draft)
    expect(explained.allowed).toEqual([
      'orders.changeDraft',
      'orders.placeDraft',
      'orders.cancel',
      'orders.hold',
    ])
    expect(explained.blocked).toContainEqual({
      command: 'orders.confirm',
      because: [
        {
          code: 'invalid_state',
          details: { status: 'draft', allowed: ['change', 'place', 'cancel_all'] },
          unblockedBy: ['orders.placeDraft'],
        },
      ],
    })
  })

  it('says which holds keep an order from being confirmed', () => {
    expect(explain(draft, placed, held).blocked).toContainEqual({
      command: 'orders.confirm',
      because: [
        {
          code: 'order_on_hold',
          details: { holds: [{ id: 'H1', reason: 'fraud_risk' }] },
          unblockedBy: ['orders.releaseHold'],
        },
      ],
    })
  })

  it('says that work must be given up before its units can be canceled or planned', () => {
    const blocked = explain(draft, placed, confirmed, planned({ L1: 3 })).blocked
    const because = [
      { code: 'quantity_exceeded', details: { left: 0, planned: 3 }, unblockedBy: ['fulfillments.cancel'] },
    ]
    expect(blocked).toContainEqual({ command: 'orders.cancel', because })
    expect(blocked).toContainEqual({ command: 'fulfillments.plan', because })
  })

  it('shows all that stands in the way of one command, not only the first', () => {
    const { blocked } = explain(draft, placed, confirmed, held, planned({ L1: 3 }), shipped({ L1: 3 }))
    const plan = blocked.find(({ command }) => command === 'fulfillments.plan')
    expect(plan?.because.map(({ code }) => code)).toEqual(['order_on_hold', 'quantity_exceeded'])
  })

  it('says what waits for goods beside lines that are worked on, and until when', () => {
    const order = orderAfter(
      captured([pieces('L1', 3), pieces('L2', 2)]),
      placed,
      confirmed,
      planned({ L1: 3 }),
    )
    const [first, second] = order.lines as [OrderLine, OrderLine]
    const lacking = [{ sku: second.sku, quantity: 2 }]
    const waits = { ...second, allocated: 0, lacking, promisedOn: '2026-04-01' as never }
    const blockers = blockersOfOrder({ ...order, lines: [first, waits] })
    expect(blockers['fulfillments.plan']).toContainEqual({
      code: 'waiting_for_stock',
      details: { lines: [{ line: 'L2', location: 'main', lacking, promisedOn: '2026-04-01' }] },
      unblockedBy: ['inventory.receive'],
    })
  })

  it('M25 asks for nothing in advance that is withheld, certified or not', () => {
    const withholdings = [{ name: 'IRPF', percent: '15', on: 'net' }] as const
    const payment = { method: 'bank', terms: 'prepaid' } as const
    const order = orderAfter(captured([pieces('L1', 3)], { withholdings, payment }), placed, confirmed)
    const due = (forgone?: string) =>
      blockersOfOrder({ ...order, ...(forgone !== undefined && { forgone: euros(forgone) }) })[
        'fulfillments.plan'
      ]?.find(({ code }) => code === 'payment_due')?.details
    expect([due(), due('1.50'), due('4.50')]).toEqual(
      Array.from({ length: 3 }, () => ({ owed: euros('25.50'), received: euros('0.00') })),
    )
  })

  it('names exactly the commands that the decider accepts', () => {
    const commands: Readonly<Record<string, OrderCommand>> = {
      'orders.changeDraft': { type: 'ChangeDraft', content: content([pieces('L1', 1)]) },
      'orders.placeDraft': { type: 'PlaceOrder', placedOn: '2026-03-01' as never },
      'orders.confirm': { type: 'ConfirmOrder' },
      'orders.cancel': { type: 'CancelOrder', reason: 'changed_mind' },
      'orders.hold': { type: 'HoldOrder', hold: { id: 'H2', reason: 'other' } },
      'orders.releaseHold': { type: 'ReleaseOrderHold', hold: 'H1' },
      'fulfillments.plan': { type: 'PlanWork', fulfillment: 'F-2' as never, lines: units({ L1: 1 }) },
    }
    const histories: readonly (readonly OrderEvent[])[] = [
      [draft],
      [draft, held],
      [draft, placed],
      [draft, placed, held],
      [draft, placed, confirmed],
      [draft, placed, confirmed, held],
      [draft, placed, confirmed, planned({ L1: 1 })],
      [draft, placed, confirmed, planned({ L1: 3 })],
      [draft, placed, confirmed, planned({ L1: 1 }), shipped({ L1: 1 })],
      [draft, placed, confirmed, planned({ L1: 3 }), shipped({ L1: 3 })],
      [draft, placed, canceledUnits({ L1: 3 }), { type: 'OrderCanceled', reason: 'changed_mind' }],
    ]
    for (const history of histories) {
      const order = orderAfter(...history)
      const accepted = Object.entries(commands).flatMap(([name, command]) =>
        decideOrder(order, command).ok ? [name] : [],
      )
      expect(explain(...history).allowed.filter((name) => name in commands)).toEqual(accepted)
    }
  })
})
