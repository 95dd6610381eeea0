import { z } from 'zod'
import { reservationIdSchema, wordSchema } from '../../core/ids/id-schema.js'
import { reservationKind } from '../../core/inventory/reservation.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { reservationLifecycle } from '../../state-machines/reservation.machine.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

/** One stock hold. Its quantities are in base units, as it was decided. */
export const getHold = defineQuery({
  name: 'inventory.holdOf',
  input: z.strictObject({ reservation: reservationIdSchema }),
  run: async (input, context) => {
    const found = await context.get(reservationKind, input.reservation)
    if (found === undefined) return refuse('unknown_reservation', { reservation: input.reservation })
    return ok({ value: found.state, version: found.version })
  },
})

/** Stock holds of an owner or in a status, from the one that ends first. */
export const listHolds = defineQuery({
  name: 'inventory.holds',
  input: z.strictObject({
    owner: wordSchema.optional(),
    status: z.enum(reservationLifecycle.states).optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { owner, status } = input
    const page = await context.list(reservationKind, {
      where: whereOf({ owner, status }),
      order: { entry: 'expiresAt', direction: 'ascending' },
      ...pageOf(input),
    })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})
