import { z } from 'zod'
import { writeQuantity, type Unit, type WrittenQuantity } from '../../core/catalog/quantity.js'
import { reservationIdSchema, wordSchema } from '../../core/ids/id-schema.js'
import type { Sku } from '../../core/ids/ids.js'
import { reservationKind, type Reservation } from '../../core/inventory/reservation.js'
import type { Demand } from '../../core/inventory/reserve-stock.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { reservationLifecycle } from '../../state-machines/reservation.machine.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'
import { unitsOf } from './units.js'

export interface HoldView extends Omit<Reservation, 'lines'> {
  readonly lines: readonly (Omit<Demand, 'quantity'> & {
    /** UN/ECE Recommendation 20 code. */
    readonly unit: string
    readonly quantity: WrittenQuantity
  })[]
}

/** One stock hold. From `expiresAt` on it is over, whatever its status still says. */
export const getHold = defineQuery({
  name: 'inventory.holdOf',
  input: z.strictObject({ reservation: reservationIdSchema }),
  run: async (input, context) => {
    const found = await context.get(reservationKind, input.reservation)
    if (found === undefined) return refuse('unknown_reservation', { reservation: input.reservation })
    const unitOf = await unitsOf(
      context,
      found.state.lines.map(({ sku }) => sku),
    )
    return ok({ value: holdView(found.state, unitOf), version: found.version })
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
    const unitOf = await unitsOf(
      context,
      page.items.flatMap(({ state }) => state.lines.map(({ sku }) => sku)),
    )
    return ok({ value: listOf(page, ({ state }) => holdView(state, unitOf)) })
  },
})

const holdView = (reservation: Reservation, unitOf: (sku: Sku) => Unit): HoldView => ({
  ...reservation,
  lines: reservation.lines.map((line) => {
    const unit = unitOf(line.sku)
    return { ...line, unit: unit.code, quantity: writeQuantity(line.quantity, unit) }
  }),
})
