import { faultTable, type FaultKind, type FaultPlace, type PlannedFault } from './fault-table.js'
import { mark } from './marks.js'
import { detail, toNobody, type Tell } from './tell.js'

/** Hands out the planned faults as the run comes by their places. */
export interface FaultPlan {
  /** Counts one more visit and answers the fault that strikes there, if one does. */
  strike(place: FaultPlace): FaultKind | undefined
  /** What has just struck could not be done here, so it has not struck. */
  skip(kind: FaultKind): void
  /** No fault strikes any more. */
  end(): void
  /** One of them strikes for ever. */
  readonly lasting: boolean
  /** How often the run came by each place. */
  readonly visits: ReadonlyMap<FaultPlace, number>
  /** How often each kind has struck. */
  readonly struck: ReadonlyMap<FaultKind, number>
  /** How often each kind could not be done. */
  readonly skipped: ReadonlyMap<FaultKind, number>
}

export const faultPlan = (faults: readonly PlannedFault[], tell: Tell = toNobody): FaultPlan => {
  const visits = new Map<FaultPlace, number>()
  const struck = new Map<FaultKind, number>()
  const skipped = new Map<FaultKind, number>()
  const byPlace = new Map<FaultPlace, PlannedFault[]>()
  for (const fault of faults) {
    const { place } = faultTable[fault.kind]
    byPlace.set(place, [...(byPlace.get(place) ?? []), fault])
  }
  let over = false
  return {
    lasting: faults.some(({ forever }) => forever === true),
    visits,
    struck,
    skipped,
    strike: (place) => {
      if (over) return undefined
      const visit = visits.get(place) ?? 0
      visits.set(place, visit + 1)
      const fault = byPlace
        .get(place)
        ?.find(({ at, forever }) => at === visit || (forever === true && at < visit))
      if (fault !== undefined) {
        mark(struck, fault.kind)
        tell(() => detail(`${fault.kind} strikes, at visit ${visit} of "${place}"`))
      }
      return fault?.kind
    },
    skip: (kind) => {
      const times = (struck.get(kind) ?? 0) - 1
      if (times > 0) struck.set(kind, times)
      else struck.delete(kind)
      mark(skipped, kind)
    },
    end: () => {
      over = true
    },
  }
}
