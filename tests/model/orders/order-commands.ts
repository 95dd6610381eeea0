import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { Answer } from '../../../src/app/answer.js'
import type { OrderManagementFor } from '../../../src/app/order-management.js'
import {
  cancelUnits,
  closeIfDone,
  idle,
  isOver,
  open,
  reserve,
  skus,
  stockOf,
  total,
  type Model,
  type ModelOrder,
  type ModelWork,
} from './order-model.js'
import { compare } from './compare.js'

export interface Real {
  readonly oms: OrderManagementFor
  readonly key: () => { readonly idempotencyKey: string }
}

export type ModelCommand = fc.AsyncCommand<Model, Real>

const expectCode = (answer: Answer<unknown>, code: string): void => {
  expect(answer.ok ? 'ok' : answer.error.code).toBe(code)
}

/** One command: what it is called in a counterexample, and what it does to both. */
const command = (name: string, run: (model: Model, real: Real) => Promise<void>): ModelCommand => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real)
    await compare(model, real.oms)
  },
  toString: () => name,
})

const receive = (sku: string, quantity: number): ModelCommand =>
  command(`receive ${quantity} ${sku}`, async (model, { oms, key }) => {
    expectCode(await oms.inventory.receive({ sku, quantity }, key()), 'ok')
    stockOf(model, sku).onHand += quantity
  })

const wantedLines = (lines: readonly (readonly [sku: string, quantity: number])[]) =>
  lines.map(([sku, quantity]) => ({ sku, quantity }))

const capture = (lines: readonly (readonly [string, number])[], placing: boolean): ModelCommand =>
  command(`${placing ? 'place' : 'capture'} ${lines.join('; ')}`, async (model, { oms, key }) => {
    const content = { channel: 'web', currency: 'EUR', lines: wantedLines(lines) }
    const answer = placing ? await oms.orders.place(content, key()) : await oms.orders.capture(content, key())
    const order: Omit<ModelOrder, 'id'> = {
      status: 'draft',
      lines: lines.map(([sku, ordered]) => ({
        sku,
        ordered,
        canceled: 0,
        planned: 0,
        shipped: 0,
        delivered: 0,
      })),
      holds: [],
      deposit: 0,
      paid: 0,
    }
    const code = placing ? reserve(model, order.lines) : 'ok'
    expectCode(answer, code)
    if (answer.ok)
      model.orders.push({ ...order, id: answer.value.order, status: placing ? 'placed' : 'draft' })
  })

const newest = 0

/** Most is done to the newest; every other pick is any of them. */
const picked = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  pick % 2 === newest ? items.at(-1) : items[pick % items.length]

const aboutOrder =
  (
    name: string,
    run: (order: ModelOrder, model: Model, real: Real) => Promise<void>,
  ): ((pick: number) => ModelCommand) =>
  (pick) => ({
    ...command(`${name} ${pick}`, (model, real) => {
      const order = picked(model.orders, pick)
      return order === undefined ? Promise.resolve() : run(order, model, real)
    }),
    check: (model) => model.orders.length > 0,
  })

const placeDraft = aboutOrder('place draft', async (order, model, { oms }) => {
  const answer = await oms.orders.placeDraft({ order: order.id })
  const code =
    order.status !== 'draft'
      ? 'invalid_state'
      : order.holds.length > 0
        ? 'order_on_hold'
        : reserve(model, order.lines)
  expectCode(answer, code)
  if (code === 'ok') order.status = 'placed'
})

const confirm = aboutOrder('confirm', async (order, _model, { oms }) => {
  const answer = await oms.orders.confirm({ order: order.id })
  const code = order.status !== 'placed' ? 'invalid_state' : order.holds.length > 0 ? 'order_on_hold' : 'ok'
  expectCode(answer, code)
  if (code === 'ok') order.status = 'confirmed'
})

const hold = aboutOrder('hold', async (order, _model, { oms, key }) => {
  const answer = await oms.orders.hold({ order: order.id, reason: 'fraud_risk' }, key())
  expectCode(answer, isOver(order) ? 'invalid_state' : 'ok')
  if (answer.ok) order.holds.push(answer.value.hold)
})

const releaseHold = aboutOrder('release hold of', async (order, _model, { oms }) => {
  const released = order.holds.shift()
  const answer = await oms.orders.releaseHold({ order: order.id, hold: released ?? 'none' })
  expectCode(answer, released === undefined ? 'invalid_state' : 'ok')
  closeIfDone(order)
})

const pay = aboutOrder('pay in advance for', async (order, _model, { oms, key }) => {
  const units = total(order, (line) => line.ordered)
  const amount = { amount: `${units}.00`, currency: 'EUR' }
  const answer = await oms.payments.record({ order: order.id, amount, method: 'card' }, key())
  // What is shipped is billed: a deposit for an order without a next invoice would wait for ever.
  const allBilled = order.lines.every((line) => line.shipped === line.ordered - line.canceled)
  expectCode(answer, isOver(order) || allBilled ? 'invalid_state' : 'ok')
  if (answer.ok) order.deposit += units
})

const cancel = aboutOrder('cancel', async (order, model, { oms, key }) => {
  const answer = await oms.orders.cancel({ order: order.id, reason: 'changed-mind' }, key())
  const code = isOver(order) ? 'invalid_state' : total(order, idle) === 0 ? 'quantity_exceeded' : 'ok'
  expectCode(answer, code)
  if (code === 'ok') cancelUnits(model, order, order.lines.map(idle))
})

