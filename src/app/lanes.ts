/**
 * Groups things by what they share: two of which the one touches what the other touches stand in one lane, in their order; different lanes
 * have nothing in common and may go at once. Answers the places of each lane.
 */
export const lanesOf = (touched: readonly (readonly string[])[]): readonly (readonly number[])[] => {
  const lanes = new Set<Lane>()
  const laneOf = new Map<string, Lane>()
  for (const [place, names] of touched.entries()) {
    const joined: Lane = { places: [place], names: [...names] }
    for (const name of names) {
      const other = laneOf.get(name)
      if (other !== undefined && lanes.delete(other)) {
        joined.places.push(...other.places)
        joined.names.push(...other.names)
      }
    }
    for (const name of joined.names) laneOf.set(name, joined)
    lanes.add(joined)
  }
  return [...lanes].map((lane) => lane.places.sort((left, right) => left - right))
}

interface Lane {
  readonly places: number[]
  readonly names: string[]
}
