import { describe, expect, it } from 'vitest'
import { cheapestFlow } from '../../../src/core/sourcing/cheapest-flow.js'

interface Side {
  readonly name: string
  readonly units: number
}

/** `lanes` says at what price each source may send how much to each sink. */
const flow = (
  wanted: Readonly<Record<string, number>>,
  room: Readonly<Record<string, number>>,
  lanes: Readonly<Record<string, { readonly limit: number; readonly cost: number }>>,
) => {
  const sides = (units: Readonly<Record<string, number>>): readonly Side[] =>
    Object.entries(units).map(([name, each]) => ({ name, units: each }))
  const laneOf = (source: Side, sink: Side) => lanes[`${source.name} ${sink.name}`] ?? { limit: 0, cost: 0 }
  return cheapestFlow({
    sources: sides(wanted),
    sinks: sides(room),
    wanted: ({ units }) => units,
    room: ({ units }) => units,
    limit: (source, sink) => laneOf(source, sink).limit,
    cost: (source, sink) => laneOf(source, sink).cost,
  })?.map(({ source, sink, units }) => `${units} ${source.name} ${sink.name}`)
}

describe('the cheapest flow', () => {
  it('F61 gives back what was sent the cheapest way, where another has no other way', () => {
    const lanes = {
      'A near': { limit: 5, cost: 1 },
      'A far': { limit: 5, cost: 3 },
      'B near': { limit: 5, cost: 1 },
      'B far': { limit: 5, cost: 4 },
      'C near': { limit: 5, cost: 1 },
    }
    expect(flow({ A: 1, B: 2, C: 2 }, { near: 3, far: 2 }, lanes)).toEqual([
      '1 A far',
      '1 B near',
      '1 B far',
      '2 C near',
    ])
  })

  it('F61 takes the detour that costs least over all, not the cheapest lane of each', () => {
    const lanes = {
      'A near': { limit: 1, cost: 1 },
      'A far': { limit: 1, cost: 2 },
      'B near': { limit: 1, cost: 1 },
      'B far': { limit: 1, cost: 9 },
    }
    expect(flow({ A: 1, B: 1 }, { near: 1, far: 1 }, lanes)).toEqual(['1 A far', '1 B near'])
  })

  it('moves nothing where lanes or room do not suffice for everything', () => {
    expect(flow({ A: 2 }, { near: 2 }, { 'A near': { limit: 1, cost: 1 } })).toBeUndefined()
    expect(flow({ A: 2 }, { near: 1 }, { 'A near': { limit: 2, cost: 1 } })).toBeUndefined()
  })

  it('has nothing to move where nothing is wanted', () => {
    expect(flow({ A: 0 }, { near: 1 }, { 'A near': { limit: 1, cost: 1 } })).toEqual([])
  })
})
