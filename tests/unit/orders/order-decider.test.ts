import { scenarioFor } from 'orderwright/testing'
import { describe, expect, it } from 'vitest'
import { currencyCode } from '../../../src/core/money/currency.js'
import { closingEvents, decideOrder } from '../../../src/core/orders/order-decider.js'
import { orderKind, type OrderHoldReason } from '../../../src/core/orders/order.js'
import {
  canceledUnits,
  captured,
  confirmed,
  content,
  delivered,
  deposited,
  euros,
  invoiced,
  orderAfter,
  paid,
  pieces,
  placed,
  planned,
  shipped,
  units,
} from '../../support/order-events.js'

const { given } = scenarioFor(orderKind, decideOrder)
const draft = captured([pieces('L1', 3), pieces('L2', 2)])
const cancel = (quantities?: Readonly<Record<string, number>>) =>
  ({
    type: 'CancelOrder',
    reason: 'changed_mind',
    ...(quantities !== undefined && { lines: units(quantities) }),
  }) as const
const held = (id: string, reason: OrderHoldReason = 'fraud_risk') =>
  ({ type: 'OrderHeld', hold: { id, reason } }) as const

describe('canceling an order', () => {
  it('cancels all that is open when no lines are named', () => {
    given([draft, placed])
      .when(cancel())
      .then([canceledUnits({ L1: 3, L2: 2 }), { type: 'OrderCanceled', reason: 'changed_mind' }])
  })

  it('F29 cancels single units and keeps the order', () => {
    given([draft, placed, confirmed])
      .when(cancel({ L1: 1 }))
      .then([canceledUnits({ L1: 1 })])
  })

  it('cancels a draft whole, but not in part: a draft is changed instead', () => {
    given([draft])
      .when(cancel())
      .then([canceledUnits({ L1: 3, L2: 2 }), { type: 'OrderCanceled', reason: 'changed_mind' }])
    given([draft])
      .when(cancel({ L1: 1 }))
      .thenRefused('invalid_state', {
        status: 'draft',
        commands: ['orders.changeDraft', 'orders.placeDraft', 'orders.cancel', 'orders.hold'],
      })
  })

  it('keeps an order of which something was shipped, and gives up the rest', () => {
    given([draft, placed, confirmed, planned({ L1: 1 }), shipped({ L1: 1 })])
      .when(cancel())
      .then([canceledUnits({ L1: 2, L2: 2 })])
  })

  it('row 86 refuses to cancel what is shipped', () => {
    given([draft, placed, confirmed, planned({ L1: 2 }), shipped({ L1: 2 })])
      .when(cancel({ L1: 2 }))
      .thenRefused('quantity_exceeded', { line: 'L1', wanted: 2, limit: 1 })
  })

  it('refuses two mentions of a line that together exceed it', () => {
    given([draft, placed])
      .when({
        type: 'CancelOrder',
        reason: 'changed_mind',
        lines: [...units({ L1: 2 }), ...units({ L1: 2 })],
      })
      .thenRefused('quantity_exceeded', { line: 'L1', wanted: 4, limit: 3 })
  })

  it('OQ9 refuses to cancel what somebody is picking, and says how to get it back', () => {
    given([draft, placed, confirmed, planned({ L1: 3, L2: 2 })])
      .when(cancel())
      .thenRefused('quantity_exceeded', { left: 0, planned: 5 })
  })

  it('cancels only what nobody is picking when no lines are named', () => {
    given([draft, placed, confirmed, planned({ L1: 3 })])
      .when(cancel())
      .then([canceledUnits({ L2: 2 })])
  })

  it('refuses lines that the order does not have', () => {
    given([draft, placed])
      .when(cancel({ L9: 1 }))
      .thenRefused('unknown_line', { line: 'L9' })
  })

  it('OQ8 refuses to cancel what is canceled', () => {
    given([draft, placed, canceledUnits({ L1: 3, L2: 2 }), { type: 'OrderCanceled', reason: 'changed_mind' }])
      .when(cancel())
      .thenRefused('invalid_state', { status: 'canceled', allowed: [], commands: [] })
  })
})

describe('changing a draft', () => {
  it('replaces its content', () => {
    const next = content([pieces('L1', 1)])
    given([draft])
      .when({ type: 'ChangeDraft', content: next })
      .then([{ type: 'OrderChanged', content: next }])
  })

  it('row 84 refuses to change what is placed, and names the commands that are possible', () => {
    given([draft, placed])
      .when({ type: 'ChangeDraft', content: content([pieces('L1', 1)]) })
      .thenRefused('invalid_state', {
        status: 'placed',
        commands: ['orders.confirm', 'orders.cancel', 'orders.hold', 'invoices.billDeposit'],
      })
  })

  it('keeps the currency in which money was paid for it', () => {
    const inDollars = content(
      [{ ...pieces('L1', 1), net: { amount: '10.00', currency: currencyCode('USD') } }],
      {
        currency: currencyCode('USD'),
      },
    )
    given([draft, deposited('5.00')])
      .when({ type: 'ChangeDraft', content: inDollars })
      .thenRefused('currency_mismatch', { expected: 'EUR', got: 'USD' })
    given([draft])
      .when({ type: 'ChangeDraft', content: inDollars })
      .then([{ type: 'OrderChanged', content: inDollars }])
  })
})

