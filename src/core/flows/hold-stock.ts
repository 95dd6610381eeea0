import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import { quantitySchema } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, skuSchema, wordSchema } from '../ids/id-schema.js'
import type { ReservationId } from '../ids/ids.js'
import { holdSecondsSchema, withinLongestHold } from '../inventory/hold-lifetime.js'
import { demandByLevel, reserveStock } from '../inventory/reserve-stock.js'
import { reservationReceipt } from '../inventory/reservation-receipt.js'
import { reservationKind } from '../inventory/reservation.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { demandsFor } from '../inventory/wanted-stock.js'
import { workOn } from '../plan.js'
import { ok } from '../result.js'
import { plus } from '../time/instant.js'

/**
 * Promises stock to an owner (a cart, a quote) for a limited time, all of it or nothing (F47, ST6). Placing an order with the hold turns it into the
 * order's reservation. The time runs on the store's clock (RS3).
 */
export const holdStock = defineCommand({
  name: 'inventory.hold',
  input: z.strictObject({
    /** Who may use the hold: a word of the host's own, such as a cart's id. */
    owner: wordSchema,
    lines: z
      .array(
        z.strictObject({ sku: skuSchema, quantity: quantitySchema, location: locationIdSchema.optional() }),
      )
      .min(1, 'lines.min'),
    /** How long, in seconds; at most the setting `longestHoldSeconds`. */
    seconds: holdSecondsSchema,
  }),
  idempotencyKey: 'required',
  touches: (input, _seen, { ids, settings }) => {
    const levels = new Set(
      input.lines.map((line) => stockLevelId(line.location ?? settings.defaultLocation, line.sku)),
    )
    const skus = new Set(input.lines.map((line) => line.sku))
    return [
      { kind: reservationKind.name, id: ids.of('reservation') },
      ...[...skus].map((id) => ({ kind: productKind.name, id })),
      ...[...levels].map((id) => ({ kind: stockKind.name, id })),
    ]
  },
  plan: (facts, input, { ids, settings, now }) => {
    const work = workOn(facts)
    const lifetime = withinLongestHold(input.seconds, settings.longestHoldSeconds)
    if (!lifetime.ok) return lifetime
    const demands = demandsFor(
      input.lines,
      settings.defaultLocation,
      (sku) => work.find(productKind, sku)?.state,
    )
    if (!demands.ok) return demands
    const id = ids.of('reservation') as ReservationId
    const reserved = reserveStock(work, demands.value, { kind: reservationKind.name, id })
    if (!reserved.ok) return reserved
    const reservation = work.append(reservationKind, id, [
      {
        type: 'StockHeld',
        id,
        owner: input.owner,
        lines: demandByLevel(demands.value),
        heldAt: now,
        expiresAt: plus(now, input.seconds * 1_000),
      },
    ])
    return ok(work.finish({ kind: reservationKind.name, id }, reservationReceipt(reservation)))
  },
})
