import { z } from 'zod'
import { defineCommand } from '../command.js'
import { fulfillmentKind, type WorkLine } from '../fulfillment/fulfillment.js'
import { orderIdSchema } from '../ids/id-schema.js'
import type { FulfillmentId, LocationId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { invariant, present } from '../invariant.js'
import {
  allocateGoods,
  allocationKeys,
  type AllocatedGoods,
  type Claimant,
} from '../inventory/allocate-goods.js'
import { trackedDemandOf } from '../inventory/stock-demand.js'
import { decideOrder } from '../orders/order-decider.js'
import { unplannedQuantity } from '../orders/order-status.js'
import { orderKind, type Order } from '../orders/order.js'
import type { LineQuantity, OrderLine } from '../orders/order-line.js'
import { workOn, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { dateOf, type LocalDate } from '../time/local-date.js'
import { localDateSchema } from '../time/time-schema.js'
import {
  goodsByLineSchema,
  namedGoodsKeys,
  readGoodsByLine,
  type GoodsByLine,
  type NamedByLine,
  type TrackedLine,
} from './goods-by-line.js'
import { countLines, wantedLinesSchema } from './wanted-lines.js'

/**
 * Plans the work on a confirmed order: one fulfillment per location that serves it, so no line is left to nobody (M60). Without `lines` all that
 * is reserved and not planned yet. The same units are never planned twice.
 *
 * Goods that are told apart are set aside now (F37): lots first expired first out, never one that may not leave on `shippingOn`; or those that
 * `goods` names. Pieces with serial numbers may be named now or when they are packed. Refused as `out_of_stock` when the lots do not suffice (the
 * details say which were passed over and why), `unknown_lot`, `lot_expired`, `quantity_exceeded`, `unknown_serial` or `serial_unavailable` (ST14).
 */
export const planFulfillment = defineCommand({
  name: 'fulfillments.plan',
  input: z.strictObject({
    order: orderIdSchema,
    lines: wantedLinesSchema.optional(),
    /** Which lots or pieces to take, where the host wants to choose them. */
    goods: goodsByLineSchema.optional(),
    /** The day on which the goods are to leave; the store's day when left out. */
    shippingOn: localDateSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen, { ids }) => {
    const order = seen.get(orderKind, input.order)
    return [
      { kind: orderKind.name, id: input.order },
      ...locationsOf(order).map((location) => ({ kind: fulfillmentKind.name, id: ids.of(location) })),
      ...(order === undefined ? [] : goodsToPlan(order, input.goods ?? [])),
    ]
  },
  plan: (facts, input, { ids, now, settings }) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    const counted =
      input.lines === undefined
        ? ok(unplannedLines(order))
        : countLines(
            input.lines,
            order.lines.map(({ id, unit }) => ({ line: id, unit })),
          )
    if (!counted.ok) return counted
    const day = dayOfShipping(input.shippingOn, dateOf(now))
    if (!day.ok) return day
    const tracked = trackedLines(order, counted.value)
    const named = readGoodsByLine(work, input.goods, tracked, settings.limits.serialsPerCommand)
    if (!named.ok) return named
    const fulfillments: { readonly fulfillment: FulfillmentId; readonly location: LocationId }[] = []
    let current = order
    for (const location of locationsOf(order)) {
      const lines = linesAt(order, location, counted.value)
      if (lines.length === 0) continue
      const fulfillment = ids.of(location) as FulfillmentId
      const decided = decideOrder(current, { type: 'PlanWork', fulfillment, lines: lines.map(quantityOf) })
      if (!decided.ok) return decided
      current = work.append(orderKind, order.id, decided.value)
      const claimant = { order: order.id, fulfillment }
      const setAside = setGoodsAside(work, location, lines, tracked, named.value, claimant, day.value)
      if (!setAside.ok) return setAside
      work.append(fulfillmentKind, fulfillment, [
        { type: 'FulfillmentPlanned', id: fulfillment, order: order.id, location, lines: setAside.value },
      ])
      fulfillments.push({ fulfillment, location })
    }
    if (fulfillments.length === 0) {
      const decided = decideOrder(order, { type: 'PlanWork', fulfillment: '' as FulfillmentId, lines: [] })
      invariant(!decided.ok, 'where there is nothing to plan, the order says why')
      return decided
    }
    return ok(work.finish({ kind: orderKind.name, id: order.id }, { order: order.id, fulfillments }))
  },
})

const locationsOf = (order: Order | undefined): readonly LocationId[] => [
  ...new Set(order?.lines.map((line) => line.location)),
]

const unplannedLines = (order: Order): readonly LineQuantity[] =>
  order.lines.flatMap((line) =>
    unplannedQuantity(line) > 0 ? [{ line: line.id, quantity: unplannedQuantity(line) }] : [],
  )

const linesAt = (
  order: Order,
  location: LocationId,
  wanted: readonly LineQuantity[],
): readonly WorkLine[] => {
  const quantities = new Map(wanted.map(({ line, quantity }) => [line, quantity]))
  return order.lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    return line.location === location && quantity !== undefined ? [workLine(line, quantity)] : []
  })
}

const workLine = ({ id, sku, components, stocked }: OrderLine, quantity: number): WorkLine => {
  if (stocked === false) return { line: id, sku, quantity, stocked }
  return components === undefined ? { line: id, sku, quantity } : { line: id, sku, quantity, components }
}

const quantityOf = ({ line, quantity }: WorkLine): LineQuantity => ({ line, quantity })

/** The lots of what is tracked by lot, and the pieces that are named. */
const goodsToPlan = (order: Order, named: GoodsByLine): readonly Key[] => [
  ...order.lines.flatMap((line) => allocationKeys(line.location, trackedDemandOf(line, 1))),
  ...namedGoodsKeys(
    named,
    order.lines.map(({ id, sku, location }) => ({ line: id, sku, location })),
  ),
]

const trackedLines = (order: Order, wanted: readonly LineQuantity[]): readonly TrackedLine[] => {
  const quantities = new Map(wanted.map(({ line, quantity }) => [line, quantity]))
  return order.lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    return quantity === undefined
      ? []
      : [{ line: line.id, sku: line.sku, tracked: trackedDemandOf(line, quantity) }]
  })
}

/** Goods that have expired by the day they leave would be set aside for nothing, so the day cannot lie behind us. */
const dayOfShipping = (given: LocalDate | undefined, today: LocalDate): Result<LocalDate, Refusal> =>
  given !== undefined && given < today
    ? refuse('validation_failed', { issues: [{ path: ['shippingOn'], rule: 'date.past' }] })
    : ok(given ?? today)

const setGoodsAside = (
  work: Work,
  location: LocationId,
  lines: readonly WorkLine[],
  tracked: readonly TrackedLine[],
  named: NamedByLine,
  claimant: Claimant,
  day: LocalDate,
): Result<readonly WorkLine[], Refusal> => {
  if (tracked.every((line) => line.tracked.length === 0)) return ok(lines)
  const withGoods: WorkLine[] = []
  for (const line of lines) {
    const goods: AllocatedGoods[] = []
    const asked = tracked.find((candidate) => candidate.line === line.line)
    for (const wanted of present(asked, 'what is planned of a line is asked for its goods').tracked) {
      const taken = allocateGoods(work, location, wanted, named(line.line, wanted.sku), claimant, day)
      if (!taken.ok) return taken
      goods.push(taken.value)
    }
    withGoods.push(goods.length === 0 ? line : { ...line, goods })
  }
  return ok(withGoods)
}