describe('holding an order', () => {
  it('F7 blocks confirming and shipping until the last hold is released', () => {
    given([draft, placed, held('H1'), held('H2', 'other'), { type: 'OrderHoldReleased', hold: 'H1' }])
      .when({ type: 'ConfirmOrder' })
      .thenRefused('order_on_hold', { holds: [{ id: 'H2', reason: 'other' }] })
    given([draft, placed, held('H1'), { type: 'OrderHoldReleased', hold: 'H1' }])
      .when({ type: 'ConfirmOrder' })
      .then([confirmed])
    given([draft, placed, confirmed, planned({ L1: 1 }), held('H1')])
      .when({ type: 'ShipGoods', shipment: 'S-1' as never, lines: units({ L1: 1 }) })
      .thenRefused('order_on_hold')
  })

  it('lets an order on hold be canceled', () => {
    given([draft, placed, held('H1', 'customer_request')])
      .when(cancel())
      .then([canceledUnits({ L1: 3, L2: 2 }), { type: 'OrderCanceled', reason: 'changed_mind' }])
  })

  it('refuses to release a hold that is not there, and lists those that are', () => {
    given([draft, placed, held('H1')])
      .when({ type: 'ReleaseOrderHold', hold: 'H2' })
      .thenRefused('invalid_state', { hold: 'H2', holds: ['H1'] })
  })

  it('refuses to hold what is over', () => {
    given([draft, { type: 'OrderCanceled', reason: 'changed_mind' }])
      .when({ type: 'HoldOrder', hold: { id: 'H1', reason: 'other' } })
      .thenRefused('invalid_state', { status: 'canceled' })
  })
})

describe('working on an order', () => {
  it('M25 asks a prepaid order only for what is not canceled', () => {
    const prepaid = captured([pieces('L1', 3)], { payment: { method: 'card', terms: 'prepaid' } })
    const plan = { type: 'PlanWork', fulfillment: 'F-1' as never, lines: units({ L1: 1 }) } as const
    given([prepaid, placed, confirmed, deposited('10.00')])
      .when(plan)
      .thenRefused('payment_due', { owed: euros('30.00'), received: euros('10.00') })
    given([prepaid, placed, confirmed, deposited('10.00'), canceledUnits({ L1: 2 })])
      .when(plan)
      .then([planned({ L1: 1 })])
  })

  it('counts two mentions of a line as their sum, whatever is done with it', () => {
    const twice = [...units({ L1: 2 }), ...units({ L1: 2 })]
    const done = [draft, placed, confirmed, planned({ L1: 3 })]
    given([draft, placed, confirmed])
      .when({ type: 'PlanWork', fulfillment: 'F-1' as never, lines: twice })
      .thenRefused('quantity_exceeded', { wanted: 4, limit: 3 })
    given(done)
      .when({ type: 'ShipGoods', shipment: 'S-1' as never, lines: twice })
      .thenRefused('quantity_exceeded', { wanted: 4, limit: 3 })
    given([...done, shipped({ L1: 3 })])
      .when({
        type: 'InvoiceOrder',
        on: '2026-03-01' as never,
        invoice: 'I-1' as never,
        amount: euros('40.00'),
        lines: twice,
      })
      .thenRefused('quantity_exceeded', { wanted: 4, limit: 3 })
    given([...done, shipped({ L1: 3 }), invoiced('30.00', { L1: 3 })])
      .when({ type: 'CreditOrder', creditNote: 'C-1' as never, amount: euros('40.00'), lines: twice })
      .thenRefused('credit_exceeds_invoice', { wanted: 4, limit: 3 })
  })

  it('places a draft for nobody who was erased', () => {
    given([captured([pieces('L1', 1)], { customer: 'C-1' as never }), { type: 'OrderPersonalDataErased' }])
      .when({ type: 'PlaceOrder', placedOn: '2026-03-01' as never })
      .thenRefused('unknown_party', { party: 'C-1' })
  })
})

describe('closing an order', () => {
  const done = [
    draft,
    placed,
    confirmed,
    planned({ L1: 3, L2: 2 }),
    shipped({ L1: 3, L2: 2 }),
    delivered({ L1: 3, L2: 2 }),
    invoiced('50.00', { L1: 3, L2: 2 }),
    paid('50.00'),
  ]

  it('M14 happens with the last fact, whichever it is', () => {
    expect(closingEvents(orderAfter(...done))).toEqual([{ type: 'OrderClosed' }])
    for (const last of done.slice(4)) {
      const without = done.filter((event) => event !== last && event.type !== 'OrderWorkPlanned')
      expect(closingEvents(orderAfter(...without)), `without ${last.type}`).toEqual([])
    }
  })

  it('waits for the last hold, and happens once', () => {
    expect(closingEvents(orderAfter(...done, held('H1')))).toEqual([])
    expect(closingEvents(orderAfter(...done, { type: 'OrderClosed' }))).toEqual([])
  })

  it('does not wait for units that were canceled', () => {
    const rest = [
      draft,
      placed,
      confirmed,
      planned({ L1: 3 }),
      shipped({ L1: 3 }),
      delivered({ L1: 3 }),
      invoiced('30.00', { L1: 3 }),
      paid('30.00'),
    ]
    expect(closingEvents(orderAfter(...rest))).toEqual([])
    expect(closingEvents(orderAfter(...rest, canceledUnits({ L2: 2 })))).toEqual([{ type: 'OrderClosed' }])
  })
})
