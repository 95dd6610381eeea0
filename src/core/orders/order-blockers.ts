import type { Blocker, BlockersByCommand } from '../explain.js'
import { wrongStatus } from '../explain.js'
import { compare, isPositive, subtract, zero, type Money } from '../money/money.js'
import { orderLifecycle } from '../../state-machines/order.machine.js'
import type { Order } from './order.js'
import type { OrderLine } from './order-line.js'
import { coversDeposits, standingDeposits, unclaimedOf } from './unclaimed.js'
import { withheldOfOrder } from './withheld.js'
import { acceptableQuantity } from './billable.js'
import {
  cancelableQuantity,
  claimedQuantity,
  owedFor,
  receivedFor,
  unplannedQuantity,
  untouchedQuantity,
} from './order-status.js'

/** What stands in the way of each command about an order. The decider refuses with the first; `explain` shows them all. */
export const orderBlockers = {
  'orders.changeDraft': (order: Order): readonly Blocker[] =>
    wrongStatus(orderLifecycle, order.status, ['change']),
  'orders.placeDraft': (order: Order): readonly Blocker[] => [
    ...wrongStatus(orderLifecycle, order.status, ['place']),
    ...heldBlocker(order),
    ...erasedBlocker(order),
  ],
  'orders.confirm': (order: Order): readonly Blocker[] => [
    ...wrongStatus(
      orderLifecycle,
      order.status,
      ['confirm'],
      order.status === 'draft' ? ['orders.placeDraft'] : [],
    ),
    ...heldBlocker(order),
  ],
  'orders.cancel': (order: Order): readonly Blocker[] => [
    ...wrongStatus(orderLifecycle, order.status, ['cancel_all', 'cancel_rest']),
    ...nothingLeftBlocker(order),
    ...claimedBlocker(order),
    ...depositBlocker(order),
  ],
  'orders.hold': (order: Order): readonly Blocker[] => finishedBlocker(order),
  'orders.releaseHold': (order: Order): readonly Blocker[] =>
    order.holds.length > 0 ? [] : [{ code: 'invalid_state', details: { holds: [] }, unblockedBy: [] }],
  'fulfillments.plan': (order: Order): readonly Blocker[] => [
    ...wrongStatus(
      orderLifecycle,
      order.status,
      ['ship_some', 'ship_rest'],
      order.status === 'placed' ? ['orders.confirm'] : order.status === 'draft' ? ['orders.placeDraft'] : [],
    ),
    ...heldBlocker(order),
    ...nothingLeftBlocker(order),
    ...onlyPeriodsBlocker(order),
    ...waitingBlocker(order),
    ...unpaidBlocker(order),
  ],
  'orders.accept': (order: Order): readonly Blocker[] => [
    ...wrongStatus(
      orderLifecycle,
      order.status,
      ['ship_some', 'ship_rest'],
      order.status === 'placed' ? ['orders.confirm'] : [],
    ),
    ...heldBlocker(order),
    ...allAcceptedBlocker(order),
  ],
  'invoices.billDeposit': (order: Order): readonly Blocker[] => [
    ...(order.status === 'draft'
      ? wrongStatus(orderLifecycle, order.status, ['confirm'], ['orders.placeDraft'])
      : finishedBlocker(order)),
    ...nothingToClaimBlocker(order),
  ],
  'shipments.ship': (order: Order): readonly Blocker[] => [
    ...wrongStatus(orderLifecycle, order.status, ['ship_some', 'ship_rest']),
    ...heldBlocker(order),
    ...unpaidBlocker(order),
  ],
} as const

/** The commands that nothing blocks, by the names a host calls them with. */
export const allowedCommands = (order: Order): readonly string[] =>
  Object.entries(orderBlockers).flatMap(([command, blockersOf]) =>
    blockersOf(order).length === 0 ? [command] : [],
  )

export const blockersOfOrder = (order: Order): BlockersByCommand =>
  Object.fromEntries(
    Object.entries(orderBlockers).map(([command, blockersOf]) => [command, blockersOf(order)]),
  )

const heldBlocker = (order: Order): readonly Blocker[] =>
  order.holds.length === 0
    ? []
    : [{ code: 'order_on_hold', details: { holds: order.holds }, unblockedBy: ['orders.releaseHold'] }]

/** Nobody orders any more in the name of a customer who was erased. */
const erasedBlocker = (order: Order): readonly Blocker[] =>
  order.personalData === 'erased'
    ? [
        {
          code: 'unknown_party',
          details: { party: order.customer },
          unblockedBy: ['orders.changeDraft'],
        },
      ]
    : []

