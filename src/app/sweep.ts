import { bookingKind } from '../core/capacity/booking.js'
import { reservationKind } from '../core/inventory/reservation.js'
import type { TenantId } from '../core/ids/ids.js'
import { eachPage } from '../core/pages.js'
import type { Clock } from '../core/ports/clock.js'
import { largestPage, type Storage } from '../core/ports/storage.js'
import type { Milliseconds } from '../core/time/instant.js'
import { CommandFailed, type Answer } from './answer.js'
import { withinDeadline } from './within-deadline.js'

export interface SweepParts {
  readonly storage: Pick<Storage, 'find'>
  readonly clock: Pick<Clock, 'now' | 'after'>
  /** How long the store may take for one answer. */
  readonly deadline: Milliseconds
  /** Runs the command that ends one hold of stock. */
  readonly expireHold: (reservation: string) => Promise<Answer<unknown>>
  /** Runs the command that ends one hold of capacity. */
  readonly expireCapacityHold: (booking: string) => Promise<Answer<unknown>>
}

export interface SweepReport {
  /** Holds that ended now; their stock or capacity can be promised again. */
  readonly expired: number
  /** Holds that somebody else has ended or turned into an order meanwhile. */
  readonly refused: number
  /** Stock levels of which expired goods went into quarantine now; absent when there were none. */
  readonly expiredAt?: number
  /** Customers who were told that goods are back; absent when there was nobody to tell. */
  readonly told?: number
  /** Waiting promises that got goods now, where a queue was too long for the commit that brought them; absent when there were none. */
  readonly filled?: number
}

/**
 * Ends every hold of stock or capacity whose time is over. Finding them is a hint by this process's clock; whether one is over decides the command, by
 * the store's (RS3), so any number of sweepers may run at once (RS7). Rejects when the policy forbids the sweeper its command or the store is in trouble.
 */
export const sweepExpiredHolds = async (parts: SweepParts, tenant: TenantId): Promise<SweepReport> => {
  const counts: Counts = { expired: 0, refused: 0 }
  await sweepKind(parts, tenant, counts, reservationKind.name, parts.expireHold)
  await sweepKind(parts, tenant, counts, bookingKind.name, parts.expireCapacityHold)
  return counts
}

const sweepKind = async (
  parts: SweepParts,
  tenant: TenantId,
  counts: Counts,
  kind: string,
  expire: (id: string) => Promise<Answer<unknown>>,
): Promise<void> => {
  const now = parts.clock.now()
  const pages = eachPage((from) =>
    withinDeadline(parts.clock, parts.deadline, () =>
      parts.storage.find(tenant, {
        kind,
        where: { status: 'held' },
        range: { entry: 'expiresAt', to: now },
        order: { entry: 'expiresAt', direction: 'ascending' },
        limit: largestPage,
        ...from,
      }),
    ),
  )
  for await (const held of pages) {
    // The first goes alone: when the policy forbids the sweeper its command, that is one denial on record and not hundreds.
    const [first, ...rest] = held.map(({ key }) => key.id)
    if (first !== undefined) count(counts, await expire(first))
    for (const answer of await Promise.all(rest.map((id) => expire(id)))) count(counts, answer)
  }
}

type Counts = { -readonly [Name in 'expired' | 'refused']: SweepReport[Name] }

const count = (counts: Counts, answer: Answer<unknown>): void => {
  if (answer.ok) counts.expired += 1
  else if (answer.error.status === 409 || answer.error.status === 404) counts.refused += 1
  else throw new CommandFailed(answer.error)
}
