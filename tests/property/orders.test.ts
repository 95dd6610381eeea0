import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, compare, isZero, subtract, sumOf, zero, type Money } from '../../src/core/money/money.js'
import { extendPrice } from '../../src/core/money/unit-price.js'
import { allowedCommands } from '../../src/core/orders/order-blockers.js'
import { closingEvents, decideOrder, type OrderCommand } from '../../src/core/orders/order-decider.js'
import {
  cancelableQuantity,
  fulfillmentStatusOf,
  invoicingStatusOf,
  openQuantity,
  owedFor,
  paymentStatusOf,
  receivedFor,
  unplannedQuantity,
} from '../../src/core/orders/order-status.js'
import { orderKind, type Order, type OrderEvent } from '../../src/core/orders/order.js'
import type { LineQuantity, OrderLine } from '../../src/core/orders/order-line.js'
import { orderLifecycle } from '../../src/state-machines/order.machine.js'
import {
  canceledUnits,
  captured,
  confirmed,
  content,
  deposited,
  orderAfter,
  pieces,
  placed,
  units,
} from '../support/order-events.js'

const lineIds = ['L1', 'L2', 'L3'] as const

type Wish = (order: Order, limitOf: (line: OrderLine) => number) => readonly LineQuantity[]

/** All that is possible, or some of some lines: too much, unknown lines and the same line twice included. */
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.constant<Wish>((order, limitOf) =>
    order.lines.flatMap((line) => (limitOf(line) > 0 ? [{ line: line.id, quantity: limitOf(line) }] : [])),
  ),
  fc
    .array(fc.tuple(fc.constantFrom(...lineIds, ...lineIds, 'L9'), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 2,
    })
    .map(
      (pairs): Wish =>
        () =>
          pairs.flatMap(([line, quantity]) => units({ [line]: quantity })),
    ),
)

/** What the units bill: the price of all billed so far and now, less what was billed so far. */
const amountOf = (order: Order, lines: readonly LineQuantity[]): Money => {
  const priceOf = (line: OrderLine, quantity: number) =>
    extendPrice(line.unitPrice, { baseUnits: BigInt(quantity), digits: 0 }, 'half_up')
  return order.lines.reduce((sum, line) => {
    const more = lines.reduce((count, named) => (named.line === line.id ? count + named.quantity : count), 0)
    return add(sum, subtract(priceOf(line, line.invoiced + more), priceOf(line, line.invoiced)))
  }, zero(order.currency))
}

type Step = (order: Order) => OrderCommand

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>(() => ({ type: 'PlaceOrder', placedOn: '2026-03-01' as never })),
  fc.constant<Step>(() => ({ type: 'ConfirmOrder' })),
  fc.constantFrom('H1', 'H2').map<Step>((id) => () => ({ type: 'HoldOrder', hold: { id, reason: 'other' } })),
  fc.constantFrom('H1', 'H2').map<Step>((hold) => () => ({ type: 'ReleaseOrderHold', hold })),
  fc.constant<Step>(() => ({ type: 'CancelOrder', reason: 'x' })),
  wish.map<Step>((of) => (order) => ({
    type: 'CancelOrder',
    reason: 'x',
    lines: of(order, cancelableQuantity),
  })),
  wish.map<Step>((of) => (order) => ({
    type: 'PlanWork',
    fulfillment: 'F' as never,
    lines: of(order, unplannedQuantity),
  })),
  wish.map<Step>((of) => (order) => ({
    type: 'CancelWork',
    fulfillment: 'F' as never,
    lines: of(order, (line) => line.planned),
  })),
  wish.map<Step>((of) => (order) => ({
    type: 'ShipGoods',
    shipment: 'S' as never,
    lines: of(order, (line) => line.planned),
  })),
  wish.map<Step>((of) => (order) => ({
    type: 'DeliverGoods',
    shipment: 'S' as never,
    lines: of(order, (line) => line.shipped - line.delivered),
  })),
  wish.map<Step>((of) => (order) => {
    const lines = of(order, (line) => line.shipped - line.invoiced)
    return {
      type: 'InvoiceOrder',
      on: '2026-03-01' as never,
      invoice: 'I' as never,
      amount: amountOf(order, lines),
      lines,
    }
  }),
  fc.constant<Step>((order) => ({ type: 'ApplyPayment', payment: 'P' as never, amount: owedFor(order) })),
  fc.constant<Step>(() => ({
    type: 'ChangeDraft',
    content: content([pieces('L1', 5, '0.333'), pieces('L2', 1)]),
  })),
)

/** Half of the orders are far enough already to be worked on. */
const history = fc.tuple(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 30 }))

const start = captured([pieces('L1', 4, '0.333'), pieces('L2', 3), pieces('L3', 2, '7.25')])