const finishedBlocker = (order: Order): readonly Blocker[] =>
  orderLifecycle.isFinal(order.status)
    ? [{ code: 'invalid_state', details: { status: order.status, allowed: [] }, unblockedBy: [] }]
    : []

/** Nothing is open, or somebody is at work on all that is: who picks a unit has the only say over it (OQ9). */
const nothingLeftBlocker = (order: Order): readonly Blocker[] => {
  if (order.lines.some((line) => untouchedQuantity(line) > 0)) return []
  const planned = order.lines.reduce((units, line) => units + line.planned, 0)
  return [
    {
      code: 'quantity_exceeded',
      details: { left: 0, planned },
      unblockedBy: planned > 0 ? ['fulfillments.cancel'] : [],
    },
  ]
}

/** What is sold by the period needs no work: it is provided by time. */
const onlyPeriodsBlocker = (order: Order): readonly Blocker[] => {
  const untouched = order.lines.filter((line) => untouchedQuantity(line) > 0)
  return untouched.length === 0 || untouched.some(({ recurring }) => recurring === undefined)
    ? []
    : [{ code: 'quantity_exceeded', details: { unplanned: 0 }, unblockedBy: [] }]
}

/** What is billed is canceled after its credit note: else a claim would stand on goods that nobody owes (OQ4). */
const claimedBlocker = (order: Order): readonly Blocker[] => {
  const open = order.lines.filter((line) => untouchedQuantity(line) > 0)
  return open.length === 0 || open.some((line) => cancelableQuantity(line) > 0)
    ? []
    : [
        {
          code: 'quantity_exceeded',
          details: { left: 0, invoiced: open.reduce((units, line) => units + claimedQuantity(line), 0) },
          unblockedBy: ['invoices.credit'],
        },
      ]
}

/** Deposits claim all that is left: not a unit can be canceled before one of them is credited. */
const depositBlocker = (order: Order): readonly Blocker[] => {
  const standing = standingDeposits(order)
  if (standing.length === 0) return []
  const hasRoom = order.lines.some(
    (line) =>
      cancelableQuantity(line) > 0 &&
      coversDeposits({
        ...order,
        lines: order.lines.map((each) => (each === line ? { ...each, canceled: each.canceled + 1 } : each)),
      }),
  )
  return hasRoom
    ? []
    : [
        {
          code: 'quantity_exceeded',
          details: { deposits: standing.map(({ invoice, number, amount }) => ({ invoice, number, amount })) },
          unblockedBy: ['invoices.credit'],
        },
      ]
}

const nothingToClaimBlocker = (order: Order): readonly Blocker[] =>
  unclaimedOf(order).due > 0n
    ? []
    : [{ code: 'quantity_exceeded', details: { limit: zero(order.currency) }, unblockedBy: [] }]

const allAcceptedBlocker = (order: Order): readonly Blocker[] =>
  order.lines.some((line) => acceptableQuantity(line) > 0)
    ? []
    : [{ code: 'quantity_exceeded', details: { left: 0 }, unblockedBy: [] }]

/** All that nobody works on yet waits for goods: says what waits, and until when where a day was promised. */
const waitingBlocker = (order: Order): readonly Blocker[] => {
  if (order.lines.every((line) => line.lacking === undefined)) return []
  if (order.lines.some((line) => unplannedQuantity(line) > 0)) return []
  return [
    {
      code: 'waiting_for_stock',
      details: { lines: order.lines.flatMap(waitingLine) },
      unblockedBy: ['inventory.receive'],
    },
  ]
}

const waitingLine = ({ id, location, lacking, promisedOn }: OrderLine) =>
  lacking === undefined
    ? []
    : [{ line: id, location, lacking, ...(promisedOn !== undefined && { promisedOn }) }]

/** What the customer withholds it cannot pay in advance; what it has certificates for is owed no longer anyway. */
const owedInAdvance = (order: Order): Money => {
  const owed = owedFor(order)
  if (order.withholdings === undefined) return owed
  const withheld = withheldOfOrder(order)
  const uncertified = order.forgone === undefined ? withheld : subtract(withheld, order.forgone)
  return isPositive(uncertified) ? subtract(owed, uncertified) : owed
}

/** M25, F75: an order on prepayment is not worked on before all that is owed for it is paid. */
const unpaidBlocker = (order: Order): readonly Blocker[] => {
  if (order.payment.terms !== 'prepaid') return []
  const owed = owedInAdvance(order)
  const received = receivedFor(order)
  return compare(received, owed) >= 0
    ? []
    : [{ code: 'payment_due', details: { owed, received }, unblockedBy: ['payments.record'] }]
}
