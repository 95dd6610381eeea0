import { z } from 'zod'
import { defineCommand } from '../command.js'
import { shipmentIdSchema, wordSchema } from '../ids/id-schema.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { decideShipment, type ShipmentCommand } from '../shipping/shipment-decider.js'
import { shipmentKind } from '../shipping/shipment.js'
import type { Facts } from '../plan.js'

/** The carrier cannot find the parcel (M87). */
export const reportLost = defineCommand({
  name: 'shipments.reportLost',
  input: z.strictObject({ shipment: shipmentIdSchema, reason: wordSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: shipmentKind.name, id: input.shipment }],
  plan: (facts, input) => report(facts, input.shipment, { type: 'ReportShipmentLost', reason: input.reason }),
})

/** The lost parcel has turned up and is on its way again. */
export const reportFound = defineCommand({
  name: 'shipments.reportFound',
  input: z.strictObject({ shipment: shipmentIdSchema }),
  idempotencyKey: 'optional',
  touches: (input) => [{ kind: shipmentKind.name, id: input.shipment }],
  plan: (facts, input) => report(facts, input.shipment, { type: 'ReportShipmentFound' }),
})

const report = (facts: Facts, id: string, command: ShipmentCommand) => {
  const work = workOn(facts)
  const shipment = work.find(shipmentKind, id)?.state
  if (shipment === undefined) return refuse('unknown_shipment', { shipment: id })
  const decided = decideShipment(shipment, command)
  if (!decided.ok) return decided
  const reported = work.append(shipmentKind, id, decided.value)
  return ok(work.finish({ kind: shipmentKind.name, id }, { shipment: reported.id, status: reported.status }))
}
