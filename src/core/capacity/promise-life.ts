import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'
import { reservationLifecycle, type ReservationStatus } from '../../state-machines/reservation.machine.js'
import { isAtOrAfter, plus, type Instant } from '../time/instant.js'

/** A promise for a limited time, whatever is promised. Its life is half-open: at `expiresAt` it is over (RS2). */
export interface TimedPromise {
  readonly id: string
  readonly status: ReservationStatus
  readonly owner?: string
  readonly promisedAt: Instant
  readonly expiresAt?: Instant
  readonly releasedBecause?: string
}

/** Whether the owner may still extend or use what was held; `now` is the store's clock (RS3). */
export const stillHeld = (
  promise: TimedPromise,
  owner: string | undefined,
  now: Instant,
): Result<void, Refusal> => {
  const { id, status, expiresAt } = promise
  // Whoever does not own a hold learns nothing else about it.
  if (promise.owner !== owner) return refuse('reservation_owned_by_another', { booking: id })
  if (status === 'committed' || status === 'shipped' || status === 'canceled')
    return refuse('reservation_already_committed', { booking: id })
  if (status === 'released')
    return refuse('reservation_released', { booking: id, because: promise.releasedBecause })
  return status === 'expired' || isOver(promise, now)
    ? refuse('reservation_expired', { booking: id, expiresAt })
    : ok(undefined)
}

export const isOver = ({ expiresAt }: TimedPromise, now: Instant): boolean =>
  expiresAt !== undefined && isAtOrAfter(now, expiresAt)

/** RS9: never beyond the longest life, counted from the moment of the promise; and never shorter than it was. */
export const extendedEnd = (promise: TimedPromise, wanted: Instant, longestSeconds: number): Instant => {
  const latest = plus(promise.promisedAt, longestSeconds * 1_000)
  const end = wanted < latest ? wanted : latest
  const { expiresAt } = promise
  return expiresAt !== undefined && expiresAt > end ? expiresAt : end
}

/** Whether the promise's status lets it take a step. */
export const mayStep = (
  { status }: TimedPromise,
  step: 'release' | 'expire' | 'ship_rest' | 'cancel_rest',
): Result<void, Refusal> =>
  reservationLifecycle.allows(status, step)
    ? ok(undefined)
    : refuse('invalid_state', { status, allowed: reservationLifecycle.allowed(status) })
