import { z } from 'zod'
import { bookingReceipt } from '../capacity/booking-receipt.js'
import { bookingKind } from '../capacity/booking.js'
import { keysOfWanted } from '../capacity/capacity-keys.js'
import { takeCapacity } from '../capacity/take-capacity.js'
import { wantedCapacitySchema } from '../capacity/wanted-capacity.js'
import { defineCommand } from '../command.js'
import { wordSchema } from '../ids/id-schema.js'
import type { BookingId } from '../ids/ids.js'
import { holdSecondsSchema, withinLongestHold } from '../inventory/hold-lifetime.js'
import { workOn } from '../plan.js'
import { ok } from '../result.js'
import { plus } from '../time/instant.js'

/** What is wanted of capacity, all of it or nothing. */
export const wantedLinesOfCapacitySchema = z
  .array(wantedCapacitySchema)
  .min(1, 'lines.min')
  .max(50, 'capacity.range')

/**
 * Promises capacity to an owner (a cart, a quote) for a limited time, all lines or none (F59, M32, M48): seats, minutes of a day, times of slots and
 * machines, of a named resource or of whoever has a skill. Refused as `capacity_unavailable` only when it is true at that moment, with the reason and
 * the next free time within a week. The hold's time runs on the store's clock (RS3).
 */
export const holdCapacity = defineCommand({
  name: 'capacity.hold',
  input: z.strictObject({
    /** Who may use the hold: a word of the host's own. */
    owner: wordSchema,
    lines: wantedLinesOfCapacitySchema,
    /** How long, in seconds; at most the setting `longestHoldSeconds`. */
    seconds: holdSecondsSchema,
  }),
  idempotencyKey: 'required',
  touches: (input, seen, { ids }) => [
    { kind: bookingKind.name, id: ids.of('booking') },
    ...keysOfWanted(input.lines, seen),
  ],
  plan: (facts, input, { ids, settings, now }) => {
    const work = workOn(facts)
    const lifetime = withinLongestHold(input.seconds, settings.longestHoldSeconds)
    if (!lifetime.ok) return lifetime
    const id = ids.of('booking') as BookingId
    const taken = takeCapacity(work, id, input.lines, now)
    if (!taken.ok) return taken
    const { lines, clockChanges } = taken.value
    const booking = work.append(bookingKind, id, [
      {
        type: 'CapacityHeld',
        id,
        owner: input.owner,
        lines,
        promisedAt: now,
        expiresAt: plus(now, input.seconds * 1_000),
      },
    ])
    return ok(work.finish({ kind: bookingKind.name, id }, bookingReceipt(booking, clockChanges)))
  },
})
