/** Sources that must be emptied into sinks: `limit` of each pair, `room` of each sink, `cost` of each unit. */
export interface Transport {
  readonly wanted: readonly number[]
  readonly room: readonly number[]
  readonly limit: (source: number, sink: number) => number
  readonly cost: (source: number, sink: number) => number
}

/**
 * The cheapest way to move everything (minimum-cost flow by successive cheapest paths, found with Bellman and Ford); units by source and sink, or undefined
 * when it cannot be done. All numbers are whole, and so is what is moved.
 */
export const cheapestFlow = (transport: Transport): readonly (readonly number[])[] | undefined => {
  const { wanted, room } = transport
  const moved = wanted.map(() => room.map(() => 0))
  const missing = [...wanted]
  const left = [...room]
  for (;;) {
    if (missing.every((each) => each === 0)) return moved
    const path = cheapestPath(transport, moved, missing, left)
    if (path === undefined) return undefined
    const first = path[0]
    const last = path.at(-1)
    if (first === undefined || last === undefined) return undefined
    let amount = Math.min(missing[first.source] ?? 0, left[last.sink] ?? 0)
    for (const { source, sink, back } of path) {
      const now = moved[source]?.[sink] ?? 0
      amount = Math.min(amount, back ? now : transport.limit(source, sink) - now)
    }
    for (const { source, sink, back } of path) {
      const row = moved[source]
      if (row !== undefined) row[sink] = (row[sink] ?? 0) + (back ? -amount : amount)
    }
    missing[first.source] = (missing[first.source] ?? 0) - amount
    left[last.sink] = (left[last.sink] ?? 0) - amount
  }
}

interface Step {
  readonly source: number
  readonly sink: number
  readonly back: boolean
}

/** From a source that wants more to a sink that has room, over pairs that can take more or give back. */
const cheapestPath = (
  { wanted, room, limit, cost }: Transport,
  moved: readonly (readonly number[])[],
  missing: readonly number[],
  left: readonly number[],
): readonly Step[] | undefined => {
  const toSource = missing.map((each) => (each > 0 ? 0 : Number.POSITIVE_INFINITY))
  const toSink = room.map(() => Number.POSITIVE_INFINITY)
  const intoSink: (number | undefined)[] = room.map(() => undefined)
  const intoSource: (number | undefined)[] = wanted.map(() => undefined)
  for (let changed = true; changed;) {
    changed = false
    for (const [source, row] of moved.entries()) {
      for (const [sink, now] of row.entries()) {
        const price = cost(source, sink)
        const there = (toSource[source] ?? 0) + price
        if (now < limit(source, sink) && there < (toSink[sink] ?? 0)) {
          toSink[sink] = there
          intoSink[sink] = source
          changed = true
        }
        const backAgain = (toSink[sink] ?? 0) - price
        if (now > 0 && backAgain < (toSource[source] ?? 0)) {
          toSource[source] = backAgain
          intoSource[source] = sink
          changed = true
        }
      }
    }
  }
  let end = -1
  for (const [sink, price] of toSink.entries()) {
    if ((left[sink] ?? 0) > 0 && price < (end < 0 ? Number.POSITIVE_INFINITY : (toSink[end] ?? 0))) end = sink
  }
  if (end < 0) return undefined
  const steps: Step[] = []
  for (let sink = end; ;) {
    const source = intoSink[sink]
    if (source === undefined) return undefined
    steps.unshift({ source, sink, back: false })
    const from = intoSource[source]
    if (from === undefined) return steps
    steps.unshift({ source, sink: from, back: true })
    sink = from
  }
}
