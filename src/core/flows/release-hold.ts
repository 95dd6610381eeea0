import { z } from 'zod'
import { defineCommand } from '../command.js'
import { reservationIdSchema, wordSchema } from '../ids/id-schema.js'
import { decideReservation } from '../inventory/reservation-decider.js'
import { reservationReceipt } from '../inventory/reservation-receipt.js'
import { reservationKeys, reservationKind } from '../inventory/reservation.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { giveBack, heldBack } from './backorders.js'
import { forgetHold, quotaKeysOf } from './hold-quota.js'

/** Gives held stock back before its time is over (RS1). A hold that became an order's reservation is released by canceling the order. */
export const releaseHold = defineCommand({
  name: 'inventory.releaseHold',
  input: z.strictObject({
    reservation: reservationIdSchema,
    owner: wordSchema,
    /** Why, in a word of the host's own; `released` when left out. */
    reason: wordSchema.optional(),
  }),
  idempotencyKey: 'optional',
  touches: (input, seen, { settings }) => {
    const known = seen.get(reservationKind, input.reservation)
    return [...reservationKeys(input.reservation, known), ...quotaKeysOf(settings, known)]
  },
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const reservation = work.find(reservationKind, input.reservation)?.state
    if (reservation === undefined) return refuse('unknown_reservation', { reservation: input.reservation })
    const reason = input.reason ?? 'released'
    const decided = decideReservation(reservation, { type: 'ReleaseHold', owner: input.owner, reason }, now)
    if (!decided.ok) return decided
    const source = { kind: reservationKind.name, id: reservation.id }
    const held = heldBack(work, reservation.lines, source)
    giveBack(work, held, source, reason)
    forgetHold(work, settings, reservation)
    const released = work.append(reservationKind, reservation.id, decided.value)
    return ok(work.finish(source, reservationReceipt(released)))
  },
})
