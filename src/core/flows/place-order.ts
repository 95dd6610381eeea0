import { z } from 'zod'
import { defineCommand, type PlanContext, type Seen } from '../command.js'
import { orderIdSchema } from '../ids/id-schema.js'
import type { OrderId, OrderNumber } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { demandByLevel } from '../inventory/reserve-stock.js'
import { reservationKeys, reservationKind } from '../inventory/reservation.js'
import { stockDemandOf } from '../inventory/stock-demand.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { sendAboutOrder } from '../notifications/send-about-order.js'
import type { Topic } from '../notifications/topics.js'
import { captureOrder, decideOrder } from '../orders/order-decider.js'
import { heldStockSchema, orderContentShape, whenShortSchema } from '../orders/order-input.js'
import { orderKind, type Order } from '../orders/order.js'
import { partyKind } from '../parties/party.js'
import { workOn, type Plan, type Work } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { granted, ok, type Result } from '../result.js'
import { wantedSourcingSchema } from '../sourcing/sourcing-schema.js'
import { dateOf } from '../time/local-date.js'
import {
  bookForOrder,
  keysOfWantedBookings,
  orderBookingsSchema,
  type WantedBookings,
} from './order-bookings.js'
import { billWhenPlaced, billWhenPlacedKeys, isBilledWhenPlaced } from './bill-when-placed.js'
import { askForTaxes } from './ask-for-taxes.js'
import { agreeContent, contentKeys, personalFields } from './order-content.js'
import { placedOrder, type PlacedOrder } from './order-receipt.js'
import { redeemedKeys, redeemPromotions } from './redeem-promotions.js'
import { sourceLines, sourcingKeys } from './source-lines.js'
import { promiseStock, type WhenShort } from './promise-stock.js'
import { withSubstitutes } from './offer-substitutes.js'
import { holdStopped } from './stop-orders.js'
import type { HeldStock } from './take-held-stock.js'

/**
 * Places an order in one step: captures it and reserves its stock, all lines or none (M31, M36, ST6); kits by their components (ST13). Within the backorder
 * allowance of a level it waits for goods (F35), and `whenShort` says whether it may, or may be placed in part. Refused as `out_of_stock` only when
 * that is true at that moment; what is missing of which SKU, and what could be offered instead (F68), stands in the details. The capacity it needs is
 * booked in the same commit (M32, M50): refused as `capacity_unavailable`, the order is not placed either.
 *
 * What is billed on order is billed in the same commit, and a deposit that is agreed for it is claimed (F101), of what is not billed.
 *
 * With `sourcing`, rules choose the locations of the lines that name none (F60-F66, F69, M60): refused as `unknown_sourcing` when nobody defined them, and as
 * `not_sourceable` when no assignment keeps to them, with what became of every candidate in the details. A closed location promises nothing:
 * `location_closed`.
 */
export const placeOrder = defineCommand({
  name: 'orders.place',
  input: z
    .strictObject({
      ...orderContentShape,
      held: heldStockSchema.optional(),
      whenShort: whenShortSchema.optional(),
      /** Capacity it needs, booked in the same commit: a visit, a time at a machine, seats of a license. */
      bookings: orderBookingsSchema.optional(),
      /** Rules that choose the locations of the lines that name none, in the commit that places the order. */
      sourcing: wantedSourcingSchema.optional(),
    })
    .refine((order) => order.sourcing === undefined || order.held === undefined, {
      message: 'sourcing.held',
      path: ['sourcing'],
    }),
  idempotencyKey: 'required',
  personal: personalFields,
  gatherFrom: 'tax_source',
  gather: askForTaxes,
  touches: (input, seen, context) => {
    const { ids, settings } = context
    const placed =
      input.sourcing === undefined ? input.lines : input.lines.filter((line) => line.location !== undefined)
    const levels = new Set(
      placed.map((line) => stockLevelId(line.location ?? settings.defaultLocation, line.sku)),
    )
    return [
      { kind: orderKind.name, id: ids.of('order') },
      ...contentKeys(input, ids.of('order'), settings, seen),
      ...[...levels].map((id) => ({ kind: stockKind.name, id })),
      ...heldKeys(input.held, seen),
      ...keysOfWantedBookings(input.bookings, seen, ids),
      ...sourcingKeys(input, seen, context),
      ...(isBilledWhenPlaced(input) ? billWhenPlacedKeys(input, context) : []),
    ]
  },
  plan: (facts, input, context, answered) => {
    const work = workOn(facts)
    const id = context.ids.of('order') as OrderId
    const content = agreeContent(work, id, input, context, answered)
    if (!content.ok) return content
    const sourced = sourceLines(work, id, input, content.value, context)
    if (!sourced.ok) return sourced
    const order = work.append(
      orderKind,
      id,
      captureOrder(id, context.ids.number('order') as OrderNumber, sourced.value),
    )
    return place(work, order, input, context, 'order_received')
  },
})

