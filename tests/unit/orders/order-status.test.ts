import { describe, expect, it } from 'vitest'
import {
  fulfillmentStatusOf,
  invoicingStatusOf,
  openQuantity,
  owedFor,
  paymentStatusOf,
} from '../../../src/core/orders/order-status.js'
import { orderKind, type OrderEvent } from '../../../src/core/orders/order.js'
import {
  canceledUnits,
  captured,
  confirmed,
  credited,
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
} from '../../support/order-events.js'

const start = [captured([pieces('L1', 3), pieces('L2', 2)]), placed, confirmed]
const sent = (quantities: Readonly<Record<string, number>>) => [planned(quantities), shipped(quantities)]

describe('OQ7 the fulfillment status', () => {
  it.each<[string, readonly OrderEvent[]]>([
    ['not_shipped', []],
    ['not_shipped', [planned({ L1: 3 })]],
    ['partly_shipped', sent({ L1: 1 })],
    ['shipped', sent({ L1: 3, L2: 2 })],
    ['partly_delivered', [...sent({ L1: 3, L2: 2 }), delivered({ L1: 1 })]],
    ['delivered', [...sent({ L1: 3, L2: 2 }), delivered({ L1: 3, L2: 2 })]],
    ['shipped', [...sent({ L1: 3 }), canceledUnits({ L2: 2 })]],
    ['delivered', [...sent({ L1: 3 }), delivered({ L1: 3 }), canceledUnits({ L2: 2 })]],
  ])('is %s after what happened', (expected, events) => {
    expect(fulfillmentStatusOf(orderAfter(...start, ...events))).toBe(expected)
  })
})

describe('OQ7 the invoicing status', () => {
  it.each<[string, readonly OrderEvent[]]>([
    ['not_invoiced', sent({ L1: 3 })],
    ['partly_invoiced', [...sent({ L1: 3 }), invoiced('30.00', { L1: 3 })]],
    ['invoiced', [...sent({ L1: 3, L2: 2 }), invoiced('50.00', { L1: 3, L2: 2 })]],
    ['invoiced', [...sent({ L1: 3 }), canceledUnits({ L2: 2 }), invoiced('30.00', { L1: 3 })]],
    [
      'credited',
      [...sent({ L1: 3, L2: 2 }), invoiced('50.00', { L1: 3, L2: 2 }), credited('50.00', { L1: 3, L2: 2 })],
    ],
  ])('is %s after what happened', (expected, events) => {
    expect(invoicingStatusOf(orderAfter(...start, ...events))).toBe(expected)
  })

  it('is not credited while a line is still to be invoiced, and that line is still owed', () => {
    const order = orderAfter(
      ...start,
      ...sent({ L1: 3 }),
      invoiced('30.00', { L1: 3 }),
      credited('30.00', { L1: 3 }),
    )
    expect(invoicingStatusOf(order)).toBe('partly_invoiced')
    expect(owedFor(order)).toEqual(euros('20.00'))
  })
})

describe('what is owed', () => {
  it('is the total without the canceled units, as the invoices will bill them', () => {
    const nails = captured([pieces('L1', 10, '0.333')])
    expect(owedFor(orderAfter(nails, placed))).toEqual(euros('3.33'))
    expect(owedFor(orderAfter(nails, placed, canceledUnits({ L1: 3 })))).toEqual(euros('2.33'))
  })

  it('is more by what a debit note claims, before all is invoiced and after', () => {
    const debited: OrderEvent = {
      type: 'OrderDebited',
      invoice: 'I-2' as never,
      amount: euros('4.00'),
      nth: 2,
    }
    const part = orderAfter(...start, ...sent({ L1: 3 }), invoiced('30.00', { L1: 3 }), debited)
    expect(owedFor(part)).toEqual(euros('54.00'))
    const rest = [...sent({ L2: 2 }), invoiced('20.00', { L2: 2 })]
    expect(owedFor(rest.reduce(orderKind.evolve, part))).toEqual(euros('54.00'))
  })

  it('is the sum of the documents once all is invoiced', () => {
    const order = orderAfter(
      ...start,
      ...sent({ L1: 3, L2: 2 }),
      invoiced('50.00', { L1: 3, L2: 2 }),
      credited('10.00', { L1: 1 }),
    )
    expect(owedFor(order)).toEqual(euros('40.00'))
  })
})

