import { z } from 'zod'
import { dailyLimitSchema } from '../sourcing/daily-limit.js'
import { defineCommand } from '../command.js'
import { locationIdSchema } from '../ids/id-schema.js'
import type { LocationId } from '../ids/ids.js'
import { workOn } from '../plan.js'
import { refuse } from '../refusal.js'
import { ok } from '../result.js'
import { allLocations, locationListKind, mostLocations } from '../sourcing/location-list.js'
import { locationKind, type LocationFacts } from '../sourcing/location.js'
import {
  coordinatesSchema,
  countryCodeSchema,
  locationKindSchema,
  sourcingCostsSchema,
} from '../sourcing/sourcing-schema.js'
import { lineSchema } from '../text/text-schema.js'
import { zoneSchema } from '../time/zone-schema.js'

const locationSchema = z.strictObject({
  location: locationIdSchema,
  name: lineSchema(500),
  kind: locationKindSchema.optional(),
  coordinates: coordinatesSchema.optional(),
  country: countryCodeSchema.optional(),
  /** Where its days begin and end; `UTC` when left out. */
  zone: zoneSchema.optional(),
  /** Lower comes first; 100 when left out. */
  priority: z.int('type').min(0, 'place.range').max(1_000_000, 'place.range').optional(),
  /** Whether buyers can pick up their orders here (M84); a `pickup` location always hands over. */
  pickup: z.boolean('type').optional(),
  costs: sourcingCostsSchema.optional(),
  /** Sourced orders it takes on one day of its own (F65). */
  ordersPerDay: dailyLimitSchema.optional(),
  /** Base units (pieces; grams of a SKU weighed to the gram) it takes on one day of its own for sourced orders. */
  unitsPerDay: dailyLimitSchema.optional(),
})

/**
 * Says what a location is (M47): where it lies, what sending from it costs, how much it takes on in a day. Defining it again replaces all of it but whether
 * it is open. Refused as `limit_exceeded` beyond 1,000 locations.
 */
export const defineLocation = defineCommand({
  name: 'locations.define',
  input: locationSchema,
  idempotencyKey: 'optional',
  touches: (input) => [
    { kind: locationKind.name, id: input.location },
    { kind: locationListKind.name, id: allLocations },
  ],
  plan: (facts, input) => {
    const work = workOn(facts)
    const known = work.find(locationKind, input.location)?.state
    const listed = work.find(locationListKind, allLocations)?.state.locations ?? []
    if (known === undefined) {
      if (listed.length >= mostLocations) {
        return refuse('limit_exceeded', { limit: 'locations', most: mostLocations })
      }
      work.put(locationListKind, allLocations, { locations: withOne(listed, input.location) })
    }
    const { id, status } = work.append(locationKind, input.location, [
      { type: 'LocationDefined', id: input.location, facts: factsOf(input) },
    ])
    return ok(work.finish({ kind: locationKind.name, id }, { location: id, status }))
  },
})

const withOne = (locations: readonly LocationId[], location: LocationId): readonly LocationId[] =>
  [...locations, location].sort((one, other) => (one < other ? -1 : 1))

const factsOf = (input: z.output<typeof locationSchema>): LocationFacts => {
  const { costs } = input
  const kind = input.kind ?? 'warehouse'
  return {
    name: input.name,
    kind,
    priority: input.priority ?? 100,
    pickup: input.pickup ?? kind === 'pickup',
    ...(input.coordinates !== undefined && { coordinates: input.coordinates }),
    ...(input.country !== undefined && { country: input.country }),
    ...(input.zone !== undefined && { zone: input.zone }),
    ...(costs !== undefined && {
      costs: {
        currency: costs.currency,
        ...(costs.perShipment !== undefined && { perShipment: costs.perShipment }),
        ...(costs.perUnit !== undefined && { perUnit: costs.perUnit }),
        ...(costs.perKilometer !== undefined && { perKilometer: costs.perKilometer }),
      },
    }),
    ...(input.ordersPerDay !== undefined && { ordersPerDay: input.ordersPerDay }),
    ...(input.unitsPerDay !== undefined && { unitsPerDay: input.unitsPerDay }),
  }
}