const cancelSome = (units: number) =>
  aboutOrder(`cancel ${units} of the first line of`, async (order, model, { oms, key }) => {
    const lines = [{ line: 'L1', quantity: units }]
    const answer = await oms.orders.cancel({ order: order.id, lines, reason: 'changed-mind' }, key())
    const [first] = order.lines
    const wanted = order.lines.map((line) => (line === first ? units : 0))
    const all = order.lines.every((line, index) => open(line) === wanted[index])
    const code = isOver(order)
      ? 'invalid_state'
      : first === undefined || units > idle(first)
        ? 'quantity_exceeded'
        : order.status === 'draft' && !all
          ? 'invalid_state'
          : 'ok'
    expectCode(answer, code)
    if (code === 'ok') cancelUnits(model, order, wanted)
  })

const plan = aboutOrder('plan work on', async (order, model, { oms }) => {
  const answer = await oms.fulfillments.plan({ order: order.id })
  const code =
    order.status !== 'confirmed'
      ? 'invalid_state'
      : order.holds.length > 0
        ? 'order_on_hold'
        : total(order, idle) === 0
          ? 'quantity_exceeded'
          : 'ok'
  expectCode(answer, code)
  if (!answer.ok) return
  const [planned, ...more] = answer.value.fulfillments
  if (planned === undefined || more.length > 0) throw new Error('one location is one fulfillment')
  const units = order.lines.map(idle)
  for (const [index, line] of order.lines.entries()) line.planned += units[index] ?? 0
  model.work.push({ order, fulfillment: planned.fulfillment, units, shipment: undefined, status: 'planned' })
})

const aboutWork =
  (
    name: string,
    run: (work: ModelWork, model: Model, real: Real) => Promise<void>,
  ): ((pick: number) => ModelCommand) =>
  (pick) => ({
    ...command(`${name} ${pick}`, (model, real) => {
      const work = picked(model.work, pick)
      return work === undefined ? Promise.resolve() : run(work, model, real)
    }),
    check: (model) => model.work.length > 0,
  })

const pack = aboutWork('pack', async (work, _model, { oms }) => {
  const answer = await oms.fulfillments.pack({ fulfillment: work.fulfillment })
  expectCode(answer, work.status === 'planned' ? 'ok' : 'invalid_state')
  if (!answer.ok) return
  work.status = 'packed'
  work.shipment = answer.value.shipment
})

const cancelWork = aboutWork('give up', async (work, _model, { oms }) => {
  const answer = await oms.fulfillments.cancel({ fulfillment: work.fulfillment, reason: 'no_staff' })
  const code = work.status === 'planned' || work.status === 'packed' ? 'ok' : 'invalid_state'
  expectCode(answer, code)
  if (code !== 'ok') return
  work.status = 'canceled'
  for (const [index, line] of work.order.lines.entries()) line.planned -= work.units[index] ?? 0
})

const ship = aboutWork('ship', async (work, model, { oms }) => {
  const answer = await oms.shipments.ship({ shipment: work.shipment ?? 'none', carrier: 'Parcel Post' })
  const { order } = work
  const code =
    work.shipment === undefined
      ? 'unknown_shipment'
      : work.status !== 'packed'
        ? 'invalid_state'
        : order.holds.length > 0
          ? 'order_on_hold'
          : 'ok'
  expectCode(answer, code)
  if (code !== 'ok') return
  work.status = 'in_transit'
  let billed = 0
  for (const [index, line] of order.lines.entries()) {
    const units = work.units[index] ?? 0
    const level = stockOf(model, line.sku)
    level.onHand -= units
    level.reserved -= units
    line.planned -= units
    line.shipped += units
    billed += units
  }
  // The invoice comes with the shipment, and what was paid in advance pays it.
  const applied = Math.min(order.deposit, billed)
  order.deposit -= applied
  order.paid += applied
})

const deliver = aboutWork('deliver', async (work, _model, { oms }) => {
  const answer = await oms.shipments.deliver({ shipment: work.shipment ?? 'none' })
  const code =
    work.shipment === undefined ? 'unknown_shipment' : work.status === 'in_transit' ? 'ok' : 'invalid_state'
  expectCode(answer, code)
  if (code !== 'ok') return
  work.status = 'delivered'
  for (const [index, line] of work.order.lines.entries()) line.delivered += work.units[index] ?? 0
  closeIfDone(work.order)
})

/** Carries the newest order on, as many steps as are asked for or as far as it goes, perhaps with a hold before one of them. */
const carryOn = (steps: number, holdBefore: number): ModelCommand => ({
  check: (model) => model.orders.length > 0,
  run: async (model, real) => {
    for (const [index, step] of [confirm, pay, plan, pack, ship, deliver].slice(0, steps).entries()) {
      if (index === holdBefore) await hold(newest).run(model, real)
      if (index < 3 || model.work.length > 0) await step(newest).run(model, real)
    }
  },
  toString: () => `carry the newest order on by ${steps}, hold before ${holdBefore}`,
})

const pick = fc.nat({ max: 7 })
const units = fc.integer({ min: 1, max: 4 })
const lines = fc.array(fc.tuple(fc.constantFrom(...skus), units), { minLength: 1, maxLength: 3 })
export const anyCommand: fc.Arbitrary<ModelCommand>[] = [
  fc.tuple(fc.constantFrom(...skus), units).map(([sku, quantity]) => receive(sku, quantity)),
  ...Array.from({ length: 3 }, () =>
    fc
      .tuple(fc.integer({ min: 3, max: 6 }), fc.nat({ max: 12 }))
      .map(([steps, holdBefore]) => carryOn(steps, holdBefore)),
  ),
  lines.map((wanted) => capture(wanted, true)),
  lines.map((wanted) => capture(wanted, false)),
  fc.tuple(units, pick).map(([quantity, order]) => cancelSome(quantity)(order)),
  ...[placeDraft, confirm, hold, releaseHold, pay, cancel, plan, pack, cancelWork, ship, deliver].map(
    (about) => pick.map(about),
  ),
]
