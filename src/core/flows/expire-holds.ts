import { z } from 'zod'
import { defineCommand } from '../command.js'
import { reservationIdSchema } from '../ids/id-schema.js'
import { decideReservation } from '../inventory/reservation-decider.js'
import { reservationReceipt } from '../inventory/reservation-receipt.js'
import { reservationKeys, reservationKind } from '../inventory/reservation.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { giveBack, heldBack } from './backorders.js'
import { forgetHold, quotaKeysOf } from './hold-quota.js'

/**
 * Ends one hold whose time is over by the store's clock and frees its stock, once: however many sweepers try, all but the first are refused as
 * `invalid_state` (RS6, RS7).
 */
export const expireHold = defineCommand({
  name: 'inventory.expireHold',
  input: z.strictObject({ reservation: reservationIdSchema }),
  idempotencyKey: 'optional',
  touches: (input, seen, { settings }) => {
    const known = seen.get(reservationKind, input.reservation)
    return [...reservationKeys(input.reservation, known), ...quotaKeysOf(settings, known)]
  },
  plan: (facts, input, { now, settings }) => {
    const work = workOn(facts)
    const reservation = work.find(reservationKind, input.reservation)?.state
    if (reservation === undefined) return refuse('unknown_reservation', { reservation: input.reservation })
    const decided = decideReservation(reservation, { type: 'ExpireHold' }, now)
    if (!decided.ok) return decided
    const source = { kind: reservationKind.name, id: reservation.id }
    const held = heldBack(work, reservation.lines, source)
    giveBack(work, held, source, 'expired')
    forgetHold(work, settings, reservation)
    const expired = work.append(reservationKind, reservation.id, decided.value)
    return ok(work.finish(source, reservationReceipt(expired)))
  },
})
