import { z } from 'zod'
import { productKind } from '../catalog/product.js'
import { quantitySchema } from '../catalog/quantity.js'
import { defineCommand } from '../command.js'
import { locationIdSchema, partyIdSchema, skuSchema, wordSchema } from '../ids/id-schema.js'
import type { ReservationId } from '../ids/ids.js'
import { holdSecondsSchema, withinLongestHold } from '../inventory/hold-lifetime.js'
import { askerOf } from '../inventory/keep-back.js'
import { demandByLevel, reserveStock } from '../inventory/reserve-stock.js'
import { reservationReceipt } from '../inventory/reservation-receipt.js'
import { reservationKind } from '../inventory/reservation.js'
import { stockKind, stockLevelId } from '../inventory/stock-level.js'
import { demandsFor } from '../inventory/wanted-stock.js'
import { workOn } from '../plan.js'
import { ok } from '../result.js'
import { plus } from '../time/instant.js'
import { dateOf } from '../time/local-date.js'
import { waitForStock } from './backorders.js'
import { lockedProducts } from './compose-kit.js'
import { countHold, quotaKeysOf } from './hold-quota.js'
import { lockLevels } from './promise-stock.js'

/**
 * Promises stock to an owner (a cart, a quote) for a limited time, all of it or nothing (F47, ST6), kits by their components (ST13). Refused as
 * `limit_exceeded` when the owner has as many holds as the setting `holdsPerOwner` allows. Placing an order with the hold turns it into the
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
    /** The channel that asks, and the customer: their thresholds bind the hold as they bind an order (F39). */
    channel: wordSchema.optional(),
    customer: partyIdSchema.optional(),
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
      ...quotaKeysOf(settings, input),
    ]
  },
  plan: (facts, input, { ids, settings, now }) => {
    const work = workOn(facts)
    const lifetime = withinLongestHold(input.seconds, settings.longestHoldSeconds)
    if (!lifetime.ok) return lifetime
    const demands = demandsFor(input.lines, settings.defaultLocation, settings.limits, lockedProducts(work))
    if (!demands.ok) return demands
    const id = ids.of('reservation') as ReservationId
    const source = { kind: reservationKind.name, id }
    const isPlain = demands.value.every(({ sku }, index) => sku === input.lines[index]?.sku)
    if (!isPlain) lockLevels(work, demands.value)
    const reserved = reserveStock(work, demands.value, source, {
      today: dateOf(now),
      asker: askerOf(work, input),
    })
    if (!reserved.ok) return reserved
    for (const lack of reserved.value) {
      waitForStock(work, lack, [{ source, quantity: lack.quantity, since: now }], now)
    }
    const expiresAt = plus(now, input.seconds * 1_000)
    const counted = countHold(work, settings, { id, owner: input.owner, expiresAt }, now)
    if (!counted.ok) return counted
    const reservation = work.append(reservationKind, id, [
      {
        type: 'StockHeld',
        id,
        owner: input.owner,
        lines: demandByLevel(demands.value),
        heldAt: now,
        expiresAt,
      },
    ])
    return ok(work.finish(source, reservationReceipt(reservation)))
  },
})
