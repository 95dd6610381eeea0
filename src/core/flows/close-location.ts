import { z } from 'zod'
import { defineCommand, type GatherContext } from '../command.js'
import { locationIdSchema } from '../ids/id-schema.js'
import type { LocationId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import { stockKind } from '../inventory/stock-level.js'
import { workOn, type Facts, type Plan } from '../plan.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { decideLocation } from '../sourcing/location-decider.js'
import { locationKind } from '../sourcing/location.js'

/** The most stock levels that one location is closed with. */
const mostLevels = 10_000

const input = z.strictObject({ location: locationIdSchema })

/** Stock levels of the location, found without a lock: whoever asks decides on the locked ones. */
const levelsAt = ({ location }: z.output<typeof input>, context: GatherContext): Promise<readonly Key[]> =>
  context.find(stockKind.name, { location }, mostLevels + 1)

const touches = ({ location }: z.output<typeof input>, levels: readonly Key[]): readonly Key[] => [
  { kind: locationKind.name, id: location },
  ...levels,
]

/**
 * Closes a location (M47): from this commit on nothing of its stock is promised, refused as `location_closed`, and it is no candidate of any sourcing rule. What is
 * promised already is picked, packed and shipped as usual. A stock level that is opened there afterwards is closed by closing once more. Refused as
 * `unknown_location` when it was never defined, and as `limit_exceeded` with more than 10,000 stock levels.
 */
export const closeLocation = defineCommand({
  name: 'locations.close',
  input,
  idempotencyKey: 'optional',
  gather: levelsAt,
  touches: (read, _seen, _context, levels) => touches(read, levels),
  plan: (facts, read, _context, levels) => change(facts, read.location, levels, 'CloseLocation'),
})

/** Opens a closed location again, with all its stock levels. */
export const openLocation = defineCommand({
  name: 'locations.open',
  input,
  idempotencyKey: 'optional',
  gather: levelsAt,
  touches: (read, _seen, _context, levels) => touches(read, levels),
  plan: (facts, read, _context, levels) => change(facts, read.location, levels, 'OpenLocation'),
})

const change = (
  facts: Facts,
  id: LocationId,
  levels: readonly Key[],
  type: 'CloseLocation' | 'OpenLocation',
): Result<Plan<{ readonly location: LocationId; readonly status: 'active' | 'closed' }>, Refusal> => {
  const work = workOn(facts)
  const location = work.find(locationKind, id)?.state
  if (location === undefined) return refuse('unknown_location', { location: id })
  if (levels.length > mostLevels) return refuse('limit_exceeded', { limit: 'levels', most: mostLevels })
  const decided = decideLocation(location, { type })
  if (decided.length > 0) work.append(locationKind, id, decided)
  const closes = type === 'CloseLocation'
  for (const key of levels) {
    const level = work.find(stockKind, key.id)?.state
    if (level === undefined || (level.closed === true) === closes) continue
    work.append(stockKind, key.id, [{ type: closes ? 'StockLevelClosed' : 'StockLevelReopened' }])
  }
  return ok(
    work.finish(
      { kind: locationKind.name, id },
      { location: id, status: closes ? ('closed' as const) : ('active' as const) },
    ),
  )
}
