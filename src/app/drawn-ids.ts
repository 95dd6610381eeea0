import type { DrawnIds } from '../core/command.js'
import type { Ids } from '../core/ports/ids.js'

/** Chance is drawn once per command: however often a plan is run again, it meets the same ids (ID10). */
export interface DrawnOnce extends DrawnIds {
  /** The id of the command's n-th event or message. */
  ordered(place: number): string
}

export const drawOnce = (ids: Ids): DrawnOnce => {
  const outward = new Map<string, string>()
  const ordered: string[] = []
  const once = (name: string, draw: () => string): string => {
    const known = outward.get(name)
    if (known !== undefined) return known
    const drawn = draw()
    outward.set(name, drawn)
    return drawn
  }
  return {
    of: (name) => once(name, ids.random),
    number: (name) => once(`number of ${name}`, ids.number),
    ordered: (place) => {
      while (ordered.length <= place) ordered.push(ids.ordered())
      return ordered[place] ?? ids.ordered()
    },
  }
}