describe('OQ7 the payment status', () => {
  it.each<[string, readonly OrderEvent[]]>([
    ['not_paid', []],
    ['partly_paid', [paid('49.99')]],
    ['paid', [paid('50.00')]],
    ['paid', [deposited('20.00'), paid('30.00')]],
    ['overpaid', [paid('50.01')]],
    ['paid', [canceledUnits({ L2: 2 }), paid('30.00')]],
    [
      'overpaid',
      [deposited('50.00'), canceledUnits({ L1: 3, L2: 2 }), { type: 'OrderCanceled', reason: 'x' }],
    ],
  ])('is %s after what happened', (expected, events) => {
    expect(paymentStatusOf(orderAfter(...start, ...events))).toBe(expected)
  })
})

describe('an order', () => {
  it('forgets what a change of the draft left out', () => {
    const before = captured([pieces('L1', 1)], {
      reference: 'W-1',
      purchaseOrder: 'PO-1',
      customer: 'C-1' as never,
      shipTo: 'home' as never,
      billTo: 'home' as never,
      metadata: { gift: 'yes' },
    })
    const { content } = captured([pieces('L1', 2)]) as Extract<OrderEvent, { readonly type: 'OrderCaptured' }>
    const changed = orderAfter(before, { type: 'OrderChanged', content })
    expect(changed).toEqual(
      orderAfter({ type: 'OrderCaptured', id: 'O-1' as never, number: 'N-1' as never, content }),
    )
  })

  it('counts its sums in the new currency when a draft changes it', () => {
    const { content } = captured([]) as Extract<OrderEvent, { readonly type: 'OrderCaptured' }>
    const changed = orderAfter(captured([pieces('L1', 1)]), {
      type: 'OrderChanged',
      content: { ...content, currency: 'JPY' as never },
    })
    expect(changed).toMatchObject({
      total: { amount: '0', currency: 'JPY' },
      paid: { amount: '0', currency: 'JPY' },
      invoiced: { amount: '0', currency: 'JPY' },
      credited: { amount: '0', currency: 'JPY' },
    })
  })

  it('gives units without stock up first', () => {
    const order = orderAfter(captured([pieces('L1', 5)]), placed)
    const short = { ...order, lines: order.lines.map((line) => ({ ...line, allocated: 3 })) }
    const after = orderKind.evolve(short, canceledUnits({ L1: 2 }))
    expect(after.lines[0]).toMatchObject({ canceled: 2, allocated: 3 })
    expect(orderKind.evolve(after, canceledUnits({ L1: 1 })).lines[0]).toMatchObject({ allocated: 2 })
  })

  it('is found by its customer until the customer is erased', () => {
    const order = orderAfter(captured([pieces('L1', 1)], { customer: 'C-1' as never }))
    expect(orderKind.entries(order)).toMatchObject({ customer: 'C-1' })
    const erased = orderKind.evolve(order, { type: 'OrderPersonalDataErased' })
    expect(orderKind.entries(erased)).not.toHaveProperty('customer')
    expect(orderKind.entries(erased)).toMatchObject({ erasedCustomer: 'C-1' })
    const shared = orderKind.evolve(
      orderAfter(captured([pieces('L1', 1)], { customer: 'C-1' as never, billing: 'consolidated' })),
      { type: 'OrderPersonalDataErased' },
    )
    expect(orderKind.entries(shared)).not.toHaveProperty('customer')
    expect(orderKind.entries(shared)).toMatchObject({ erasedCustomer: 'C-1' })
  })

  it('F4 knows what is open of a line', () => {
    const order = orderAfter(...start, ...sent({ L1: 1 }), canceledUnits({ L1: 1 }))
    expect(order.lines.map(openQuantity)).toEqual([1, 2])
  })
})
