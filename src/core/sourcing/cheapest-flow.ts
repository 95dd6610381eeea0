import { invariant } from '../invariant.js'

/** Sources that must be emptied into sinks: `limit` and `cost` of a unit are those of the pair. */
export interface Transport<Source, Sink> {
  readonly sources: readonly Source[]
  readonly sinks: readonly Sink[]
  readonly wanted: (source: Source) => number
  readonly room: (sink: Sink) => number
  readonly limit: (source: Source, sink: Sink) => number
  readonly cost: (source: Source, sink: Sink) => number
}

export interface Move<Source, Sink> {
  readonly source: Source
  readonly sink: Sink
  readonly units: number
}

/**
 * The cheapest way to move everything (minimum-cost flow by successive cheapest paths, found with Bellman and Ford), or undefined when it cannot be done.
 * All numbers are whole, and so is what is moved.
 */
export const cheapestFlow = <Source, Sink>(
  transport: Transport<Source, Sink>,
): readonly Move<Source, Sink>[] | undefined => {
  const sources = transport.sources.map((of) => endOf(of, transport.wanted(of)))
  const sinks = transport.sinks.map((of) => endOf(of, transport.room(of)))
  const lanes = sources.flatMap((source) =>
    sinks.map((sink) => ({
      source,
      sink,
      limit: transport.limit(source.of, sink.of),
      cost: transport.cost(source.of, sink.of),
      moved: 0,
    })),
  )
  while (sources.some(({ left }) => left > 0)) {
    const path = cheapestPath(sources, sinks, lanes)
    if (path === undefined) return undefined
    const { source, sink, steps } = path
    const amount = Math.min(
      source.left,
      sink.left,
      ...steps.map(({ lane, back }) => (back ? lane.moved : lane.limit - lane.moved)),
    )
    for (const { lane, back } of steps) lane.moved += back ? -amount : amount
    source.left -= amount
    sink.left -= amount
  }
  return lanes.flatMap(({ source, sink, moved }) =>
    moved > 0 ? [{ source: source.of, sink: sink.of, units: moved }] : [],
  )
}

/** A source or a sink: what it still wants or has room for, and the cheapest known way to it. */
interface End<Of = unknown> {
  readonly of: Of
  left: number
  price: number
  by: Lane | undefined
}

interface Lane {
  readonly source: End
  readonly sink: End
  readonly limit: number
  readonly cost: number
  moved: number
}

interface Path {
  readonly source: End
  readonly sink: End
  readonly steps: readonly { readonly lane: Lane; readonly back: boolean }[]
}

const endOf = <Of>(of: Of, left: number): End<Of> => ({
  of,
  left,
  price: Number.POSITIVE_INFINITY,
  by: undefined,
})

/** From a source that wants more to a sink that has room, over lanes that can take more or give back. */
const cheapestPath = (
  sources: readonly End[],
  sinks: readonly End[],
  lanes: readonly Lane[],
): Path | undefined => {
  for (const source of sources) reach(source, source.left > 0 ? 0 : Number.POSITIVE_INFINITY, undefined)
  for (const sink of sinks) reach(sink, Number.POSITIVE_INFINITY, undefined)
  for (let changed = true; changed;) {
    changed = false
    for (const lane of lanes) {
      const { source, sink, limit, cost, moved } = lane
      if (moved < limit && source.price + cost < sink.price) {
        reach(sink, source.price + cost, lane)
        changed = true
      }
      if (moved > 0 && sink.price - cost < source.price) {
        reach(source, sink.price - cost, lane)
        changed = true
      }
    }
  }
  let end: End | undefined
  for (const sink of sinks) {
    if (sink.left > 0 && sink.price < (end?.price ?? Number.POSITIVE_INFINITY)) end = sink
  }
  return end && pathTo(end)
}

const reach = (end: End, price: number, by: Lane | undefined): void => {
  end.price = price
  end.by = by
}

const pathTo = (end: End): Path => {
  const steps: Path['steps'][number][] = []
  for (let sink = end; ;) {
    const lane = sink.by
    invariant(lane !== undefined, 'a sink that has a price is reached by a lane')
    steps.push({ lane, back: false })
    const { source } = lane
    if (source.by === undefined) return { source, sink: end, steps }
    steps.push({ lane: source.by, back: true })
    sink = source.by.sink
  }
}
