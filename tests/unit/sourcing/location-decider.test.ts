import { describe, expect, it } from 'vitest'
import type { LocationId } from '../../../src/core/ids/ids.js'
import { decideLocation } from '../../../src/core/sourcing/location-decider.js'
import { locationKind, type Location, type LocationEvent } from '../../../src/core/sourcing/location.js'

const facts = { name: 'Shop', kind: 'store', priority: 1, pickup: true } as const
const defined = { type: 'LocationDefined', id: 'shop' as LocationId, facts } as const
const after = (...events: readonly LocationEvent[]): Location =>
  events.reduce(
    (known: Location | undefined, event) => locationKind.evolve(known, event),
    undefined,
  ) as Location

describe('a location', () => {
  it('is open when it is defined, is closed once and opened once', () => {
    const open = after(defined)
    expect(open.status).toBe('active')
    expect(decideLocation(open, { type: 'OpenLocation' })).toEqual([])
    expect(decideLocation(open, { type: 'CloseLocation' })).toEqual([{ type: 'LocationClosed' }])
    const closed = after(defined, { type: 'LocationClosed' })
    expect(closed.status).toBe('closed')
    expect(decideLocation(closed, { type: 'CloseLocation' })).toEqual([])
    expect(decideLocation(closed, { type: 'OpenLocation' })).toEqual([{ type: 'LocationOpened' }])
    expect(after(defined, { type: 'LocationClosed' }, { type: 'LocationOpened' })).toEqual(open)
  })

  it('stays closed when what is known of it changes', () => {
    const moved = { ...defined, facts: { ...facts, country: 'AT' } }
    expect(after(defined, { type: 'LocationClosed' }, moved)).toEqual({
      id: 'shop',
      ...facts,
      country: 'AT',
      status: 'closed',
    })
  })
})
