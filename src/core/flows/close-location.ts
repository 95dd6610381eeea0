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
import { locationKind, type Location } from '../sourcing/location.js'

/** The most stock levels that one location is closed with. */
const mostLevels = 10_000

const input = z.strictObject({ location: locationIdSchema })

export interface Looked {
  /** What the location was before its stock levels were looked for. */
  readonly status: Location['status'] | undefined
  /** Its stock levels, found without a lock: whoever asks decides on the locked ones. */
  readonly levels: readonly Key[]
}

const look = async ({ location }: z.output<typeof input>, context: GatherContext): Promise<Looked> => {
  const known = await context.read(locationKind, location)
  const levels = await context.find(stockKind.name, { location }, mostLevels + 1)
  return { status: known?.status, levels }
}

const touches = ({ location }: z.output<typeof input>, { levels }: Looked): readonly Key[] => [
  { kind: locationKind.name, id: location },
  ...levels,
]

/**
 * Closes a location (M47): from this commit on nothing of its stock is promised, refused as `location_closed`, and it is no candidate of any sourcing rule. What is
 * promised already is picked, packed and shipped as usual. A stock level that is opened there afterwards is closed by closing once more. Refused as
 * `unknown_location` when it was never defined, and as `limit_exceeded` with more than 10,000 stock levels.
 *
 * The stock levels are looked for without a lock, so one that is opened while the call is under way may be left open. `complete` is true once a call found
 * the location closed before it looked: all that were opened until the location was closed are closed then. Call again until it is.
 */
export const closeLocation = defineCommand({
  name: 'locations.close',
  input,
  idempotencyKey: 'optional',
  gather: look,
  touches: (read, _seen, _context, looked) => touches(read, looked),
  plan: (facts, read, _context, looked) => change(facts, read.location, looked, 'CloseLocation'),
})

/** Opens a closed location again, with all its stock levels; `complete` is as that of closing. */
export const openLocation = defineCommand({
  name: 'locations.open',
  input,
  idempotencyKey: 'optional',
  gather: look,
  touches: (read, _seen, _context, looked) => touches(read, looked),
  plan: (facts, read, _context, looked) => change(facts, read.location, looked, 'OpenLocation'),
})

export interface LocationReceipt {
  readonly location: LocationId
  readonly status: Location['status']
  /** Whether every stock level that was opened until then is closed, or open, with the location. */
  readonly complete: boolean
}

const change = (
  facts: Facts,
  id: LocationId,
  { status: statusBefore, levels }: Looked,
  type: 'CloseLocation' | 'OpenLocation',
): Result<Plan<LocationReceipt>, Refusal> => {
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
  const status = closes ? 'closed' : 'active'
  return ok(
    work.finish(
      { kind: locationKind.name, id },
      { location: id, status, complete: statusBefore === status && location.status === status },
    ),
  )
}
