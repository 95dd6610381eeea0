import { z } from 'zod'
import { locationIdSchema } from '../../core/ids/id-schema.js'
import { refuse } from '../../core/refusal.js'
import { ok } from '../../core/result.js'
import { loadOn, locationLoadKind, type LocationLoad } from '../../core/sourcing/location-load.js'
import { locationKind, type Location } from '../../core/sourcing/location.js'
import { locationKindSchema } from '../../core/sourcing/sourcing-schema.js'
import { defineQuery } from '../query.js'
import { listOf, pageOf, pageShape, whereOf } from './page.js'

/** A location, and what it has taken of sourced orders on its present day: units in base units. */
export interface LocationView extends Location {
  readonly today: LocationLoad
}

/** One defined location. */
export const getLocation = defineQuery({
  name: 'locations.get',
  input: z.strictObject({ location: locationIdSchema }),
  run: async (input, context) => {
    const found = await context.get(locationKind, input.location)
    const load = await context.get(locationLoadKind, input.location)
    if (found === undefined) return refuse('unknown_location', { location: input.location })
    const value: LocationView = { ...found.state, today: loadOn(found.state, load?.state, context.now()) }
    return ok({ value, version: found.version })
  },
})

/** The defined locations in the order of their ids. */
export const listLocations = defineQuery({
  name: 'locations.list',
  input: z.strictObject({
    status: z.enum(['active', 'closed']).optional(),
    kind: locationKindSchema.optional(),
    ...pageShape,
  }),
  run: async (input, context) => {
    const { status, kind } = input
    const page = await context.list(locationKind, { where: whereOf({ status, kind }), ...pageOf(input) })
    return ok({ value: listOf(page, ({ state }) => state) })
  },
})
