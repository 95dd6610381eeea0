/** What one question to a lifecycle costs, against the switch a person would write by hand. Run with `npm run bench -- lifecycle`. */
import { transition } from 'xstate'
import { orderLifecycle, orderMachine } from '../src/state-machines/index.js'
import type { OrderStatus, OrderStep } from '../src/state-machines/index.js'
import { compare, inform } from './harness.js'
import { runFigures } from './support/run-figures.js'

const questions = orderLifecycle.states.flatMap((status) =>
  orderLifecycle.events.map((event) => ({ status, event })),
)

const nextByHand = (status: OrderStatus, event: OrderStep): OrderStatus | undefined => {
  switch (status) {
    case 'draft':
      switch (event) {
        case 'change':
          return 'draft'
        case 'place':
          return 'placed'
        case 'cancel_all':
          return 'canceled'
        default:
          return undefined
      }
    case 'placed':
      switch (event) {
        case 'confirm':
          return 'confirmed'
        case 'cancel_some':
          return 'placed'
        case 'cancel_all':
          return 'canceled'
        default:
          return undefined
      }
    case 'confirmed':
      switch (event) {
        case 'ship_some':
        case 'ship_rest':
        case 'cancel_some':
        case 'cancel_rest':
          return 'confirmed'
        case 'cancel_all':
          return 'canceled'
        case 'close':
          return 'closed'
        default:
          return undefined
      }
    case 'closed':
    case 'canceled':
      return undefined
  }
}

for (const { status, event } of questions) {
  if (orderLifecycle.next(status, event) !== nextByHand(status, event)) {
    throw new Error(`the limit answers another question: ${status}, ${event}`)
  }
}

const allowedPerSweep = questions.filter(({ status, event }) => orderLifecycle.allows(status, event)).length

/** Asks every status × event `sweeps` times; counting the answers keeps the questions from being optimized away. */
const ask = (sweeps: number, next: (status: OrderStatus, event: OrderStep) => unknown) => () => {
  let allowed = 0
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const { status, event } of questions) if (next(status, event) !== undefined) allowed++
  }
  if (allowed !== sweeps * allowedPerSweep) throw new Error(`${allowed} questions were allowed`)
  return sweeps * questions.length
}

const snapshots = questions.map(({ status, event }) => ({
  snapshot: orderMachine.resolveState({ value: status }),
  event: { type: event },
}))

await runFigures({
  'lifecycle-question': async () => {
    await compare({
      name: 'lifecycle-question',
      unit: 'ns/op',
      rounds: 11,
      ours: ask(10_000, orderLifecycle.next),
      limit: ask(10_000, nextByHand),
    })
    await inform("XState's own transition() on the same questions", 'ns/op', 3, () => {
      const sweeps = 50
      for (let sweep = 0; sweep < sweeps; sweep++) {
        for (const { snapshot, event } of snapshots) transition(orderMachine, snapshot, event)
      }
      return sweeps * snapshots.length
    })
  },
})
