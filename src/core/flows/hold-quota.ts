import type { ReservationId } from '../ids/ids.js'
import type { Key } from '../ids/key.js'
import type { Reservation } from '../inventory/reservation.js'
import type { Work } from '../plan.js'
import { noEntries, type DerivedKind } from '../record-kind.js'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import type { Settings } from '../settings.js'
import { isAtOrAfter, type Instant } from '../time/instant.js'

/** The holds an owner has: kept only where the setting `holdsPerOwner` limits them, since a limit must be decided on a locked record. */
export interface OwnerHolds {
  readonly holds: readonly { readonly reservation: ReservationId; readonly expiresAt: Instant }[]
}

export const ownerHoldsKind: DerivedKind<OwnerHolds> = {
  name: 'owner_holds',
  entries: noEntries,
  derived: true,
}

export const quotaKeysOf = (
  settings: Settings,
  hold: Pick<Reservation, 'owner'> | undefined,
): readonly Key[] =>
  settings.holdsPerOwner === undefined || hold === undefined
    ? []
    : [{ kind: ownerHoldsKind.name, id: hold.owner }]

/** Counts a new hold of an owner; one that is over counts no more, whether or not a sweeper has come by. Refused as `limit_exceeded`. */
export const countHold = (
  work: Work,
  settings: Settings,
  { id, owner, expiresAt }: Pick<Reservation, 'id' | 'owner' | 'expiresAt'>,
  now: Instant,
): Result<void, Refusal> => {
  const most = settings.holdsPerOwner
  if (most === undefined) return ok(undefined)
  const known = work.find(ownerHoldsKind, owner)?.state.holds ?? []
  const others = known.filter((hold) => hold.reservation !== id && !isAtOrAfter(now, hold.expiresAt))
  if (others.length >= most) return refuse('limit_exceeded', { limit: 'holdsPerOwner', most })
  work.put(ownerHoldsKind, owner, { holds: [...others, { reservation: id, expiresAt }] })
  return ok(undefined)
}

/** The hold has ended or has become an order's: its owner may have another. */
export const forgetHold = (work: Work, settings: Settings, { id, owner }: Reservation): void => {
  if (settings.holdsPerOwner === undefined) return
  const known = work.find(ownerHoldsKind, owner)?.state.holds ?? []
  const others = known.filter((hold) => hold.reservation !== id)
  if (others.length === known.length) return
  if (others.length === 0) work.erase(ownerHoldsKind, owner)
  else work.put(ownerHoldsKind, owner, { holds: others })
}