const checkOrder = (order: Order): void => {
  for (const line of order.lines) {
    const open = openQuantity(line)
    expect(open, 'OQ1').toBeGreaterThanOrEqual(0)
    expect(line.quantity, 'OQ1').toBe(open + line.canceled + line.shipped)
    expect(line.allocated, 'OQ1').toBe(order.status === 'draft' ? 0 : open)
    expect(line.planned, 'planned').toBeLessThanOrEqual(line.allocated)
    expect(line.delivered, 'OQ2').toBeLessThanOrEqual(line.shipped)
    expect(line.invoiced, 'OQ4').toBeLessThanOrEqual(line.shipped)
    expect(line.credited, 'OQ5').toBeLessThanOrEqual(line.invoiced)
    for (const count of Object.values(line))
      if (typeof count === 'number') expect(count).toBeGreaterThanOrEqual(0)
  }
  const open = order.lines.some((line) => openQuantity(line) > 0)
  const anyShipped = order.lines.some((line) => line.shipped > 0)
  const fulfillment = fulfillmentStatusOf(order)
  expect(fulfillment === 'not_shipped', 'OQ7').toBe(!anyShipped)
  if (order.status === 'draft' || order.status === 'placed') expect(anyShipped, 'OQ7').toBe(false)
  if (order.status === 'canceled') expect([open, anyShipped], 'OQ7').toEqual([false, false])
  if (order.status === 'confirmed' && !anyShipped) expect(open, 'OQ7').toBe(true)
  if (order.status === 'closed') {
    expect(fulfillment, 'OQ7').toBe('delivered')
    expect(invoicingStatusOf(order), 'OQ7').toBe('invoiced')
    expect(['paid', 'overpaid', 'not_paid'], 'OQ7').toContain(paymentStatusOf(order))
    expect(compare(receivedFor(order), owedFor(order)), 'OQ7').toBeGreaterThanOrEqual(0)
  }
  if (invoicingStatusOf(order) === 'invoiced') expect(order.invoiced, 'MO3').toEqual(owedFor(order))
}

describe('an order', () => {
  it('OQ1 OQ2 OQ4 OQ7 EV7 keeps its counters and statuses in step, whatever is asked of it', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(history, ([isConfirmed, steps]) => {
        const log: OrderEvent[] = isConfirmed ? [start, placed, confirmed] : [start]
        let order = orderAfter(...log)
        for (const next of steps) {
          const command = next(order)
          const decided = decideOrder(order, command)
          seen.add(`${command.type} ${decided.ok ? 'ok' : decided.error.code}`)
          if (!decided.ok) continue
          for (const event of decided.value) {
            order = orderKind.evolve(order, event)
            log.push(event)
          }
          for (const event of closingEvents(order)) {
            order = orderKind.evolve(order, event)
            log.push(event)
            seen.add('closed')
          }
          checkOrder(order)
        }
        const folded = log.reduce<Order | undefined>(
          (state, event) => orderKind.evolve(state, event),
          undefined,
        )
        expect(folded, 'EV7').toEqual(order)
      }),
      { numRuns: 400 },
    )
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'ShipGoods ok',
        'ShipGoods quantity_exceeded',
        'CancelOrder ok',
        'CancelOrder quantity_exceeded',
        'CancelOrder unknown_line',
        'DeliverGoods ok',
        'InvoiceOrder ok',
        'PlanWork order_on_hold',
        'ChangeDraft ok',
      ]),
    )
  })

  it('OQ8 moves nothing any more once it is over', () => {
    const canceled = orderAfter(start, canceledUnits({ L1: 4, L2: 3, L3: 2 }), {
      type: 'OrderCanceled',
      reason: 'x',
    })
    const closed: Order = { ...orderAfter(start, placed, confirmed), status: 'closed' }
    fc.assert(
      fc.property(fc.constantFrom(canceled, closed), step, (order, next) => {
        const command = next(order)
        strictEqual(orderLifecycle.isFinal(order.status), true)
        expect(allowedCommands(order)).toEqual([])
        // Money that arrives late is booked all the same, and paid back.
        if (command.type !== 'ApplyPayment' && !isAboutDocuments(command))
          strictEqual(decideOrder(order, command).ok, false)
      }),
      { numRuns: 200 },
    )
  })

  it('PY2 owes nothing for what is canceled, and says when money is to be paid back', () => {
    const order = orderAfter(start, placed, deposited('45.83'))
    expect(receivedFor(order)).toEqual(owedFor(order))
    fc.assert(
      fc.property(wish, (of) => {
        const decided = decideOrder(order, {
          type: 'CancelOrder',
          reason: 'x',
          lines: of(order, cancelableQuantity),
        })
        if (!decided.ok) return
        const after = decided.value.reduce<Order>((state, event) => orderKind.evolve(state, event), order)
        strictEqual(isZero(owedFor(after)), after.status === 'canceled')
        expect(owedFor(after)).toEqual(sumOf(after.lines.map(remaining), after.currency))
        strictEqual(paymentStatusOf(after), 'overpaid')
      }),
      { numRuns: 300 },
    )
  })
})

/** Shipments and documents that exist already take their course after an order is over. */
const isAboutDocuments = ({ type }: OrderCommand): boolean =>
  type === 'CancelWork' || type === 'DeliverGoods' || type === 'InvoiceOrder'

const remaining = (line: OrderLine): Money =>
  extendPrice(line.unitPrice, { baseUnits: BigInt(line.quantity - line.canceled), digits: 0 }, 'half_up')
