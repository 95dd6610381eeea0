import { z } from 'zod'
import { defineCommand } from '../command.js'
import { reservationIdSchema, wordSchema } from '../ids/id-schema.js'
import { holdSecondsSchema, withinLongestHold } from '../inventory/hold-lifetime.js'
import { decideReservation } from '../inventory/reservation-decider.js'
import { reservationReceipt } from '../inventory/reservation-receipt.js'
import { reservationKind } from '../inventory/reservation.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { plus } from '../time/instant.js'
import { countHold, quotaKeysOf } from './hold-quota.js'

/**
 * Lets a hold live `seconds` from now, while it lives at all (RS9). It never gets shorter, and never older than `longestHoldSeconds` from the moment
 * the stock was held: the answer says until when it holds.
 */
export const extendHold = defineCommand({
  name: 'inventory.extendHold',
  input: z.strictObject({ reservation: reservationIdSchema, owner: wordSchema, seconds: holdSecondsSchema }),
  idempotencyKey: 'optional',
  touches: (input, _seen, { settings }) => [
    { kind: reservationKind.name, id: input.reservation },
    ...quotaKeysOf(settings, input),
  ],
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const lifetime = withinLongestHold(input.seconds, settings.longestHoldSeconds)
    if (!lifetime.ok) return lifetime
    const reservation = work.find(reservationKind, input.reservation)?.state
    if (reservation === undefined) return refuse('unknown_reservation', { reservation: input.reservation })
    const decided = decideReservation(
      reservation,
      {
        type: 'ExtendHold',
        owner: input.owner,
        until: plus(now, input.seconds * 1_000),
        longestSeconds: settings.longestHoldSeconds,
      },
      now,
    )
    if (!decided.ok) return decided
    const extended = work.append(reservationKind, reservation.id, decided.value)
    const counted = countHold(work, settings, extended, now)
    if (!counted.ok) return counted
    return ok(work.finish({ kind: reservationKind.name, id: reservation.id }, reservationReceipt(extended)))
  },
})