/** Places an order that was captured as a draft, at the prices it was captured with. */
export const placeDraft = defineCommand({
  name: 'orders.placeDraft',
  input: z.strictObject({
    order: orderIdSchema,
    held: heldStockSchema.optional(),
    whenShort: whenShortSchema.optional(),
    /** Capacity it needs, booked in the same commit: a visit, a time at a machine, seats of a license. */
    bookings: orderBookingsSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen, context) => {
    const order = seen.get(orderKind, input.order)
    const { lines = [], customer } = order ?? {}
    return [
      { kind: orderKind.name, id: input.order },
      ...(customer === undefined ? [] : [{ kind: partyKind.name, id: customer }]),
      ...demandByLevel(lines.flatMap((line) => stockDemandOf(line, line.quantity))).map((demand) => ({
        kind: stockKind.name,
        id: stockLevelId(demand.location, demand.sku),
      })),
      ...heldKeys(input.held, seen),
      ...keysOfWantedBookings(input.bookings, seen, context.ids),
      ...(order?.promotions === undefined ? [] : redeemedKeys(order)),
      ...(order !== undefined && isBilledWhenPlaced(order) ? billWhenPlacedKeys(order, context) : []),
    ]
  },
  plan: (facts, input, context) => {
    const work = workOn(facts)
    const order = work.find(orderKind, input.order)?.state
    if (order === undefined) return refuse('unknown_order', { order: input.order })
    return place(work, order, input, context, 'order_placed')
  },
})

interface Wanted {
  readonly held?: HeldStock | undefined
  readonly whenShort?: WhenShort | undefined
  readonly bookings?: WantedBookings | undefined
}

const place = (
  work: Work,
  order: Order,
  { held: heldStock, whenShort = 'backorder', bookings }: Wanted,
  context: PlanContext,
  topic: Topic,
): Result<Plan<PlacedOrder>, Refusal> => {
  const placedOn = dateOf(context.now)
  const allowed = decideOrder(order, { type: 'PlaceOrder', placedOn })
  if (!allowed.ok) return allowed
  const promised = promiseStock(work, order, heldStock, whenShort, context)
  if (!promised.ok) return withSubstitutes(work, order, promised.error, context)
  const { reservation, lacking, leftOut } = promised.value
  const isPlain = reservation === undefined && lacking === undefined && leftOut === undefined
  const decided = isPlain
    ? allowed
    : decideOrder(order, {
        type: 'PlaceOrder',
        placedOn,
        ...(reservation !== undefined && { reservation }),
        ...(lacking !== undefined && { lacking }),
        ...(leftOut !== undefined && { leftOut }),
      })
  const placed = work.append(orderKind, order.id, granted(decided, 'an order that may be placed is placed'))
  const redeemed = placed.promotions === undefined ? undefined : redeemPromotions(work, placed)
  if (redeemed?.ok === false) return redeemed
  const booked = bookings === undefined ? undefined : bookForOrder(work, placed, bookings, context)
  if (booked?.ok === false) return booked
  sendAboutOrder(work, context.settings, placed, topic)
  const held = holdStopped(work, placed, context)
  if (!held.ok) return held
  const billed = isBilledWhenPlaced(placed) ? billWhenPlaced(work, context, placed) : undefined
  if (billed?.ok === false) return billed
  const stated = placedOrder(placed, promised.value)
  const receipt: PlacedOrder = billed === undefined ? stated : { ...stated, ...billed.value }
  return ok(
    work.finish(
      { kind: orderKind.name, id: order.id },
      booked === undefined ? receipt : { ...receipt, bookings: booked.value },
    ),
  )
}

const heldKeys = (held: HeldStock | undefined, seen: Seen): readonly Key[] =>
  held === undefined ? [] : reservationKeys(held.reservation, seen.get(reservationKind, held.reservation))
